"""Write the cells of a table of figures for people, on a terminal or a page. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from consumers.exports.table import Cell, ColumnKind, ExportColumn
from consumers.presentation.figure_words import value_of_dimension

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
        return thousands(f"{cell:.2f}" if is_money else f"{cell:f}", lang)
    return thousands(_decimals(cell) if isinstance(cell, float) else f"{cell}", lang)


def _decimals(figure: float) -> str:
    """Write an estimated number as people do: never with an exponent, a large one in whole."""
    if abs(figure) >= LARGE:
        return f"{figure:.0f}"
    text = f"{figure:.1f}" if abs(figure) >= SOME else f"{figure:.3f}"
    return text.rstrip("0").rstrip(".")


def thousands(number: str, lang: str) -> str:
    """Write a number with spaces between thousands, and the decimal sign of the language."""
    whole, _point, decimals = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", " ")
    return f"{sign}{grouped}" + (f"{',' if lang == 'es' else '.'}{decimals}" if decimals else "")
