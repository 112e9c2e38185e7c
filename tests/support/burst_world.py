"""Made-up logs of records at a place over more than a year, with surges; and what a plain count says."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from consumers.query.bursts.burst import Burst
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.detection import (
    CountSeries,
    PeriodOfWeeks,
    SeriesDetector,
    SeriesKey,
    first_weeks,
)
from consumers.query.bursts.places import calendar_at, countries_of
from schemas.ids import to_uuid_text
from schemas.measures import FactLine
from streams.rules import BurstRule
from tests.support import derived
from tests.support.fact_world import FactWorld, PublishedVersion
from tests.support.need_to_know import Asker

Record = dict[str, Any]
COARSE = {"year", "month", "unknown"}
BEGIN, TESTED = date(2016, 12, 26), date(2018, 3, 5)
"""Mondays; around TESTED are no holidays."""
WEEKS = (TESTED - BEGIN).days // 7
A_WEEK = timedelta(weeks=1)
OPEN: Record = {"recipients": ["ALL"], "tlp": "GREEN"}
EVERYWHERE = PeriodOfWeeks(week_of(BEGIN), week_of(TESTED) + 60)
Plain = tuple[str, str, str, str, int, tuple[str, ...]]
"""Type, dimension, place, grade, first week, and the ids of the records."""


def crossed(day: date, crossing: str = "rumichaca", **envelope: Any) -> tuple[Record, FactLine]:
    """A movement at a crossing on a day, at noon UTC, by Ecuador's police unless said."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    head = {
        **derived.envelope(0),
        "type": "movement",
        "country": "EC",
        "authority": "POLICIA",
        "place_country": "EC",
        "subdivision": "EC-C",
        "occurred_from": round(at.timestamp() * 1000),
        **OPEN,
        **envelope,
    }
    return head, FactLine(dimensions={"crossing": crossing})


def publish(
    world: FactWorld, day: date, number: int, crossing: str = "rumichaca", **envelope: Any
) -> list[int]:
    """Publish so many movements in a week, spread over its days; their numbers."""
    numbers = []
    for place in range(number):
        head, line = crossed(day + timedelta(days=place % 7), crossing, **envelope)
        numbers.append(world.publish(head, [line]))
    return numbers


def publish_past(world: FactWorld, number: int = 5, **envelope: Any) -> None:
    """Publish steady weeks from BEGIN to TESTED, a year and a little more."""
    for week in range(WEEKS):
        publish(world, BEGIN + week * A_WEEK, number + week % 3 - 1, **envelope)


# -- the plain count


def plain_bursts(world: FactWorld, who: Asker, as_of: int | None, rule: BurstRule) -> set[Plain]:
    """The bursts that the records show which an asker may see, counted one by one."""
    seen = [record for record in world.visible(who, as_of) if _counts(record, rule)]
    counts: dict[SeriesKey, dict[str, Counter[int]]] = {}
    for record in seen:
        for key in _keys(record):
            of_key = counts.setdefault(key, {})
            of_key.setdefault(_owner(record), Counter())[_week(record)] += 1
    bursts: set[Plain] = set()
    for type_ in {key.type for key in counts}:
        series = [CountSeries(key, counts[key]) for key in counts if key.type == type_]
        first = first_weeks(series, rule.fewest)
        for of_place in series:
            detector = SeriesDetector(
                rule, of_place, first, calendar_at(countries_of(of_place.key))
            )
            for burst in detector.find(EVERYWHERE).bursts:
                owners = {week.week: week.authorities for week in burst.weeks}
                records = [
                    to_uuid_text(record.envelope["id"])
                    for record in seen
                    if of_place.key in _keys(record)
                    and _owner(record) in owners.get(_week(record), ())
                ]
                first_week = burst.weeks[0].week
                bursts.add((*of_place.key, burst.grade, first_week, tuple(sorted(records))))
    return bursts


def plain(burst: Burst) -> Plain:
    """A burst of an answer, in the same words."""
    events = tuple(sorted(record.event for record in burst.evidence))
    assert burst.count == len(events)
    place = (burst.type, burst.dimension, burst.place)
    return (*place, burst.grade, week_of(burst.first_day), events)


def _counts(record: PublishedVersion, rule: BurstRule) -> bool:
    head = record.envelope
    is_dated = head["occurred_from"] is not None and head["occurred_precision"] not in COARSE
    return is_dated and head["type"] in rule.types


def _keys(record: PublishedVersion) -> list[SeriesKey]:
    head = record.envelope
    crossing = record.lines[0].dimensions.get("crossing", "") if record.lines else ""
    places = (("subdivision", head["subdivision"] or ""), ("crossing", crossing))
    return [SeriesKey(head["type"], name, place) for name, place in places if place]


def _owner(record: PublishedVersion) -> str:
    return f"{record.envelope['country']}/{record.envelope['authority']}"


def _week(record: PublishedVersion) -> int:
    head = record.envelope
    moment = datetime.fromtimestamp(head["occurred_from"] / 1000, UTC)
    if head["occurred_precision"] != "day":
        moment -= timedelta(hours=4 if head["place_country"] == "BO" else 5)
    return week_of(moment.date())
