"""How many indicators a reader sees by rule and period. Pure.

Two clocks: when the newest of its evidence *occurred* (the default: when did it cross the border?),
or when it was last *recorded* (what is new since?). Periods are months, or weeks from Monday, in
UTC. Hubs link nobody and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from consumers.query.figures.periods import period_begin
from consumers.query.views import to_datetime
from consumers.store.sql import EARLIEST_MS
from streams.correlation.assess import Indicator

Period = Literal["month", "week"]
Clock = Literal["occurred", "recorded"]
Row = Mapping[str, Any]
Point = tuple[date | None, str, str]
"""A period's first day, a rule and a grade."""
NEVER = EARLIEST_MS - 1
"""Stands for a date that is unknown, in queries/finding_series.sql."""


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """Which indicators are counted, empty meaning any, by which period and clock."""

    rule: str = ""
    grade: str = ""
    period: Period = "month"
    clock: Clock = "occurred"


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """How many indicators of a rule and grade fall into a period."""

    rule: str
    grade: Annotated[str, Field(description="certain, or possible")]
    begins: Annotated[
        date | None,
        Field(
            description="first day of the period, UTC; null where no evidence says when it occurred"
        ),
    ]
    count: Annotated[
        int, Field(description="live indicators of this rule and grade that this reader sees")
    ]


def count_points(
    rows: Iterable[Row], folded: Iterable[Indicator], filter_: SeriesFilter
) -> Counter[Point]:
    """Count findings by (period's start, rule, grade), of the filter's period and clock.

    `rows`: of queries/finding_series.sql; `folded`: the others, live.
    """
    counts = Counter(
        {
            (period_begin(row["period"], filter_.period), row["rule"], row["grade"]): row[
                "findings"
            ]
            for row in rows
        }
    )
    counts.update(
        (
            period_start(_moment(indicator, filter_.clock), filter_.period),
            indicator.rule,
            indicator.grade,
        )
        for indicator in folded
    )
    return counts


def to_points(counts: Counter[Point]) -> list[SeriesPoint]:
    """Order the counts by time, the unknown first, then by rule and grade."""
    ordered = sorted(counts.items(), key=lambda item: (item[0][0] or date.min, *item[0][1:]))
    return [SeriesPoint(rule, grade, begins, count) for (begins, rule, grade), count in ordered]


def period_start(at: datetime | None, period: Period) -> date | None:
    """Return the first day of the period in which `at` lies; None where that is not known."""
    if at is None:
        return None
    day = at.date()
    return day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday())


def _moment(indicator: Indicator, clock: Clock) -> datetime | None:
    if clock == "recorded":
        return to_datetime(indicator.last_recorded)
    times = [
        member.row.occurred for member in indicator.evidence if member.row.occurred is not None
    ]
    return to_datetime(max(times)) if times else None
