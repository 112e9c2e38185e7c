"""CSV: rows with the line they begin on. The header may stand below titles; a broken row is told,
the rest goes on.
"""

import csv
from collections import deque
from collections.abc import Iterator

from producers.model import Refusal, SourceRow
from producers.sources.rows import (
    HEADER_SEARCH_ROWS,
    FileRefusedError,
    LineOrRefusal,
    RowOrRefusal,
    check_header,
)
from schemas.i18n import _

MAX_LINES = 200  # of one CSV row with line breaks inside quotes
DELIMITERS = (",", ";", "\t", "|")


def csv_rows(
    lines: Iterator[LineOrRefusal],
    separator: str | None,
    columns: frozenset[str],
    header_row: int | None,
) -> Iterator[RowOrRefusal]:
    """`separator` None: the one that gives the header the columns named, else the commonest.
    `header_row`: its line, None to find it.
    """
    source = _Pushed(lines)
    found = _find_header(source, separator, columns, header_row)
    if found is None:
        return
    mark, header = found
    width = len(header)
    for each in source:
        if isinstance(each, Refusal):
            yield each
            continue
        number, line = each
        if '"' not in line:
            cells = line.rstrip("\r\n").split(mark)
            if len(cells) == width:
                if not (cells[0] or any(cells)):
                    continue  # a spreadsheet's empty row
                yield SourceRow(number, dict(zip(header, cells, strict=True)))
                continue
        if line.strip():
            yield _record(each, source, mark, header)


class _Pushed:
    """Lines, of which some can be given back."""

    def __init__(self, lines: Iterator[LineOrRefusal]) -> None:
        self._lines, self._back = lines, deque[LineOrRefusal]()

    def __iter__(self) -> Iterator[LineOrRefusal]:
        while (each := self.next()) is not None:
            yield each

    def next(self) -> LineOrRefusal | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def give_back(self, lines: list[LineOrRefusal]) -> None:
        self._back.extendleft(reversed(lines))


def _find_header(
    source: _Pushed, separator: str | None, columns: frozenset[str], header_row: int | None
) -> tuple[str, list[str]] | None:
    """Separator and names; None for a file without lines. Raises FileRefused."""
    passed: list[LineOrRefusal] = []
    first: tuple[int, str] | None = None
    for each in source:
        passed.append(each)
        if isinstance(each, Refusal):
            if each.line >= (header_row or 0):
                raise FileRefusedError(each)
            continue
        number, line = each
        if (header_row is not None and number < header_row) or not line.strip():
            continue
        first = first or each
        fitting = [
            (len(names), mark, names)
            for mark in ((separator,) if separator else DELIMITERS)
            if (names := _names(line, mark)) is not None and columns <= set(names)
        ]
        if columns and fitting:
            mark, header = max(fitting)[1:]
            check_header(number, header, columns)
            return mark, header
        if not columns or number == header_row or len(passed) >= HEADER_SEARCH_ROWS:
            break
    if first is None:
        return None
    source.give_back([each for each in passed if isinstance(each, Refusal) or each[0] > first[0]])
    mark = separator or max(DELIMITERS, key=first[1].count)
    names = _names(first[1], mark)
    if names is None:
        raise FileRefusedError(
            Refusal(
                first[0],
                "UNREADABLE_FILE",
                detail=_("a quote of the header is open"),
            )
        )
    check_header(first[0], names, columns)
    return mark, names


def _names(line: str, mark: str) -> list[str] | None:
    try:
        return [
            name.strip()
            for name in next(csv.reader([line.rstrip("\r\n")], delimiter=mark, strict=True))
        ]
    except (csv.Error, StopIteration):
        return None


def _record(first: tuple[int, str], source: _Pushed, mark: str, header: list[str]) -> RowOrRefusal:
    """The row that begins on this line. If its quote does not close or it does not fit the header,
    it is broken alone.
    """
    number, line = first
    taken: list[LineOrRefusal] = []
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
        Refusal(number, "BROKEN_LINE", detail=_("a quote is not closed"))
        if quotes % 2
        else _parse(number, line, mark, header)
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
