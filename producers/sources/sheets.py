"""Read the tables of a workbook: which sheets, their headers, merged and spoilt cells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

from producers.model import SHEET_STEP, Notice, Refusal, SourceRow
from producers.sources.format import ALL_SHEETS, Source
from producers.sources.rows import HEADER_SEARCH_ROWS, FileRefusedError, Notify, RowOrRefusal
from producers.sources.table_header import Header, find_header, note_titles
from schemas.i18n import _, ngettext

_MOST_FILLED_COLUMNS = 200  # of merged cells side by side
_MOST_SHEETS_NAMED = 20

Cells = dict[int, Any]


class SpoiltCell(str):
    """A cell whose value cannot be used; its classes say why."""

    code = "BROKEN_LINE"
    detail = _("the cell has no value")


class MergedArea(NamedTuple):
    """Cells that show one value, that of the first; rows and the column from 0."""

    first_row: int
    first_column: int
    last_row: int


class SheetContent(NamedTuple):
    """The rows of a sheet that are not empty, each with its number from 1, and merged areas."""

    rows: Iterator[tuple[int, Cells]]
    merged: Sequence[MergedArea]


class Workbook(Protocol):
    """An open workbook, whose sheets are read in their order."""

    names: list[str]

    def sheet(self, number: int) -> SheetContent:
        """Give a sheet by its number from 0. Raises FileRefusedError."""


class _Table(NamedTuple):
    """A sheet with a header: its number from 0, what is read of it, and where names come from."""

    number: int
    header: Header
    rows: Iterator[tuple[int, Cells]]
    merged: Sequence[MergedArea]


def workbook_rows(
    book: Workbook, source: Source, columns: frozenset[str], notify: Notify
) -> Iterator[RowOrRefusal]:
    """Read the rows of the sheets that the source names, else of the first that has the columns.

    The rows of sheet n (from 0) have numbers from n * SHEET_STEP on, if several are read. Raises
    FileRefusedError.
    """
    if not book.names:
        raise FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=_("a workbook without sheets")))
    if source.sheet is None:
        yield from _first_fitting(book, source, columns, notify)
    elif source.sheet == ALL_SHEETS:
        yield from _all_fitting(book, source, columns, notify)
    else:
        sheets = source.sheet if isinstance(source.sheet, tuple) else (source.sheet,)
        for number in sorted(_number_of(name, book.names) for name in sheets):
            table = _open(book, number, source, columns, notify)
            if table is not None:
                step = SHEET_STEP if len(sheets) > 1 else 0
                yield from _rows(table, columns, notify, number * step)


def _number_of(name_or_number: str | int, names: Sequence[str]) -> int:
    """Give a sheet's number from 0. Raises FileRefusedError that names the sheets."""
    if isinstance(name_or_number, str):
        number = names.index(name_or_number) if name_or_number in names else -1
    else:
        number = name_or_number - 1
    if not 0 <= number < len(names):
        detail = _(
            "no sheet {wanted_names}; there are: {names}",
            wanted_names=name_or_number,
            names=", ".join(names),
        )
        raise FileRefusedError(Refusal(0, "UNREADABLE_FILE", detail=detail))
    return number


def _first_fitting(
    book: Workbook, source: Source, columns: frozenset[str], notify: Notify
) -> Iterator[RowOrRefusal]:
    """Read the first sheet with the columns; say which others have something in them."""
    left_out: list[int] = []
    first_error: FileRefusedError | None = None
    numbers = iter(range(len(book.names)))
    for number in numbers:
        try:
            table = _open(book, number, source, columns, notify)
        except FileRefusedError as error:
            first_error = first_error or error
            left_out.append(number)
            continue
        if table is not None:
            yield from _rows(table, columns, notify, 0)
            left_out += [other for other in numbers if _has_rows(book, other)]
            _note_left_out(book, left_out, notify)
            return
    if first_error is not None:
        raise first_error


def _all_fitting(
    book: Workbook, source: Source, columns: frozenset[str], notify: Notify
) -> Iterator[RowOrRefusal]:
    left_out: list[int] = []
    first_error: FileRefusedError | None = None
    for number in range(len(book.names)):
        try:
            table = _open(book, number, source, columns, notify)
        except FileRefusedError as error:
            first_error = first_error or error
            left_out.append(number)
            continue
        if table is not None:
            yield from _rows(table, columns, notify, number * SHEET_STEP)
    if first_error is not None and len(left_out) == len(book.names):
        raise first_error
    _note_left_out(book, left_out, notify)


