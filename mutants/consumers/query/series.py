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
class SeriesPoint:
    """One count."""

    rule: str
    grade: Annotated[str, Field(description="certain, or possible")]
    begins: Annotated[
        date | None,
        Field(
            description="first day of the period, UTC; null where none of its evidence says when it occurred"
        ),
    ]
    count: Annotated[
        int, Field(description="live indicators of this rule and grade that this reader sees")
    ]


def count_indicators(
    indicators: Iterable[Indicator], period: Period, clock: Clock
) -> Counter[tuple[date | None, str, str]]:
    """Of indicators as one reader sees them."""
    live = (one for one in indicators if one.status == "live")
    return Counter((period_start(_moment(one, clock), period), one.rule, one.grade) for one in live)


def to_points(counts: Counter[tuple[date | None, str, str]]) -> list[SeriesPoint]:
    """In the order of time, the unknown first, then of rules and grades."""
    ordered = sorted(counts.items(), key=lambda item: (item[0][0] or date.min, *item[0][1:]))
    return [SeriesPoint(rule, grade, begins, count) for (begins, rule, grade), count in ordered]


def period_start(at: datetime | None, period: Period) -> date | None:
    """The first day of the period in which `at` lies."""
    if at is None:
        return None
    day = at.date()
    return day.replace(day=1) if period == "month" else day - timedelta(days=day.weekday())


def _moment(one: Indicator, clock: Clock) -> datetime | None:
    if clock == "recorded":
        return to_datetime(one.last_recorded)
    known = [member.occurred for member in one.evidence if member.occurred is not None]
    return to_datetime(max(known)) if known else None
