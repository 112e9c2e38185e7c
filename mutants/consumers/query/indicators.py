"""Indicators as a reader sees them: evidence rows of the store, folded by `assess`, told in values
of the views. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

import orjson
from pydantic import Field

from consumers.query.views import (
    Handling,
    Markings,
    Occurred,
    Recorded,
    Tlp,
    label_of,
    to_datetime,
    to_datetime_or_none,
)
from schemas.ids import to_uuid_text
from schemas.model import EventId, IndicatorId, Label, Position, Reader, ThingKey
from streams.correlation.assess import Indicator, Member, indicator_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import RuleBook


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence: an event in a role."""

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
class IndicatorView:
    """A rule that holds on a thing, with its evidence: computed from what this reader may see, and
    nothing else.
    """

    id: str
    rule: str
    rule_version: int
    grade: Annotated[str, Field(description="certain, or possible")]
    severity: str
    status: Annotated[
        str, Field(description="live, or hub: shared by so many that it links nobody")
    ]
    title: Annotated[dict[str, str], Field(description="by language: es, en")]
    sentence: Annotated[dict[str, str], Field(description="by language: es, en")]
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
    evidence: list[EvidenceView]


def fold_indicators(
    rows: Iterable[EvidenceRow], reader: Reader, as_of: int | None, rules: RuleBook
) -> list[IndicatorView]:
    """The indicators that rows of any number of them support for this reader."""
    of: dict[bytes, list[EvidenceRow]] = {}
    for row in rows:
        of.setdefault(row.indicator, []).append(row)
    found = (indicator_for(listed, reader, as_of, rules) for listed in of.values())
    return [to_indicator_view(indicator) for indicator in found if indicator is not None]


def to_evidence_row(row: Mapping[str, Any]) -> EvidenceRow:
    """A row of queries/evidence.sql."""
    return EvidenceRow(
        row["op"],
        IndicatorId(bytes.fromhex(row["indicator"])),
        row["rule"],
        row["rule_version"],
        row["grade"],
        row["kind"],
        ThingKey(bytes.fromhex(row["thing"])),
        EventId(bytes.fromhex(row["event_id"])),
        row["role"],
        row["certainty"],
        row["weights"],
        Position(row["recorded_at"], row["topic"], row["partition"], row["offset"], row["item"]),
        row["type"],
        row["country"],
        _label(row["label"]),
        row["occurred"],
        row["subdivision"],
        row["traits"],
    )


@lru_cache(maxsize=10_000)
def _label(written: str) -> Label | None:
    return label_of(orjson.loads(written)) if written else None


def to_indicator_view(indicator: Indicator) -> IndicatorView:
    """What is told of an indicator."""
    return IndicatorView(
        to_uuid_text(indicator.id),
        indicator.rule,
        indicator.rule_version,
        indicator.grade,
        indicator.severity,
        indicator.status,
        dict(indicator.title),
        dict(indicator.explanation),
        indicator.kind,
        to_uuid_text(indicator.thing),
        indicator.members,
        indicator.pairs,
        round(indicator.score, 6),
        to_datetime(indicator.first_recorded),
        to_datetime(indicator.last_recorded),
        indicator.marking.tlp,
        list(indicator.marking.handling),
        list(indicator.marking.conditions),
        [_evidence(member) for member in indicator.evidence],
    )


def _evidence(member: Member) -> EvidenceView:
    return EvidenceView(
        to_uuid_text(member.event_id),
        member.role,
        member.certainty,
        dict(member.weights),
        member.type,
        member.country,
        member.label.authority,
        to_datetime_or_none(member.occurred),
        to_datetime(member.position.appended_at),
        member.subdivision,
        dict(member.traits),
        member.label.tlp,
        list(member.label.handling),
        list(member.markings),
    )
