"""Define goals and decisions as they are answered: the same for API, command line and page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from consumers.query.high_level_group.measures import Measured, MeasureUnit, measure_goal, unit_of
from consumers.query.high_level_group.period_answers import PeriodAnswers
from consumers.query.lifecycles.course_views import CourseView, PartyView
from consumers.query.views import EventView

State = Annotated[str, Field(description="a code of the list commitment_act")]


@dataclass(frozen=True, slots=True)
class OwnerView:
    """Where one authority stands that answers for a goal or decision. `at`: of its last step."""

    country: str
    authority: str
    state: State
    deadline: Annotated[str, Field(description="running, kept, late, missed or lifted")]
    grounds: Annotated[str, Field(description="why, as its last step says")]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What goals and decisions have in common."""

    id: str
    title: str
    details: str
    plan_point: Annotated[str, Field(description="a code of the list plan_point; may be empty")]
    country: str
    authority: str
    tlp: str
    counts: Annotated[bool, Field(description="whether its author holds the seat that it names")]
    state: State
    is_open: bool
    is_overdue: bool
    due: Annotated[date | None, Field(description="the day in force, as it was moved last")]
    first_due: Annotated[date | None, Field(description="the day that was set at first")]
    owners: list[OwnerView]


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its measure. `value`: over the period; null where nothing is to be measured."""

    commitment: Commitment
    measured_by: Annotated[str, Field(description="a code of the list goal_measure")]
    unit: MeasureUnit
    baseline: float | None
    target: float | None
    value: float | None
    is_reached: Annotated[bool | None, Field(description="null without a value or a target")]
    counts_behind: Annotated[
        tuple[int, ...], Field(description="counts of records or findings that make the value")
    ]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision of a meeting. `goal`: the id of the goal that it serves."""

    commitment: Commitment
    meeting: date | None
    goal: str | None


def goal_view(course: CourseView, answers: PeriodAnswers) -> GoalView:
    """Return a goal, measured by the answers of a period."""
    payload = course.opening.payload or {}
    name = _text(course.opening, "measured_by")
    measured = measure_goal(name, answers, last_reported(course))
    target = _number(payload.get("target_value"))
    return GoalView(
        commitment=_commitment(course),
        measured_by=name,
        unit=unit_of(name),
        baseline=_number(payload.get("baseline_value")),
        target=target,
        value=measured.value,
        is_reached=_is_reached(measured, target),
        counts_behind=measured.counts,
    )


def decision_view(course: CourseView) -> DecisionView:
    """Return a decision with the meeting that took it."""
    opening = course.opening
    meeting, goal = _day(_text(opening, "meeting_date")), _text(opening, "goal")
    return DecisionView(_commitment(course), meeting, goal or None)


def last_reported(course: CourseView) -> float | None:
    """Return what owners reported last; of several owners it is the last one's value."""
    events = {event.id: event for event in course.events}
    counting = [step for step in course.steps if step.refusal is None and step.event in events]
    values = [
        _number((events[step.event].payload or {}).get("reported_value")) for step in counting
    ]
    return next((value for value in reversed(values) if value is not None), None)


def _commitment(course: CourseView) -> Commitment:
    opening, summary = course.opening, course.summary
    first = _day(_text(opening, "due"))
    return Commitment(
        id=summary.id,
        title=_text(opening, "title"),
        details=_text(opening, "details"),
        plan_point=_text(opening, "plan_point"),
        country=opening.country,
        authority=opening.authority,
        tlp=opening.tlp,
        counts=holds_seat(opening),
        state=summary.state,
        is_open=summary.is_open,
        is_overdue=summary.is_overdue,
        due=_moved(course) or first,
        first_due=first,
        owners=[_owner(party, course) for party in summary.parties],
    )


def holds_seat(opening: EventView) -> bool:
    """Say whether the author of an opening holds the seat that it names."""
    return _text(opening, "seat") == f"{opening.country}/{opening.authority}"


def _owner(party: PartyView, course: CourseView) -> OwnerView:
    events = {event.id: event for event in course.events}
    own = [
        step
        for step in course.steps
        if step.refusal is None
        and step.country == party.country
        and party.authority in ("", step.authority)
    ]
    deadline = next((item.status for item in party.deadlines), "")
    last = own[-1] if own else None
    grounds = _text(events[last.event], "grounds") if last and last.event in events else ""
    return OwnerView(
        party.country, party.authority, party.state, deadline, grounds, last.at if last else None
    )


def _moved(course: CourseView) -> date | None:
    """Return the day to which the author moved it last."""
    events = {event.id: event for event in course.events}
    opener = (course.opening.country, course.opening.authority)
    days = [
        _day(_text(events[step.event], "new_due"))
        for step in course.steps
        if step.refusal is None
        and step.event in events
        and (step.country, step.authority) == opener
    ]
    return next((day for day in reversed(days) if day is not None), None)


def _is_reached(measured: Measured, target: float | None) -> bool | None:
    if measured.value is None or target is None:
        return None
    return measured.value >= target


def _text(event: EventView, name: str) -> str:
    value = (event.payload or {}).get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def by_point(goals: Iterable[GoalView]) -> list[GoalView]:
    """Return goals by the points of the plan, then by their day."""
    return sorted(goals, key=lambda goal: (goal.commitment.plan_point, *_by_day(goal.commitment)))


def by_meeting(decisions: Iterable[DecisionView]) -> list[DecisionView]:
    """Return decisions, those of the newest meeting first, then by their day."""
    ordered = sorted(decisions, key=lambda decision: _by_day(decision.commitment))
    return sorted(ordered, key=lambda decision: decision.meeting or date.min, reverse=True)


def _by_day(commitment: Commitment) -> tuple[date, str]:
    return commitment.due or date.max, commitment.id
