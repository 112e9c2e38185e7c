"""Count what the tables hold of each cord, with checksums that do not depend on an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consumers.store.sql import sql
from infra.clickhouse.client import Client
from schemas.checksum import to_hex

ZERO = to_hex(0)


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """What the mechanism stored of a cord."""

    sealed: int = 0
    accepted: int = 0
    duplicate: int = 0
    pending: int = 0
    rejected: int = 0
    sealed_sum: str = ZERO
    accepted_sum: str = ZERO
    stored: int = 0
    stored_sum: str = ZERO
    countable: int = 0
    """Stored events that are not erased and report something."""
    counted: int = 0
    """Those of them that are in the table facts."""
    through: int = 0
    """The last sequence that these numbers count."""
    closed: str = ""
    """Codes and the first position of accepted items that could not be decrypted; empty: none."""


def stored_counts(client: Client) -> dict[str, StoredCounts]:
    """Return what the tables items and events hold, by cord."""
    items = {row[0]: row[1:] for row in client.execute(sql("reconcile_items"))}
    events = {row[0]: row[1:] for row in client.execute(sql("reconcile_events"))}
    undecryptable = {
        cord: f"{count} × {codes}, {position}"
        for cord, count, codes, position in client.execute(sql("reconcile_closed"))
    }
    return {
        cord: _stored_counts(items.get(cord), events.get(cord), undecryptable.get(cord, ""))
        for cord in items.keys() | events.keys()
    }


def _stored_counts(
    items: tuple[Any, ...] | None, events: tuple[Any, ...] | None, undecryptable: str
) -> StoredCounts:
    """Join a row of reconcile_items.sql and one of reconcile_events.sql; None: there is none."""
    *counts, sealed_sum, accepted_sum, through = items or (0, 0, 0, 0, 0, "0", "0", 0)
    stored, stored_sum, countable, counted = events or (0, "0", 0, 0)
    sealed, accepted, duplicate, pending, rejected = counts
    return StoredCounts(
        sealed=sealed,
        accepted=accepted,
        duplicate=duplicate,
        pending=pending,
        rejected=rejected,
        sealed_sum=to_hex(int(sealed_sum)),
        accepted_sum=to_hex(int(accepted_sum)),
        stored=stored,
        stored_sum=to_hex(int(stored_sum)),
        countable=countable,
        counted=counted,
        through=through,
        closed=undecryptable,
    )
