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
from consumers.query.figures.totals import plain, with_amounts
from consumers.query.views import to_datetime

Row = Mapping[str, Any]
Group = tuple[tuple[str, ...], str]
"""Keys and currency."""
Series = defaultdict[Group, dict[int, Decimal]]
"""Figures by the number of their period."""
LONGEST = 520
"""Periods that an answer shows: ten years of weeks. What is older is left out."""


@dataclass(frozen=True, slots=True)
class TrendsQuestion:
    """What is followed through the periods. The filter's dates say which periods are shown.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    measure: Measure = "records"
    grouping: Grouping = field(default_factory=lambda: Grouping(period="month"))
    filter: FactFilter = field(default_factory=FactFilter)
    changed_since: int | None = None


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
    former_value: Annotated[
        Decimal | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None


@dataclass(frozen=True, slots=True)
class Trends:
    """The figures that this reader sees, by group and period."""

    measure: Measure
    by: list[str]
    period: Period
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    points: list[TrendPoint]


def to_trend_points(
    rows: Sequence[Row],
    question: TrendsQuestion,
    now: int,
    former_rows: Sequence[Row] | None = None,
) -> list[TrendPoint]:
    """Turn the rows of queries/totals.sql, of all the past, into the points that are shown.

    `now`: the moment of the question, ms since 1970 UTC. `former_rows`: as of `changed_since`;
    None without it.
    """
    period = question.grouping.period
    series = _series_of(rows, question.measure)
    former = None if former_rows is None else _series_of(former_rows, question.measure)
    groups = sorted({*series, *(former or ())})
    if not groups:
        return []
    numbers = [number for figures in series.values() for number in figures]
    former_numbers = [number for figures in (former or {}).values() for number in figures]
    first = min(numbers or former_numbers)
    every = numbers + former_numbers
    shown = _shown_periods(question, min(every), max(every))
    current = period_number(to_datetime(now), period) or 0
    floats = {
        group: {number: float(value) for number, value in series[group].items()} for group in groups
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
            former_value=None if former is None else former[group].get(number, Decimal(0)),
        )
        for number in shown
        for group in groups
    ]


def _series_of(rows: Sequence[Row], measure: Measure) -> Series:
    series: Series = defaultdict(dict)
    for row in with_amounts(rows, measure):
        if row["period"] is not None:
            series[tuple(row["keys"]), row["currency_of"]][row["period"]] = _value(row, measure)
    return series


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
