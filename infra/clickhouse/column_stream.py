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
from math import log
from typing import Any, NamedTuple, Protocol

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
Send = Callable[[Buffer], None]
"""Sends values that were found good."""


class Inner(NamedTuple):
    """How values within a column are written: what goes before all of them, and they themselves.

    `prepare` raises what `WriteColumn` raises.
    """

    prefix: bytes
    prepare: Callable[[list[Any]], Send]


UNUSUAL = (TypeError, AttributeError, ValueError, OverflowError)
_NULLABLE = re.compile(r"Nullable\((String|FixedString\((\d+)\)|DateTime64\(\d, '[\w/]+'\))\)")
_TIME = re.compile(r"DateTime64\(\d, '[\w/]+'\)")
_DECIMAL = re.compile(r"Decimal\((\d+), (\d+)\)")
_ARRAY = re.compile(r"Array\((.+)\)")
_MAP = re.compile(r"Map\((.+), (.+)\)")
_CODES = "LowCardinality(String)"
_DICTIONARY_FLAGS = 1 << 9 | 1 << 10
"""A column brings its own texts, which take the place of those before."""
_NUMBER_CODES = "BHI"
"""By how many bytes the numbers of texts take, as powers of 2: their code in `array`."""
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
    if spec == _CODES:
        return _write_codes
    if (match := _ARRAY.fullmatch(spec)) and match.group(1) in _INNER:
        return _lists(_INNER[match.group(1)])
    if (match := _MAP.fullmatch(spec)) and {*match.groups()} <= _INNER.keys():
        return _maps(_INNER[match.group(1)], _INNER[match.group(2)])
    if _TIME.fullmatch(spec):
        return _write_times
    if match := _NULLABLE.fullmatch(spec):
        return _nullable(match.group(1), int(match.group(2) or 0))
    if (match := _DECIMAL.fullmatch(spec)) and int(match.group(1)) in _DECIMAL_128:
        return _decimal(int(match.group(2)))
    return None


def _write_times(values: Sequence[Any], buffer: Buffer) -> None:
    buffer.write(_little_endian("q", values))


def _write_codes(values: Sequence[bytes], buffer: Buffer) -> None:
    send = _codes(values)
    buffer.write(_DICTIONARY_VERSION)
    send(buffer)


def _lists(inner: Inner) -> WriteColumn:
    """Return what writes a column of lists: where each ends, then the items of all."""

    def write(values: Sequence[Sequence[Any]], buffer: Buffer) -> None:
        send = inner.prepare(list(chain.from_iterable(values)))
        buffer.write(inner.prefix + _little_endian("Q", list(accumulate(map(len, values)))))
        send(buffer)

    return write


def _maps(keys: Inner, items: Inner) -> WriteColumn:
    """Return what writes a column of maps: where each ends, then all keys, then all values."""

    def write(values: Sequence[Mapping[bytes, Any]], buffer: Buffer) -> None:
        send_keys = keys.prepare(list(chain.from_iterable(values)))
        send_items = items.prepare([item for value in values for item in value.values()])
        ends = _little_endian("Q", list(accumulate(map(len, values))))
        buffer.write(keys.prefix + items.prefix + ends)
        send_keys(buffer)
        send_items(buffer)

    return write


def _texts(values: list[bytes]) -> Send:
    _only_bytes(values)
    return lambda buffer: buffer.write_strings(values)


def _codes(values: Sequence[bytes]) -> Send:
    """Prepare texts of which few differ: each different one once, then its number for each value.

    Nothing is sent for no values.
    """
    places = {text: number for number, text in enumerate(dict.fromkeys(values))}
    texts = _only_bytes(list(places))
    if not texts:
        return lambda _buffer: None
    width = int(log(len(texts), 2) / 8)  # as the driver: 256 different ones take two bytes
    numbers = _little_endian(_NUMBER_CODES[width], list(map(places.__getitem__, values)))
    head = _little_endian("q", [_DICTIONARY_FLAGS | width, len(texts)])
    count = _little_endian("q", [len(values)])

    def send(buffer: Buffer) -> None:
        buffer.write(head)
        buffer.write_strings(texts)
        buffer.write(count + numbers)

    return send


def _floats(values: Sequence[float]) -> Send:
    numbers = _little_endian("d", values)
    return lambda buffer: buffer.write(numbers)


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


def _little_endian(code: str, values: Sequence[float]) -> bytes:
    numbers = array(code, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _only_bytes(values: list[Any]) -> list[bytes]:
    """Return values that the buffer takes. Raises TypeError before anything is written."""
    if not _BYTES.issuperset(map(type, values)):
        raise TypeError("text as bytes")
    return values


_DICTIONARY_VERSION = _little_endian("q", [1])
_INNER: Mapping[str, Inner] = {
    "String": Inner(b"", _texts),
    _CODES: Inner(_DICTIONARY_VERSION, _codes),
    "Float64": Inner(b"", _floats),
}
"""By type: how what is within lists and maps is written."""
