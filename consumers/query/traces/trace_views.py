"""Define what is answered about traces of weapons: computed answers next to signed ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.lifecycles.course_views import CourseView, DeadlineView, PartyView, StepView
from consumers.query.views import EventView, Tlp
from streams.lifecycles.tracing import (
    ComputedTrace,
    TraceLink,
    TraceOutcome,
    WeaponTrail,
    compute_trace,
    holder_name,
    stated_links,
)

STANDINGS = ("signed", "automatic", "nothing")
ANSWER = "answer"
"""The deadline of a trace."""


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One link of a weapon's way. `event`: the record that says so."""

    kind: Annotated[str, Field(description="MADE, EXPORTED, IMPORTED, SOLD or HELD")]
    day: Annotated[str, Field(description="ISO 8601, or the year; empty where unknown")]
    from_country: str
    giver: str
    to_country: str
    taker: str
    document: str
    event: str


@dataclass(frozen=True, slots=True)
class AutomaticAnswer:
    """What the exchange computes from records of the country that the reader may see.

    A person of the country has not confirmed it.
    """

    outcome: Annotated[str, Field(description="IDENTIFIED, PARTIAL or NOT_FOUND")]
    holder: Annotated[str, Field(description="the last lawful one; empty where none is known")]
    holder_record: dict[str, Any] | None
    weapon: Annotated[dict[str, Any] | None, Field(description="as it is on record")]
    chain: list[ChainLine]
    statuses: Annotated[list[str], Field(description="LOST, STOLEN ... of the list weapon_status")]
    records: Annotated[list[str], Field(description="ids of the records it is computed from")]


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """What an authority of the country answered by a record."""

    event: str
    at: datetime
    country: str
    authority: str
    outcome: str
    basis: Annotated[str, Field(description="CONFIRMED, CORRECTED or RESEARCHED; empty: not said")]
    holder: str
    chain: list[ChainLine]


@dataclass(frozen=True, slots=True)
class TraceParty:
    """Where one country that was asked stands."""

    country: str
    authority: str
    standing: Annotated[
        str,
        Field(description="signed: by a person; automatic: to be confirmed; nothing: neither"),
    ]
    signed: Annotated[SignedAnswer | None, Field(description="the last one that counts")]
    automatic: AutomaticAnswer
    deadline: DeadlineView | None

    @property
    def outcome(self) -> str:
        """The outcome as far as it is known; empty where nothing is."""
        if self.signed is not None:
            return self.signed.outcome
        return self.automatic.outcome if self.standing == "automatic" else ""

    @property
    def holder(self) -> str:
        """The last lawful holder: the signed answer decides."""
        return self.signed.holder if self.signed is not None else self.automatic.holder


@dataclass(frozen=True, slots=True)
class TraceView:
    """A trace with the answer of each country that was asked."""

    course: CourseView
    weapon: Annotated[dict[str, Any], Field(description="as the request describes it")]
    parties: list[TraceParty]


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A line of the list of traces: what one country answers to one request."""

    id: str
    title: str
    reference: str
    is_urgent: bool
    opened_at: datetime
    asker_country: str
    asker_authority: str
    country: str
    authority: str
    standing: str
    outcome: str
    basis: str
    holder: str
    due: datetime | None
    deadline: Annotated[str, Field(description="running, kept, late, missed or lifted")]
    tlp: Tlp
    exercise: str | None


@dataclass(frozen=True, slots=True)
class TraceList:
    """Traces, what is due first at the top. `is_complete`: whether every one was looked at."""

    lines: list[TraceLine]
    is_complete: bool


def to_trace(course: CourseView, trail: Iterable[WeaponTrail]) -> TraceView:
    """Return a trace with its answers. `trail`: the released records on its weapon."""
    own = {course.opening.id, *(step.event for step in course.steps)}
    others = [item for item in trail if item.event not in own]
    events = {event.id: event for event in course.events}
    weapon = (course.opening.payload or {}).get("weapon")
    return TraceView(
        course,
        dict(weapon) if isinstance(weapon, Mapping) else {},
        [_party(party, course, events, others) for party in course.summary.parties],
    )


def trace_lines(trace: TraceView) -> list[TraceLine]:
    """Return a line for each country that was asked."""
    summary = trace.course.summary
    return [
        TraceLine(
            id=summary.id,
            title=summary.title,
            reference=summary.reference,
            is_urgent=summary.is_urgent,
            opened_at=summary.opened_at,
            asker_country=summary.country,
            asker_authority=summary.authority,
            country=party.country,
            authority=party.authority,
            standing=party.standing,
            outcome=party.outcome,
            basis=party.signed.basis if party.signed else "",
            holder=party.holder,
            due=party.deadline.due if party.deadline else None,
            deadline=party.deadline.status if party.deadline else "",
            tlp=summary.tlp,
            exercise=summary.exercise,
        )
        for party in trace.parties
    ]


def _party(
    party: PartyView,
    course: CourseView,
    events: Mapping[str, EventView],
    trail: Iterable[WeaponTrail],
) -> TraceParty:
    computed = compute_trace(party.country, trail)
    steps = [step for step in course.steps if step.refusal is None and _is_of(step, party)]
    signed = _signed(steps[-1], events[steps[-1].event]) if steps else None
    standing = "signed" if signed else "automatic"
    if signed is None and computed.outcome is TraceOutcome.NOT_FOUND:
        standing = "nothing"
    deadline = next((item for item in party.deadlines if item.name == ANSWER), None)
    return TraceParty(
        party.country, party.authority, standing, signed, _automatic(computed), deadline
    )


def _is_of(step: StepView, party: PartyView) -> bool:
    return step.country == party.country and party.authority in ("", step.authority)


def _automatic(computed: ComputedTrace) -> AutomaticAnswer:
    return AutomaticAnswer(
        outcome=computed.outcome.value,
        holder=holder_name(computed.holder),
        holder_record=dict(computed.holder) if computed.holder else None,
        weapon=dict(computed.weapon) if computed.weapon else None,
        chain=[_line(link) for link in computed.links],
        statuses=list(computed.statuses),
        records=list(computed.records),
    )


def _signed(step: StepView, event: EventView) -> SignedAnswer:
    payload = event.payload or {}
    return SignedAnswer(
        event=event.id,
        at=step.at,
        country=step.country,
        authority=step.authority,
        outcome=step.word,
        basis=str(payload.get("basis") or ""),
        holder=holder_name(payload.get("holder")),
        chain=[_line(link) for link in stated_links(event.id, payload)],
    )


def _line(link: TraceLink) -> ChainLine:
    return ChainLine(
        link.kind.value,
        link.day,
        link.from_country,
        link.giver,
        link.to_country,
        link.taker,
        link.document,
        link.event,
    )
