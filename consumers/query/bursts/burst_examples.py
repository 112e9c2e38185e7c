"""Say what a rule of bursts finds in an example, by what looks for bursts. Pure."""

from __future__ import annotations

from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.detection import (
    CountSeries,
    PeriodOfWeeks,
    SeriesDetector,
    SeriesKey,
    first_weeks,
)
from consumers.query.bursts.places import calendar_at, countries_of
from streams.rules import BurstRule
from streams.rules.computed_examples import BurstExample, Outcome

_AUTHORITY = "example"


def burst_grade_found(rule: BurstRule, example: BurstExample) -> Outcome:
    """Return the best grade of the bursts that a rule finds in the example's weeks, or none."""
    last = week_of(example.week)
    first = last - len(example.counts) + 1
    counts = {first + place: count for place, count in enumerate(example.counts) if count}
    key = SeriesKey(example.type, example.dimension, example.place)
    series = CountSeries(key, {_AUTHORITY: counts})
    detector = SeriesDetector(
        rule, series, first_weeks([series], rule.fewest), calendar_at(countries_of(key))
    )
    bursts = detector.find(PeriodOfWeeks(last - example.looked_at + 1, last)).bursts
    if any(burst.grade == "certain" for burst in bursts):
        return "certain"
    return "possible" if bursts else "none"
