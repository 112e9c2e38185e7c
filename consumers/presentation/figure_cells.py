"""Write the cells of a table of figures for people, on a terminal or a page. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from consumers.exports.table import Cell, ColumnKind, ExportColumn
from consumers.presentation.figure_words import value_of_dimension
from schemas.i18n import figure_text

SOME, LARGE = 10, 1_000
"""From here on an estimated number has one decimal, and none."""


def cell_text(cell: Cell, column: ExportColumn, lang: str) -> str:
    """Write a cell for people: codes in words, numbers by the habits of the language."""
    if cell is None:
        return "—"
    if isinstance(cell, str):
        if column.name == "signal":
            return cell
        return value_of_dimension(column.name, cell, lang)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        is_money = column.kind is ColumnKind.MONEY
        return figure_text(f"{cell:.2f}" if is_money else cell, lang)
    return figure_text(_decimals(cell) if isinstance(cell, float) else cell, lang)


def _decimals(figure: float) -> str:
    """Write an estimated number as people do: never with an exponent, a large one in whole."""
    if abs(figure) >= LARGE:
        return f"{figure:.0f}"
    text = f"{figure:.1f}" if abs(figure) >= SOME else f"{figure:.3f}"
    return text.rstrip("0").rstrip(".")
