"""Requests and alerts on the real engine: for a reader, as of a moment, from the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.lifecycles.course_views import CourseView
from infra.orchestration.stack import RunningStack
from schemas.deadlines import DeadlineHistory, DeadlineTable, Minutes
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from tests.support.course_world import CourseWorld, course_tables, ms

pytestmark = pytest.mark.integration
PERU, COLOMBIA, POLICE, ECUADOR = (
    parse_reader(text)
    for text in (
        "PE/MPFN/prosecutor/AMBER+STRICT",
        "CO/FGN/prosecutor/AMBER+STRICT",
        "CO/PONAL/officer/AMBER",
        "EC/POLICIA/officer/AMBER",
    )
)
TO_FGN = {"recipients": ["CO/FGN"], "tlp": "AMBER+STRICT"}
TO_MPFN = {"recipients": ["PE/MPFN"], "tlp": "AMBER+STRICT"}
TO_COLOMBIA = {"recipients": ["CO/PONAL"], "tlp": "AMBER", "urgency": "urgent"}


@pytest.fixture(scope="module")
def world(stack: RunningStack) -> Iterator[CourseWorld]:
    with course_tables(stack) as (client, store):
        yield CourseWorld(client, store)


def show(world: CourseWorld, id_: str, reader: Reader, at: str) -> CourseView:
    view = world.queries().courses.course(id_, reader, ms(at))
    assert view is not None
    return view


def outcomes(view: CourseView) -> dict[str, str]:
    return {deadline.name: deadline.status for deadline in view.summary.parties[0].deadlines}


def test_a_request_goes_its_way_and_every_moment_can_be_asked_again(world: CourseWorld) -> None:
    id_, _ = world.say(
        "pe-mpfn", "assistance_request", "2018-05-21T12:00", {"deadline": None}, TO_FGN
    )
    received, _ = world.say(
        "co-fgn",
        "assistance_response",
        "2018-05-22T12:00",
        {"request": id_, "state": "RECEIVED", "expected_by": None, "will_answer": None},
        TO_MPFN,
    )
    world.say(
        "co-fgn",
        "assistance_response",
        "2018-05-29T12:00",
        {"request": id_, "state": "IN_EXECUTION", "expected_by": "2018-06-30", "follows": received},
        TO_MPFN,
    )
    world.say(
        "co-fgn",
        "assistance_response",
        "2018-07-02T12:00",
        {"request": id_, "state": "ANSWERED", "expected_by": None},
        TO_MPFN,
    )
    world.to_store()
    times = ("2018-05-21T13:00", "2018-05-28T12:01", "2018-05-30T12:00", "2018-07-03T00:00")
    views = {at: show(world, id_, COLOMBIA, at) for at in times}
    assert [view.summary.state for view in views.values()] == [
        *("SENT", "RECEIVED", "IN_EXECUTION", "ANSWERED")
    ]
    assert [outcomes(view) for view in views.values()] == [
        {"acknowledge": "running", "answer": "running"},
        {"acknowledge": "missed", "answer": "running"},
        {"acknowledge": "late", "answer": "running", "promise": "running"},
        {"acknowledge": "late", "answer": "kept", "promise": "late"},
    ]
    assert {step.word for step in views[times[0]].next_steps if step.is_yours} >= {"RECEIVED"}
    world.to_store()
    assert show(world, id_, COLOMBIA, times[2]) == views[times[2]], "after everything twice"
    assert show(world, received, PERU, times[3]).summary.id == id_, "a step leads to its request"
    assert world.queries().courses.course(id_, ECUADOR, ms(times[3])) is None
    assert world.queries().courses.course(id_, POLICE, ms(times[3])) is None


def test_who_corrects_a_step_later_has_not_taken_it_earlier(world: CourseWorld) -> None:
    id_, _ = world.say(
        "pe-mpfn", "assistance_request", "2019-01-01T12:00", {"deadline": None}, TO_FGN
    )
    silent = {"request": id_, "expected_by": None, "will_answer": None}
    _, former = world.say(
        "co-fgn",
        "assistance_response",
        "2019-01-02T12:00",
        {**silent, "state": "RECEIVED"},
        TO_MPFN,
    )
    world.say(
        "co-fgn",
        "assistance_response",
        "2019-02-02T12:00",
        {**silent, "state": "ACKNOWLEDGED"},
        TO_MPFN,
        former,
    )
    world.to_store()
    assert outcomes(show(world, id_, PERU, "2019-02-03T12:00"))["acknowledge"] == "late"


def test_a_request_has_the_deadlines_in_effect_when_the_log_took_it(world: CourseWorld) -> None:
    content = {"deadline": None}
    first, version = world.say("pe-mpfn", "assistance_request", "2022-01-01T12:00", content, TO_FGN)
    second, _ = world.say("pe-mpfn", "assistance_request", "2022-01-03T12:00", content, TO_FGN)
    world.say(
        *("pe-mpfn", "assistance_request", "2022-01-04T12:00"),
        *({**content, "aim": "Otro fin"}, TO_FGN, version),
    )
    world.to_store()
    table = DeadlineTable({"assistance.acknowledge": Minutes(None, 60)}, "ana", "Acta 12")
    history = DeadlineHistory([(ms("2022-01-02T12:00"), table)])
    days = {}
    for id_ in (first, second):
        view = world.queries(history).courses.course(id_, PERU, ms("2022-01-05T12:00"))
        assert view is not None
        [party] = view.summary.parties
        [due] = [item.due for item in party.deadlines if item.name == "acknowledge"]
        days[id_] = due - view.summary.opened_at
    assert days == {first: timedelta(days=7), second: timedelta(hours=1)}


def test_a_request_that_its_author_corrects_is_sent_withdrawn_and_closed(
    world: CourseWorld,
) -> None:
    id_, draft = world.say(
        "pe-mpfn", "assistance_request", "2020-01-01T12:00", {"state": "DRAFT"}, TO_MPFN
    )
    _, sent = world.say(
        "pe-mpfn", "assistance_request", "2020-01-05T12:00", {"state": "SENT"}, TO_FGN, draft
    )
    world.say(
        "pe-mpfn", "assistance_request", "2020-01-09T12:00", {"state": "WITHDRAWN"}, TO_FGN, sent
    )
    world.to_store()
    assert show(world, id_, PERU, "2020-01-02T12:00").summary.state == "DRAFT"
    assert show(world, id_, COLOMBIA, "2020-01-06T12:00").summary.opened_at.day == 5
    last = show(world, id_, COLOMBIA, "2020-01-10T12:00")
    assert (last.summary.state, last.summary.is_open) == ("WITHDRAWN", False)
    assert outcomes(last)["acknowledge"] == "lifted"


def test_a_response_that_knows_only_the_reference_finds_its_request(world: CourseWorld) -> None:
    reference = {"request_reference": "UCJIE-2021-7"}
    id_, _ = world.say("pe-mpfn", "assistance_request", "2021-01-01T12:00", reference, TO_FGN)
    world.say(
        "co-fgn",
        "assistance_response",
        "2021-01-02T12:00",
        {**reference, "request": None, "state": "ACKNOWLEDGED"},
        TO_MPFN,
    )
    world.say(
        "co-ponal",
        "assistance_response",
        "2021-01-03T12:00",
        {**reference, "request": None, "state": "REFUSED", "reason": "FORM"},
        {**TO_MPFN, "tlp": "GREEN"},
    )
    world.to_store()
    view = show(world, id_, PERU, "2021-01-04T12:00")
    assert [step.word for step in view.steps] == ["ACKNOWLEDGED"]


def test_an_alert_at_night_goes_from_contact_to_contact(world: CourseWorld) -> None:
    everybody = {"recipients": ["ALL"], "tlp": "GREEN"}
    for node, function in (
        ("co-ponal", "REGULAR"),
        ("co-ponal", "ALTERNATE"),
        ("pe-gan", "DUTY_OFFICER"),
    ):
        world.say(
            node,
            "contact_point",
            "2018-05-21T07:00",
            {"function": function, "official": f"Of {function}", "duty": []},
            everybody,
        )
    id_, _ = world.say("ec-policia", "alert", "2018-05-21T08:00", {"addressed": []}, TO_COLOMBIA)
    world.say(
        "co-ponal",
        "acknowledgement",
        "2018-05-21T08:20",
        {"event": id_, "act": "ACKNOWLEDGED", "function": "ALTERNATE"},
        {"recipients": ["EC"], "tlp": "AMBER"},
    )
    world.to_store()
    turns = {}
    for at in ("2018-05-21T08:14", "2018-05-21T08:16", "2018-05-21T08:21"):
        party = show(world, id_, POLICE, at).summary.parties[0]
        current = party.current
        turns[at[-2:]] = current.contact.official if current and current.contact else None
    assert turns == {"14": "Of REGULAR", "16": "Of ALTERNATE", "21": None}
    assert show(world, id_, ECUADOR, "2018-05-21T08:21").summary.parties[0].answered_by == (
        "ALTERNATE"
    )
    night = world.queries().courses.courses(POLICE, CourseFilter("alert"), ms("2018-05-21T08:16"))
    assert [(course.id, course.is_overdue, course.is_yours) for course in night.courses] == [
        (id_, True, True)
    ]
    officers = [contact.function for contact in world.queries().courses.contacts(POLICE)]
    assert officers == ["REGULAR", "ALTERNATE", "DUTY_OFFICER"]


def test_an_exercise_is_never_among_real_alerts(world: CourseWorld) -> None:
    drill = {**TO_COLOMBIA, "exercise": "condor"}
    id_, _ = world.say("ec-policia", "alert", "2022-05-21T08:00", {"addressed": []}, drill)
    world.say(
        "co-ponal",
        "acknowledgement",
        "2022-05-21T08:05",
        {"event": id_, "act": "ACKNOWLEDGED"},
        {"recipients": ["EC"], "tlp": "AMBER"},
    )
    world.to_store()
    at = ms("2022-05-21T08:06")
    for reader in (POLICE, ECUADOR):
        real = world.queries().courses.courses(reader, CourseFilter("alert", "all"), at)
        assert id_ not in {course.id for course in real.courses}
        assert world.queries().courses.course(id_, reader, at) is None
    for country, authority in (("CO", "PONAL"), ("EC", "POLICIA")):
        player = Reader(
            *("x", country, authority, frozenset({"officer"}), "AMBER"),
            purpose="investigation",
            exercise="condor",
        )
        drills = world.queries().courses.courses(player, CourseFilter("alert", "all"), at)
        assert [course.id for course in drills.courses] == [id_]
        assert drills.courses[0].state == "ACTIVE", "a real acknowledgement counts for no drill"


def test_an_update_leads_to_its_alert_and_without_it_stands_alone(world: CourseWorld) -> None:
    id_, _ = world.say(
        "ec-policia", "alert", "2023-05-21T08:00", {"title": "First", "addressed": []}, TO_COLOMBIA
    )
    update, _ = world.say(
        "ec-policia",
        "alert",
        "2023-05-21T09:00",
        {"title": "Second", "state": "UPDATED", "follows": id_, "addressed": []},
        {"recipients": ["ALL"], "tlp": "AMBER", "urgency": "urgent"},
    )
    world.to_store()
    at = "2023-05-21T09:05"
    assert show(world, update, POLICE, at).summary.id == id_
    other = parse_reader("PE/GAN/officer/AMBER")
    alone = show(world, update, other, at).summary
    assert (alone.id, alone.state, alone.title) == (update, "ACTIVE", "Second")
    assert world.queries().courses.course(id_, other, ms(at)) is None


def test_answer_times_count_what_the_reader_sees(world: CourseWorld) -> None:
    rows = world.queries().courses.times(PERU, "assistance", None, ms("2018-08-01T00:00"))
    answer = next(row for row in rows if row.deadline == "answer")
    assert (answer.in_time, answer.late, answer.missed, answer.median_hours) == (1, 0, 0, 1008.0)
    assert world.queries().courses.times(ECUADOR, "assistance", None) == []


def test_a_rebuild_in_the_middle_gives_every_course_back(
    world: CourseWorld, stack: RunningStack
) -> None:
    id_, _ = world.say(
        "pe-mpfn", "assistance_request", "2024-05-21T12:00", {"deadline": None}, TO_FGN
    )
    world.say(
        "co-fgn",
        "assistance_response",
        "2024-05-22T12:00",
        {"request": id_, "state": "RECEIVED", "expected_by": None},
        TO_MPFN,
    )
    world.to_store()
    readers = (PERU, COLOMBIA, POLICE, ECUADOR)
    moments = [ms(f"{year}-05-22T{hour}") for year in (2018, 2024) for hour in ("08:10", "13:00")]

    def answers(of: CourseWorld) -> list[object]:
        every = CourseFilter(state="all")
        return [
            (
                of.queries().courses.courses(reader, every, at),
                of.queries().courses.times(reader, "", None, at),
            )
            for reader in readers
            for at in moments
        ]

    with course_tables(stack) as (client, store):
        rebuilt = world.rebuilt(client, store)
        rebuilt.to_store()
        assert answers(rebuilt) == answers(world)
        rebuilt.say(
            "co-fgn",
            "assistance_response",
            "2024-05-23T12:00",
            {"request": id_, "state": "ANSWERED", "expected_by": None},
            TO_MPFN,
        )
        rebuilt.to_store()
        assert show(rebuilt, id_, PERU, "2024-05-24T12:00").summary.state == "ANSWERED"
