"""Receipts as a node reads them from the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schemas.avro.log_records import CordRecord, ReceiptItemRecord, ReceiptRecord
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
