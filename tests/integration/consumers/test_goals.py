"""Goals, decisions and the report of the group on the real engine: for a reader, from the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from consumers.query.high_level_group.group_queries import GroupQuestion
from consumers.query.high_level_group.group_report import GroupPlan, GroupReport
from infra.orchestration.stack import RunningStack
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support.course_world import CourseWorld, course_tables, ms

pytestmark = pytest.mark.integration
MINISTER, POLICE, OPERATOR = (
    parse_reader(text)
    for text in (
        "PE/RREE/analyst/AMBER",
        "CO/PONAL/officer/AMBER",
        "CO/PONAL/operator/AMBER",
    )
)
OPEN = {"recipients": ["ALL"], "tlp": "AMBER", "legal_basis": "CAN-PAR", "crime": "0000"}
OWNERS = [{"country": "CO", "authority": "PONAL"}, {"country": "PE", "authority": "RREE"}]
GOAL = {"seat": "PE/RREE", "owners": OWNERS, "measured_by": "REPORTED", "due": "2018-08-31"}
DECISION = {"seat": "PE/RREE", "owners": OWNERS[:1], "due": "2018-08-31", "goal": None}


@pytest.fixture(scope="module")
def world(stack: RunningStack) -> Iterator[CourseWorld]:
    with course_tables(stack) as (client, store):
        yield CourseWorld(client, store)


def plan(world: CourseWorld, reader: Reader, at: str) -> GroupPlan:
    return world.queries().group.plan(reader, GroupQuestion(), ms(at))


def report(world: CourseWorld, reader: Reader, at: str) -> GroupReport:
    return world.queries().group.report(reader, GroupQuestion(), ms(at))


def states(shown: GroupPlan) -> list[tuple[str, str, float | None]]:
    return [(goal.commitment.title, goal.commitment.state, goal.value) for goal in shown.goals]


def test_a_goal_goes_its_way_and_the_same_log_gives_the_same_report(
    world: CourseWorld, stack: RunningStack
) -> None:
    goal, _ = world.say("pe-rree", "goal", "2018-06-01T12:00", {**GOAL, "title": "Rastreos"}, OPEN)
    world.say("pe-rree", "decision", "2018-06-02T12:00", {**DECISION, "title": "Turnos"}, OPEN)
    done = {"commitment": goal, "act": "PROGRESS", "reported_value": 72.0, "new_due": None}
    world.say("co-ponal", "commitment_step", "2018-06-10T12:00", done, OPEN)
    moved = {"commitment": goal, "act": "POSTPONED", "new_due": "2018-09-30", "grounds": "Paro"}
    world.say("pe-rree", "commitment_step", "2018-06-12T12:00", moved, OPEN)
    foreign = {"commitment": goal, "act": "WITHDRAWN", "grounds": "No toca", "new_due": None}
    world.say("co-ponal", "commitment_step", "2018-06-13T12:00", foreign, OPEN)
    achieved = {"commitment": goal, "act": "ACHIEVED", "reported_value": 91.0, "new_due": None}
    for node in ("co-ponal", "pe-rree"):
        world.say(node, "commitment_step", "2018-07-01T12:00", achieved, OPEN)
    world.say("co-ponal", "weapon_record", "2018-06-20T12:00", {}, {"recipients": ["ALL"]})
    world.to_store()
    moments = ("2018-06-02T00:00", "2018-06-14T00:00", "2018-07-02T00:00")
    assert [states(plan(world, POLICE, at)) for at in moments] == [
        [("Rastreos", "SET", None)],
        [("Rastreos", "SET", 72.0)],
        [("Rastreos", "ACHIEVED", 91.0)],
    ]
    [shown] = plan(world, POLICE, moments[1]).goals
    assert str(shown.commitment.due) == "2018-09-30"
    reports = [report(world, MINISTER, at) for at in moments]
    assert [len(item.decided) for item in reports] == [0, 1, 1]
    [trend] = reports[2].themes
    assert (trend.theme, trend.by_country) == ("arms", {"CO": None}), "one record is not printed"
    world.to_store()
    assert report(world, MINISTER, moments[2]) == reports[2], "after everything twice"
    with course_tables(stack) as (client, store):
        other = world.rebuilt(client, store)
        other.to_store()
        assert [report(other, MINISTER, at) for at in moments] == reports, "built again"


def test_what_a_reader_may_not_see_changes_neither_plan_nor_report(world: CourseWorld) -> None:
    known, _ = world.say("pe-rree", "goal", "2019-06-01T12:00", {**GOAL, "title": "A"}, OPEN)
    world.to_store()
    at = "2019-07-01T00:00"
    before = plan(world, POLICE, at), report(world, POLICE, at)
    assert [goal.commitment.title for goal in before[0].goals] == ["A", "Rastreos"]
    for envelope in (
        {**OPEN, "recipients": ["@nadie"], "tlp": "RED"},
        {**OPEN, "recipients": ["EC"]},
        {**OPEN, "exercise": "condor"},
    ):
        world.say("pe-rree", "goal", "2019-06-02T12:00", {**GOAL, "title": "Oculta"}, envelope)
        world.say("pe-rree", "decision", "2019-06-02T12:00", {**DECISION}, envelope)
        step = {"commitment": known, "act": "ACHIEVED", "reported_value": 99.0, "new_due": None}
        world.say("pe-rree", "commitment_step", "2019-06-03T12:00", step, envelope)
        world.say("pe-mpfn", "weapon_record", "2019-06-04T12:00", {}, envelope)
        world.say("ec-policia", "alert", "2019-06-05T12:00", {}, envelope)
    world.to_store()
    assert (plan(world, POLICE, at), report(world, POLICE, at)) == before
    own = plan(world, MINISTER, at)
    assert len(own.goals) == 4, "its own country sees those of its world"
    nothing = report(world, OPERATOR, at)
    assert (nothing.goals, nothing.decided, nothing.themes, nothing.times) == ([], [], [], [])


def test_a_report_to_print_holds_nothing_that_may_not_be_passed_on(world: CourseWorld) -> None:
    reserved = {**OPEN, "handling": ["H2"]}
    world.say("pe-rree", "goal", "2020-06-01T12:00", {**GOAL, "title": "Reservada"}, reserved)
    world.to_store()
    at = "2020-07-01T00:00"
    assert "Reservada" in [goal.commitment.title for goal in plan(world, POLICE, at).goals]
    assert "Reservada" not in [goal.commitment.title for goal in report(world, POLICE, at).goals]


def test_a_goal_of_who_holds_no_seat_is_shown_as_such_and_counts_for_nothing(
    world: CourseWorld,
) -> None:
    world.say("ec-policia", "goal", "2021-06-01T12:00", {**GOAL, "title": "Ajena"}, OPEN)
    world.to_store()
    at = "2021-07-01T00:00"
    shown = {
        goal.commitment.title: goal.commitment.counts for goal in plan(world, POLICE, at).goals
    }
    assert shown["Ajena"] is False
    assert shown["A"] is True
    assert "Ajena" not in [goal.commitment.title for goal in report(world, POLICE, at).goals]


def test_an_exercise_is_counted_only_for_who_takes_part_in_it(world: CourseWorld) -> None:
    drill = {**OPEN, "exercise": "condor"}
    payload = {"addressed": [{"country": "CO"}], "answer_minutes": 15}
    alert, _ = world.say(
        "ec-policia", "alert", "2022-06-01T12:00", payload, {**drill, "urgency": "urgent"}
    )
    answer = {"event": alert, "act": "ACKNOWLEDGED"}
    world.say("co-ponal", "acknowledgement", "2022-06-01T12:05", answer, drill)
    world.to_store()
    taking_part = replace(POLICE, exercise="condor")
    question = GroupQuestion(drills=(taking_part,))
    counted = world.queries().group.report(POLICE, question, ms("2022-07-01T00:00"))
    assert counted.drills is not None
    [shown] = counted.drills
    assert (shown.name, shown.alerts, shown.in_time) == ("condor", 1, 1)
    assert [row for row in counted.times if row.kind == "alert"] == [], "it is no real alert"
