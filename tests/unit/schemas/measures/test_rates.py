"""A rate holds from its day until the next one; config takes none that cannot be."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigRefusedError
from schemas.exchange_config import ConfigView, apply
from schemas.measures.rates import Rate, RateTable, check_rate

FIRST = date(2018, 1, 1)
RATES = {
    ("COP", "2018-01-01"): "2984.00",
    ("COP", "2018-02-01"): "2844.14",
    ("PEN", "2018-01-15"): "3.217",
}


@pytest.mark.parametrize(
    ("currency", "day", "dollars"),
    [
        ("COP", "2018-01-01", "1"),
        ("COP", "2018-01-31", "1"),
        ("COP", "2018-02-01", "1.049175"),
        ("COP", "2026-11-29", "1.049175"),
        ("COP", "2017-12-31", None),
        ("PEN", "2018-01-15", "927.572272"),
        ("USD", "1999-01-01", "2984"),
        ("BOB", "2018-01-15", None),
    ],
)
def test_money_is_converted_at_the_rate_of_its_day(
    currency: str, day: str, dollars: str | None
) -> None:
    converted = RateTable(RATES).to_dollars(Decimal(2984), currency, date.fromisoformat(day))
    assert converted == (None if dollars is None else Decimal(dollars))


@given(
    st.dictionaries(st.integers(0, 60), st.integers(1, 10_000), max_size=12), st.integers(-5, 70)
)
def test_the_rate_of_a_day_is_the_newest_that_is_not_later(
    rates: dict[int, int], after: int
) -> None:
    by_day = {FIRST + timedelta(days): rate for days, rate in rates.items()}
    table = RateTable({("BOB", day.isoformat()): str(rate) for day, rate in by_day.items()})
    day = FIRST + timedelta(after)
    earlier = [known for known in by_day if known <= day]
    expected = (max(earlier).isoformat(), Decimal(by_day[max(earlier)])) if earlier else None
    assert table.rate_on("BOB", day) == expected
    assert len(list(table)) == len(rates)


@pytest.mark.parametrize(
    ("rate", "reason"),
    [
        (Rate("XYZ", "2018-01-01", "3"), "no currency"),
        (Rate("USD", "2018-01-01", "1"), "a dollar has no rate"),
        (Rate("COP", "2018-02-30", "3000"), "no day"),
        (Rate("COP", "20180101", "3000"), "no day"),
        (Rate("COP", "2018-01-01", "0"), "no number"),
        (Rate("COP", "2018-01-01", "-3000"), "no number"),
        (Rate("COP", "2018-01-01", "NaN"), "no number"),
        (Rate("COP", "2018-01-01", "Infinity"), "no number"),
        (Rate("COP", "2018-01-01", "1e400"), "no number"),
        (Rate("COP", "2018-01-01", "3 000"), "no number"),
        (Rate("COP", "2018-01-01", "٣٠٠٠"), "no number"),
        (Rate("COP", "2018-01-01", "9" * 40), "no number"),
    ],
)
def test_what_is_no_rate_is_refused(rate: Rate, reason: str) -> None:
    with pytest.raises(ConfigRefusedError, match=reason):
        check_rate(rate)


def test_config_keeps_the_newest_rate_of_a_day_and_refuses_an_entry_whole() -> None:
    def entry(*rates: Rate) -> dict[str, object]:
        return {"source": "made up", "rates": [rate._asdict() for rate in rates]}

    first = entry(Rate("COP", "2018-01-01", "2984"), Rate("PEN", "2018-01-01", "3.2"))
    view = apply(ConfigView(), "ExchangeRates", first)
    view = apply(view, "ExchangeRates", entry(Rate("COP", "2018-01-01", "2985")))
    assert view.rates == {("COP", "2018-01-01"): "2985", ("PEN", "2018-01-01"): "3.2"}
    with pytest.raises(ConfigRefusedError):
        apply(view, "ExchangeRates", entry(Rate("COP", "2018-01-02", "1"), Rate("COP", "x", "1")))
