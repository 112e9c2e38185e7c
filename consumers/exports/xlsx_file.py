"""Write a table as a workbook: a sheet of the figures, and one of what must be known of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from consumers.exports.table import (
    Cell,
    ColumnKind,
    WritableTable,
    stamped_columns,
    stamped_rows,
)
from infra.errors import QuipuError
from schemas.i18n import _

MOST_DIGITS = 15
"""Digits that a number of a spreadsheet holds; an amount with more is written as text."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
LONGEST = 32_767
"""Letters that a cell holds; a longer text is cut, and says so at its end."""
CUT = " […]"
PART = 256 * 1024
"""Bytes that are passed on at a time."""
FORMATS: Mapping[ColumnKind, str] = {
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.AMOUNT: "#,##0.######",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.FIGURE: "#,##0.0##",
}
WIDTH = 16
SAME_DAY = datetime(2000, 1, 1)


class WorkbookFullError(QuipuError):
    """A table has more rows than a sheet of a workbook."""

    code = "WORKBOOK"


def xlsx_parts(table: WritableTable) -> Iterator[bytes]:
    """Yield the workbook. Texts are written as texts, so none is a formula.

    Rows are on the disk until the workbook is whole, in a folder of this user that is removed at
    the end. Raises WorkbookFullError.
    """
    with tempfile.TemporaryDirectory(prefix="quipu-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        }
        path = f"{folder}/table.xlsx"
        with Workbook(path, options) as workbook:
            workbook.set_properties({"created": SAME_DAY})
            _write_figures(workbook, table)
            _write_about(workbook, table)
        with open(path, "rb") as file:  # noqa: PTH123 - a name in our own folder
            while part := file.read(PART):
                yield part


def _write_about(workbook: Any, table: WritableTable) -> None:
    about = workbook.add_worksheet("Quipu")
    about.set_column(0, 0, 100)
    lines = [table.title, *(value for _column, value in table.stamp), *table.notes]
    for number, line in enumerate(lines):
        about.write_string(number, 0, line)


def _write_figures(workbook: Any, table: WritableTable) -> None:
    sheet = workbook.add_worksheet(table.name[:31])
    bold = workbook.add_format({"bold": True})
    formats = {kind: workbook.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    columns = stamped_columns(table)
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.heading, bold)
    for number, row in enumerate(stamped_rows(table), start=1):
        if number > MOST_ROWS:
            raise _workbook_full()
        for place, cell in enumerate(row):
            _write_cell(sheet, (number, place), cell, formats.get(columns[place].kind))


def _workbook_full() -> WorkbookFullError:
    return WorkbookFullError(
        _("A sheet holds {most} rows, and this table has more.", most=MOST_ROWS),
        _("Narrow the question, or choose CSV or Parquet."),
    )


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        is_long = len(cell) > LONGEST
        sheet.write_string(*place, cell[: LONGEST - len(CUT)] + CUT if is_long else cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(*place, cell.astimezone(UTC).replace(tzinfo=None), style)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, style)
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > MOST_DIGITS:
        sheet.write_string(*place, f"{cell:f}")
    else:
        sheet.write_number(*place, cell, style)
