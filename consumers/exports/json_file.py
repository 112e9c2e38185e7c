"""Write a table as JSON: what must be known of it, then an object for each row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import orjson

from consumers.exports.table import Cell, WritableTable, stamped_columns, stamped_rows
from infra.moment_text import written


def json_parts(table: WritableTable) -> Iterator[bytes]:
    """Yield the file part by part. Amounts are texts, so that none loses a digit."""
    head = {
        "title": table.title,
        "notes": list(table.notes),
        **{column.name: value for column, value in table.stamp},
    }
    names = [column.name for column in stamped_columns(table)]
    yield orjson.dumps(head)[:-1] + b',"rows":['
    for number, row in enumerate(stamped_rows(table)):
        cells = {name: _value(cell) for name, cell in zip(names, row, strict=True)}
        yield (b",\n" if number else b"\n") + orjson.dumps(cells)
    yield b"]}\n"


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, datetime):
        return written(cell)
    if isinstance(cell, (date, Decimal)):
        return f"{cell:f}" if isinstance(cell, Decimal) else cell.isoformat()
    return cell
