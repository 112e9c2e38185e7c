"""Make hits of findings that are computed for an owner: bursts and findings on persons. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from consumers.hits.decide import Owner
from consumers.query.views import to_epoch_ms
from schemas.avro.codec import Record, log_format
from schemas.model import IndicatorId

MOST_OWN = 2_000
"""Own records that a hit lists, the newest ones: a hit must fit into a message."""


class ComputedRecord(Protocol):
    """A record that such a finding rests on, as its view shows it."""

    @property
    def event(self) -> str:
        """The id of its event."""

    @property
    def type(self) -> str:
        """The type of its event."""

    @property
    def country(self) -> str:
        """The country of the owner."""

    @property
    def authority(self) -> str:
        """The authority that owns it."""

    @property
    def occurred(self) -> datetime | None:
        """When it happened, where that is known."""

    @property
    def recorded_at(self) -> datetime:
        """When the log took it."""

    @property
    def markings(self) -> list[str]:
        """Its handling codes, each with its condition."""


def owns(owner: Owner, record: ComputedRecord) -> bool:
    """Say whether a record is the owner's."""
    return (record.country, record.authority) == (owner.country, owner.authority)


def encode_hit(owner: Owner, indicator: IndicatorId, live: Record | None) -> bytes:
    """Return the framed Hit, as it goes to Kafka. `live`: None where the finding ended."""
    return log_format("hit").write({**owner._asdict(), "indicator": indicator, "live": live})


def digest_hit(name: str, owner: Owner, indicator: IndicatorId, state: str) -> bytes:
    """Return 16 bytes that differ for another kind of finding, owner, finding or state."""
    text = "\0".join((name, repr(tuple(owner)), indicator.hex(), state))
    return hashlib.sha256(text.encode()).digest()[:16]


def own_records(owner: Owner, records: Iterable[ComputedRecord], role: str) -> list[Record]:
    """List the newest of the owner's records, each event once, in the order of the log."""
    events = {record.event: record for record in records if owns(owner, record)}
    newest = sorted(events.values(), key=lambda record: (record.recorded_at, record.event))
    return [
        {
            "event": UUID(record.event).bytes,
            "type": record.type,
            "roles": [role],
            "occurred": None if record.occurred is None else to_epoch_ms(record.occurred),
            "recorded_at": to_epoch_ms(record.recorded_at),
        }
        for record in newest[-MOST_OWN:]
    ]


def other_records(owner: Owner, records: Iterable[ComputedRecord]) -> list[Record]:
    """Count the records of each other authority, with their markings."""
    by_authority: dict[tuple[str, str], dict[str, ComputedRecord]] = {}
    for record in records:
        if not owns(owner, record):
            events = by_authority.setdefault((record.country, record.authority), {})
            events[record.event] = record
    return [
        {
            "country": country,
            "authority": authority,
            "records": len(events),
            "markings": sorted({code for record in events.values() for code in record.markings}),
        }
        for (country, authority), events in sorted(by_authority.items())
    ]
