"""Spontaneous information on the real engine: conditions are accepted before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from consumers.query.event_queries import ANY_EVENT
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.ids import AmbiguousIdError
from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.lifecycles.course_views import CourseSummary
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.search.search_answer import SearchQuestion
from infra.errors import QuipuError
from infra.orchestration.stack import RunningStack
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from schemas.release.use_conditions import bound_envelope
from tests.support.course_world import CourseWorld, course_tables, ms
from tests.support.signed_bundles import Item

pytestmark = pytest.mark.integration
FGN, PONAL, ECUADOR, PERU = (
    parse_reader(text)
    for text in (
        "CO/FGN/prosecutor/AMBER+STRICT",
        "CO/PONAL/officer/AMBER+STRICT",
        "EC/POLICIA/officer/AMBER+STRICT",
        "PE/MPFN/prosecutor/AMBER+STRICT",
    )
)
FACTS = "Zarumilla Huaquillas nocturno"
TO_ECUADOR = {"recipients": ["EC/POLICIA"], "tlp": "AMBER+STRICT"}


@pytest.fixture(scope="module")
def world(stack: RunningStack) -> Iterator[CourseWorld]:
    with course_tables(stack) as (client, store):
        yield CourseWorld(client, store)


def give(
    world: CourseWorld, at: str, text: str, former: Item | None = None, **more: object
) -> tuple[str, Item]:
    """Give both authorities of Colombia information under conditions, as Ecuador's police."""
    content = {
        "facts": f"{FACTS} {text}",
        "feedback_by": None,
        "conditions": ["CONFIDENTIAL", "NO_ONWARD"],
        "condition_text": text,
        **more,
    }
    envelope = {"recipients": ["CO/FGN", "CO/PONAL"], "tlp": "AMBER+STRICT"}
    bound = bound_envelope(envelope, content)
    return world.say("ec-policia", "spontaneous_information", at, content, bound, former)


def accept(world: CourseWorld, node: str, id_: str, at: str, **envelope: object) -> Item:
    act = {"event": id_, "act": "CONDITIONS_ACCEPTED"}
    _, item = world.say(node, "acknowledgement", at, act, {**TO_ECUADOR, **envelope})
    world.to_store()
    return item


def listed(world: CourseWorld, reader: Reader, id_: str, at: str = "") -> CourseSummary | None:
    filter_ = CourseFilter("information", "all")
    moment = ms(at) if at else None
    courses = world.queries().courses.courses(reader, filter_, moment).courses
    return next((course for course in courses if course.id == id_), None)


def answers(world: CourseWorld, reader: Reader, id_: str) -> dict[str, str]:
    """What a reader is told by every other question than that about requests."""
    queries = world.queries()
    questions: Mapping[str, Callable[[], object]] = {
        "event": lambda: queries.events.event(id_, reader),
        "resolve": lambda: queries.ids.resolve(id_, reader),
        "events": lambda: queries.events.newest(reader, ANY_EVENT),
        "current": lambda: queries.events.current([id_], reader),
        "totals": lambda: queries.figures.totals(reader, TotalsQuestion()).rows,
        "search": lambda: queries.search.search(SearchQuestion(FACTS), reader),
        "person": lambda: queries.persons.search(PersonQuestion("Nombre de ejemplo"), reader),
    }
    return {name: _told(ask) for name, ask in questions.items()}


def _told(ask: Callable[[], object]) -> str:
    try:
        return repr(ask())
    except (QuipuError, AmbiguousIdError) as error:
        return repr(error)


