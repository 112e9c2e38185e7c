"""Show what a rule on trial finds, whatever its form, as one kind of finding. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.bursts.burst import Burst
from consumers.query.finding_record import FindingRecord
from consumers.query.indicators import EvidenceView, IndicatorView
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_views import MentionView
from consumers.query.rule_findings.rule_finding_views import RuleFindingView
from consumers.query.views import Recorded, Tlp

ByLanguage = Annotated[dict[str, str], Field(description="by language: es, en")]


@dataclass(frozen=True, slots=True)
class CandidateFinding:
    """What a rule on trial finds, from what is released to its author alone."""

    id: str
    rule: str
    rule_version: int
    form: Annotated[str, Field(description="of the rule: pair, burst, identity, count ...")]
    grade: Annotated[str, Field(description="certain, or possible")]
    title: ByLanguage
    sentence: ByLanguage
    confidence: ByLanguage
    tlp: Annotated[Tlp, Field(description="the most restrictive of its records")]
    last_recorded: Recorded
    evidence: Annotated[list[FindingRecord], Field(description="in the order of occurrence")]


@dataclass(frozen=True, slots=True)
class CandidateFindings:
    """What rules on trial find, the newest first.

    `crowded`: how many values are hubs; `is_complete`: whether all candidates were looked at.
    """

    findings: list[CandidateFinding]
    crowded: int
    is_complete: bool


ComputedFinding = RuleFindingView | Burst | PersonFinding | IndicatorView


def to_candidate(finding: ComputedFinding) -> CandidateFinding:
    """Return a finding of any form as it is shown on trial."""
    explanation = finding.explanation
    return CandidateFinding(
        id=finding.id or "",
        rule=finding.rule,
        rule_version=finding.rule_version,
        form=_form(finding),
        grade=finding.grade,
        title=finding.title,
        sentence=finding.sentence,
        confidence={} if explanation is None else explanation.confidence,
        tlp=finding.tlp,
        last_recorded=finding.last_recorded,
        evidence=_records(finding),
    )


def _form(finding: ComputedFinding) -> str:
    if isinstance(finding, RuleFindingView):
        return finding.detector
    if isinstance(finding, Burst):
        return "burst"
    return "identity" if isinstance(finding, PersonFinding) else "pair"


def _records(finding: ComputedFinding) -> list[FindingRecord]:
    if isinstance(finding, RuleFindingView | Burst):
        return list(finding.evidence)
    pieces: Sequence[MentionView | EvidenceView] = finding.evidence
    distinct = {piece.event: piece for piece in pieces}
    return [
        FindingRecord(
            event=piece.event,
            type=piece.type,
            country=piece.country,
            authority=piece.authority,
            occurred=piece.occurred,
            recorded_at=piece.recorded_at,
            tlp=piece.tlp,
            handling=piece.handling if isinstance(piece, EvidenceView) else [],
            markings=piece.markings,
        )
        for piece in distinct.values()
    ]
