"""Replace compressed batches by one empty message before a client unpacks them.

No producer of Quipu compresses. A batch of 1.4 MB that an admitted node compresses may unpack to
1.4 GB in the memory of every reader. The log keeps such a batch forever, so readers neither
unpack it nor stop at it: they get one empty message at the offset of the batch's last, which is
judged as any other broken message. That is the same on every machine, and in every rebuild.

Neither client library has a setting for it, so the name `MemoryRecords` of their fetchers is
replaced. A unit test fails if an upgrade moves it.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Callable
from typing import Any

from aiokafka.consumer import fetcher as aiokafka_fetcher
from aiokafka.record.util import calc_crc32c
from kafka.consumer import fetcher as kafka_fetcher

_LENGTH = struct.Struct(">qi")  # base offset, length of what follows
_HEADER = struct.Struct(">qiibIhiqqqhii")
_AFTER_CRC = struct.Struct(">hiqqqhii")
_ATTRIBUTES = struct.Struct(">h")
_CRC_END = struct.calcsize(">qiibI")
_MAGIC_AT = struct.calcsize(">qii")
_MAGIC = 2
_COMPRESSION = 0x07


def install() -> None:
    """Make both client libraries read batches through `without_compressed`. May be repeated."""
    for fetcher in (aiokafka_fetcher, kafka_fetcher):
        if not hasattr(fetcher.MemoryRecords, "__wrapped__"):
            fetcher.MemoryRecords = _reading_plain_batches(fetcher.MemoryRecords)


def without_compressed(data: bytes | memoryview) -> bytes | memoryview:
    """Return fetched batches with an empty message in place of each compressed one.

    What is not compressed stays as it is; so does an incomplete batch at the end.
    """
    view, start, position = memoryview(data), 0, 0
    pieces: list[bytes | memoryview] = []
    while position + _LENGTH.size <= len(view):
        base_offset, length = _LENGTH.unpack_from(view, position)
        end = position + _LENGTH.size + length
        if end > len(view) or length < 0:
            break
        if _is_compressed(view[position:end]):
            pieces += [view[start:position], _empty_batch(view[position:end], base_offset)]
            start = end
        position = end
    return b"".join([*pieces, view[start:]]) if pieces else data


def _reading_plain_batches(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(reader, updated=())
    def read(data: bytes | memoryview) -> Any:
        return reader(without_compressed(data))

    return read


def _is_compressed(batch: memoryview) -> bool:
    """Say whether a batch is compressed, or of a form that current brokers do not write."""
    if len(batch) < _HEADER.size or batch[_MAGIC_AT] != _MAGIC:
        return True
    return bool(_ATTRIBUTES.unpack_from(batch, _CRC_END)[0] & _COMPRESSION)


def _empty_batch(batch: memoryview, base_offset: int) -> bytes:
    """Write the batch with one message, without key and value, at the offset of its last."""
    epoch, attributes, last = 0, 0, 0
    rest = [0, 0, -1, -1, -1]
    if len(batch) >= _HEADER.size and batch[_MAGIC_AT] == _MAGIC:
        _, _, epoch, _, _, attributes, last, *rest, _ = _HEADER.unpack_from(batch)
    record = _record(last)
    after_crc = _AFTER_CRC.pack(attributes & ~_COMPRESSION, last, *rest, 1) + record
    length = _HEADER.size - _LENGTH.size + len(record)
    head = struct.pack(">qiibI", base_offset, length, epoch, _MAGIC, calc_crc32c(after_crc))
    return head + after_crc


def _record(offset_delta: int) -> bytes:
    """Write a record without key, value and headers."""
    nothing = _varint(-1)
    body = b"\0" + _varint(0) + _varint(offset_delta) + nothing + nothing + _varint(0)
    return _varint(len(body)) + body


def _varint(number: int) -> bytes:
    """Write a number as Kafka's zigzag varint."""
    value, written = (number << 1) ^ (number >> 63), bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)
