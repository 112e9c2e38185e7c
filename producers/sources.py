"""Reading a national system's file: CSV, a JSON array, JSON lines. Rows stream with their lines; a broken one is told, the rest goes on."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from producers.json_source import json_array, json_lines
from producers.lines import MAX_LINE, FileRefused, Read, Text
from producers.mapping import Source
from producers.model import Line, Refusal

MAX_LINES = 200  # of one CSV row with line breaks inside quotes
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32", "utf16", "utf32")


def read(path: Path, source: Source, columns: frozenset[str]) -> Iterator[Read]:
    """Rows with their lines, and refusals of lines. A refusal of line 0 is the file's. `columns`: those the mapping names.

    Never raises for what the file holds.
    """
    found = False
    try:
        for each in _rows(path, source, columns):
            found = True
            yield each
    except FileRefused as refused:
        yield refused.refusal
        return
    except OSError as error:
        yield Refusal(0, "UNREADABLE_FILE", detail=str(error.strerror))
        return
    if not found:
        yield Refusal(0, "EMPTY_FILE")


def _rows(path: Path, source: Source, columns: frozenset[str]) -> Iterator[Read]:
    with path.open("rb") as file:
        encoding = _encoding(file, source.encoding)
        lines = _wide_lines(file, encoding) if encoding.lower().startswith(_WIDE) else _lines(file, encoding)
        if source.format == "csv":
            yield from _csv(lines, source.separator, columns)
        elif source.format == "jsonl":
            yield from json_lines(lines)
        else:
            yield from json_array(lines)


def _encoding(file: BinaryIO, declared: str) -> str:
    """What the byte-order mark says, else what the mapping says; the file stands after the mark (before it where the codec reads it)."""
    head = file.read(4)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            file.seek(len(mark) if encoding == "utf-8" else 0)
            return encoding
    file.seek(0)
    return declared


def _lines(file: BinaryIO, encoding: str) -> Iterator[Text]:
    """Decoded line by line, so that one line in another encoding is one refusal."""
    single_byte = "é".encode(encoding, "replace") != "é".encode() and not encoding.lower().startswith("utf")
    number = 0
    while raw := file.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            _skip_line(file)
            yield Refusal(number, "BROKEN_LINE", detail=f"más larga que {MAX_LINE} bytes | longer than {MAX_LINE} bytes")
            continue
        try:
            if single_byte and not raw.isascii() and _is_utf8(raw):
                yield Refusal(number, "BAD_ENCODING", detail=f"es UTF-8; el mapeo dice {encoding} | is UTF-8; the mapping says {encoding}")
                continue
            yield number, raw.decode(encoding)
        except UnicodeDecodeError as error:
            yield Refusal(
                number,
                "BAD_ENCODING",
                detail=f"el byte {error.start + 1} de la línea no es {encoding} | byte {error.start + 1} of the line is not {encoding}",
            )


def _wide_lines(file: BinaryIO, encoding: str) -> Iterator[Text]:
    number = 0
    try:
        for number, line in enumerate(codecs.getreader(encoding)(file), start=1):
            yield number, line
    except UnicodeError as error:
        raise FileRefused(
            Refusal(number + 1, "BAD_ENCODING", detail=f"desde aquí no es {encoding} | not {encoding} from here on")
        ) from error


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _csv(lines: Iterator[Text], separator: str | None, columns: frozenset[str]) -> Iterator[Read]:
    source = _Pushed(lines)
    header: list[str] | None = None
    mark = separator or ","
    for each in source:
        if isinstance(each, Refusal):
            if header is None:
                raise FileRefused(each)
            yield each
        elif not each[1].strip():
            continue
        elif header is None:
            mark = separator or _find_separator(each[1])
            header = _header(each, mark, columns)
        else:
            yield _record(each, source, mark, header)


class _Pushed:
    """Lines, of which some can be given back."""

    def __init__(self, lines: Iterator[Text]) -> None:
        self._lines, self._back = lines, deque[Text]()

    def __iter__(self) -> Iterator[Text]:
        while (each := self.next()) is not None:
            yield each

    def next(self) -> Text | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: list[Text]) -> None:
        self._back.extendleft(reversed(lines))


def _record(first: tuple[int, str], source: _Pushed, mark: str, header: list[str]) -> Read:
    """The row that begins on this line. If its quote does not close or it does not fit the header, it is broken alone."""
    number, line = first
    if '"' not in line:
        return _fit(number, line.rstrip("\r\n").split(mark), header)
    taken: list[Text] = []
    quotes = line.count('"')
    while quotes % 2 and len(taken) < MAX_LINES:
        more = source.next()
        if more is None:
            break
        taken.append(more)
        if isinstance(more, Refusal):
            break
        line += more[1]
        quotes += more[1].count('"')
    row = (
        Refusal(number, "BROKEN_LINE", detail="falta cerrar una comilla | a quote is not closed")
        if quotes % 2
        else _parse(number, line, mark, header)
    )
    if isinstance(row, Refusal):
        source.give_back(taken)
    return row


def _parse(number: int, line: str, mark: str, header: list[str]) -> Read:
    try:
        cells = next(csv.reader([line], delimiter=mark, strict=True))
    except (csv.Error, StopIteration) as error:
        return Refusal(number, "BROKEN_LINE", detail=str(error))
    return _fit(number, cells, header)


def _fit(number: int, cells: list[str], header: list[str]) -> Read:
    if len(cells) != len(header):
        return Refusal(
            number,
            "BROKEN_LINE",
            detail=f"{len(cells)} columnas, el encabezado tiene {len(header)} | {len(cells)} columns, the header has {len(header)}",
        )
    return Line(number, dict(zip(header, cells, strict=True)))


def _find_separator(line: str) -> str:
    return max(",;\t|", key=line.count)


def _header(first: tuple[int, str], mark: str, columns: frozenset[str]) -> list[str]:
    number, line = first
    try:
        header = [name.strip() for name in next(csv.reader([line.rstrip("\r\n")], delimiter=mark))]
    except csv.Error as error:
        raise FileRefused(Refusal(number, "UNREADABLE_FILE", detail=f"encabezado | header: {error}")) from error
    twice = sorted({name for name in header if name and header.count(name) > 1})
    missing = sorted(columns - set(header))
    if twice or missing:
        named = ", ".join(missing)
        why = "una columna repetida | a column twice" if twice else f"faltan columnas: {named} | columns missing: {named}"
        raise FileRefused(Refusal(number, "UNREADABLE_FILE", detail=why))
    return header
