"""Find and show the characters that a reader cannot see but that change what he sees.

They are the controls (an escape sequence rewrites a terminal), the marks that turn the direction of
text (a serial number can be shown reversed), and those without width (two names look equal and are
not). Tab, line feed and carriage return are ordinary. The ranges are written out, so that every
release of Python decides alike; they follow Unicode's categories Cc, Cf, Cs, Zl and Zp and
Unicode TR 36, section 2.
"""

import re

from schemas.observation import Problem

_RANGES = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"  # halves of pairs, which no text has
    "\U000e0000-\U000e007f"  # tags
)
_HIDDEN = re.compile(f"[{_RANGES}]")
_LINE_ENDS = re.compile("[\n\r]")
_MOST_NAMED = 5
_SINGLE = frozenset({type(None), int, float, bool, bytes})
"""Classes of values that hold no text."""


def hidden_characters(text: str) -> list[str]:
    """Name the hidden characters of a text, such as U+202E, each once."""
    if text.isprintable():  # which no hidden character is; this is the quick way
        return []
    return [_name(character) for character in sorted(set(_HIDDEN.findall(text)))]


def make_visible(text: str) -> str:
    """Return a text with each hidden character replaced by its name, such as [U+202E]."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"[{_name(match[0])}]", text)


def make_one_line(text: str) -> str:
    """Return a text that makes no other line: hidden characters and line ends by their names."""
    visible = make_visible(text)
    return _LINE_ENDS.sub(lambda match: f"[{_name(match[0])}]", visible).replace("\t", " ")


def escape_for_json(text: str) -> str:
    """Return JSON text with each hidden character as an escape: the same value, safe to show."""
    return text if text.isprintable() else _HIDDEN.sub(lambda match: _escape(match[0]), text)


def find_hidden(value: object, path: str, problems: list[Problem]) -> None:
    """Add a HIDDEN_CHARACTER problem for each text within a value that has one, keys too.

    `path`: where the value stands, such as `.items[0].note`.
    """
    if value.__class__ is str:
        if not value.isprintable() and (names := hidden_characters(value)):
            detail = ", ".join(names[:_MOST_NAMED])
            problems.append(Problem("HIDDEN_CHARACTER", path.removeprefix("."), detail))
    elif value.__class__ is dict:
        for name, item in value.items():
            # a name costs more than a look, and nearly every text is printable
            kind = item.__class__
            if (not item.isprintable()) if kind is str else kind not in _SINGLE:
                find_hidden(item, f"{path}.{name}", problems)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            find_hidden(item, f"{path}[{index}]", problems)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _escape(character: str) -> str:
    if character.isspace() and character < "\x20":  # white space between JSON's values
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
