"""Decide what an authority receives of a finding that is computed for it. Pure.

Such findings are bursts, findings on persons, on what is alike, and those of rules over many
records. Each is computed for the authority itself, from what is released to it. It receives a
finding that concerns it once, again where the finding becomes surer, and the end. A hit travels
unsealed, so nothing of a payload is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol
from uuid import UUID

from consumers.hits.decide import Owner, hit_key
from consumers.query.disclosed import Disclosed, DisclosedRecord
from consumers.query.views import to_epoch_ms
from schemas.avro.codec import Record, log_format
from schemas.ids import to_uuid_text
from schemas.model import IndicatorId

MOST_OWN = 2_000
"""Own records that a hit lists, the newest ones: a hit must fit into a message."""


class ComputedRecord(DisclosedRecord, Protocol):
    """A record that such a finding rests on, as its view shows it."""

    @property
    def type(self) -> str:
        """Return the type of its event."""

    @property
    def occurred(self) -> datetime | None:
        """Return when it happened, where that is known."""


class FindingView(Protocol):
    """What the views of all such findings have. Texts are by language."""

    @property
    def rule(self) -> str:
        """Return the rule that finds it."""

    @property
    def rule_version(self) -> int:
        """Return the version of the rule."""

    @property
    def grade(self) -> str:
        """Return how sure it is: certain, or possible."""

    @property
    def severity(self) -> str:
        """Return how grave it is."""

    @property
    def title(self) -> Mapping[str, str]:
        """Return its title, by language."""

    @property
    def tlp(self) -> str:
        """Return the most restrictive TLP of its records."""

    @property
    def last_recorded(self) -> datetime:
        """Return when the log took its newest record."""

    @property
    def evidence(self) -> Sequence[ComputedRecord]:
        """Return the records that it rests on."""


class HitForm(NamedTuple):
    """How findings of one form are sent.

    `name`: stands in digests; `role`: of the owner's records in such a finding; `states`: in which
    an owner may know one, the weakest first; `ended`: the state after the last.
    """

    name: str
    role: str
    states: Sequence[str]
    ended: str

    def digest(self, owner: Owner, indicator: IndicatorId, state: str) -> bytes:
        """Return 16 bytes that differ for another form, owner, finding or state."""
        text = "\0".join((self.name, repr(tuple(owner)), indicator.hex(), state))
        return hashlib.sha256(text.encode()).digest()[:16]


@dataclass(frozen=True)
class ComputedFinding:
    """A finding as an owner receives it, whatever its form.

    `state`: one of its form; `sentence`: without anything of a payload, by language; `has_figures`:
    whether it shows counts of more records than its evidence.
    """

    view: FindingView
    indicator: IndicatorId
    state: str
    kind: str
    sentence: Mapping[str, str]
    first_recorded: datetime
    handling: Sequence[str]
    conditions: Sequence[str]
    has_figures: bool = False


@dataclass(frozen=True)
class ComputedHit:
    """What an owner receives of a finding. `live`: None where it ended for this owner."""

    form: HitForm
    owner: Owner
    indicator: IndicatorId
    live: ComputedFinding | None

    @cached_property
    def value(self) -> bytes:
        """The framed Hit, as it goes to Kafka."""
        live = None if self.live is None else _live_record(self.live, self.owner, self.form.role)
        return log_format("hit").write(
            {**self.owner._asdict(), "indicator": self.indicator, "live": live}
        )

    @property
    def content(self) -> bytes:
        """A digest that differs where the state does. More records of a finding are no news."""
        state = self.form.ended if self.live is None else self.live.state
        return self.form.digest(self.owner, self.indicator, state)

    @property
    def key(self) -> bytes:
        """The key in Kafka: of each, the newest message counts."""
        return hit_key(self.owner, self.indicator)

    @property
    def old_news(self) -> set[bytes]:
        """The contents after which this hit is no news: the same state, or a surer one."""
        if self.live is None:
            return {self.content}
        surer = self.form.states[self.form.states.index(self.live.state) :]
        return {self.form.digest(self.owner, self.indicator, state) for state in surer}


def computed_changes(
    form: HitForm,
    owner: Owner,
    findings: Iterable[ComputedFinding],
    sent: Mapping[IndicatorId, bytes],
    candidates: Collection[IndicatorId],
) -> list[ComputedHit]:
    """Return what is new for an owner: findings that it does not know in this state, and ends.

    `findings`: those that concern it; `sent`: the content of what it received last, by id, of other
    forms too; `candidates`: ids of this form that have ended where no finding has them. Of the
    others nobody knows that.
    """
    hits = [ComputedHit(form, owner, finding.indicator, finding) for finding in findings]
    current = {hit.indicator for hit in hits}
    hits += [
        ComputedHit(form, owner, id_, None)
        for id_ in sent
        if id_ in candidates and id_ not in current
    ]
    return [hit for hit in hits if sent.get(hit.indicator) not in hit.old_news]


def disclosed_computed(owner: Owner, hits: Iterable[ComputedHit], now: int) -> Disclosed:
    """Return what the ledger records of hits to an owner. `now`: ms since 1970 UTC."""
    disclosed = Disclosed(owner.reader, None)
    for hit in hits:
        disclosed.questions["hit" if hit.live else "hit ended"] = None
        newest = now if hit.live is None else to_epoch_ms(hit.live.view.last_recorded)
        disclosed.indicators[to_uuid_text(hit.indicator)] = newest
        if hit.live:
            disclosed.add_records(hit.live.view.evidence)
            if hit.live.has_figures:
                disclosed.add_figures(hit.live.view.tlp, hit.live.handling)
    return disclosed


def owns(owner: Owner, record: ComputedRecord) -> bool:
    """Say whether a record is the owner's."""
    return (record.country, record.authority) == (owner.country, owner.authority)


def owns_any(owner: Owner, records: Iterable[ComputedRecord]) -> bool:
    """Say whether any of these records is the owner's."""
    return any(owns(owner, record) for record in records)


def _live_record(finding: ComputedFinding, owner: Owner, role: str) -> Record:
    view = finding.view
    return {
        "rule": view.rule,
        "rule_version": view.rule_version,
        "grade": view.grade,
        "severity": view.severity,
        "kind": finding.kind,
        "title": view.title,
        "sentence": finding.sentence,
        "first_recorded": to_epoch_ms(finding.first_recorded),
        "last_recorded": to_epoch_ms(view.last_recorded),
        "own": _own_records(owner, view.evidence, role),
        "others": _other_records(owner, view.evidence),
        "tlp": view.tlp,
        "handling": finding.handling,
        "conditions": finding.conditions,
    }


def _own_records(owner: Owner, records: Iterable[ComputedRecord], role: str) -> list[Record]:
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


def _other_records(owner: Owner, records: Iterable[ComputedRecord]) -> list[Record]:
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
