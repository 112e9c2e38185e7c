"""Seal the source reference of an item for the node's own outbox, and open it again."""

from __future__ import annotations

from schemas.crypto.sealing import open_sealed, seal
from schemas.ids import derived_key
from schemas.model import EventId


def seal_reference(reference: str, item: EventId, secret: bytes) -> bytes:
    """Seal a reference under the key of its item. `secret`: the node's secret of ids."""
    return seal(reference.encode("utf-8", "surrogatepass"), _key(item, secret), item)


def open_reference(sealed: bytes, item: EventId, secret: bytes) -> str:
    """Return the reference that `seal_reference` sealed. Raises CannotOpenError."""
    return open_sealed(sealed, _key(item, secret), item).decode("utf-8", "surrogatepass")


def _key(item: EventId, secret: bytes) -> bytes:
    """Derive the key of an item; an item has one reference forever, so it seals one text only."""
    return derived_key(secret, b"source reference\0" + item)