def test_before_the_conditions_are_accepted_the_receiver_learns_them_and_nothing_else(
    world: CourseWorld,
) -> None:
    id_, _ = give(world, "2018-06-01T12:00", "Avise a la policia")
    before = {reader.person: answers(world, reader, id_) for reader in (FGN, PONAL)}
    world.to_store()
    for reader in (FGN, PONAL):
        assert answers(world, reader, id_) == before[reader.person], reader
        waiting = listed(world, reader, id_)
        assert waiting is not None
        assert (waiting.is_withheld, waiting.is_yours, waiting.title) == (True, True, "")
        assert waiting.conditions == ["CONFIDENTIAL", "NO_ONWARD"]
        assert waiting.condition_text == "Avise a la policia"
        assert (waiting.country, waiting.authority, waiting.opened_at.day) == ("EC", "POLICIA", 1)
        view = world.queries().courses.course(id_, reader)
        assert view is not None
        assert FACTS not in repr(view)
        assert "AR123456" not in repr(view)
        queries = world.queries()
        assert queries.disclosures.conditions(reader) == [], "no reader accepts them alone"
        assert queries.courses.waiting(id_[-8:], reader) == [id_]
        queries.courses.courses(reader, CourseFilter())
        assert not any(disclosed.events for disclosed in queries.answer.disclosed)
        assert listed(world, replace(reader, use="file"), id_) is None, "no file says that it waits"
        assert {step.word for step in view.next_steps} == {
            *("CONDITIONS_ACCEPTED", "CONDITIONS_REFUSED")
        }
    assert listed(world, PERU, id_) is None
    assert world.queries().courses.course(id_, PERU) is None
    accept(world, "co-fgn", id_, "2018-06-02T12:00")
    now = answers(world, FGN, id_)
    assert {name for name, answer in now.items() if answer == before[FGN.person][name]} == set()
    assert answers(world, PONAL, id_)["event"] == "None", "another authority has not accepted"
    shown = listed(world, FGN, id_)
    assert shown is not None
    assert not shown.is_withheld
    states = {party.authority: party.state for party in shown.parties}
    assert states == {"FGN": "CONDITIONS_ACCEPTED", "PONAL": "SENT"}
    event = world.queries().events.event(id_, FGN)
    assert event is not None
    assert "H2" in event.current.markings
    assert event.things
    for thing in event.things:
        assert world.queries().things.thing(thing.id, FGN) is not None
        assert world.queries().things.thing(thing.id, PONAL) is None
    assert world.queries().events.event(id_, replace(FGN, use="file")) is None, (
        "not to be passed on"
    )
    assert listed(world, replace(FGN, use="file"), id_) is None
    view = world.queries().courses.course(id_, FGN)
    assert view is not None
    assert ("CONDITIONS_ACCEPTED", "FGN") not in {
        (step.word, step.authority) for step in view.next_steps
    }, "conditions are accepted once"


def test_only_an_acceptance_that_its_owner_may_see_and_that_stands_counts(
    world: CourseWorld,
) -> None:
    id_, former = give(world, "2019-05-01T12:00", "Solo para la fiscalia")
    accept(world, "co-fgn", id_, "2019-05-02T12:00", recipients=["PE/MPFN"])
    accept(world, "pe-mpfn", id_, "2019-05-02T13:00")
    assert world.queries().events.event(id_, FGN) is None
    assert world.queries().events.event(id_, PERU) is None
    accept(world, "co-fgn", id_, "2019-05-03T12:00")
    assert world.queries().events.event(id_, FGN) is not None
    give(world, "2019-05-04T12:00", "Y no antes de julio", former)
    world.to_store()
    again = listed(world, FGN, id_)
    assert again is not None
    assert (again.is_withheld, again.condition_text) == (True, "Y no antes de julio")
    assert world.queries().events.event(id_, FGN) is None, "changed conditions are accepted again"
    assert world.queries().events.event(id_, FGN, ms("2019-05-03T13:00")) is None, (
        "of the past neither"
    )
    past = listed(world, FGN, id_, "2019-05-03T13:00")
    assert past is not None
    assert past.is_withheld
    accept(world, "co-fgn", id_, "2019-05-05T12:00")
    assert world.queries().events.event(id_, FGN) is not None
    accepted = listed(world, FGN, id_)
    assert accepted is not None
    assert {party.state for party in accepted.parties} == {"CONDITIONS_ACCEPTED", "SENT"}


def test_who_may_pass_it_on_is_for_the_owner_to_say_and_a_record(world: CourseWorld) -> None:
    id_, former = give(world, "2020-05-01T12:00", "Consulte antes")
    accept(world, "co-fgn", id_, "2020-05-02T12:00")
    ask = {"event": id_, "act": "ONWARD_ASKED", "reply": "A PE/MPFN, por el caso 7"}
    world.say("co-fgn", "acknowledgement", "2020-05-03T12:00", ask, TO_ECUADOR)
    to_both = {"recipients": ["CO/FGN", "PE/MPFN"], "tlp": "AMBER+STRICT"}
    forged = {"event": id_, "act": "ONWARD_PERMITTED"}
    world.say("co-fgn", "acknowledgement", "2020-05-03T13:00", forged, TO_ECUADOR)
    world.say("ec-policia", "acknowledgement", "2020-05-04T12:00", forged, to_both)
    world.to_store()
    view = world.queries().courses.course(id_, ECUADOR)
    assert view is not None
    assert [(step.word, step.refusal) for step in view.steps] == [
        ("CONDITIONS_ACCEPTED", None),
        ("ONWARD_ASKED", None),
        ("ONWARD_PERMITTED", "NOT_YOURS"),
        ("ONWARD_PERMITTED", None),
    ]
    assert listed(world, PERU, id_) is None, "the owner's record itself names who may see it"
    envelope = {"recipients": ["CO/FGN", "PE/MPFN"], "tlp": "AMBER+STRICT"}
    bound = bound_envelope(envelope, former.payload)
    world.say(
        "ec-policia",
        "spontaneous_information",
        "2020-05-05T12:00",
        former.payload,
        bound,
        former,
    )
    world.to_store()
    third = listed(world, PERU, id_)
    assert third is not None
    assert third.is_withheld, "the new receiver is bound, too"
    assert world.queries().events.event(id_, FGN) is not None
