"""Say how much money went from country to country, as records of transactions tell it. Pure.

A transaction has a side that pays and one that is paid; schemas mark the countries of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.question import Clock, FactFilter, Grouping
from consumers.query.figures.totals import TotalsQuestion, plain

Row = Mapping[str, Any]
SIDES = ("from_country", "to_country")


@dataclass(frozen=True, slots=True)
class MoneyFlowsQuestion:
    """Which records. `clock`: the date that the filter's dates are of.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    filter: FactFilter = field(default_factory=FactFilter)
    clock: Clock = "occurred"
    changed_since: int | None = None

    @property
    def totals(self) -> TotalsQuestion:
        """The totals that answer it."""
        return TotalsQuestion("usd", Grouping(SIDES, "none", self.clock), self.filter)


@dataclass(frozen=True, slots=True)
class MoneyFlowRow:
    """How much money went from one country to another."""

    origin: Annotated[str, Field(description="country that pays; empty: not known")]
    destination: Annotated[str, Field(description="country that is paid; empty: not known")]
    currency: Annotated[str, Field(description="USD; another one has no rate for the day")]
    amount: Annotated[Decimal, Field(description="in `currency`, at the rate of the day; exact")]
    records: Annotated[int, Field(description="records that tell it, each once")]
    former: Annotated[
        MoneyFlowRow | None,
        Field(description="as of `changed_since`; null where none was asked for"),
    ] = None

    @property
    def group(self) -> tuple[str, str, str]:
        """The countries and currency that no other row has together."""
        return self.origin, self.destination, self.currency

    @property
    def place(self) -> tuple[str, Decimal, str, str]:
        """Where the row stands among the others: of a currency the largest come first."""
        return self.currency, -self.amount, self.origin, self.destination

    def emptied(self) -> MoneyFlowRow:
        """Return the row of countries between which no money goes."""
        return MoneyFlowRow(*self.group, Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class MoneyFlows:
    """The flows of money that this reader sees, the largest of each currency first."""

    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[MoneyFlowRow]


def to_money_flow_rows(rows: Sequence[Row]) -> list[MoneyFlowRow]:
    """Read the rows of queries/totals_in_dollars.sql; what has no amount or no side is left out."""
    return [
        MoneyFlowRow(origin, destination, row["currency_of"], plain(row["total"]), row["records"])
        for row in rows
        for origin, destination in [row["keys"]]
        if row["currency_of"] and (origin or destination)
    ]
