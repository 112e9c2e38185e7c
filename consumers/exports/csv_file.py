"""Write a table as CSV: UTF-8 with a mark that spreadsheets know, commas, a header of names."""

from __future__ import annotations

from collections.abc import Iterator

from consumers.exports.table import WritableTable, stamped_columns, stamped_rows
from infra.csv_text import csv_parts


def csv_lines(table: WritableTable) -> Iterator[bytes]:
    """Yield the file line by line."""
    names = [column.name for column in stamped_columns(table)]
    return csv_parts(names, stamped_rows(table))
