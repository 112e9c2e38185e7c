"""Say how much there was: amounts or records, by what, where and when. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.periods import Period, period_begin
from consumers.query.figures.question import MONEY, FactFilter, Grouping, Measure

Row = Mapping[str, Any]
GroupKey = tuple[date | None, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class TotalsQuestion:
    """What is added, of which records, and by what it is grouped.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    measure: Measure = "records"
    grouping: Grouping = field(default_factory=Grouping)
    filter: FactFilter = field(default_factory=FactFilter)
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The total of a group."""

    begins: Annotated[
        date | None,
        Field(description="first day of the period, UTC; null without periods or without a date"),
    ]
    keys: Annotated[list[str], Field(description="a value for each name of `by`; empty: unknown")]
    amount: Annotated[
        Decimal | None,
        Field(
            description="kilograms, litres, square metres, pieces, or money in `currency`; exact; "
            "null where records are counted"
        ),
    ]
    currency: Annotated[str, Field(description="ISO 4217, of money")]
    records: Annotated[int, Field(description="records in the group, each once")]
    without_amount: Annotated[int, Field(description="records with no usable amount")]
    without_unit: Annotated[int, Field(description="records with no usable unit or currency")]
    without_code: Annotated[
        int, Field(description="records whose words have no code; their amounts are added")
    ]
    former_amount: Annotated[
        Decimal | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None
    former_records: Annotated[
        int | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None

    @property
    def group(self) -> GroupKey:
        """The period, keys and currency that no other row has together."""
        return self.begins, tuple(self.keys), self.currency


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals that this reader sees, by period and group; groups without records are left out.

    A record with several values of a name is counted with each of them.
    """

    measure: Measure
    by: list[str]
    period: Period
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[TotalRow]


def to_total_rows(rows: Sequence[Row], question: TotalsQuestion) -> list[TotalRow]:
    """Read the rows of queries/totals.sql."""
    counts = question.measure == "records"
    return [
        TotalRow(
            begins=period_begin(row["period"], question.grouping.period),
            keys=list(row["keys"]),
            amount=None if counts else plain(row["total"]),
            currency=row["currency_of"],
            records=row["records"],
            without_amount=row["without_amount"],
            without_unit=row["without_unit"],
            without_code=row["without_code"],
        )
        for row in rows
    ]


def compare_totals(
    now: Sequence[TotalRow], then: Sequence[TotalRow], question: TotalsQuestion
) -> list[TotalRow]:
    """Join the totals of a former moment with those of now: a row for each group of both."""
    former = {row.group: row for row in then}
    nothing = None if question.measure == "records" else Decimal(0)
    present = {row.group: row for row in now} | {
        row.group: replace(
            row, amount=nothing, records=0, without_amount=0, without_unit=0, without_code=0
        )
        for row in then
        if row.group not in {other.group for other in now}
    }
    return [
        replace(
            present[group],
            former_amount=former[group].amount if group in former else nothing,
            former_records=former[group].records if group in former else 0,
        )
        for group in sorted(present, key=_order)
    ]


def with_amounts(rows: Sequence[Row], measure: Measure) -> list[Row]:
    """Leave out the rows of money that only say how many records have no usable amount."""
    return [row for row in rows if row["currency_of"] or measure not in MONEY]


def plain(amount: Decimal) -> Decimal:
    """Return an amount without zeros at its end: 12.5, not 12.500000."""
    whole = amount == amount.to_integral_value()
    return amount.quantize(Decimal(1)) if whole else amount.normalize()


def _order(group: GroupKey) -> tuple[date, tuple[str, ...], str]:
    begins, keys, currency = group
    return begins or date.min, keys, currency
