"""How often a burst is a false alarm, and how often a true surge is found.

Made-up series of weekly counts, Poisson and negative binomial, of places whose level, season and
holidays differ. Nothing unusual is in them, so each burst is a false alarm. Then a week of each is
multiplied by 2, 3 and 5. Only the method is measured: no store, no reader.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date
from math import exp, pi, sin
from typing import NamedTuple

from benchmarks.figures import Figure
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.detection import (
    CountSeries,
    PeriodOfWeeks,
    SeriesDetector,
    SeriesKey,
    first_weeks,
)
from consumers.query.bursts.places import calendar_at, countries_of
from streams.rules import read_rule_book

PLACES = 100
YEAR_BEGIN = week_of(date(2026, 1, 5))
YEAR_WEEKS = 52
SURGE_WEEK = YEAR_BEGIN + 10
HOLY_WEEKS = [
    week_of(date(year, month, day))
    for year, month, day in (
        (2021, 3, 30),
        (2022, 4, 12),
        (2023, 4, 4),
        (2024, 3, 26),
        (2025, 4, 15),
        (2026, 3, 31),
    )
]
LEVELS = (0.3, 1, 3, 10, 30, 100)
DISPERSIONS = (1.0, 1.5, 3.0)
SURGES = (2, 3, 5)
MOST_FALSE = 2
"""Aim: false bursts a year at PLACES places."""
RULE = read_rule_book().bursts[0]


class MadePlace(NamedTuple):
    """A place: its mean count a week, its season's share, and how much a Holy Week multiplies."""

    level: float
    season: float
    phase: float
    holiday: float

    def mean(self, week: int) -> float:
        """Return what is expected of a week."""
        season = 1 + self.season * sin(self.phase + 2 * pi * week / 52.18)
        return self.level * season * (self.holiday if week in HOLY_WEEKS else 1)


def measure() -> Iterator[Figure]:
    """Measure false alarms of a year at PLACES places, and the share of surges that are found."""
    for years in (1.2, 3, 5):
        for dispersion in DISPERSIONS:
            yield _false_alarms(years, dispersion)
    for level in LEVELS[2:]:
        yield from _power(level)
    yield _speed()


def _false_alarms(years: float, dispersion: float) -> Figure:
    order = random.Random(f"{years} {dispersion}")
    alarms = weeks = 0
    for number in range(PLACES):
        counts = _made_counts(order, _made_place(order, number), years, dispersion)
        bursts = _detector(number, counts).find(_year()).bursts
        alarms += len(bursts)
        weeks += YEAR_WEEKS
    return Figure(
        f"false bursts, {years:g} years' past, dispersion {dispersion:g}",
        alarms,
        "a year",
        MOST_FALSE,
        at_least=False,
        detail={"places": PLACES, "a week and place": round(alarms / weeks, 6)},
    )


def _power(level: float) -> Iterator[Figure]:
    for times in SURGES:
        order = random.Random(f"{level} {times}")
        finds = 0
        for number in range(PLACES):
            place = MadePlace(level, order.random() * 0.3, order.random() * 2 * pi, 1)
            counts = _made_counts(order, place, 3, 1.5)
            counts[SURGE_WEEK] = _draw(order, place.mean(SURGE_WEEK) * times, 1.5)
            finds += bool(
                _detector(number, counts).find(PeriodOfWeeks(SURGE_WEEK, SURGE_WEEK)).bursts
            )
        yield Figure(f"{times}x surges found, {level:g} a week", finds, "%")


def _speed() -> Figure:
    order = random.Random("speed")
    detectors = [
        _detector(number, _made_counts(order, _made_place(order, number), 5, 1.5))
        for number in range(PLACES)
    ]
    begin = time.process_time()
    for detector in detectors:
        detector.find(PeriodOfWeeks(YEAR_BEGIN, YEAR_BEGIN + 25))
    spent = time.process_time() - begin
    return Figure(f"bursts of {PLACES} places, 5 years' past", round(spent * 1000), "ms")


def _year() -> PeriodOfWeeks:
    return PeriodOfWeeks(YEAR_BEGIN, YEAR_BEGIN + YEAR_WEEKS - 1)


def _made_place(order: random.Random, number: int) -> MadePlace:
    level = LEVELS[number % len(LEVELS)]
    return MadePlace(level, order.random() * 0.5, order.random() * 2 * pi, order.choice((1, 2, 4)))


def _made_counts(
    order: random.Random, place: MadePlace, years: float, dispersion: float
) -> dict[int, int]:
    first = YEAR_BEGIN - round(years * 52.18)
    weeks = range(first, YEAR_BEGIN + YEAR_WEEKS)
    return {week: _draw(order, place.mean(week), dispersion) for week in weeks}


def _detector(number: int, counts: dict[int, int]) -> SeriesDetector:
    key = SeriesKey("movement", "crossing", "rumichaca")
    series = CountSeries(
        key, {f"EC/{number}": {week: count for week, count in counts.items() if count}}
    )
    first = first_weeks([series], RULE.fewest)
    return SeriesDetector(RULE, series, first, calendar_at(countries_of(key)))


def _draw(order: random.Random, mean: float, dispersion: float) -> int:
    """Draw from a negative binomial whose variance is dispersion times its mean; Poisson for 1."""
    if dispersion > 1:
        mean = order.gammavariate(mean / (dispersion - 1), dispersion - 1)
    count = 0
    while mean > 500:
        mean -= 500
        count += _poisson(order, 500)
    return count + _poisson(order, mean)


def _poisson(order: random.Random, mean: float) -> int:
    limit, product, count = exp(-mean), order.random(), 0
    while product > limit:
        product *= order.random()
        count += 1
    return count
