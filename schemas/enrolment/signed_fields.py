"""Write and read named values as the text of a signed note, one a line, which people can read.

    Quipu: request of a country node
    node: co-ponal
    country: CO

There is one way to write the same values, so that a file that differs anywhere is another file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.errors import BrokenFormatError

MAX_CHARACTERS = 65_536
_MAX_VALUE = 32_768


def write_fields(title: str, values: Mapping[str, str]) -> str:
    """Return the text. Raises BrokenFormatError for a value that is no line."""
    lines = [title]
    for name, value in values.items():
        if not value.isprintable() or value != value.strip() or len(value) > _MAX_VALUE:
            raise BrokenFormatError(f"{name} is no line of a signed note")
        lines.append(f"{name}: {value or '-'}")
    return "\n".join(lines) + "\n"


def read_fields(text: str, title: str, names: Sequence[str]) -> dict[str, str]:
    """Return the values of a text, by these names in this order; a dash stands for an empty one.

    Raises BrokenFormatError for any text that `write_fields` does not write.
    """
    if len(text) > MAX_CHARACTERS:
        raise BrokenFormatError(f"a note has at most {MAX_CHARACTERS} characters")
    first, *lines = text.split("\n")[:-1] or [""]
    if first != title or len(lines) != len(names):
        raise BrokenFormatError(f"it does not begin with `{title}`, or lacks lines")
    values = {}
    for name, line in zip(names, lines, strict=True):
        prefix = f"{name}: "
        if not line.startswith(prefix):
            raise BrokenFormatError(f"the line `{name}` is missing")
        value = line.removeprefix(prefix)
        values[name] = "" if value == "-" else value
    if write_fields(title, values) != text:
        raise BrokenFormatError("it is not written as Quipu writes it")
    return values


def as_number(name: str, text: str) -> int:
    """Read a whole number of at most 15 digits. Raises BrokenFormatError."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise BrokenFormatError(f"{name} is no number")
    return int(text)


def as_bytes(name: str, text: str, length: int) -> bytes:
    """Read bytes of this length in hexadecimal digits. Raises BrokenFormatError."""
    try:
        content = bytes.fromhex(text)
    except ValueError as error:
        raise BrokenFormatError(f"{name} is not hexadecimal") from error
    if len(content) != length:
        raise BrokenFormatError(f"{name} has {len(content)} bytes, not {length}")
    return content
