"""Read CSV files: rows with the number of the line they begin on.

The header may stand below titles. A broken row is reported, and the rest continues.
"""

import csv
from collections import deque
from collections.abc import Iterator

from producers.model import Refusal, SourceRow
from producers.sources.csv_dialect import (
    DELIMITERS,
    CsvDialect,
    detect_dialect,
    split_header,
)
from producers.sources.rows import (
    HEADER_SEARCH_ROWS,
    MAX_LINE,
    FileRefusedError,
    LineOrRefusal,
    RowOrRefusal,
    check_header,
)
from schemas.i18n import _

MAX_LINES = 200  # of one CSV row with line breaks inside quotes


def csv_rows(
    lines: Iterator[LineOrRefusal],
    separator: str | None,
    columns: frozenset[str],
    header_row: int | None,
) -> Iterator[RowOrRefusal]:
    """Read rows. `separator` and `header_row` (a line's number) are detected where they are None.

    Raises FileRefusedError where there is no header with these columns.
    """
    source = _Pushed(lines)
    layout = _find_header(source, separator, columns, header_row)
    if layout is None:
        return
    delimiter, header = layout
    width = len(header)
    for item in source:
        if isinstance(item, Refusal):
            yield item
            continue
        number, line = item
        if '"' not in line:
            cells = line.rstrip("\r\n").split(delimiter)
            if len(cells) == width:
                if not (cells[0] or any(cells)):
                    continue  # a spreadsheet's empty row
                yield SourceRow(number, dict(zip(header, cells, strict=True)))
                continue
        if line.strip():
            yield _record(item, source, delimiter, header)


class _Pushed:
    """Lines, of which some can be given back."""

    def __init__(self, lines: Iterator[LineOrRefusal]) -> None:
        self._lines, self._back = lines, deque[LineOrRefusal]()

    def __iter__(self) -> Iterator[LineOrRefusal]:
        while (item := self.next()) is not None:
            yield item

    def next(self) -> LineOrRefusal | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: list[LineOrRefusal]) -> None:
        self._back.extendleft(reversed(lines))


def _find_header(
    source: _Pushed, separator: str | None, columns: frozenset[str], header_row: int | None
) -> tuple[str, list[str]] | None:
    """Read up to the header. Returns its delimiter and names; None for a file without lines.

    Raises FileRefusedError.
    """
    lines, passed, refusal = _first_lines(source, header_row or 0)
    if lines and lines[0][0] == header_row:
        lines = lines[:1]
    dialect = detect_dialect(lines, columns, separator)
    if dialect is None:
        if refusal is not None:
            raise FileRefusedError(refusal)
        if not lines:
            return None
        number, line = lines[0]
        dialect = CsvDialect(separator or max(DELIMITERS, key=line.count), number)
    header = dict(lines)[dialect.header_row]
    source.give_back([item for item in passed if _number(item) > dialect.header_row])
    names = split_header(header, dialect.delimiter)
    if names is None:
        detail = _("a quote of the header is open")
        raise FileRefusedError(Refusal(dialect.header_row, "UNREADABLE_FILE", detail=detail))
    check_header(dialect.header_row, names, columns)
    return dialect.delimiter, names


def _first_lines(
    source: _Pushed, start: int
) -> tuple[list[tuple[int, str]], list[LineOrRefusal], Refusal | None]:
    """Read the lines in which the header may be, up to the first that cannot be read.

    Returns those with text from line `start` on, all that were read, and the refusal.
    """
    lines: list[tuple[int, str]] = []
    passed: list[LineOrRefusal] = []
    size = 0
    for item in source:
        passed.append(item)
        size += 0 if isinstance(item, Refusal) else len(item[1])
        if isinstance(item, Refusal):
            if item.line >= start:
                return lines, passed, item
            continue
        if item[0] >= start and item[1].strip():
            lines.append(item)
        if item[0] >= start and (len(passed) >= HEADER_SEARCH_ROWS or size > MAX_LINE):
            break
    return lines, passed, None


def _number(item: LineOrRefusal) -> int:
    return item.line if isinstance(item, Refusal) else item[0]


def _record(first: tuple[int, str], source: _Pushed, mark: str, header: list[str]) -> RowOrRefusal:
    """Read the row that begins on this line.

    If its quote does not close, or it does not fit the header, it alone is broken.
    """
    number, line = first
    taken: list[LineOrRefusal] = []
    parts, size, quotes = [line], len(line), line.count('"')
    while quotes % 2 and len(taken) < MAX_LINES and size < MAX_LINE:
        more = source.next()
        if more is None:
            break
        taken.append(more)
        if isinstance(more, Refusal):
            break
        parts.append(more[1])
        size += len(more[1])
        quotes += more[1].count('"')
    row = (
        Refusal(number, "BROKEN_LINE", detail=_("a quote is not closed"))
        if quotes % 2
        else _parse(number, "".join(parts), mark, header)
    )
    if isinstance(row, Refusal):
        source.give_back(taken)
    return row


def _parse(number: int, line: str, mark: str, header: list[str]) -> RowOrRefusal:
    try:
        cells = next(csv.reader([line], delimiter=mark, strict=True))
    except (csv.Error, StopIteration) as error:
        return Refusal(number, "BROKEN_LINE", detail=str(error))
    if len(cells) != len(header):
        return Refusal(
            number,
            "BROKEN_LINE",
            detail=_(
                "{cells} columns, the header has {columns}", cells=len(cells), columns=len(header)
            ),
        )
    return SourceRow(number, dict(zip(header, cells, strict=True)))
