"""The law of bursts: they are those of a plain count of the records that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consumers.query.bursts.burst import Burst, BurstsQuestion
from consumers.query.dates import DatesRefusedError
from consumers.query.figures.marking import file_for_others
from consumers.query.figures.question import FactFilter
from consumers.query.known_names import UnknownNameError
from consumers.query.picture.picture import PictureQuestion
from tests.support.burst_world import (
    A_WEEK,
    BEGIN,
    TESTED,
    crossed,
    plain,
    plain_bursts,
    publish,
    publish_past,
)
from tests.support.fact_store import RULES, FactStore
from tests.support.fact_world import FactWorld
from tests.support.marked_world import reader
from tests.support.native_servers import EmbeddedServer
from tests.support.need_to_know import Asker

pytestmark = pytest.mark.integration
RULE = RULES.bursts[0]
ECUADOR = Asker(
    "eva", "EC", "POLICIA", "analyst", "AMBER", frozenset(), "investigation", None, frozenset()
)
COLOMBIA = replace(ECUADOR, person="ana", country="CO", authority="PONAL")
BOLIVIA = replace(ECUADOR, person="beto", country="BO", authority="FELCN")
SURGE = 60
LATE_NIGHT = timedelta(hours=16)
"""From noon to four o'clock UTC of the next day: still the same day there."""
HIDDEN = {"recipients": ["@nadie"], "tlp": "RED"}
MARKINGS: list[dict[str, Any]] = [
    {},
    HIDDEN,
    {"tlp": "AMBER", "recipients": ["CO"]},
    {"exercise": "condor"},
]
EVERY_WEEK = BurstsQuestion(
    FactFilter(since=round(datetime(2016, 1, 4, tzinfo=UTC).timestamp() * 1000))
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactStore]:
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as server:
        yield FactStore(server, {})
        server.stop()


def bursts(
    store: FactStore,
    who: Asker,
    as_of: int | None = None,
    question: BurstsQuestion = EVERY_WEEK,
) -> list[Burst]:
    return store.queries(who).bursts.bursts(reader(who), question, as_of).bursts


@given(data=st.data())
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
def test_bursts_are_those_of_a_plain_count_of_what_the_reader_may_see(
    store: FactStore, data: st.DataObject
) -> None:
    """Whatever the markings, corrections, retractions and erasures; as of any moment."""
    world = FactWorld()
    publish_past(world)
    markings = st.sampled_from(MARKINGS)
    for step in range(3):
        number = data.draw(st.integers(0, SURGE))
        at = TESTED + step * A_WEEK
        surge = publish(world, at, number, **data.draw(markings))
        for record in surge[: data.draw(st.integers(0, number))]:
            act = data.draw(st.sampled_from(["retraction", "erasure", "moved", "coarse", "night"]))
            if act in ("retraction", "erasure"):
                world.withdraw(act, record)
                continue
            head, line = crossed(at, "tufino" if act == "moved" else "rumichaca")
            if act == "coarse":
                head["occurred_precision"] = "month"
            if act == "night":
                head["occurred_precision"] = "hour"
                head["occurred_from"] += round(LATE_NIGHT.total_seconds() * 1000)
            world.correct(record, head, [line])
    store.write(world)
    moments = [None, *data.draw(st.lists(st.sampled_from(world.moments()), max_size=2))]
    for who in (ECUADOR, COLOMBIA, BOLIVIA, replace(COLOMBIA, exercise="condor")):
        for as_of in moments:
            answer = {plain(burst) for burst in bursts(store, who, as_of)}
            assert answer == plain_bursts(world, who, as_of, RULE)


