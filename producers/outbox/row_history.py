"""Read what the node remembers of the rows that it sent: versions and withdrawals."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from producers.events.sealed_reference import open_reference
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.model import EventId

ERASED = "ERASED"
"""In the place of a retraction's reason: the item was erased."""
_MAX_PLACEHOLDERS = 500


class Withdrawn(NamedTuple):
    """Why and when an item was withdrawn: a reason's code or ERASED, and ms since 1970 UTC."""

    reason: str
    since: int


def read_withdrawals(outbox: Outbox, ids: Sequence[EventId]) -> dict[bytes, Withdrawn]:
    """Read which of these items were retracted or erased. Raises OutboxError."""
    retracted = {
        bytes(target): Withdrawn(reason, since)
        for target, reason, since in _rows(outbox, "withdrawals", ids)
    }
    erased = {
        bytes(id_): Withdrawn(ERASED, since) for id_, since in _rows(outbox, "erased_items", ids)
    }
    return {**retracted, **erased}


def read_row_numbers(outbox: Outbox, ids: Sequence[EventId]) -> dict[bytes, int]:
    """Read the highest version number of each of these items. Raises OutboxError."""
    return {bytes(item): number for item, number in _rows(outbox, "row_numbers", ids)}


def read_references(outbox: Outbox, ids: Sequence[EventId], secret: bytes) -> dict[bytes, str]:
    """Read the source references of items. `secret`: the node's secret of ids. Raises OutboxError.

    Items without one are left out: erased ones, and those of before references were kept.
    """
    return {
        bytes(item): open_reference(bytes(sealed), EventId(bytes(item)), secret)
        for item, sealed in _rows(outbox, "source_references", ids)
    }


def read_likenesses(outbox: Outbox, likenesses: Sequence[bytes]) -> dict[bytes, EventId]:
    """Read likeness -> the item that was sent with it. Raises OutboxError."""
    rows = _rows(outbox, "likenesses", likenesses)
    return {bytes(likeness): EventId(bytes(item)) for likeness, item in rows}


def _rows(outbox: Outbox, query: str, keys: Sequence[bytes]) -> Iterator[Sequence[Any]]:
    distinct_keys = list(dict.fromkeys(keys))
    for start in range(0, len(distinct_keys), _MAX_PLACEHOLDERS):
        part = distinct_keys[start : start + _MAX_PLACEHOLDERS]
        yield from outbox.rows(sql.with_list(query, len(part)), part)
