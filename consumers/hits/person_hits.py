"""Decide what an authority receives of a finding on a person: once, and its end. Pure.

A finding is computed for the authority itself, from what is released to it. It receives those that
rest on a record of its own. A hit names no person: it travels unsealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from consumers.hits.computed_hits import (
    digest_hit,
    encode_hit,
    other_records,
    own_records,
    owns,
)
from consumers.hits.decide import Owner, hit_key
from consumers.query.disclosed import Disclosed
from consumers.query.persons.person_findings import PersonFinding, is_finding_id
from consumers.query.views import to_epoch_ms
from schemas.avro.codec import Record
from schemas.ids import to_uuid_text
from schemas.model import IndicatorId

KIND = "person"
ROLE = "named"


@dataclass(frozen=True)
class PersonHit:
    """What an owner receives of a finding. `live`: None where it ended for this owner."""

    owner: Owner
    indicator: IndicatorId
    live: PersonFinding | None

    @cached_property
    def value(self) -> bytes:
        """The framed Hit, as it goes to Kafka."""
        live = None if self.live is None else _live_record(self.live, self.owner)
        return encode_hit(self.owner, self.indicator, live)

    @property
    def content(self) -> bytes:
        """A digest of 16 bytes that differs between a finding and its end.

        More records of the same finding are no news.
        """
        state = "ended" if self.live is None else "live"
        return digest_hit("quipu person finding", self.owner, self.indicator, state)

    @property
    def key(self) -> bytes:
        """The key in Kafka: of each, the newest message counts."""
        return hit_key(self.owner, self.indicator)


def person_changes(
    owner: Owner,
    findings: Sequence[PersonFinding],
    sent: Mapping[IndicatorId, bytes],
    *,
    is_complete: bool,
) -> list[PersonHit]:
    """Return what is new for an owner: findings that it does not know, and ends.

    What is only possible is in the list, and no hit.

    `sent`: the content of what it received last, by id, of bursts too; `is_complete`: whether all
    findings were looked for. Else nobody knows whether one has ended.
    """
    hits = [
        PersonHit(owner, IndicatorId(UUID(finding.id).bytes), finding)
        for finding in findings
        if finding.grade == "certain" and any(owns(owner, mention) for mention in finding.evidence)
    ]
    current = {hit.indicator for hit in hits}
    if is_complete:
        hits += [
            PersonHit(owner, id_, None)
            for id_ in sent
            if id_ not in current and is_finding_id(to_uuid_text(id_))
        ]
    return [hit for hit in hits if sent.get(hit.indicator) != hit.content]


def disclosed_findings(owner: Owner, hits: Sequence[PersonHit], now: int) -> Disclosed:
    """Return what the ledger records of hits to an owner. `now`: ms since 1970 UTC."""
    disclosed = Disclosed(owner.reader, None)
    for hit in hits:
        disclosed.questions["hit" if hit.live else "hit ended"] = None
        newest = now if hit.live is None else to_epoch_ms(hit.live.last_recorded)
        disclosed.indicators[to_uuid_text(hit.indicator)] = newest
        if hit.live:
            disclosed.add_records(hit.live.evidence)
    return disclosed


def _live_record(finding: PersonFinding, owner: Owner) -> Record:
    markings = [
        (code, condition.strip())
        for mention in finding.evidence
        for code, _colon, condition in (marking.partition(":") for marking in mention.markings)
    ]
    return {
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "grade": finding.grade,
        "severity": finding.severity,
        "kind": KIND,
        "title": finding.title,
        "sentence": finding.brief,
        "first_recorded": min(to_epoch_ms(mention.recorded_at) for mention in finding.evidence),
        "last_recorded": to_epoch_ms(finding.last_recorded),
        "own": own_records(owner, finding.evidence, ROLE),
        "others": other_records(owner, finding.evidence),
        "tlp": finding.tlp,
        "handling": sorted({code for code, _condition in markings}),
        "conditions": sorted({condition for _code, condition in markings if condition}),
    }
