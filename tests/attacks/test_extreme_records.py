"""E1: one record that every check takes makes no list fail, neither for its author nor for others.

A member publishes records of every type with the most extreme values that intake lets pass: as
requests, alerts and plans of its own, and as steps of those of others. Whatever is computed from
them for another reader is computed, and can be written as JSON and in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from consumers.presentation import course_words
from consumers.presentation.payload_lines import payload_lines
from consumers.query.high_level_group.commitment_views import decision_view, goal_view
from consumers.query.high_level_group.period_answers import PeriodAnswers
from consumers.query.lifecycles.course_acts import CourseEvents, gather, to_act
from consumers.query.lifecycles.course_views import CourseView, to_contact, to_summary, to_view
from consumers.query.traces.trace_views import TraceView, to_trace, trace_lines
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from schemas.examples import example
from schemas.model import EpochMs
from schemas.release.reader_text import parse_reader
from streams.lifecycles.contact_points import Function, choose, read_contact_point
from streams.lifecycles.deadlines import Clock
from streams.lifecycles.deconfliction import OperationPlan, check_plan
from streams.lifecycles.escalation import watch
from streams.lifecycles.fold import fold
from streams.lifecycles.library import BY_OPENING, LIFECYCLES
from streams.lifecycles.model import Party
from streams.lifecycles.tracing import WeaponTrail
from tests.support.course_events import course_event
from tests.support.extreme_records import extreme_payloads

NOW = datetime(2018, 11, 30, 8, tzinfo=UTC)
NOW_MS = EpochMs(to_epoch_ms(NOW))
READER = parse_reader("CO/PONAL/officer/RED")
STEPS: Mapping[str, tuple[str, str]] = {
    "acknowledgement": ("event", "alert"),
    "assistance_response": ("request", "assistance_request"),
    "commitment_step": ("commitment", "goal"),
    "operation_result": ("plan", "operation_plan"),
    "trace_result": ("request_reference", "trace_request"),
}
"""Types of steps: the field that says what a step is about, and what that is here."""
LANGUAGES = ("es", "en")


def opening_of(type_: str) -> EventHistory:
    """The example of an opening, by Ecuador."""
    payload = {**example(type_).payload, "source_reference": "OPENING"}
    return course_event(1, type_, Party("EC", "POLICIA"), NOW, payload | {"follows": None})


def fixed_fields(type_: str) -> dict[str, object]:
    """The fields that make a payload a step of the opening; no other record follows one."""
    field, opening = STEPS.get(type_, ("", ""))
    fixed: dict[str, object] = {"follows": None} if "follows" in example(type_).payload else {}
    if field:
        fixed[field] = "OPENING" if field == "request_reference" else opening_of(opening).id
    return fixed


def computed(type_: str, payload: Mapping[str, Any]) -> None:
    """Compute all that follows from a record of Peru for a reader of Colombia."""
    own = course_event(2, type_, Party("PE", "MALO"), NOW, payload)
    histories = {own.id: own}
    if type_ in STEPS:
        opening = opening_of(STEPS[type_][1])
        histories[opening.id] = opening
    for events in gather(histories):
        show_course(events)
    for language in LANGUAGES:
        list(payload_lines(type_, dict(payload), language))
    if type_ == "contact_point":
        show_contact(own.current)


def show_course(events: CourseEvents) -> None:
    """Fold a course and write all views of it."""
    point = read_contact_point(
        to_act(course_event(9, "contact_point", Party("CO", "PONAL"), NOW, {}).current)
    )
    course = fold(events.lifecycle, events.opening, events.acts, Clock(NOW_MS))
    watches = {t.party: watch(course, t.party, [point], NOW_MS) for t in course.tracks}
    is_alert = course.lifecycle == "alert"
    summary = to_summary(events, course, watches if is_alert else {}, READER, NOW_MS)
    view = to_view(summary, events, course, READER)
    TypeAdapter(CourseView).dump_json(view)
    for language in LANGUAGES:
        course_words.course_title(summary, language)
        course_words.due_line(summary, NOW, language)
        for party in summary.parties:
            for deadline in party.deadlines:
                course_words.deadline_line(deadline, NOW, language)
    if course.lifecycle == "trace":
        show_trace(view)
    elif course.lifecycle == "operation":
        show_plans(events)
    elif course.lifecycle == "goal":
        goal_view(view, PeriodAnswers())
    elif course.lifecycle == "decision":
        decision_view(view)


def show_trace(view: CourseView) -> None:
    """Write a trace, with its own answers as records on the weapon too."""
    trail = [
        WeaponTrail(
            f"{event.id}+",
            event.type,
            Party(event.country, event.authority),
            "2018",
            1,
            True,
            event.payload or {},
        )
        for event in view.events
    ]
    trace = to_trace(view, trail)
    TypeAdapter(TraceView).dump_json(trace)
    trace_lines(trace)


def show_plans(events: CourseEvents) -> None:
    """Compare a plan with that of another authority, which must have an answer too."""
    plans = [
        OperationPlan(
            id_,
            Party(event.country, event.authority),
            None,
            "PLANNED",
            NOW_MS,
            event.payload or {},
        )
        for id_, event in events.events.items()
    ]
    other = OperationPlan(
        "other", Party("CO", "PONAL"), None, "PLANNED", NOW_MS, example("operation_plan").payload
    )
    for plan in plans:
        check_plan(other, [plan], {}, NOW_MS)
        check_plan(plan, [other], {}, NOW_MS)


def show_contact(event: EventView) -> None:
    """Choose among contact points, and say who answers."""
    point = read_contact_point(to_act(event))
    for function in Function:
        choose([point], function, point.owner, NOW_MS)
    for language in LANGUAGES:
        course_words.contact_line(to_contact(point, NOW_MS), language)


@pytest.mark.parametrize("type_", sorted({*BY_OPENING, *STEPS, "contact_point", "weapon_record"}))
def test_no_legal_record_makes_a_list_fail(type_: str) -> None:
    payloads = list(extreme_payloads(type_, NOW_MS, fixed_fields(type_)))
    assert len(payloads) > 5
    failed = []
    for payload in payloads:
        try:
            computed(type_, payload)
        except Exception as error:  # noqa: BLE001 - whatever it is, the list would be away
            failed.append((repr(error), payload))
    assert failed == []


def test_the_records_are_steps_of_the_course_of_another() -> None:
    """Else nothing of them would have been folded."""
    for type_, (_field, opening) in STEPS.items():
        first, *_ = extreme_payloads(type_, NOW_MS, fixed_fields(type_))
        own, other = course_event(2, type_, Party("PE", "MALO"), NOW, first), opening_of(opening)
        (events,) = gather({own.id: own, other.id: other})
        assert own.id in events.events, type_
    assert {lifecycle.name for lifecycle in LIFECYCLES.values()} >= {"trace", "operation"}
