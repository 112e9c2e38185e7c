"""Read evidence rows of the store, and write an indicator as one reader sees it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.explanations.explanation import Explanation
from consumers.query.severity.severity import RuleSeverity, Severity
from consumers.query.views import (
    Handling,
    Markings,
    Occurred,
    Recorded,
    Tlp,
    to_datetime,
    to_datetime_or_none,
)
from schemas.ids import to_uuid_text
from streams.correlation.assess import EvidenceMember, Indicator
from streams.correlation.told_once import ComparedFinding, weaker_findings

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence: an event in a role."""

    event: Annotated[str, Field(description="the event's id")]
    role: str
    certainty: str
    weights: Annotated[dict[str, float], Field(description="each feature's weight")]
    type: str
    country: str
    authority: str
    occurred: Occurred
    recorded_at: Recorded
    subdivision: str | None
    traits: dict[str, str]
    tlp: Tlp
    handling: Handling
    markings: Markings


@dataclass(frozen=True, slots=True)
class WeakerFinding:
    """A finding of the same records under a weaker rule; the stronger one is shown in its place."""

    id: str
    rule: str
    grade: str
    title: Annotated[dict[str, str], Field(description="by language: es, en")]


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A rule that holds on a thing, with its evidence.

    It is computed from what this reader may see, and nothing else.
    """

    id: str
    rule: str
    rule_version: int
    grade: Annotated[str, Field(description="certain, or possible")]
    severity: RuleSeverity
    status: Annotated[
        str, Field(description="live, or hub: very many share the value; the evidence says who")
    ]
    title: Annotated[dict[str, str], Field(description="by language: es, en")]
    sentence: Annotated[
        dict[str, str], Field(description="that of the explanation; by language: es, en")
    ]
    kind: str
    thing: str
    members: int
    pairs: Annotated[int, Field(description="how many pairs of events satisfy the rule")]
    score: Annotated[
        float, Field(description="the weights of the strongest pair, at most the rule's cap")
    ]
    first_recorded: datetime
    last_recorded: datetime
    tlp: Annotated[str, Field(description="the most restrictive of its evidence")]
    handling: Handling
    conditions: list[str]
    evidence: Annotated[
        list[EvidenceView],
        Field(description="in the order of occurrence; what has no date comes last"),
    ]
    also: Annotated[
        list[WeakerFinding],
        Field(description="weaker rules that hold of no other records; this indicator covers them"),
    ] = field(default_factory=list)
    explanation: Annotated[
        Explanation | None,
        Field(description="why it is shown, as far as its records are released to this reader"),
    ] = None
    assessment: Annotated[
        Severity | None, Field(description="how severe it is for this reader, and why")
    ] = None


def tell_once(
    indicators: Sequence[IndicatorView],
    is_listed: Callable[[IndicatorView], bool] = lambda view: True,
) -> list[IndicatorView]:
    """Leave out what a stronger indicator of the list covers, and name it there, in `also`.

    `is_listed`: whether the list holds an indicator; one that it does not hold is only named.
    """
    findings = [
        ComparedFinding(
            view.thing,
            view.grade,
            view.severity,
            view.status == "live",
            {piece.event for piece in view.evidence},
        )
        for view in indicators
    ]
    listed = [is_listed(view) for view in indicators]
    return [
        replace(indicators[place], also=[_weaker(indicators[other]) for other in others])
        for place, others in weaker_findings(findings, listed).items()
    ]


def _weaker(view: IndicatorView) -> WeakerFinding:
    return WeakerFinding(view.id, view.rule, view.grade, view.title)


def to_indicator_view(indicator: Indicator) -> IndicatorView:
    """Write an indicator of one reader in the values of the views."""
    return IndicatorView(
        id=to_uuid_text(indicator.id),
        rule=indicator.rule,
        rule_version=indicator.rule_version,
        grade=indicator.grade,
        severity=indicator.severity,
        status=indicator.status,
        title=dict(indicator.title),
        sentence=dict(indicator.explanation),
        kind=indicator.kind,
        thing=to_uuid_text(indicator.thing),
        members=indicator.members,
        pairs=indicator.pairs,
        score=round(indicator.score, 6),
        first_recorded=to_datetime(indicator.first_recorded),
        last_recorded=to_datetime(indicator.last_recorded),
        tlp=indicator.marking.tlp,
        handling=list(indicator.marking.handling),
        conditions=list(indicator.marking.conditions),
        evidence=sorted(map(_evidence_view, indicator.evidence), key=_by_occurrence),
    )


def _by_occurrence(piece: EvidenceView) -> tuple[bool, datetime]:
    """Give the place by time; what occurred at once stays in the order of the log."""
    at = piece.occurred
    return at is None, at or piece.recorded_at


def _evidence_view(member: EvidenceMember) -> EvidenceView:
    row, label = member.row, member.label
    return EvidenceView(
        event=to_uuid_text(row.event_id),
        role=row.role,
        certainty=row.certainty,
        weights=dict(row.weights),
        type=row.type,
        country=row.country,
        authority=label.authority,
        occurred=to_datetime_or_none(row.occurred),
        recorded_at=to_datetime(row.position.appended_at),
        subdivision=row.subdivision,
        traits=dict(row.traits),
        tlp=label.tlp,
        handling=list(label.handling),
        markings=list(member.markings),
    )
