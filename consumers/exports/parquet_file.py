"""Write a table as Parquet: exact decimals, days as dates, what must be known as metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from consumers.exports.table import ColumnKind, ExportTable

TYPES: Mapping[ColumnKind, Any] = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.DAY: pa.date32(),
    ColumnKind.COUNT: pa.int64(),
    ColumnKind.AMOUNT: pa.decimal128(38, 6),
    ColumnKind.MONEY: pa.decimal128(38, 6),
    ColumnKind.FIGURE: pa.float64(),
}


def parquet_bytes(table: ExportTable) -> bytes:
    """Write the table with types and metadata; return the bytes of the file."""
    columns = table.stamped_columns
    schema = pa.schema(
        [(column.name, TYPES[column.kind]) for column in columns],
        metadata={
            "title": table.title,
            "notes": "\n".join(table.notes),
            **{column.name: value for column, value in table.stamp},
        },
    )
    rows = list(table.stamped_rows())
    arrays = [
        pa.array([_exact(row[place]) for row in rows], type=TYPES[column.kind])
        for place, column in enumerate(columns)
    ]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), target)
    return target.getvalue()


def _exact(cell: Any) -> Any:
    return cell.quantize(Decimal("0.000001")) if isinstance(cell, Decimal) else cell
