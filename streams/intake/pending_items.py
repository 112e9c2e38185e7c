"""Keep the items whose schema config does not know yet, in their order, until it does."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from schemas.avro.log_records import ErasedRecord
from schemas.exchange_config import ConfigHistory
from schemas.model import Cord
from streams.folding.overlay import Overlay
from streams.folding.packing import Packing
from streams.intake.bundle import Bundle, SealedItem

PENDING = b"h"
"""State key: PENDING + offset (8 bytes) + index (4 bytes); value: a PendingItem."""
AWAITED = b"H"
"""State key; value: the fingerprints of the schemas awaited, one after the other."""
FINGERPRINT_BYTES = 32
ERASED: ErasedRecord = {"verdict": "accepted", "code": "", "field": ""}


class PendingItem(Struct, array_like=True):
    """An item that waits for its schema, and the bundle that it came in.

    It has a `key`, the `code` of why there is none, or the `erased` entry of its key list.
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

    def sealed_item(self) -> SealedItem:
        """Give the item as it came."""
        return SealedItem(self.index, self.event, self.key or self.erased or self.code)


PENDING_ITEM = Packing(PendingItem)


def store_pending(
    overlay: Overlay, bundle: Bundle, item: SealedItem, id_: bytes, schema: bytes
) -> None:
    """Keep an item until its schema is known."""
    key = item.key
    pending = PendingItem(
        id=id_,
        schema=schema,
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
    )
    where = PENDING + bundle.offset.to_bytes(8, "big") + item.number.to_bytes(4, "big")
    overlay.put(where, PENDING_ITEM.pack(pending))
    _set_awaited(overlay, awaited_schemas(overlay) | {schema})


def awaited_schemas(overlay: Overlay) -> frozenset[bytes]:
    """List the fingerprints of the schemas that items wait for."""
    value = overlay.get(AWAITED) or b""
    starts = range(0, len(value), FINGERPRINT_BYTES)
    return frozenset(value[start : start + FINGERPRINT_BYTES] for start in starts)


def _set_awaited(overlay: Overlay, schemas: frozenset[bytes]) -> None:
    overlay.put(AWAITED, b"".join(sorted(schemas)) or None)


def pop_ready(overlay: Overlay, schemas: Collection[bytes]) -> list[PendingItem]:
    """Take out the items that waited for these schemas, in the order of the log."""
    ready = []
    for key, value in overlay.scan(PENDING):
        pending = PENDING_ITEM.unpack(value)
        if pending.schema in schemas:
            ready.append(pending)
            overlay.put(key, None)
    _set_awaited(overlay, awaited_schemas(overlay) - set(schemas))
    return ready


def erase_pending(overlay: Overlay, id_: bytes) -> None:
    """Drop the keys of an erased event's items, so that they are processed without content."""
    if not awaited_schemas(overlay):
        return
    for key, value in overlay.scan(PENDING):
        pending = PENDING_ITEM.unpack(value)
        if pending.id == id_:
            erased = replace(pending, key=None, code="", erased=ERASED)
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
