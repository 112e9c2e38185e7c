"""Show a table of figures on a terminal of 80 columns, in Spanish or English."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from consumers.exports.table import ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_cells import cell_text

MANY_COLUMNS = 8
GAP, NARROW_GAP = 2, 1
"""Spaces between columns."""
LONGEST_WORD = 11
"""Letters of a text that are kept on one line where there is room for nothing else."""
NUMBERS = frozenset({ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.MONEY, ColumnKind.FIGURE})


def print_table(console: Console, table: ExportTable, lang: str) -> None:
    """Print the title, the rows, the moment and the markings. Columns of zeros are left out."""
    console.print(Text(table.title, style="bold"))
    places = [place for place in range(len(table.columns)) if _is_shown(table, place)]
    columns = [table.columns[place] for place in places]
    cells = [
        [cell_text(row[place], column, lang) for place, column in zip(places, columns, strict=True)]
        for row in table.rows
    ]
    least = [_least_width(column, number, cells) for number, column in enumerate(columns)]
    gap = _gap(least, console.width)
    spare = console.width - sum(least) - gap * len(least)
    if spare < 0:
        _print_one_below_the_other(console, columns, cells)
    else:
        console.print(_grid(columns, cells, _widths(columns, cells, least, spare), gap))
    moment = next(value for column, value in table.stamp if column.name == "as_of")
    console.print(Text(" · ".join([moment, *table.notes]), style="dim"))


def _least_width(column: ExportColumn, number: int, cells: Sequence[Sequence[str]]) -> int:
    """Return how narrow a column may be: a number is never broken, a text is folded."""
    heading = max((len(word) for word in column.heading.split()), default=1)
    if column.kind is not ColumnKind.TEXT:
        return max(heading, *(len(row[number]) for row in cells), 1)
    words = [len(word) for row in cells for word in row[number].split()]
    return max(heading, min(max(words, default=1), LONGEST_WORD))


def _gap(least: Sequence[int], width: int) -> int:
    fits = sum(least) + GAP * len(least) <= width
    return GAP if fits and len(least) <= MANY_COLUMNS else NARROW_GAP


def _widths(
    columns: Sequence[ExportColumn],
    cells: Sequence[Sequence[str]],
    least: Sequence[int],
    spare: int,
) -> list[int]:
    """Give the room that is left to the texts of the rows first, then to the headings."""
    texts = [max((len(text) for text in column), default=0) for column in zip(*cells, strict=True)]
    widths = share_room(least, texts or least, spare)
    headings = [len(column.heading) for column in columns]
    return share_room(widths, headings, spare - sum(widths) + sum(least))


def share_room(least: Sequence[int], best: Sequence[int], spare: int) -> list[int]:
    """Widen columns from their least to their best width, one letter at a time in turn.

    `best`: does not count where `least` is wider; `spare`: how many letters there are to share.
    """
    widths = list(least)
    while spare > 0 and any(width < best[number] for number, width in enumerate(widths)):
        for number, width in enumerate(widths):
            if width < best[number] and spare > 0:
                widths[number] += 1
                spare -= 1
    return widths


def _grid(
    columns: Sequence[ExportColumn],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    gap: int,
) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, gap, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.kind in NUMBERS else "left"
        grid.add_column(column.heading, justify=justify, overflow="fold", width=width)
    for row in cells:
        grid.add_row(*row)
    return grid


def _print_one_below_the_other(
    console: Console, columns: Sequence[ExportColumn], cells: Sequence[Sequence[str]]
) -> None:
    """Print each row as a block of lines, where the numbers do not fit next to each other."""
    for row in cells:
        block = Table(box=None, pad_edge=False, show_header=False, padding=(0, GAP, 0, 0))
        block.add_column(style="dim")
        block.add_column(overflow="fold")
        for column, text in zip(columns, row, strict=True):
            block.add_row(column.heading, text)
        console.print(block)
        console.print()


def _is_shown(table: ExportTable, place: int) -> bool:
    """Leave out details, and a column that says of no row that something is missing."""
    if table.columns[place].is_detail:
        return False
    is_missing = table.columns[place].name.startswith("without_")
    return not is_missing or any(row[place] for row in table.rows)
