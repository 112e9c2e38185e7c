"""Write blocks of an INSERT as clickhouse-driver does, in a third of its time.

The driver handles each value of a nullable column, of times, lists and maps by itself. Here such a
column is written at once. The bytes are those of the driver; a column of another type, or with
values of another kind, is left to it.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, Protocol

from clickhouse_driver import defines
from clickhouse_driver.columns.service import write_column
from clickhouse_driver.connection import Connection
from clickhouse_driver.streams.native import BlockOutputStream
from clickhouse_driver.varint import write_varint
from clickhouse_driver.writer import write_binary_str, write_binary_uint8


class Buffer(Protocol):
    """The driver's buffer of what is sent."""

    def write(self, data: bytes) -> None:
        """Append bytes to what is sent."""

    def write_strings(self, items: Sequence[bytes]) -> None:
        """Append each value after its length, a varint."""


WriteColumn = Callable[[Sequence[Any], Buffer], None]
"""(values, where they go). Raises TypeError, AttributeError, ValueError or OverflowError for values
of another kind, before it writes anything.
"""
UNUSUAL = (TypeError, AttributeError, ValueError, OverflowError)
_NULLABLE = re.compile(r"Nullable\((String|FixedString\((\d+)\)|DateTime64\(\d, '[\w/]+'\))\)")
_TIME = re.compile(r"DateTime64\(\d, '[\w/]+'\)")
_DECIMAL = re.compile(r"Decimal\((\d+), (\d+)\)")
_BYTES = frozenset({bytes})
_DECIMAL_128 = range(19, 39)
"""Precisions, in digits, of numbers of 16 bytes."""


class ColumnStream(BlockOutputStream):  # type: ignore[misc]
    """The driver's stream of blocks, with whole columns written at once. Text is bytes."""

    def write(self, block: Any) -> None:
        """Write a block of columns, as the driver does."""
        revision = self.context.server_info.used_revision
        if revision >= defines.DBMS_MIN_REVISION_WITH_BLOCK_INFO:
            block.info.write(self.fout)
        write_varint(block.num_columns, self.fout)
        write_varint(block.num_rows, self.fout)
        for index, (name, spec) in enumerate(block.columns_with_types):
            write_binary_str(name, self.fout)
            write_binary_str(spec, self.fout)
            if block.num_columns:
                if revision >= defines.DBMS_MIN_REVISION_WITH_CUSTOM_SERIALIZATION:
                    write_binary_uint8(0, self.fout)
                self._write_column(name, spec, block.get_column_by_index(index))
        self.finalize()

    def _write_column(self, name: str, spec: str, values: Sequence[Any]) -> None:
        write = column_writer(spec)
        if write is not None:
            try:
                write(values, self.fout)
                return
            except UNUSUAL:
                pass  # the driver writes it, or says what is wrong
        write_column(self.context, name, spec, values, self.fout)


def write_whole_columns(connection: Connection) -> None:
    """Let a connection that is open write whole columns. One that compresses stays as it is."""
    if type(connection.block_out) is BlockOutputStream:
        connection.block_out = ColumnStream(connection.fout, connection.context)


@lru_cache(maxsize=256)
def column_writer(spec: str) -> WriteColumn | None:
    """Return what writes a column of this type; None where that is left to the driver."""
    if spec == "Array(String)":
        return _write_lists
    if spec == "Map(String, String)":
        return _write_maps
    if _TIME.fullmatch(spec):
        return _write_times
    if match := _NULLABLE.fullmatch(spec):
        return _nullable(match.group(1), int(match.group(2) or 0))
    if (match := _DECIMAL.fullmatch(spec)) and int(match.group(1)) in _DECIMAL_128:
        return _decimal(int(match.group(2)))
    return None


def _write_times(values: Sequence[Any], buffer: Buffer) -> None:
    buffer.write(_little_endian("q", values))


def _write_lists(values: Sequence[Sequence[bytes]], buffer: Buffer) -> None:
    items = _only_bytes(list(chain.from_iterable(values)))
    buffer.write(_little_endian("Q", list(accumulate(map(len, values)))))
    buffer.write_strings(items)


def _write_maps(values: Sequence[Mapping[bytes, bytes]], buffer: Buffer) -> None:
    keys = _only_bytes(list(chain.from_iterable(values)))
    items = _only_bytes([item for value in values for item in value.values()])
    buffer.write(_little_endian("Q", list(accumulate(map(len, values)))))
    buffer.write_strings(keys)
    buffer.write_strings(items)


def _nullable(inner: str, length: int) -> WriteColumn:
    """Return what writes a column of text, of bytes of one length, or of times, with nulls."""
    width = length or (1 if inner == "String" else 8)

    def write(values: Sequence[Any], buffer: Buffer) -> None:
        nulls = bytes([value is None for value in values])
        if 0 not in nulls:
            buffer.write(nulls + bytes(width * len(values)))
        elif inner == "String":
            texts = _only_bytes([b"" if value is None else value for value in values])
            buffer.write(nulls)
            buffer.write_strings(texts)
        elif length:
            fixed = [bytes(length) if value is None else value for value in values]
            if any(len(value) != length for value in fixed):
                raise ValueError(inner)
            buffer.write(nulls + b"".join(fixed))
        else:
            times = [0 if value is None else value for value in values]
            buffer.write(nulls + _little_endian("q", times))

    return write


def _decimal(scale: int) -> WriteColumn:
    """Return what writes numbers of 16 bytes, each different one computed once."""

    def write(values: Sequence[Decimal], buffer: Buffer) -> None:
        if not {Decimal}.issuperset(map(type, values)):
            raise TypeError("Decimal")
        with localcontext(Context(prec=_DECIMAL_128[-1])):
            encoded = {
                value: int(value * 10**scale).to_bytes(16, "little", signed=True)
                for value in set(values)
            }
        buffer.write(b"".join([encoded[value] for value in values]))

    return write


def _little_endian(code: str, values: Sequence[int]) -> bytes:
    numbers = array(code, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _only_bytes(values: list[Any]) -> list[bytes]:
    """Return values that the buffer takes. Raises TypeError before anything is written."""
    if not _BYTES.issuperset(map(type, values)):
        raise TypeError("text as bytes")
    return values
