"""Traces, plans of operations and exhibits on the real engine, from the log alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.traces.trace_figures import DIMENSIONS
from infra.orchestration.stack import RunningStack
from schemas.examples import example
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support.course_world import CourseWorld, course_tables, ms

pytestmark = pytest.mark.integration
ECUADOR, COLOMBIA, PERU, OPERATOR = (
    parse_reader(text)
    for text in (
        "EC/POLICIA/officer/AMBER+STRICT",
        "CO/PONAL/officer/AMBER+STRICT",
        "PE/MPFN/prosecutor/AMBER+STRICT",
        "EC/POLICIA/operator/AMBER",
    )
)
OPEN = {"recipients": ["ALL"], "tlp": "AMBER", "crime": "09012"}
TO_ECUADOR = {"recipients": ["EC/POLICIA"], "tlp": "AMBER", "crime": "09012"}
ASKED = {"recipients": ["CO/PONAL", "PE/MPFN"], "tlp": "AMBER", "urgency": "urgent"}
FGN = "CO/FGN/prosecutor/RED"
REFERENCE = "RAS-JOINT-1"
EVERY = CourseFilter(state="all")


@pytest.fixture(scope="module")
def world(stack: RunningStack) -> Iterator[CourseWorld]:
    with course_tables(stack) as (client, store):
        yield CourseWorld(client, store)


def weapon(serial: str, **marks: object) -> Mapping[str, Any]:
    content: Mapping[str, Any] = example("trace_result").payload
    return {**content["weapon"], "serial": serial, **marks}


def registered(serial: str, name: str) -> Mapping[str, Any]:
    """The record of a register: who lawfully holds this weapon."""
    person = {**example("trace_result").payload["holder"], "given_names": name}
    return {"status": "REGISTERED", "weapon": weapon(serial), "possessor": person}


def parties(world: CourseWorld, reader: Reader, id_: str, at: str) -> list[tuple[str, ...]]:
    """What each country that was asked answers, as a reader sees it."""
    view = world.queries().traces.trace(id_, reader, ms(at))
    assert view is not None
    return [
        (party.country, party.standing, party.outcome, party.holder.split(" ")[0])
        for party in view.parties
    ]


def everything(world: CourseWorld, reader: Reader, at: str) -> tuple[Any, ...]:
    """The list of traces and all figures, as a reader has them at a moment."""
    queries = world.queries().traces
    figures = [queries.figures(reader, by, ms(at)) for by in DIMENSIONS]
    return queries.traces(reader, EVERY, ms(at)), figures


def test_a_trace_is_answered_by_what_is_published_until_a_person_signs(
    world: CourseWorld, stack: RunningStack
) -> None:
    world.say("co-ponal", "weapon_record", "2020-05-01T12:00", registered("JW-1001", "Juana"), OPEN)
    request = {"weapon": weapon("JW-1001"), "source_reference": REFERENCE, "priority": "urgent"}
    id_, _ = world.say("ec-policia", "trace_request", "2020-05-21T12:00", request, ASKED)
    corrected: dict[str, object] = {
        "request_reference": REFERENCE,
        "outcome": "PARTIAL",
        "basis": "CORRECTED",
        "weapon": weapon("JW-1001"),
        "holder": None,
        "chain": [],
    }
    world.say("co-ponal", "trace_result", "2020-05-23T12:00", corrected, TO_ECUADOR)
    world.to_store()
    moments = ("2020-05-21T13:00", "2020-05-24T00:00")
    shown = [parties(world, ECUADOR, id_, at) for at in moments]
    assert shown == [
        [("CO", "automatic", "IDENTIFIED", "Juana"), ("PE", "nothing", "", "")],
        [("CO", "signed", "PARTIAL", ""), ("PE", "nothing", "", "")],
    ]
    view = world.queries().traces.trace(id_, ECUADOR, ms(moments[1]))
    assert view is not None
    assert [party.deadline and party.deadline.status for party in view.parties] == [
        *("late", "missed")
    ], "24 hours for an urgent one"
    answers = [everything(world, ECUADOR, at) for at in moments]
    [row] = [row for row in answers[1][1][0] if row.value == "CO"]
    assert (row.urgent, row.partly_traced, row.corrected, row.too_late) == (1, 1, 1, 1)
    world.to_store()
    assert everything(world, ECUADOR, moments[1]) == answers[1], "after everything twice"
    with course_tables(stack) as (client, store):
        other = world.rebuilt(client, store)
        other.to_store()
        assert [everything(other, ECUADOR, at) for at in moments] == answers, "built again"


def test_what_a_reader_may_not_see_changes_no_trace(world: CourseWorld) -> None:
    request = {"weapon": weapon("JW-2002"), "source_reference": "RAS-JOINT-2"}
    id_, _ = world.say("ec-policia", "trace_request", "2021-05-21T12:00", request, ASKED)
    world.to_store()
    at = "2021-06-01T00:00"
    before = everything(world, ECUADOR, at), parties(world, ECUADOR, id_, at)
    assert before[1] == [("CO", "nothing", "", ""), ("PE", "nothing", "", "")]
    held = registered("JW-2002", "Oculta")
    for envelope in (
        {**OPEN, "recipients": ["@nadie"], "tlp": "RED"},
        {**OPEN, "recipients": ["PE/MPFN"], "tlp": "AMBER+STRICT"},
        {**OPEN, "exercise": "condor"},
    ):
        world.say("co-ponal", "weapon_record", "2020-05-01T12:00", held, envelope)
        answer = {"request_reference": "RAS-JOINT-2", "outcome": "IDENTIFIED", "basis": None}
        whole = {**answer, "weapon": weapon("JW-2002"), "holder": held["possessor"]}
        world.say("co-ponal", "trace_result", "2021-05-22T12:00", whole, envelope)
    world.to_store()
    assert (everything(world, ECUADOR, at), parties(world, ECUADOR, id_, at)) == before
    own = parties(world, COLOMBIA, id_, at)
    assert own[0][:3] == ("CO", "signed", "IDENTIFIED"), "its own country sees its answer"
    lines = world.queries().traces.traces(OPERATOR, EVERY, ms(at)).lines
    assert lines == [], "an operator sees no content"


PLAN: Mapping[str, Any] = {
    "title": "Frontera",
    "state": "CONFIRMED",
    "starts": "2022-06-01T20:00-05:00",
    "ends": "2022-06-02T06:00-05:00",
    "areas": [{"latitude": 0.8, "longitude": -77.6, "radius_km": 5}],
    "targets": [],
    "persons": [],
    "vehicles": [],
}
SECRET_PLAN = {"recipients": ["CO/FGN"], "tlp": "AMBER+STRICT"}
OWN_PLAN = {"recipients": ["EC/POLICIA"], "tlp": "AMBER+STRICT"}


def checked(world: CourseWorld, reader: Reader, at: str) -> list[tuple[str, list[str]]]:
    """The plans of a reader's authority, each with whom to call."""
    answer = world.queries().operations.checks(reader, ms(at))
    return [(plan.standing, [c.official for c in plan.contacts]) for plan in answer.plans]


