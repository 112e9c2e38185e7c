"""Show a table of figures on a terminal of 80 columns, in Spanish or English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from consumers.exports.table import Cell, ColumnKind, ExportColumn, ExportTable
from consumers.presentation.figure_words import value_of_dimension

MANY_COLUMNS = 8
GAP, NARROW_GAP = 2, 1
"""Spaces between columns."""
NUMBERS = frozenset({ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.FIGURE})


def print_table(console: Console, table: ExportTable, lang: str) -> None:
    """Print the title, the rows, the moment and the markings. Columns of zeros are left out."""
    console.print(Text(table.title, style="bold"))
    shown = [place for place, column in enumerate(table.columns) if _is_shown(table, place)]
    gap = NARROW_GAP if len(shown) > MANY_COLUMNS else GAP
    grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, gap, 0, 0))
    cells = [
        [_text(row[place], table.columns[place], lang) for place in shown] for row in table.rows
    ]
    for number, place in enumerate(shown):
        column = table.columns[place]
        is_number = column.kind in NUMBERS
        widest = max((len(row[number]) for row in cells), default=1) if is_number else None
        justify: JustifyMethod = "right" if is_number else "left"
        grid.add_column(column.heading, justify=justify, overflow="fold", min_width=widest)
    for row in cells:
        grid.add_row(*row)
    console.print(grid)
    moment = next(value for column, value in table.stamp if column.name == "as_of")
    console.print(Text(" · ".join([moment, *table.notes]), style="dim"))


def _is_shown(table: ExportTable, place: int) -> bool:
    """Leave out details, and a column that says of no row that something is missing."""
    if table.columns[place].is_detail:
        return False
    is_missing = table.columns[place].name.startswith("without_")
    return not is_missing or any(row[place] for row in table.rows)


def _text(cell: Cell, column: ExportColumn, lang: str) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, str):
        return value_of_dimension(column.name, cell, lang)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return thousands(f"{cell:f}", lang)
    return thousands(f"{cell:g}" if isinstance(cell, float) else f"{cell}", lang)


def thousands(number: str, lang: str) -> str:
    """Write a number with spaces between thousands, and the decimal sign of the language."""
    whole, _point, decimals = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", " ")
    return f"{sign}{grouped}" + (f"{',' if lang == 'es' else '.'}{decimals}" if decimals else "")
