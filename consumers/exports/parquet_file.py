"""Write a table as Parquet: exact decimals, days as dates, what must be known as metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from consumers.exports.table import (
    Cell,
    ColumnKind,
    WritableTable,
    stamped_columns,
    stamped_rows,
)

GROUP = 5_000
"""Rows of a row group: so many are held at a time."""
TYPES: Mapping[ColumnKind, Any] = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.MOMENT: pa.timestamp("ms", "UTC"),
    ColumnKind.DAY: pa.date32(),
    ColumnKind.COUNT: pa.int64(),
    ColumnKind.AMOUNT: pa.decimal128(38, 6),
    ColumnKind.MONEY: pa.decimal128(38, 6),
    ColumnKind.FIGURE: pa.float64(),
}


def parquet_parts(table: WritableTable) -> Iterator[bytes]:
    """Yield the file with types and metadata, a row group at a time."""
    schema = _schema(table)
    target = _Outlet()
    rows = stamped_rows(table)
    with pq.ParquetWriter(target, schema) as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(_columns(group, schema))
            yield target.taken()
    yield target.taken()


class _Outlet(io.RawIOBase):
    """A file that gives up what was written, and knows only how much that was."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any, /) -> int:
        content = bytes(part)
        self._parts.append(content)
        self._length += len(content)
        return len(content)

    def tell(self) -> int:
        return self._length

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        content = b"".join(self._parts)
        self._parts.clear()
        return content


def _schema(table: WritableTable) -> Any:
    return pa.schema(
        [(column.name, TYPES[column.kind]) for column in stamped_columns(table)],
        metadata={
            "title": table.title,
            "notes": "\n".join(table.notes),
            **{column.name: value for column, value in table.stamp},
        },
    )


def _columns(rows: Sequence[Sequence[Cell]], schema: Any) -> Any:
    arrays = [
        pa.array([_exact(row[place]) for row in rows], type=part.type)
        for place, part in enumerate(schema)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _exact(cell: Cell) -> Any:
    return cell.quantize(Decimal("0.000001")) if isinstance(cell, Decimal) else cell
