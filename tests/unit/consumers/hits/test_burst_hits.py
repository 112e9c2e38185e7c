"""What an authority receives of a burst: once in each grade, and the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.hits.computed_hits import ComputedHit, disclosed_computed
from consumers.hits.computed_notifier import last_midnight
from consumers.hits.decide import CONTENT_UNKNOWN, Owner
from consumers.hits.hit_forms import BURSTS, burst_changes
from consumers.query.bursts.burst import Burst, BurstRecord, BurstWeekView, burst_id
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.detection import SeriesKey
from consumers.query.explanations.explanation import Explanation
from schemas.avro.codec import log_format
from schemas.model import IndicatorId

MONDAY = date(2018, 3, 5)
WEEK = week_of(MONDAY)
KEY = SeriesKey("movement", "crossing", "rumichaca")
ECUADOR, COLOMBIA, PERU, CUSTOMS = (
    Owner("EC", "POLICIA", None),
    Owner("CO", "PONAL", None),
    Owner("PE", "PNP", None),
    Owner("PE", "SUNAT", None),
)
AT = datetime(2018, 3, 6, tzinfo=UTC)
TEXTS = {"es": "Aumento", "en": "Burst"}


def record(number: int, country: str = "EC", authority: str = "POLICIA") -> BurstRecord:
    event = str(UUID(int=number + 1))
    return BurstRecord(event, "movement", country, authority, AT, AT, "AMBER", ["H2"], ["H2"])


def burst(
    weeks: int = 1, begin: int = WEEK, grade: str = "possible", *records: BurstRecord
) -> Burst:
    evidence = list(records or map(record, range(7)))
    first = MONDAY + timedelta(weeks=begin - WEEK)
    return Burst(
        id=burst_id("burst", KEY, begin),
        rule="burst",
        rule_version=1,
        grade=grade,
        severity="medium",
        title=TEXTS,
        sentence=TEXTS,
        explanation=Explanation(TEXTS, TEXTS, [], [], TEXTS, [TEXTS]),
        type=KEY.type,
        dimension=KEY.dimension,
        place=KEY.place,
        first_day=first,
        last_day=first + timedelta(days=7 * weeks - 1),
        count=len(evidence),
        expected=1.5,
        bound=5,
        weeks=[
            BurstWeekView(first + timedelta(weeks=number), 7, 1.5, 5, None)
            for number in range(weeks)
        ],
        first_recorded=AT,
        last_recorded=AT,
        tlp="AMBER",
        handling=["H2"],
        conditions=[],
        evidence=evidence,
    )


def id_of(begin: int = WEEK) -> IndicatorId:
    return IndicatorId(UUID(burst_id("burst", KEY, begin)).bytes)


def test_owners_of_its_records_and_the_countries_of_its_place_receive_it() -> None:
    every = burst(1, WEEK, "possible", record(1), record(2, "PE", "PNP"))
    for owner, number in ((ECUADOR, 1), (COLOMBIA, 1), (PERU, 1), (CUSTOMS, 0)):
        assert len(burst_changes(owner, [every], {}, WEEK)) == number, owner


@given(weeks=st.integers(1, 8), grade=st.sampled_from(["possible", "certain"]))
def test_a_burst_that_grows_is_sent_once(weeks: int, grade: str) -> None:
    (hit,) = burst_changes(ECUADOR, [burst(1, WEEK, grade)], {}, WEEK)
    sent = {hit.indicator: hit.content}
    assert burst_changes(ECUADOR, [burst(weeks, WEEK, grade)], sent, WEEK) == []


def test_it_is_sent_again_where_its_grade_rises_and_not_where_it_falls() -> None:
    possible, certain = burst(), burst(2, WEEK, "certain")
    sent = {id_of(): BURSTS.digest(ECUADOR, id_of(), "possible")}
    (hit,) = burst_changes(ECUADOR, [certain], sent, WEEK)
    assert hit.live is not None and hit.live.view is certain
    assert burst_changes(ECUADOR, [possible], {id_of(): hit.content}, WEEK) == []


def test_an_end_is_sent_once_and_not_of_what_is_too_long_ago() -> None:
    sent = {id_of(): BURSTS.digest(ECUADOR, id_of(), "possible")}
    (end,) = burst_changes(ECUADOR, [], sent, WEEK)
    assert end == ComputedHit(BURSTS, ECUADOR, id_of(), None)
    assert burst_changes(ECUADOR, [], {id_of(): end.content}, WEEK) == []
    assert burst_changes(ECUADOR, [], sent, WEEK + 1) == []
    assert burst_changes(ECUADOR, [burst()], {id_of(): end.content}, WEEK)[0].live is not None


def test_late_records_that_begin_it_earlier_make_no_second_hit() -> None:
    sent = {id_of(): BURSTS.digest(ECUADOR, id_of(), "possible")}
    assert burst_changes(ECUADOR, [burst(3, WEEK - 2)], sent, WEEK - 5) == []


def test_what_was_sent_last_may_not_be_known() -> None:
    (hit,) = burst_changes(ECUADOR, [burst()], {id_of(): CONTENT_UNKNOWN}, WEEK)
    assert hit.live is not None


def test_a_burst_of_narrowed_records_is_never_sent() -> None:
    assert burst_changes(ECUADOR, [replace(burst(), id=None)], {}, WEEK) == []


def test_a_hit_has_the_own_records_and_counts_the_others() -> None:
    every = burst(1, WEEK, "possible", record(1), record(2, "CO", "PONAL"), record(3))
    (hit,) = burst_changes(ECUADOR, [every], {}, WEEK)
    live = log_format("hit").read(hit.value)["live"]
    assert live is not None
    assert (live["rule"], live["grade"], live["kind"]) == ("burst", "possible", "crossing")
    assert [own["event"] for own in live["own"]] == [UUID(int=2).bytes, UUID(int=4).bytes]
    assert live["others"] == [
        {"country": "CO", "authority": "PONAL", "records": 1, "markings": ["H2"]}
    ]
    disclosed = disclosed_computed(ECUADOR, [hit], 0)
    assert {event.id for event in disclosed.events} == {entry.event for entry in every.evidence}
    assert (disclosed.tlp, list(disclosed.indicators)) == ("AMBER", [every.id])


@pytest.mark.parametrize(
    ("log_time", "midnight"),
    [
        (datetime(2018, 3, 6, 4, 59, tzinfo=UTC), datetime(2018, 3, 5, 5, tzinfo=UTC)),
        (datetime(2018, 3, 6, 5, tzinfo=UTC), datetime(2018, 3, 6, 5, tzinfo=UTC)),
    ],
)
def test_a_day_of_the_log_ends_at_midnight_of_utc_minus_five(
    log_time: datetime, midnight: datetime
) -> None:
    assert last_midnight(round(log_time.timestamp() * 1000)) == midnight.timestamp() * 1000
