"""Convert totals of money to US dollars, at the rate of the day of each record. Pure.

The day is that of what happened, else that of the report. Money of a currency that has no rate for
the day stays in its currency, in a row of its own, so no amount is lost or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.measures.rates import DOLLAR, RateTable

Row = Mapping[str, Any]
Part = tuple[str, date, Decimal]
"""A currency, a day and an amount."""


def rate_parameters(rates: RateTable) -> dict[str, list[str]]:
    """Return the parameters of queries/totals_in_dollars.sql."""
    first_days: dict[str, str] = {DOLLAR: ""}
    for currency, day, _per_dollar in rates:
        first_days.setdefault(currency, day)
    return {"rated_currencies": list(first_days), "rated_since": list(first_days.values())}


def to_money_rows(rows: Sequence[Row], rates: RateTable) -> list[dict[str, Any]]:
    """Add up the parts of each row, so that rows are as those of queries/totals.sql."""
    return [{**row, "total": _total(row["currency_of"], row["parts"], rates)} for row in rows]


def _total(currency_of: str, parts: Iterable[Part], rates: RateTable) -> Decimal:
    if currency_of != DOLLAR:
        return sum((amount for _currency, _day, amount in parts), Decimal(0))
    return sum((_dollars(part, rates) for part in parts), Decimal(0))


def _dollars(part: Part, rates: RateTable) -> Decimal:
    currency, day, amount = part
    dollars = rates.to_dollars(amount, currency, day)
    if dollars is None:
        raise ValueError(f"{currency} has no rate for {day}")
    return dollars
