"""Write a table as a workbook: a sheet of the figures, and one of what must be known of them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from consumers.exports.table import Cell, ColumnKind, ExportTable

MOST_DIGITS = 15
"""Digits that a number of a spreadsheet holds; an amount with more is written as text."""
FORMATS: Mapping[ColumnKind, str] = {
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.AMOUNT: "#,##0.######",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.FIGURE: "#,##0.0##",
}
WIDTH = 16
SAME_DAY = datetime(2000, 1, 1)


def xlsx_bytes(table: ExportTable) -> bytes:
    """Return the workbook. Texts are written as texts, so none is a formula."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with Workbook(target, options) as workbook:
        workbook.set_properties({"created": SAME_DAY})
        _write_figures(workbook, table)
        about = workbook.add_worksheet("Quipu")
        about.set_column(0, 0, 100)
        lines = [table.title, *(value for _column, value in table.stamp), *table.notes]
        for number, line in enumerate(lines):
            about.write_string(number, 0, line)
    return target.getvalue()


def _write_figures(workbook: Any, table: ExportTable) -> None:
    sheet = workbook.add_worksheet(table.name[:31])
    bold = workbook.add_format({"bold": True})
    formats = {kind: workbook.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    columns = table.stamped_columns
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.heading, bold)
    for number, row in enumerate(table.stamped_rows(), start=1):
        for place, cell in enumerate(row):
            _write_cell(sheet, (number, place), cell, formats.get(columns[place].kind))
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, style)
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > MOST_DIGITS:
        sheet.write_string(*place, f"{cell:f}")
    else:
        sheet.write_number(*place, cell, style)
