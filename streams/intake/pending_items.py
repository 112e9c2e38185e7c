"""Keep the items whose schema config does not know yet, in their order, until it does.

Each node has a quota of them, so that no node can fill the state of its country's partition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from schemas.avro.log_records import ErasedRecord
from schemas.bounds import MAX_PENDING_BYTES, MAX_PENDING_EVENTS, MAX_PENDING_SCHEMAS
from schemas.exchange_config import ConfigHistory
from schemas.model import Cord
from streams.folding.overlay import Overlay
from streams.folding.packing import Packing
from streams.intake.bundle import Bundle, SealedItem

PENDING = b"h"
"""State key: PENDING + offset (8 bytes) + index (4 bytes); value: a PendingItem."""
AWAITED = b"H"
"""State key; value: the fingerprints of the schemas awaited, one after the other."""
BY_EVENT = b"i"
"""State key: BY_EVENT + event id (16 bytes) + what follows PENDING; value: empty."""
QUOTA = b"q"
"""State key: QUOTA + node; value: the PendingQuota of the node."""
FINGERPRINT_BYTES = 32
OFFSET_BYTES = 8
"""Of a place: they are the same for the items of one bundle."""
ERASED: ErasedRecord = {"verdict": "accepted", "code": "", "field": ""}


class PendingItem(Struct, array_like=True):
    """An item that waits for its schema, and the bundle that it came in.

    It has a `key`, the `code` of why there is none, or the `erased` entry of its key list. `share`:
    how many observations it may have.
    """

    id: bytes
    schema: bytes
    index: int
    event: bytes
    key: bytes | None
    code: str
    erased: ErasedRecord | None
    appended_at: int
    topic: str
    partition: int
    offset: int
    cord: Cord
    sequence: int
    share: int

    def sealed_item(self) -> SealedItem:
        """Give the item as it came."""
        return SealedItem(self.index, self.event, self.key or self.erased or self.code)

    @property
    def place(self) -> bytes:
        """Give what follows PENDING in its key."""
        return self.offset.to_bytes(OFFSET_BYTES, "big") + self.index.to_bytes(4, "big")


class PendingQuota(Struct, array_like=True):
    """What of one node waits: bytes, and events by schema."""

    size: int
    events: dict[bytes, int]

    def change(self, schema: bytes, events: int, size: int) -> PendingQuota:
        """Give the quota with so many events and bytes more; either may be negative."""
        count = self.events.get(schema, 0) + events
        others = {other: number for other, number in self.events.items() if other != schema}
        return PendingQuota(self.size + size, others | ({schema: count} if count else {}))


PENDING_ITEM = Packing(PendingItem)
PENDING_QUOTA = Packing(PendingQuota)


class PendingIds(NamedTuple):
    """Of an item to be kept: its event's id, and the fingerprint of its schema."""

    event: bytes
    schema: bytes


def has_room(overlay: Overlay, node: str, size: int, schema: bytes) -> bool:
    """Say whether an item of so many bytes fits the quota of its node."""
    quota = _quota(overlay, node)
    return (
        sum(quota.events.values()) < MAX_PENDING_EVENTS
        and quota.size + size <= MAX_PENDING_BYTES
        and len(quota.events.keys() | {schema}) <= MAX_PENDING_SCHEMAS
    )


def store_pending(
    overlay: Overlay, bundle: Bundle, item: SealedItem, ids: PendingIds, share: int
) -> None:
    """Keep an item until its schema is known. `share`: how many observations it may have."""
    key = item.key
    pending = PendingItem(
        id=ids.event,
        schema=ids.schema,
        index=item.number,
        event=item.data,
        key=key if isinstance(key, bytes) else None,
        code=key if isinstance(key, str) else "",
        erased=key if isinstance(key, dict) else None,
        appended_at=bundle.appended_at,
        topic=bundle.topic,
        partition=bundle.partition,
        offset=bundle.offset,
        cord=bundle.cord,
        sequence=bundle.sequence,
        share=share,
    )
    overlay.put(PENDING + pending.place, PENDING_ITEM.pack(pending))
    overlay.put(BY_EVENT + pending.id + pending.place, b"")
    _change_quota(overlay, bundle.cord.node, ids.schema, 1, len(item.data))
    awaited = awaited_schemas(overlay)
    if ids.schema not in awaited:
        _set_awaited(overlay, awaited | {ids.schema})


def awaited_schemas(overlay: Overlay) -> frozenset[bytes]:
    """List the fingerprints of the schemas that items wait for."""
    value = overlay.get(AWAITED) or b""
    starts = range(0, len(value), FINGERPRINT_BYTES)
    return frozenset(value[start : start + FINGERPRINT_BYTES] for start in starts)


def _set_awaited(overlay: Overlay, schemas: frozenset[bytes]) -> None:
    overlay.put(AWAITED, b"".join(sorted(schemas)) or None)


def _quota(overlay: Overlay, node: str) -> PendingQuota:
    value = overlay.get(QUOTA + node.encode())
    return PendingQuota(0, {}) if value is None else PENDING_QUOTA.unpack(value)


def _change_quota(overlay: Overlay, node: str, schema: bytes, events: int, size: int) -> None:
    quota = _quota(overlay, node).change(schema, events, size)
    overlay.put(QUOTA + node.encode(), PENDING_QUOTA.pack(quota) if quota.events else None)


def pending_places(overlay: Overlay, schemas: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Give place and schema of the items that wait for one of these, in the order of the log."""
    for _key, value in overlay.scan(PENDING):
        pending = PENDING_ITEM.unpack(value)
        if pending.schema in schemas:
            yield pending.place, pending.schema


def pop_pending(overlay: Overlay, places: Iterable[bytes]) -> list[PendingItem]:
    """Take out the items at these places."""
    items = []
    for place in places:
        value = overlay.get(PENDING + place)
        assert value is not None, "a place of an item that waits"  # noqa: S101
        pending = PENDING_ITEM.unpack(value)
        items.append(pending)
        overlay.put(PENDING + place, None)
        overlay.put(BY_EVENT + pending.id + place, None)
        _change_quota(overlay, pending.cord.node, pending.schema, -1, -len(pending.event))
    return items


def forget_awaited(overlay: Overlay, schemas: Collection[bytes]) -> None:
    """Await these schemas no more: config knows them."""
    _set_awaited(overlay, awaited_schemas(overlay) - set(schemas))


def erase_pending(overlay: Overlay, id_: bytes) -> None:
    """Drop the keys of an erased event's items, so that they are processed without content."""
    for where, _ in overlay.scan(BY_EVENT + id_):
        key = PENDING + where[len(BY_EVENT) + len(id_) :]
        value = overlay.get(key)
        assert value is not None, "an item and its place are stored together"  # noqa: S101
        erased = replace(PENDING_ITEM.unpack(value), key=None, code="", erased=ERASED)
        overlay.put(key, PENDING_ITEM.pack(erased))


def bundle_of(pending: PendingItem, config: ConfigHistory) -> Bundle:
    """Make the bundle that an item came in, as it was then."""
    view = config.at(pending.appended_at)
    return Bundle(
        appended_at=pending.appended_at,
        topic=pending.topic,
        partition=pending.partition,
        offset=pending.offset,
        cord=pending.cord,
        sequence=pending.sequence,
        node=view.nodes[pending.cord.node],
        view=view,
    )