def _has_rows(book: Workbook, number: int) -> bool:
    return next(book.sheet(number).rows, None) is not None


def _note_left_out(book: Workbook, numbers: Sequence[int], notify: Notify) -> None:
    if numbers:
        names = ", ".join(book.names[number] for number in numbers[:_MOST_SHEETS_NAMED])
        notify(Notice(0, "SHEETS_LEFT_OUT", detail=_("sheets: {names}", names=names)))


def _open(
    book: Workbook, number: int, source: Source, columns: frozenset[str], notify: Notify
) -> _Table | None:
    """Find the header of a sheet; None for an empty one. Raises FileRefusedError."""
    content = book.sheet(number)
    start = source.header_row or 0
    reachable = (row for row in content.rows if row[1] and row[0] >= start)
    passed = list(islice(reachable, HEADER_SEARCH_ROWS))
    if not passed:
        return None
    header = find_header(passed, columns, source, _fallback(passed, columns, source))
    note_titles(passed, header, notify)
    left = (row for row in passed if row[0] > header.last)
    return _Table(number, header, chain(left, reachable), content.merged)


def _fallback(rows: Sequence[tuple[int, Cells]], columns: frozenset[str], source: Source) -> int:
    """Give the row that is the header where none has the columns: with most of them."""
    if source.header_row is not None:
        return rows[0][0]
    if columns:
        best = max(rows, key=lambda row: (len(columns & _texts(row[1])), -row[0]))
        return best[0]
    return next((number for number, cells in rows if len(_texts(cells)) > 1), rows[0][0])


def _texts(cells: Cells) -> set[str]:
    return {" ".join(str(cell).split()) for cell in cells.values()} - {""}


def _rows(
    table: _Table, columns: frozenset[str], notify: Notify, step: int
) -> Iterator[RowOrRefusal]:
    header = table.header.names
    needed = {at for at, name in header.items() if not columns or name in columns}
    filled = Counter[int]()
    for number, cells in _fill_merged(table, filled):
        spoilt = [at for at, cell in cells.items() if at in needed and isinstance(cell, SpoiltCell)]
        if spoilt:
            yield _refuse(step + number, header[spoilt[0]], cells[spoilt[0]])
        elif any(at in header for at in cells):
            yield SourceRow(step + number, {name: cells.get(at) for at, name in header.items()})
    for at in sorted(needed & set(filled)):
        detail = ngettext(
            "{count:,} row below has its value",
            "{count:,} rows below have its value",
            filled[at],
        )
        notify(Notice(0, "MERGED_CELLS", header[at], detail))


def _refuse(number: int, column: str, cell: SpoiltCell) -> Refusal:
    return Refusal(number, cell.code, column=column, detail=cell.detail, offending_value=str(cell))


def _fill_merged(table: _Table, filled: Counter[int]) -> Iterator[tuple[int, Cells]]:
    """Give each row below the first of a merged area its value; count them by column.

    An area over several columns counts for the first of them alone: it is a title, or a total.
    Raises FileRefusedError for more columns side by side than any true table has.
    """
    begins: dict[int, list[MergedArea]] = {}
    for area in table.merged:
        if area.last_row > area.first_row:
            begins.setdefault(area.first_row + 1, []).append(area)
    if not begins:
        yield from table.rows
        return
    active: dict[int, tuple[int, Any]] = {}
    for number, cells in table.rows:
        for at, (last, value) in list(active.items()):
            if number > last:
                del active[at]
            elif at not in cells:
                cells[at] = value
                filled[at] += 1
        for area in begins.get(number, ()):
            if area.first_column in cells:
                active[area.first_column] = (area.last_row + 1, cells[area.first_column])
        if len(active) > _MOST_FILLED_COLUMNS:
            detail = _("more than {count} merged columns", count=_MOST_FILLED_COLUMNS)
            raise FileRefusedError(Refusal(number, "UNREADABLE_FILE", detail=detail))
        yield number, cells
