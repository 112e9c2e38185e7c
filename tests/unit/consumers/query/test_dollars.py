"""Totals in dollars: each part at the rate of its day; money without a rate stays as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from consumers.query.figures.dollars import Part, rate_parameters, to_money_rows
from schemas.measures.rates import RateTable

RATES = RateTable(
    {("COP", "2018-02-01"): "2844.14", ("COP", "2018-01-01"): "2984", ("PEN", "2018-03-01"): "3.2"}
)


def _row(currency_of: str, *parts: Part) -> dict[str, object]:
    return {"keys": [], "currency_of": currency_of, "parts": parts, "records": 1}


def test_each_part_has_the_rate_of_its_day() -> None:
    january, february = date(2018, 1, 31), date(2018, 2, 1)
    row = _row(
        "USD",
        ("COP", january, Decimal(2984)),
        ("COP", february, Decimal(2984)),
        ("USD", january, Decimal("0.5")),
    )
    (converted,) = to_money_rows([row], RATES)
    assert converted["total"] == Decimal(1) + Decimal("1.049175") + Decimal("0.5")


def test_money_without_a_rate_is_added_in_its_currency() -> None:
    days = date(2018, 1, 1), date(2018, 1, 2)
    row = _row("PEN", *(("PEN", day, Decimal("1.5")) for day in days))
    (converted,) = to_money_rows([row], RATES)
    assert (converted["currency_of"], converted["total"]) == ("PEN", Decimal(3))


def test_a_question_names_the_first_day_of_each_rate() -> None:
    assert rate_parameters(RATES) == {
        "rated_currencies": ["USD", "COP", "PEN"],
        "rated_since": ["", "2018-01-01", "2018-03-01"],
    }
    assert rate_parameters(RateTable({})) == {"rated_currencies": ["USD"], "rated_since": [""]}
