"""Items whose schema config does not know yet: kept in their order until it does."""

from __future__ import annotations

from collections.abc import Collection

from schemas.avro.codec import Record
from schemas.exchange_config import ConfigHistory
from schemas.model import Cord
from streams.folding.overlay import Overlay
from streams.folding.packing import pack, unpack
from streams.intake.bundle import Bundle, SealedItem

PENDING = b"h"  # state key: HELD + offset (8 bytes) + index (4 bytes)
AWAITED = b"H"  # state key; value: the fingerprints of the schemas awaited, 32 bytes each
SIZE = 32


def store_pending(
    overlay: Overlay, bundle: Bundle, sealed: SealedItem, id_: bytes, fingerprint: bytes
) -> None:
    """Keeps an item."""
    key = sealed.key
    place = {**bundle.position(), **bundle.cord._asdict(), "sequence": bundle.sequence}
    record = {
        "id": id_,
        "schema": fingerprint,
        "index": sealed.number,
        "event": sealed.data,
        "key": key if isinstance(key, bytes) else None,
        "code": key if isinstance(key, str) else "",
        "erased": key if isinstance(key, dict) else None,
        "bundle": place,
    }
    overlay.put(
        PENDING + bundle.offset.to_bytes(8, "big") + sealed.number.to_bytes(4, "big"), pack(record)
    )
    _await(overlay, awaited_schemas(overlay) | {fingerprint})


def awaited_schemas(overlay: Overlay) -> frozenset[bytes]:
    """Fingerprints of the schemas that items wait for."""
    value = overlay.get(AWAITED) or b""
    return frozenset(value[at : at + SIZE] for at in range(0, len(value), SIZE))


def _await(overlay: Overlay, fingerprints: frozenset[bytes]) -> None:
    overlay.put(AWAITED, b"".join(sorted(fingerprints)) or None)


def pop_ready(overlay: Overlay, known: Collection[bytes]) -> list[Record]:
    """The records that waited for `known`, in the order of the log; they are held no longer."""
    ready = []
    for key, value in overlay.scan(PENDING):
        record = unpack(value)
        if record["schema"] in known:
            ready.append(record)
            overlay.put(key, None)
    _await(overlay, awaited_schemas(overlay) - set(known))
    return ready


def erase_pending(overlay: Overlay, id_: bytes) -> None:
    """Drops the keys of an erased event's items: they will be taken without content."""
    if not awaited_schemas(overlay):
        return
    for key, value in overlay.scan(PENDING):
        record = unpack(value)
        if record["id"] == id_:
            overlay.put(
                key,
                pack(
                    {
                        **record,
                        "key": None,
                        "code": "",
                        "erased": {"verdict": "accepted", "code": "", "field": ""},
                    }
                ),
            )


def bundle_of(record: Record, config: ConfigHistory) -> Bundle:
    """The bundle that a held item came in, as it was then."""
    place = record["bundle"]
    view = config.at(place["appended_at"])
    cord = Cord(place["node"], place["lane"], place["epoch"])
    return Bundle(
        place["appended_at"],
        place["topic"],
        place["partition"],
        place["offset"],
        cord,
        place["sequence"],
        view.nodes[cord.node],
        view,
    )
