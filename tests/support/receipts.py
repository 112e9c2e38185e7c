"""Receipts as a node reads them from the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from infra.keys import keyring
from infra.settings import Settings
from schemas.avro.log_records import CordRecord, ReceiptItemRecord, ReceiptRecord
from schemas.crypto.sealing import open_signed, sign
from schemas.model import Cord


def receipt_record(
    cord: Cord,
    sequence: int,
    items: Sequence[ReceiptItemRecord | dict[str, Any]] = (),
    code: str = "",
    missing: Sequence[int] = (),
) -> ReceiptRecord:
    """Return the receipt of a bundle that was appended at 5 ms."""
    return ReceiptRecord(
        cord=CordRecord(node=cord.node, lane=cord.lane, epoch=cord.epoch),
        sequence=sequence,
        code=code,
        missing=list(missing),
        appended_at=5,
        offset=0,
        items=list(items),  # type: ignore[arg-type]
    )


def signed(settings: Settings, topic: str, body: bytes) -> bytes:
    """Return what the mechanism of this data folder writes for nodes: a signed body."""
    keys = keyring.load_mechanism_keys(settings)
    return sign(topic, body, keys.key_id, keys.signing)


def opened(settings: Settings, topic: str, value: bytes) -> bytes:
    """Return the body that the mechanism signed."""
    return open_signed(topic, value, keyring.trust_anchor(settings))
