"""What reading a file gives, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from producers.model import Notice, Refusal, SourceRow

MAX_LINE = 4 * 1024 * 1024  # a longer line, row or element is broken: it would only fill memory
MAX_COLUMNS = 16_384  # of a table, as in Excel
HEADER_SEARCH_ROWS = 30  # rows in which a header is looked for, below titles

RowOrRefusal = SourceRow | Refusal
LineOrRefusal = tuple[int, str] | Refusal
Notify = Callable[[Notice], None]
"""Called with what is left out of a file, or in doubt."""


class FileRefusedError(Exception):
    """The file, or all of it from a line on, cannot be read."""

    def __init__(self, refusal: Refusal) -> None:
        """Take the refusal of the whole file."""
        super().__init__(refusal.code)
        self.refusal = refusal


def number_rows(rows: Iterator[RowOrRefusal], notify: Notify) -> Iterator[RowOrRefusal]:
    """Count the rows where the first two are on one line; else leave them their lines.

    A file on one line has no other numbers by which a row is found again.
    """
    first = next(rows, None)
    if first is None:
        return
    try:
        second = next(rows, None)
    except FileRefusedError:
        yield first
        raise
    if second is None or number_of(first) != number_of(second):
        yield from (row for row in (first, second) if row is not None)
        yield from rows
        return
    notify(Notice(0, "ELEMENTS_COUNTED"))
    yield _renumbered(first, 1)
    yield _renumbered(second, 2)
    count = 2
    try:
        for count, row in enumerate(rows, start=3):
            yield _renumbered(row, count)
    except FileRefusedError as refused:
        raise FileRefusedError(replace(refused.refusal, line=count + 1)) from refused


def number_of(row: RowOrRefusal) -> int:
    """Give the number of the line, or row, on which it begins."""
    return row.line if isinstance(row, Refusal) else row.number


def _renumbered(row: RowOrRefusal, number: int) -> RowOrRefusal:
    if isinstance(row, Refusal):
        return replace(row, line=number)
    return SourceRow(number, row.row)
