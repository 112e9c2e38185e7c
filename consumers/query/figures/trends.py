"""Compare each period's figure with that of a year before and the expected range. Pure.

Periods without records are zero, from the first period that has a record of what was asked: before
that nothing is known, so nothing is expected. A period that is not over yet is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.expected import ExpectedRange, expected_range
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.periods import (
    Period,
    period_begin,
    period_number,
    periods_of_year,
    year_before,
)
from consumers.query.figures.question import FactFilter, Grouping, Measure
from consumers.query.figures.totals import plain
from consumers.query.views import to_datetime

Row = Mapping[str, Any]
Group = tuple[tuple[str, ...], str]
"""Keys and currency."""
LONGEST = 520
"""Periods that an answer shows: ten years of weeks. What is older is left out."""


@dataclass(frozen=True, slots=True)
class TrendsQuestion:
    """What is followed through the periods. The filter's dates say which periods are shown."""

    measure: Measure = "records"
    grouping: Grouping = field(default_factory=lambda: Grouping(period="month"))
    filter: FactFilter = field(default_factory=FactFilter)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The figure of a group in a period."""

    begins: Annotated[date, Field(description="first day of the period, UTC")]
    keys: Annotated[list[str], Field(description="a value for each name of `by`; empty: unknown")]
    currency: Annotated[str, Field(description="ISO 4217, of money")]
    value: Annotated[
        Decimal, Field(description="records, kilograms, litres, square metres, pieces or money")
    ]
    year_before: Annotated[
        Decimal | None,
        Field(description="of the same period a year before (52 weeks); null before all records"),
    ]
    expected: Annotated[
        ExpectedRange | None, Field(description="null where the past is too short to expect any")
    ]
    is_complete: Annotated[bool, Field(description="whether the period was over at the moment")]


@dataclass(frozen=True, slots=True)
class Trends:
    """The figures that this reader sees, by group and period."""

    measure: Measure
    by: list[str]
    period: Period
    as_of: datetime | None
    marking: FigureMarking
    points: list[TrendPoint]


def to_trend_points(rows: Sequence[Row], question: TrendsQuestion, now: int) -> list[TrendPoint]:
    """Turn the rows of queries/totals.sql, of all the past, into the points that are shown.

    `now`: the moment of the question, ms since 1970 UTC.
    """
    period = question.grouping.period
    series: defaultdict[Group, dict[int, Decimal]] = defaultdict(dict)
    for row in rows:
        if row["period"] is not None:
            group = tuple(row["keys"]), row["currency_of"]
            series[group][row["period"]] = _value(row, question.measure)
    if not series:
        return []
    first = min(min(figures) for figures in series.values())
    last = max(max(figures) for figures in series.values())
    shown = _shown_periods(question, first, last)
    current = period_number(to_datetime(now), period) or 0
    floats = {
        group: {number: float(value) for number, value in figures.items()}
        for group, figures in series.items()
    }
    return [
        TrendPoint(
            begins=_begin(number, period),
            keys=list(group[0]),
            currency=group[1],
            value=series[group].get(number, Decimal(0)),
            year_before=_former(series[group], year_before(number, period), first),
            expected=expected_range(
                floats[group], number, first, periods_of_year(period), question.measure == "records"
            ),
            is_complete=number < current,
        )
        for number in shown
        for group in sorted(series)
    ]


def _value(row: Row, measure: Measure) -> Decimal:
    return Decimal(row["records"]) if measure == "records" else plain(row["total"])


def _shown_periods(question: TrendsQuestion, first: int, last: int) -> range:
    period, filter_ = question.grouping.period, question.filter
    begin, end = first, last
    if filter_.since is not None:
        begin = max(begin, period_number(to_datetime(filter_.since), period) or begin)
    if filter_.until is not None:
        end = min(end, period_number(to_datetime(filter_.until - 1), period) or end)
    return range(max(begin, end - LONGEST + 1), end + 1)


def _begin(number: int, period: Period) -> date:
    begins = period_begin(number, period)
    if begins is None:
        raise ValueError("a trend has periods")
    return begins


def _former(figures: Mapping[int, Decimal], number: int, first: int) -> Decimal | None:
    return figures.get(number, Decimal(0)) if number >= first else None
