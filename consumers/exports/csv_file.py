"""Write a table as CSV: UTF-8 with a mark that spreadsheets know, commas, a header of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from consumers.exports.formulas import neutralise
from consumers.exports.table import Cell, ExportTable

BYTE_ORDER_MARK = "\ufeff"


def csv_lines(table: ExportTable) -> Iterator[bytes]:
    """Yield the file line by line."""
    names = [column.name for column in table.stamped_columns]
    yield (BYTE_ORDER_MARK + _line(names)).encode()
    for row in table.stamped_rows():
        yield _line([_text(cell) for cell in row]).encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return neutralise(cell) if isinstance(cell, str) else f"{cell}"


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