def test_two_plans_that_meet_are_told_to_both_sides_and_to_nobody_else(
    world: CourseWorld, stack: RunningStack
) -> None:
    duty: Mapping[str, Any] = {
        "function": "REGULAR",
        "official": "Turno Quito",
        "duty": [],
        "valid_until": None,
    }
    world.say("ec-policia", "contact_point", "2022-05-01T12:00", {**duty, "valid_from": None}, OPEN)
    near = [{"latitude": 0.83, "longitude": -77.63, "radius_km": 1}]
    mine, _ = world.say("co-ponal", "operation_plan", "2022-05-20T12:00", PLAN, SECRET_PLAN)
    world.to_store()
    assert checked(world, COLOMBIA, "2022-05-20T13:00") == [("CLEAR", [])]
    hidden = {**PLAN, "title": "Reservada", "areas": near}
    _, former = world.say("ec-policia", "operation_plan", "2022-05-21T12:00", hidden, OWN_PLAN)
    drill = {**OWN_PLAN, "exercise": "condor"}
    world.say("ec-policia", "operation_plan", "2022-05-21T12:10", hidden, drill)
    world.to_store()
    at = "2022-05-21T13:00"
    [(standing, contacts)] = checked(world, COLOMBIA, at)
    assert (standing, contacts) == ("CONFLICT", ["Turno Quito"])
    assert [plan[0] for plan in checked(world, ECUADOR, at)] == ["CONFLICT"]
    for stranger in (PERU, OPERATOR, parse_reader(FGN)):
        assert checked(world, stranger, at) == []
    view = world.queries().operations.operation(mine, COLOMBIA, ms(at))
    assert view is not None
    assert view.check is not None
    assert view.check.standing == "CONFLICT"
    partner = world.queries().operations.operation(mine, parse_reader(FGN), ms(at))
    assert partner is not None
    assert partner.check is None, "who may see a plan is not told of its conflicts"
    assert "Reservada" not in str(world.queries().operations.checks(COLOMBIA, ms(at)))
    moved = {**hidden, "areas": [{"latitude": -3.4, "longitude": -80.2, "radius_km": 1}]}
    world.say("ec-policia", "operation_plan", "2022-05-22T12:00", moved, OWN_PLAN, former)
    world.to_store()
    moments = ("2022-05-20T13:00", at, "2022-05-22T13:00")
    shown = [checked(world, COLOMBIA, moment) for moment in moments]
    assert [plans[0][0] for plans in shown] == ["CLEAR", "CONFLICT", "CLEAR"]
    world.to_store()
    assert [checked(world, COLOMBIA, moment) for moment in moments] == shown, "everything twice"
    with course_tables(stack) as (client, store):
        other = world.rebuilt(client, store)
        other.to_store()
        assert [checked(other, COLOMBIA, moment) for moment in moments] == shown, "built again"


