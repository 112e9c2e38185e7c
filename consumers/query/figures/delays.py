"""Say how long things take: from what happened to the report, and from the report to the log. Pure.

Only records count whose dates say the day. A quantile is the value of one record: of n values in
order, that at n times the level, rounded down, counted from zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.periods import Period, period_begin
from consumers.query.figures.question import FactFilter, Grouping

Row = Mapping[str, Any]
Delay = Literal["occurred_to_reported", "reported_to_recorded", "occurred_to_recorded"]
DELAYS: tuple[Delay, ...] = get_args(Delay)
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class DelaysQuestion:
    """Which delay, of which records, by what.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    delay: Delay = "occurred_to_reported"
    grouping: Grouping = field(default_factory=Grouping)
    filter: FactFilter = field(default_factory=FactFilter)
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class DelayRow:
    """How the delays of a group are spread, in days."""

    begins: Annotated[
        date | None,
        Field(description="first day of the period, UTC; null without periods or without a date"),
    ]
    keys: Annotated[list[str], Field(description="a value for each name of `by`; empty: unknown")]
    records: Annotated[int, Field(description="with both dates, exact to the day")]
    negative: Annotated[int, Field(description="of them, whose second date is before the first")]
    p10: Annotated[
        float | None, Field(description="days; a tenth took no longer; null where no record counts")
    ]
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    longest: float | None
    former: Annotated[
        DelayRow | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None

    @property
    def group(self) -> tuple[date | None, tuple[str, ...]]:
        """The period and keys that no other row has together."""
        return self.begins, tuple(self.keys)

    @property
    def place(self) -> tuple[date, tuple[str, ...]]:
        """Where the row stands among the others."""
        return self.begins or date.min, tuple(self.keys)

    def emptied(self) -> DelayRow:
        """Return the row of a group in which no record counts."""
        return DelayRow(self.begins, self.keys, 0, 0, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Delays:
    """The delays that this reader sees; groups without any are left out."""

    delay: Delay
    by: list[str]
    period: Period
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[DelayRow]


def to_delay_rows(rows: Sequence[Row], question: DelaysQuestion) -> list[DelayRow]:
    """Read the rows of queries/delays.sql."""
    return [
        DelayRow(
            period_begin(row["period"], question.grouping.period),
            list(row["keys"]),
            row["records"],
            row["negative"],
            *_days(row["spread"]),
            longest=round(row["longest"] / DAY_MS, 3),
        )
        for row in rows
    ]


def _days(spread: Sequence[int]) -> tuple[float, float, float, float, float]:
    p10, p25, median, p75, p90 = (round(ms / DAY_MS, 3) for ms in spread)
    return p10, p25, median, p75, p90
