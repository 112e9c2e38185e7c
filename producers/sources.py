"""Reading a national system's file: CSV, a JSON array, JSON lines. Rows stream with their lines; a broken one is told, the rest goes on."""

import codecs
import csv
import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from producers.mapping import Source
from producers.model import Line, Refusal

MAX_LINE = 4 * 1024 * 1024  # a longer line is broken: it would only fill memory
MAX_LINES = 200  # of one CSV row with line breaks inside quotes
_CHUNK = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32", "utf_16", "utf_32", "utf16", "utf32")

Read = Line | Refusal
Text = tuple[int, str] | Refusal


class FileRefused(Exception):
    """The file, or all of it from a line on, cannot be read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


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
            yield from _json_lines(lines)
        else:
            yield from _json_array(lines)


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


def _json_lines(lines: Iterator[Text]) -> Iterator[Read]:
    for each in lines:
        if isinstance(each, Refusal):
            yield each
        elif each[1].strip():
            yield _json_row(*each)


def _json_row(number: int, line: str) -> Read:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Refusal(number, "BROKEN_LINE", detail=f"no es JSON ({type(error).__name__}) | no JSON ({type(error).__name__})")
    return (
        Line(number, value) if isinstance(value, dict) else Refusal(number, "BROKEN_LINE", detail="no es un objeto JSON | no JSON object")
    )


def _json_array(lines: Iterator[Text]) -> Iterator[Read]:
    """An array's elements, one at a time. After a syntax error nothing can be trusted to be an element: the rest is refused as a whole."""
    text = _Array(lines)
    if not text.skip(""):
        return
    if not text.take("["):
        raise FileRefused(Refusal(text.line, "UNREADABLE_FILE", detail="no es un arreglo JSON | no JSON array"))
    if text.skip("") and text.take("]"):
        return
    while True:
        line, value = text.element()
        yield Line(line, value) if isinstance(value, dict) else Refusal(line, "BROKEN_LINE", detail="no es un objeto JSON | no JSON object")
        text.skip("")
        if text.take("]"):
            return
        if not text.take(","):
            raise FileRefused(
                Refusal(
                    text.line,
                    "UNREADABLE_FILE",
                    detail="falta «,» o «]»; el resto no se leyó | `,` or `]` is missing; the rest was not read",
                )
            )


class _Array:
    """Text of a JSON file as far as it is read, and where we are."""

    def __init__(self, lines: Iterator[Text]) -> None:
        self._lines, self._text, self._at, self._whole = lines, "", 0, False
        self._decoder = json.JSONDecoder()
        self.line = 1

    def skip(self, also: str) -> bool:
        """Go over white space; False at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n" + also:
                self.line += self._text[self._at] == "\n"
                self._at += 1
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def take(self, mark: str) -> bool:
        found = self._text[self._at : self._at + 1] == mark
        self._at += found
        return found

    def element(self) -> tuple[int, Any]:
        """Line and value of the next element. Raises FileRefused."""
        self.skip("")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if isinstance(error, ValueError) and len(self._text) - self._at < MAX_LINE and self._more():
                    continue
                raise FileRefused(
                    Refusal(
                        self.line,
                        "UNREADABLE_FILE",
                        detail="error de sintaxis; desde aquí no se leyó | syntax error; not read from here on",
                    )
                ) from error
            line = self.line
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return line, value

    def _more(self) -> bool:
        """One chunk of lines more, what is behind us dropped. Raises FileRefused for a line in another encoding."""
        if self._whole:
            return False
        parts, size = [self._text[self._at :]], 0
        while size < _CHUNK:
            each = next(self._lines, None)
            if each is None:
                self._whole = True
                break
            if isinstance(each, Refusal):
                raise FileRefused(each)
            parts.append(each[1])
            size += len(each[1])
        self._text, self._at = "".join(parts), 0
        return size > 0
