"""Keep what a partition knows of an event: its records over time, and the blocks they are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from schemas.avro.log_records import PositionRecord
from streams.folding.overlay import Overlay
from streams.folding.packing import Packing
from streams.linking.sealed_records import ComparedRecord

MEMBER = b"m"
"""State key: MEMBER + event id; value: a LinkedEvent."""
ERASED = b"x"
"""State key: ERASED + event id, of an event that was erased; value: empty."""

Place = tuple[int, str, int, int, int]
"""Position in the log: append time, topic, partition, offset, item."""


class RecordsVersion(Struct, frozen=True, array_like=True, dict=True):
    """What an event says from a position on; no records and no label where it was taken back."""

    place: Place
    type: str
    country: str
    publisher: str
    label: bytes | None
    records: list[ComparedRecord]

    @cached_property
    def by_block(self) -> Mapping[bytes, Sequence[ComparedRecord]]:
        """The records that are looked for in each block."""
        by_block: dict[bytes, list[ComparedRecord]] = {}
        for record in self.records:
            for block in record.blocks:
                by_block.setdefault(block, []).append(record)
        return by_block


class LinkedEvent(Struct, frozen=True, array_like=True, dict=True):
    """An event that has or had records. `secret`: of its links' keys; `versions`: in order."""

    secret: bytes
    versions: list[RecordsVersion]

    @cached_property
    def formats(self) -> set[bytes]:
        """The format bytes of its records, of which comparers they are."""
        return {record.record[:1] for version in self.versions for record in version.records}

    def memberships(self) -> dict[tuple[bytes, str], bool]:
        """Give the (block, publisher) pairs of all versions: whether the newest one has them."""
        pairs = {
            (block, version.publisher): False
            for version in self.versions
            for block in version.by_block
        }
        newest = self.versions[-1]
        return pairs | {(block, newest.publisher): True for block in newest.by_block}


MEMBERS = Packing[LinkedEvent](LinkedEvent)


class LinkedEvents:
    """The events of a partition as they will be once the changes so far are written."""

    def __init__(self, overlay: Overlay) -> None:
        """Read and write through an overlay; each event is read once in a batch."""
        self._overlay = overlay
        self._known: dict[bytes, LinkedEvent | None] = {}

    def find(self, event_id: bytes) -> LinkedEvent | None:
        """Read an event; None where it is not known here."""
        if event_id not in self._known:
            packed = self._overlay.get(MEMBER + event_id)
            self._known[event_id] = None if packed is None else MEMBERS.unpack(packed)
        return self._known[event_id]

    def put(self, event_id: bytes, member: LinkedEvent | None) -> None:
        """Write an event; None forgets it."""
        self._known[event_id] = member
        self._overlay.put(MEMBER + event_id, None if member is None else MEMBERS.pack(member))


def position_record(place: Place) -> PositionRecord:
    """Write a place as records of the log have it."""
    appended_at, topic, partition, offset, item = place
    return {
        "appended_at": appended_at,
        "topic": topic,
        "partition": partition,
        "offset": offset,
        "item": item,
    }