CASE: Mapping[str, Any] = {
    "title": "Caso Frontera",
    "act": "OPENED",
    "evidence": [],
    "parties": [
        {"country": "EC", "authority": "POLICIA", "part": "LEAD"},
        {"country": "CO", "authority": "PONAL", "part": "SUPPORT"},
    ],
}
JOINED = {"recipients": ["EC/POLICIA", "CO/PONAL"], "tlp": "AMBER+STRICT"}


def custody(world: CourseWorld, reader: Reader, id_: str, at: str) -> list[tuple[Any, ...]]:
    """The register of exhibits that a reader has at a moment."""
    view = world.queries().investigations.investigation(id_, reader, ms(at))
    assert view is not None
    return [
        (item.number, item.state, item.holder, [(act.act, act.refusal) for act in item.acts])
        for item in view.exhibits
    ]


def test_exhibits_go_from_one_country_to_another_and_nobody_else_learns_it(
    world: CourseWorld, stack: RunningStack
) -> None:
    before = [
        world.queries().investigations.investigations(reader, "all", ms("2023-06-01T00:00"))
        for reader in (PERU, OPERATOR)
    ]
    id_, _ = world.say("ec-policia", "investigation", "2023-05-20T12:00", CASE, JOINED)

    def act(node: str, at: str, word: str, after: str | None = None, **more: object) -> str:
        entry: dict[str, object] = {
            "number": "7",
            "registered_by": "EC/POLICIA",
            "custody": word,
            "after": after,
        }
        entry |= {"at": f"{at}-05:00", **more}
        blank = dict.fromkeys(example("investigation").payload["evidence"][0])
        payload = {
            **CASE,
            "act": "EVIDENCE",
            "investigation": id_,
            "evidence": [{**blank, **entry}],
        }
        return world.say(node, "investigation", at, payload, JOINED)[0]

    first = act("ec-policia", "2023-05-21T12:00", "COLLECTED")
    second = act("ec-policia", "2023-05-22T12:00", "TRANSFERRED", first, handed_to="CO/PONAL")
    act("co-fgn", "2023-05-23T12:00", "RECEIVED", second)
    act("co-ponal", "2023-05-24T12:00", "RECEIVED", second)
    world.to_store()
    moments = ("2023-05-21T13:00", "2023-05-22T13:00", "2023-06-01T00:00")
    shown = [custody(world, COLOMBIA, id_, at) for at in moments]
    assert [[item[:3] for item in register] for register in shown] == [
        [("7", "HELD", "EC/POLICIA")],
        [("7", "HANDED_OVER", "EC/POLICIA")],
        [("7", "HELD", "CO/PONAL")],
    ]
    assert custody(world, ECUADOR, id_, moments[2])[0][3] == [
        ("COLLECTED", None),
        ("TRANSFERRED", None),
        ("RECEIVED", "NO_STEP"),
        ("RECEIVED", None),
    ], "who has no part in the investigation receives nothing"
    [line] = [
        line
        for line in world.queries()
        .investigations.investigations(COLOMBIA, "open", ms(moments[1]))
        .investigations
        if line.id == id_
    ]
    assert (line.exhibits, line.held, line.awaited) == (1, 0, 1)
    for reader, answer in zip((PERU, OPERATOR), before, strict=True):
        queries = world.queries().investigations
        assert queries.investigation(id_, reader, ms(moments[2])) is None
        assert queries.investigations(reader, "all", ms("2023-06-01T00:00")) == answer
    world.to_store()
    assert [custody(world, COLOMBIA, id_, at) for at in moments] == shown, "everything twice"
    with course_tables(stack) as (client, store):
        other = world.rebuilt(client, store)
        other.to_store()
        assert [custody(other, COLOMBIA, id_, at) for at in moments] == shown, "built again"
