"""Define what is known of an object or a way of acting for comparison, and its bytes."""

from __future__ import annotations

import msgspec

OBJECT_FORMAT, METHOD_FORMAT = b"\x02", b"\x03"
"""First byte of a packed object, and of a packed way of acting.

No other record has it (`streams.matching.record.FORMAT`). A new field is optional; another shape
takes another byte.
"""


class ObjectMeasure(msgspec.Struct, frozen=True, array_like=True):
    """Hold one measure: millimetres, or grams where `dimension` is WEIGHT."""

    dimension: str
    value: float


class ObjectRecord(msgspec.Struct, frozen=True, array_like=True):
    """Hold what one record says of an object; empty where it says nothing.

    All texts are sorted terms (`streams.matching.objects.terms`). `type`: a code of the list
    `cultural_object`. `centuries`: 18 for the eighteenth. A way of acting has a description only.
    """

    type: str = ""
    materials: tuple[str, ...] = ()
    measures: tuple[ObjectMeasure, ...] = ()
    inscriptions: tuple[str, ...] = ()
    culture: tuple[str, ...] = ()
    centuries: tuple[int, ...] = ()
    description: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing here distinguishes one object from another of its type."""
        return not (self.measures or self.inscriptions or self.description)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ObjectRecord)


def to_bytes(record: ObjectRecord, format_byte: bytes = OBJECT_FORMAT) -> bytes:
    """Pack a record: one byte for the format, then its fields in MessagePack."""
    return format_byte + _ENCODER.encode(record)


def from_bytes(packed: bytes, format_byte: bytes = OBJECT_FORMAT) -> ObjectRecord:
    """Unpack what `to_bytes` packed. Raises ValueError for anything else."""
    if packed[:1] != format_byte:
        raise ValueError(f"unknown format of an object record: {packed[:1].hex() or 'empty'}")
    return _DECODER.decode(memoryview(packed)[1:])
