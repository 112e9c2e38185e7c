"""Decide what an authority receives of a finding of a rule over many records. Pure.

A finding is computed for the authority itself, from what is released to it. It receives those that
rest on a record of its own: once, again where the grade rises, and the end. A hit travels
unsealed, so nothing of a payload is in it.
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
from consumers.query.rule_findings.rule_finding_views import RuleFindings, RuleFindingView
from consumers.query.views import to_epoch_ms
from schemas.avro.codec import Record
from schemas.ids import to_uuid_text
from schemas.model import IndicatorId
from streams.rules.detectors.evaluate import is_rule_finding

ROLE = "part"
GRADES = ("possible", "certain")
ENDED = ""


@dataclass(frozen=True)
class RuleHit:
    """What an owner receives of a finding. `live`: None where it ended for this owner."""

    owner: Owner
    indicator: IndicatorId
    live: RuleFindingView | None

    @cached_property
    def value(self) -> bytes:
        """The framed Hit, as it goes to Kafka."""
        live = None if self.live is None else _live_record(self.live, self.owner)
        return encode_hit(self.owner, self.indicator, live)

    @property
    def content(self) -> bytes:
        """A digest of 16 bytes that differs where the grade differs, and at the end."""
        return self.content_in(ENDED if self.live is None else self.live.grade)

    @property
    def key(self) -> bytes:
        """The key in Kafka: of each, the newest message counts."""
        return hit_key(self.owner, self.indicator)

    @property
    def old_news(self) -> set[bytes]:
        """The contents after which this hit is no news: the same grade, or a higher one."""
        if self.live is None:
            return {self.content}
        return {self.content_in(grade) for grade in GRADES[GRADES.index(self.live.grade) :]}

    def content_in(self, grade: str) -> bytes:
        """Return the digest of what the owner receives in a grade; ENDED: of the end."""
        return digest_hit("quipu rule finding", self.owner, self.indicator, grade)


def rule_changes(
    owner: Owner, result: RuleFindings, sent: Mapping[IndicatorId, bytes]
) -> list[RuleHit]:
    """Return what is new for an owner: findings that it does not know in this grade, and ends.

    `sent`: the content of what it received last, by id, of other findings too. Where not all
    candidates were looked at, nobody knows whether a finding has ended.
    """
    hits = [
        RuleHit(owner, IndicatorId(UUID(finding.id).bytes), finding)
        for finding in result.findings
        if any(owns(owner, record) for record in finding.evidence)
    ]
    current = {hit.indicator for hit in hits}
    if result.is_complete:
        hits += [
            RuleHit(owner, id_, None)
            for id_ in sent
            if id_ not in current and is_rule_finding(to_uuid_text(id_))
        ]
    return [hit for hit in hits if sent.get(hit.indicator) not in hit.old_news]


def disclosed_rule_hits(owner: Owner, hits: Sequence[RuleHit], now: int) -> Disclosed:
    """Return what the ledger records of hits to an owner. `now`: ms since 1970 UTC."""
    disclosed = Disclosed(owner.reader, None)
    for hit in hits:
        disclosed.questions["hit" if hit.live else "hit ended"] = None
        newest = now if hit.live is None else to_epoch_ms(hit.live.last_recorded)
        disclosed.indicators[to_uuid_text(hit.indicator)] = newest
        if hit.live:
            disclosed.add_records(hit.live.evidence)
    return disclosed


def _live_record(finding: RuleFindingView, owner: Owner) -> Record:
    markings = [
        (code, condition.strip())
        for record in finding.evidence
        for code, _colon, condition in (marking.partition(":") for marking in record.markings)
    ]
    return {
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "grade": finding.grade,
        "severity": finding.severity,
        "kind": finding.detector,
        "title": finding.title,
        "sentence": finding.brief,
        "first_recorded": to_epoch_ms(finding.first_recorded),
        "last_recorded": to_epoch_ms(finding.last_recorded),
        "own": own_records(owner, finding.evidence, ROLE),
        "others": other_records(owner, finding.evidence),
        "tlp": finding.tlp,
        "handling": sorted({code for code, _condition in markings}),
        "conditions": sorted({condition for _code, condition in markings if condition}),
    }
