"""Define what is answered about a course: the same for API, command line, page and client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.lifecycles.course_acts import CourseEvents
from consumers.query.use_acceptances import ACCEPTED, REFUSED
from consumers.query.views import EventView, Tlp, to_datetime, to_datetime_or_none
from schemas.model import Reader
from streams.lifecycles.completeness import gaps
from streams.lifecycles.contact_points import ContactPoint
from streams.lifecycles.escalation import Turn, Watch
from streams.lifecycles.model import Course, CourseStep, Deadline, NextStep, Party, StepRole, Track

PENDING = ("running", "missed")
"""What is still to be done, in time or not."""


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """Until when something must have been done, and what became of it."""

    name: Annotated[str, Field(description="acknowledge, say, answer, promise or feedback")]
    due: datetime
    status: Annotated[str, Field(description="running, kept, late, missed or lifted")]
    at: Annotated[datetime | None, Field(description="when it was kept or lifted")]


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to call. `channels`: kind and address, the first one first."""

    id: str
    country: str
    authority: str
    function: str
    official: str
    position: str
    channels: list[tuple[str, str]]
    is_on_duty: bool


@dataclass(frozen=True, slots=True)
class TurnView:
    """Whose turn it is to answer an alert. `until`: null for the last."""

    function: Annotated[str, Field(description="REGULAR, ALTERNATE or DUTY_OFFICER")]
    since: datetime
    until: datetime | None
    contact: ContactView | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """Where one addressed authority stands. An empty authority: any of the country."""

    country: str
    authority: str
    state: str
    deadlines: list[DeadlineView]
    turns: Annotated[list[TurnView], Field(description="of an alert: whose turn it was")]
    current: Annotated[TurnView | None, Field(description="of an alert: whose turn it is now")]
    answered_by: Annotated[str, Field(description="of an alert: the function that answered")]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step. `refusal`: why it counts for nothing, null where it counts."""

    event: str
    type: str
    word: str
    country: str
    authority: str
    at: datetime
    follows: str | None
    state: Annotated[str, Field(description="the state that it led to")]
    refusal: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class NextStepView:
    """A step that may be taken now. `is_yours`: whether the reader's authority may take it."""

    word: str
    type: str
    role: str
    country: str
    authority: str
    needs: list[str]
    is_yours: bool


@dataclass(frozen=True, slots=True)
class GapView:
    """What a request for assistance lacks, by the letter of UNTOC article 18(15)."""

    letter: str
    field: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A line of the list of courses, as far as they are released to the reader."""

    id: str
    kind: str
    title: str
    reference: str
    state: str
    is_open: bool
    is_urgent: bool
    opened_at: datetime
    country: str
    authority: str
    tlp: Tlp
    exercise: str | None
    parties: list[PartyView]
    next_due: Annotated[datetime | None, Field(description="the first deadline not met yet")]
    is_overdue: bool
    is_yours: Annotated[bool, Field(description="whether the reader's authority must answer")]
    is_withheld: Annotated[
        bool, Field(description="the content is shown once the conditions of use are accepted")
    ]
    crime: Annotated[str, Field(description="ICCS code")]
    conditions: Annotated[
        list[str], Field(description="conditions of use, codes of the list use_condition")
    ]
    condition_text: Annotated[str, Field(description="conditions of use in words")]


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course with its history, what may come next, and the events themselves."""

    summary: CourseSummary
    opening: EventView
    steps: list[StepView]
    next_steps: list[NextStepView]
    gaps: list[GapView]
    events: list[EventView]


def to_summary(
    gathered: CourseEvents, course: Course, watches: Mapping[Party, Watch], reader: Reader, now: int
) -> CourseSummary:
    """Return the line of a course. `watches`: of an alert, by party."""
    opening = gathered.events[course.opening.id]
    payload = opening.payload or {}
    pending = (
        [item for item in course.deadlines if item.status in PENDING] if course.is_open else []
    )
    return CourseSummary(
        id=opening.id,
        kind=course.lifecycle,
        title=title_of(payload),
        reference=_first_text(payload, ("source_reference", "request_reference")),
        state=course.state,
        is_open=course.is_open,
        is_urgent=course.opening.is_urgent,
        opened_at=to_datetime(course.opening.at),
        country=opening.country,
        authority=opening.authority,
        tlp=opening.tlp,
        exercise=opening.exercise,
        parties=[_party(track, watches.get(track.party), now) for track in course.tracks],
        next_due=to_datetime_or_none(pending[0].due if pending else None),
        is_overdue=any(item.status == "missed" for item in pending),
        is_yours=any(_belongs(item.party, reader) for item in pending)
        or (gathered.is_withheld and course.is_open),
        is_withheld=gathered.is_withheld,
        crime=opening.crime,
        conditions=_texts(payload.get("conditions")),
        condition_text=_first_text(payload, ("condition_text",)),
    )


