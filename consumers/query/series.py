"""How many indicators a reader sees by rule and period. Pure.

Two clocks: when the newest of its evidence *occurred* (the default: when did it cross the border?),
or when it was last *recorded* (what is new since?). Periods are months, or weeks from Monday, in
UTC. Hubs link nobody and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from consumers.query.views import to_datetime
from streams.correlation.assess import Indicator

Period = Literal["month", "week"]
Clock = Literal["occurred", "recorded"]


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


def count_indicators(
    indicators: Iterable[Indicator], filter_: SeriesFilter
) -> Counter[tuple[date | None, str, str]]:
    """Count the live ones of indicators as one reader sees them, by (period's start, rule, grade).

    Only the filter's period and clock are looked at.
    """
    return Counter(
        (
            period_start(_moment(indicator, filter_.clock), filter_.period),
            indicator.rule,
            indicator.grade,
        )
        for indicator in indicators
        if indicator.status == "live"
    )


def to_points(counts: Counter[tuple[date | None, str, str]]) -> list[SeriesPoint]:
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