def test_a_surge_is_told_with_its_evidence_and_the_id_stays(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    publish(world, TESTED, 30)
    store.write(world)
    first = {burst.dimension: burst for burst in bursts(store, COLOMBIA)}
    assert set(first) == {"subdivision", "crossing"}
    publish(world, TESTED + A_WEEK, 40)
    store.write(world)
    grown = {burst.dimension: burst for burst in bursts(store, COLOMBIA)}
    for dimension, burst in grown.items():
        assert burst.id == first[dimension].id
        assert (first[dimension].count, burst.count) == (30, 70)
        assert (burst.first_day, burst.last_day) == (TESTED, TESTED + timedelta(days=13))
        assert burst.id is not None
        answer = store.queries(COLOMBIA).bursts.burst(burst.id, reader(COLOMBIA))
        assert answer == burst
    crossing = grown["crossing"]
    assert "Rumichaca" in crossing.sentence["es"] and "70 registros" in crossing.sentence["es"]
    assert {record.authority for record in crossing.evidence} == {"POLICIA"}


def test_a_retraction_ends_a_burst_and_the_past_still_has_it(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    surge = publish(world, TESTED, 30)
    moment = world.moments()[-1]
    for record in surge:
        world.withdraw("retraction", record)
    store.write(world)
    assert bursts(store, COLOMBIA) == []
    assert len(bursts(store, COLOMBIA, moment)) == 2


def test_a_reader_with_fewer_records_sees_no_burst(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    publish(world, TESTED, 30, tlp="AMBER", recipients=["CO"])
    store.write(world)
    assert len(bursts(store, COLOMBIA)) == 2
    assert bursts(store, BOLIVIA) == []
    for burst in bursts(store, COLOMBIA):
        assert burst.tlp == "AMBER"
        assert store.queries(BOLIVIA).bursts.burst(str(burst.id), reader(BOLIVIA)) is None


def test_hidden_records_change_no_burst(store: FactStore) -> None:
    """Not the surge itself, nor its past, nor what is said of it."""
    world = FactWorld()
    publish_past(world)
    publish(world, TESTED, 30)
    publish(world, TESTED + 10 * A_WEEK, 9)
    store.write(world)
    moments = [None, *world.moments()[-3:]]
    before = [
        store.queries(COLOMBIA).bursts.bursts(reader(COLOMBIA), EVERY_WEEK, at) for at in moments
    ]
    hidden: dict[str, Any] = {"country": "BO", "authority": "FELCN", **HIDDEN}
    for step in range(4):
        publish(world, TESTED + step * A_WEEK, SURGE, **hidden)
        publish(world, BEGIN + step * A_WEEK, SURGE, **hidden)
    store.write(world)
    after = [
        store.queries(COLOMBIA).bursts.bursts(reader(COLOMBIA), EVERY_WEEK, at) for at in moments
    ]
    assert after == before
    assert any(burst.count > SURGE for burst in bursts(store, BOLIVIA)), "its owner sees them"


def test_an_authority_that_joins_is_no_burst(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    for step in range(6):
        publish(world, TESTED + step * A_WEEK, 20, country="CO", authority="MIGRACION")
    store.write(world)
    assert bursts(store, COLOMBIA) == []


def test_a_short_past_is_not_enough_data(store: FactStore) -> None:
    world = FactWorld()
    for week in range(20):
        publish(world, TESTED - week * A_WEEK, 6)
    publish(world, TESTED, 60)
    store.write(world)
    answer = store.queries(COLOMBIA).bursts.bursts(reader(COLOMBIA), BurstsQuestion())
    assert (answer.bursts, answer.compared, answer.without_past) == ([], 2, 2)


def test_a_question_narrows_by_place_type_grade_and_date(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    publish(world, TESTED, 40)
    store.write(world)
    for filter_, number in (
        (FactFilter(), 2),
        (FactFilter(place="EC"), 2),
        (FactFilter(place="EC-C"), 1),
        (FactFilter(place="CO"), 1),
        (FactFilter(place="PE"), 0),
        (FactFilter(type="movement"), 2),
        (FactFilter(type="seizure"), 0),
        (FactFilter(type="weapon_record"), 0),
        (FactFilter(where=(("crossing", "rumichaca"),)), 2),
    ):
        answer = bursts(store, COLOMBIA, None, BurstsQuestion(filter_))
        assert len(answer) == number, filter_
        assert all((burst.id is None) == bool(filter_.where) for burst in answer)
    assert len(bursts(store, COLOMBIA, None, BurstsQuestion(grade="possible"))) == 0
    with pytest.raises(UnknownNameError):
        bursts(store, COLOMBIA, None, BurstsQuestion(FactFilter(type="seizur")))
    with pytest.raises(DatesRefusedError):
        bursts(store, COLOMBIA, None, BurstsQuestion(FactFilter(since=1, until=1)))


def test_what_changed_since_a_moment_is_new_grown_or_ended(store: FactStore) -> None:
    """Each burst with its former count; and those that later records end, as they were."""
    world = FactWorld()
    publish_past(world)
    publish_past(world, crossing="tulcan")
    before = world.moments()[-1]
    publish(world, TESTED, 30)
    withdrawn = publish(world, TESTED, 40, crossing="tulcan")
    surge = world.moments()[-1]
    publish(world, TESTED + A_WEEK, 40)
    for record in withdrawn:
        world.withdraw("retraction", record)
    store.write(world)

    def compared(since: int) -> tuple[dict[str, Any], dict[str, Any]]:
        question = replace(EVERY_WEEK, changed_since=since)
        answer = store.queries(COLOMBIA).bursts.bursts(reader(COLOMBIA), question)
        assert answer.changed_since is not None
        present = {burst.place: (burst.former_count, burst.count) for burst in answer.bursts}
        assert present.keys() == {burst.place for burst in bursts(store, COLOMBIA)}
        return present, {burst.place: burst.former_count for burst in answer.ended}

    assert compared(before) == ({"rumichaca": (0, 70), "EC-C": (0, 70)}, {})
    assert compared(surge) == ({"rumichaca": (30, 70), "EC-C": (70, 70)}, {"tulcan": 40})


def test_a_burst_drives_the_picture_of_its_place_and_theme(store: FactStore) -> None:
    """For who sees it, in the newest month alone; and its records are in the ledger."""
    world = FactWorld()
    drugs: dict[str, Any] = {"type": "seizure", "crime": "0601"}
    publish_past(world, **drugs)
    publish(world, TESTED, 30, tlp="AMBER", recipients=["CO"], **drugs)
    store.write(world)

    def driving(who: Asker, end: date) -> dict[tuple[str, str], str]:
        until = round(datetime(end.year, end.month, end.day, tzinfo=UTC).timestamp() * 1000)
        picture = store.queries(who).picture.picture(reader(who), PictureQuestion(until=until))
        return {
            (cell.place, cell.theme): driver.link
            for cell in picture.cells
            for driver in cell.drivers
            if driver.kind == "burst"
        }

    links = driving(COLOMBIA, TESTED + 2 * A_WEEK)
    ids = {f"/v1/figures/bursts/{burst.id}" for burst in bursts(store, COLOMBIA)}
    assert links.keys() == {("EC-C", "drugs"), ("rumichaca", "drugs")}
    assert set(links.values()) == ids
    assert driving(COLOMBIA, TESTED + 9 * A_WEEK) == {}
    assert driving(BOLIVIA, TESTED + 2 * A_WEEK) == {}


def test_a_picture_is_set_next_to_that_of_a_former_moment(store: FactStore) -> None:
    """Each cell says what `--as-of` that moment would have said."""
    world = FactWorld()
    publish_past(world, type="seizure", crime="0601")
    moment = world.moments()[-1]
    publish(world, TESTED, 60, type="seizure", crime="0601")
    store.write(world)
    until = round(datetime(2018, 4, 1, tzinfo=UTC).timestamp() * 1000)
    question = PictureQuestion("drugs", until=until)
    picture = store.queries(COLOMBIA).picture
    then = picture.picture(reader(COLOMBIA), question, moment).cells
    now = {cell.place: cell for cell in picture.picture(reader(COLOMBIA), question).cells}
    answer = picture.picture(reader(COLOMBIA), replace(question, changed_since=moment))
    assert len(now) == len(answer.cells)
    for cell, past in zip(answer.cells, then, strict=True):
        former = cell.former
        assert former is not None
        assert (former.level, former.trend, former.records, former.findings) == (
            *(past.level, past.trend, past.records, past.findings),
        )
        assert replace(cell, former=None) == now[cell.place]
    assert any(cell.former and cell.former.records != cell.records for cell in answer.cells)


def test_bursts_are_in_the_ledger_and_a_file_leaves_out_h2(store: FactStore) -> None:
    world = FactWorld()
    publish_past(world)
    publish(world, TESTED, 40, handling=["H2"])
    store.write(world)
    queries = store.queries(COLOMBIA)
    answer = queries.bursts.bursts(reader(COLOMBIA), BurstsQuestion())
    (disclosed,) = queries.answer.disclosed
    assert list(disclosed.questions) == ["bursts"]
    assert {event.id for event in disclosed.events} == {
        record.event for burst in answer.bursts for record in burst.evidence
    }
    assert "H2" in disclosed.markings
    in_file = queries.bursts.bursts(reader(COLOMBIA), BurstsQuestion(), None, file_for_others)
    assert in_file.bursts == []
