"""Write a table as CSV: UTF-8 with a mark that spreadsheets know, commas, a header of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from consumers.exports.moments import written
from consumers.exports.table import Cell, WritableTable, stamped_columns, stamped_rows
from infra.formulas import neutralise

BYTE_ORDER_MARK = "\ufeff"


def csv_lines(table: WritableTable) -> Iterator[bytes]:
    """Yield the file line by line."""
    names = [column.name for column in stamped_columns(table)]
    yield (BYTE_ORDER_MARK + _line(names)).encode()
    for row in stamped_rows(table):
        yield _line([_text(cell) for cell in row]).encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return written(cell)
    return neutralise(cell) if isinstance(cell, str) else f"{cell}"


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