def to_view(
    summary: CourseSummary, gathered: CourseEvents, course: Course, reader: Reader
) -> CourseView:
    """Return a course in full."""
    opening = gathered.events[course.opening.id]
    is_request = opening.type == "assistance_request"
    lacking = gaps(opening.payload or {}, course.opening.is_urgent) if is_request else []
    shown = {step.act.id: None for step in course.steps if step.act.id != opening.id}
    return CourseView(
        summary=summary,
        opening=opening,
        steps=[_step(step) for step in course.steps],
        next_steps=[
            _next_step(step, reader)
            for step in course.next_steps
            if _is_offered(step, course, gathered.is_withheld)
        ],
        gaps=[GapView(*gap) for gap in lacking],
        events=[gathered.events[id_] for id_ in shown],
    )


def _is_offered(step: NextStep, course: Course, is_withheld: bool) -> bool:
    """Say whether a step is of use: conditions are answered first, and accepted once."""
    if is_withheld:
        return step.word in (ACCEPTED, REFUSED)
    standing = {track.party: track.state for track in course.tracks}
    return step.word != ACCEPTED or standing.get(step.party) != ACCEPTED


def title_of(payload: Mapping[str, object]) -> str:
    """Return what an opening calls itself; of a trace, the weapon."""
    if title := _first_text(payload, ("title", "matter")):
        return title
    weapon = payload.get("weapon")
    if not isinstance(weapon, Mapping):
        return ""
    parts = (weapon.get(name) for name in ("make", "model", "calibre", "serial"))
    return " ".join(str(part) for part in parts if part)


def to_contact(point: ContactPoint, now: int) -> ContactView:
    """Return a contact point as of a moment (ms since 1970 UTC)."""
    return ContactView(
        point.id,
        *point.owner,
        point.function,
        point.official,
        point.position,
        list(point.channels),
        point.is_on_duty(now),
    )


def _party(track: Track, watch: Watch | None, now: int) -> PartyView:
    turns = [_turn(turn, now) for turn in watch.turns] if watch else []
    current = _turn(watch.current, now) if watch and watch.current else None
    return PartyView(
        *track.party,
        track.state,
        [_deadline(deadline) for deadline in track.deadlines],
        turns,
        current,
        watch.answered_by if watch else "",
    )


def _turn(turn: Turn, now: int) -> TurnView:
    contact = to_contact(turn.contact, now) if turn.contact else None
    return TurnView(
        turn.function, to_datetime(turn.since), to_datetime_or_none(turn.until), contact
    )


def _deadline(deadline: Deadline) -> DeadlineView:
    return DeadlineView(
        deadline.name,
        to_datetime(deadline.due),
        deadline.status,
        to_datetime_or_none(deadline.at),
    )


def _step(step: CourseStep) -> StepView:
    act = step.act
    return StepView(
        act.id,
        act.type,
        act.word,
        *act.author,
        to_datetime(act.at),
        act.follows,
        "" if step.refusal else step.state,
        step.refusal,
        step.detail,
    )


def _next_step(step: NextStep, reader: Reader) -> NextStepView:
    is_yours = _belongs(step.party, reader)
    if step.role is StepRole.OPENER:
        is_yours = (reader.country, reader.authority) == step.party
    return NextStepView(step.word, step.type, step.role, *step.party, list(step.needs), is_yours)


def _belongs(party: Party, reader: Reader) -> bool:
    """Say whether a reader answers for a party. Who names no authority speaks for its country."""
    is_authority = not party.authority or reader.authority in (None, party.authority)
    return reader.country == party.country and is_authority


def _texts(values: object) -> list[str]:
    return [text for text in values if isinstance(text, str)] if isinstance(values, list) else []


def _first_text(payload: Mapping[str, object], names: Sequence[str]) -> str:
    texts = (payload.get(name) for name in names)
    return next((text for text in texts if isinstance(text, str) and text), "")
