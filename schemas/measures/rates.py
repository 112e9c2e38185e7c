"""Convert money to US dollars by dated rates, which config announces.

A rate is what one US dollar costs in a currency, as central banks publish it. It holds from its day
until the day of the currency's next rate.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from schemas.codes import code_lists
from schemas.errors import ConfigRefusedError
from schemas.measures.units import DECIMALS

DOLLAR = "USD"
LARGEST = Decimal(10) ** 12
"""No currency has had so many units for a dollar and kept its name."""
LONGEST = 30
"""Characters of a rate."""
_ARITHMETIC = Context(prec=60, rounding=ROUND_HALF_EVEN)


class Rate(NamedTuple):
    """What one US dollar costs in a currency from a day on. `per_dollar`: a decimal."""

    currency: str
    day: str
    per_dollar: str


class RateProblem(StrEnum):
    """Why a rate cannot be."""

    CURRENCY = "no currency of ISO 4217"
    DOLLAR = "a dollar has no rate"
    DAY = "no day, as in 2018-06-30"
    NUMBER = "no number of units for a dollar, as in 2905.25"


def problem_of(rate: Rate) -> RateProblem | None:
    """Return why a rate cannot be; None where it can."""
    if rate.currency not in code_lists()["currency"].codes:
        return RateProblem.CURRENCY
    if rate.currency == DOLLAR:
        return RateProblem.DOLLAR
    if not _is_day(rate.day):
        return RateProblem.DAY
    return None if 0 < _decimal(rate.per_dollar) < LARGEST else RateProblem.NUMBER


def check_rate(rate: Rate) -> None:
    """Refuse a rate that cannot be. Raises ConfigRefusedError that says why."""
    problem = problem_of(rate)
    if problem is not None:
        raise ConfigRefusedError(f"{' '.join(rate)}: {problem}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _decimal(text: str) -> Decimal:
    """Read a decimal; 0 where it is none."""
    try:
        number = Decimal(text) if len(text) <= LONGEST and text.isascii() else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


class RateTable:
    """The rates of one moment of config."""

    def __init__(self, rates: Mapping[tuple[str, str], str]) -> None:
        """Order rates that `check_rate` passes. `rates`: per dollar, by currency and day."""
        self._days: dict[str, list[str]] = {}
        self._per_dollar: dict[str, list[Decimal]] = {}
        for (currency, day), per_dollar in sorted(rates.items()):
            self._days.setdefault(currency, []).append(day)
            self._per_dollar.setdefault(currency, []).append(Decimal(per_dollar))

    def __iter__(self) -> Iterator[tuple[str, str, Decimal]]:
        """Yield currency, day and rate, in this order."""
        for currency, days in self._days.items():
            for day, per_dollar in zip(days, self._per_dollar[currency], strict=True):
                yield currency, day, per_dollar

    def rate_on(self, currency: str, day: date) -> tuple[str, Decimal] | None:
        """Return the rate that holds on a day, after the day from which it holds; None if none."""
        days = self._days.get(currency, [])
        place = bisect_right(days, day.isoformat()) - 1
        return (days[place], self._per_dollar[currency][place]) if place >= 0 else None

    def to_dollars(self, amount: Decimal, currency: str, day: date) -> Decimal | None:
        """Convert an amount at the rate of a day, to six decimals; None where no rate is known."""
        if currency == DOLLAR:
            return amount
        rate = self.rate_on(currency, day)
        if rate is None:
            return None
        return _ARITHMETIC.quantize(_ARITHMETIC.divide(amount, rate[1]), DECIMALS)


class RateHistory:
    """The rates as config has had them: what was announced later is not known before."""

    def __init__(self, steps: Iterable[tuple[int, Mapping[tuple[str, str], str]]] = ()) -> None:
        """Take the rates with the moment from which each of them holds (ms since 1970 UTC)."""
        self._since: list[int] = []
        self._rates: list[Mapping[tuple[str, str], str]] = []
        self._tables: dict[int, RateTable] = {}
        for since, rates in steps:
            if not self._rates or rates != self._rates[-1]:
                self._since.append(since)
                self._rates.append(rates)

    def at(self, moment: int) -> RateTable:
        """Return the rates that were in effect at a moment (ms since 1970 UTC)."""
        step = bisect_right(self._since, moment) - 1
        if step not in self._tables:
            self._tables[step] = RateTable(self._rates[step] if step >= 0 else {})
        return self._tables[step]
