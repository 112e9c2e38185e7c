"""Order groups by their figure, and say how each one's place changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.question import FactFilter, Grouping, Measure
from consumers.query.figures.totals import plain, with_amounts
from consumers.query.views import to_datetime, to_epoch_ms

Row = Mapping[str, Any]
Against = Literal["before", "year"]
Group = tuple[str, tuple[str, ...]]
"""Currency and keys."""


@dataclass(frozen=True, slots=True)
class RankingQuestion:
    """Which groups are ordered.

    `against`: the span just before the filter's dates, or the same span of a year before; `limit`:
    how many places, of each currency; `changed_since`: compare with the same question as of a
    former moment instead (ms since 1970 UTC).
    """

    measure: Measure = "records"
    grouping: Grouping = field(default_factory=Grouping)
    filter: FactFilter = field(default_factory=FactFilter)
    against: Against = "before"
    limit: int = 10
    changed_since: int | None = None

    @property
    def former(self) -> FactFilter | None:
        """The filter of the span to compare with; None where the dates have no begin or end."""
        if self.changed_since is not None:
            return self.filter
        since, until = self.filter.since, self.filter.until
        if since is None or until is None or until <= since:
            return None
        if self.against == "before":
            return replace(self.filter, since=since - (until - since), until=since)
        return replace(self.filter, since=_year_before(since), until=_year_before(until))


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """A group with its place."""

    rank: Annotated[int, Field(description="from 1; equal figures share a place")]
    keys: Annotated[list[str], Field(description="a value for each name of `by`")]
    currency: Annotated[str, Field(description="ISO 4217, of money")]
    value: Annotated[
        Decimal, Field(description="records, kilograms, litres, square metres, pieces or money")
    ]
    records: int
    former_rank: Annotated[
        int | None,
        Field(description="in the span, or as of `changed_since`; null: none, or no comparison"),
    ]
    former_value: Annotated[Decimal | None, Field(description="null: there is no comparison")]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The groups with the largest figures that this reader sees.

    Records that do not say the value of a name have no place.
    """

    measure: Measure
    by: list[str]
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[RankedGroup]


def rank_groups(
    rows: Sequence[Row], former_rows: Sequence[Row] | None, question: RankingQuestion
) -> list[RankedGroup]:
    """Order the rows of queries/totals.sql. `former_rows`: None where there is no such span."""
    values = _values(rows, question.measure)
    former = None if former_rows is None else _values(former_rows, question.measure)
    ranks, former_ranks = _ranks(values), _ranks(former or {})
    records = {_group(row): int(row["records"]) for row in rows}
    groups = sorted(values, key=lambda group: (group[0], ranks[group], group[1]))
    return [
        RankedGroup(
            rank=ranks[group],
            keys=list(group[1]),
            currency=group[0],
            value=values[group],
            records=records[group],
            former_rank=former_ranks.get(group),
            former_value=None if former is None else former.get(group, Decimal(0)),
        )
        for group in groups
        if ranks[group] <= question.limit
    ]


def _values(rows: Sequence[Row], measure: Measure) -> dict[Group, Decimal]:
    return {
        _group(row): Decimal(row["records"]) if measure == "records" else plain(row["total"])
        for row in with_amounts(rows, measure)
        if "" not in row["keys"]
    }


def _group(row: Row) -> Group:
    return row["currency_of"], tuple(row["keys"])


def _ranks(values: Mapping[Group, Decimal]) -> dict[Group, int]:
    """Return the place of each group among those of its currency; equal values share one."""
    ranks: dict[Group, int] = {}
    by_currency = sorted(values, key=lambda group: (group[0], -values[group]))
    for _currency, groups in groupby(by_currency, key=lambda group: group[0]):
        before: Decimal | None = None
        rank = 0
        for place, group in enumerate(groups, start=1):
            rank = rank if values[group] == before else place
            ranks[group], before = rank, values[group]
    return ranks


def _year_before(ms: int) -> int:
    at = to_datetime(ms)
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return to_epoch_ms(at.replace(year=at.year - 1, day=day))
