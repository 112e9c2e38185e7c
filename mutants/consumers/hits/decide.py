"""Hit receipts: what an authority is told of an indicator that its own records take part in. Pure.

A hit is what `assess` says to one reader, the authority itself, and nothing else: so an owner is
told of nobody's record that is not released to it, and an indicator that stands on such a record
alone is not there for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from schemas.avro.codec import Record, log_format
from schemas.model import IndicatorId, Reader
from schemas.release.rules import EMBEDDED_PURPOSE
from streams.correlation.assess import Indicator, Member, indicator_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook

ROLE = "officer"
CLEARANCE = "AMBER"
"""A hit reaches a duty desk, not a person: what asks for a name or a higher clearance (RED,
AMBER+STRICT) is asked for in person. For the same reason no condition (H3) counts as accepted: a
person accepts it, and the ledger knows who."""
CONTENT_UNKNOWN = bytes(16)


class Owner(NamedTuple):
    """To whom: an authority, in one world (`exercise`, None is the real one)."""

    country: str
    authority: str
    exercise: str | None

    @property
    def reader(self) -> Reader:
        """Who the authority is to the table of `release`."""
        return Reader(
            f"hits to {self.country}/{self.authority}",
            self.country,
            self.authority,
            frozenset({ROLE}),
            CLEARANCE,
            purpose=EMBEDDED_PURPOSE,
            exercise=self.exercise,
        )


@dataclass(frozen=True)
class OwnerHit:
    """What is told. `live`: None where the indicator is there no more for this owner."""

    owner: Owner
    indicator: IndicatorId
    live: Indicator | None

    @cached_property
    def value(self) -> bytes:
        """The framed Hit."""
        live = None if self.live is None else _live(self.live, self.owner)
        return log_format("hit").write(
            {**self.owner._asdict(), "indicator": self.indicator, "live": live}
        )

    @property
    def content(self) -> bytes:
        """16 bytes that tell two contents apart."""
        return hashlib.sha256(self.value).digest()[:16]

    @property
    def key(self) -> bytes:
        """The Kafka key: its newest message is all that counts."""
        return f"{self.owner.authority}/{self.owner.exercise or ''}/{self.indicator.hex()}".encode()


def live_hits(rows: Iterable[EvidenceRow], rules: RuleBook) -> list[OwnerHit]:
    """The live hits of every owner. `rows`: of any number of indicators, each with all of its rows."""
    of: dict[bytes, list[EvidenceRow]] = {}
    for row in rows:
        of.setdefault(row.indicator, []).append(row)
    found = (_hit(listed, owner, rules) for listed in of.values() for owner in owners(listed))
    return [one for one in found if one is not None]


def owners(rows: Iterable[EvidenceRow]) -> list[Owner]:
    """Whose records ever were evidence here."""
    return sorted(
        {
            Owner(row.label.country, row.label.authority, row.label.exercise)
            for row in rows
            if row.label
        },
        key=str,
    )


def changes_to_send(
    live: Iterable[OwnerHit], told: Mapping[tuple[IndicatorId, Owner], bytes]
) -> list[OwnerHit]:
    """What must be sent: live ones that say something else than was told, and the end of those that
    are live no more.

    `told`: the content last told, UNKNOWN where that is not known. What says the same is not sent
    again: that something changed which this owner may not see must not show either. Who was never
    told of an indicator is not told its end.
    """
    now = {(one.indicator, one.owner): one for one in live}
    ended = [
        OwnerHit(owner, indicator, None)
        for indicator, owner in told
        if (indicator, owner) not in now
    ]
    return [
        one
        for one in [*now.values(), *ended]
        if told.get((one.indicator, one.owner)) != one.content
    ]


def _hit(rows: Sequence[EvidenceRow], owner: Owner, rules: RuleBook) -> OwnerHit | None:
    found = indicator_for(rows, owner.reader, None, rules)
    if (
        found is None
        or found.status != "live"
        or not any(_owns(owner, one) for one in found.evidence)
    ):
        return None
    return OwnerHit(owner, found.id, found)


def _owns(owner: Owner, one: Member) -> bool:
    return (one.label.country, one.label.authority) == (owner.country, owner.authority)


def _live(found: Indicator, owner: Owner) -> Record:
    same = (
        "rule",
        "rule_version",
        "grade",
        "severity",
        "kind",
        "title",
        "first_recorded",
        "last_recorded",
    )
    return {
        **{name: getattr(found, name) for name in same},
        "sentence": found.explanation,
        "own": _own([one for one in found.evidence if _owns(owner, one)]),
        "others": _others([one for one in found.evidence if not _owns(owner, one)]),
        **found.marking._asdict(),
    }


def _own(evidence: Iterable[Member]) -> list[Record]:
    of: dict[bytes, Record] = {}
    for one in evidence:
        new: Record = {
            "event": one.event_id,
            "type": one.type,
            "roles": [],
            "occurred": one.occurred,
            "recorded_at": one.position.appended_at,
        }
        of.setdefault(one.event_id, new)["roles"].append(one.role)
    return list(of.values())


def _others(evidence: Iterable[Member]) -> list[Record]:
    of: dict[tuple[str, str], list[Member]] = {}
    for one in evidence:
        of.setdefault((one.country, one.label.authority), []).append(one)
    return [
        {
            "country": country,
            "authority": authority,
            "records": len({one.event_id for one in listed}),
            "markings": sorted({code for one in listed for code in one.markings}),
        }
        for (country, authority), listed in sorted(of.items())
    ]
