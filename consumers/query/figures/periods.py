"""Number the periods of a calendar, in UTC. Pure.

A period is numbered by whole numbers without gaps, so that the period before, and that of a year
before, are found by subtraction. `period_expression` numbers them in the same way.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args

Period = Literal["none", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

FIRST_MONDAY = date(1900, 1, 1)
"""Weeks are counted from here."""
FIRST_MONDAY_MS = -2_208_988_800_000
WEEK_MS = 7 * 86_400_000
_YEARS_BACK: dict[Period, int] = {"none": 0, "week": 52, "month": 12, "quarter": 4, "year": 1}
TOO_COARSE: dict[Period, frozenset[str]] = {
    "none": frozenset(),
    "week": frozenset({"year", "month", "unknown"}),
    "month": frozenset({"year", "unknown"}),
    "quarter": frozenset({"year", "unknown"}),
    "year": frozenset({"unknown"}),
}
"""Precisions of a date that do not say in which period it lies."""


_EXPRESSIONS: dict[Period, str] = {
    "none": "NULL",
    "week": f"intDiv(toUnixTimestamp64Milli(moment) + {-FIRST_MONDAY_MS}, {WEEK_MS})",
    "month": "toYear(moment) * 12 + toMonth(moment) - 1",
    "quarter": "toYear(moment) * 4 + toQuarter(moment) - 1",
    "year": "toYear(moment)",
}


def period_expression(period: Period) -> str:
    """Return the SQL of the number of the period of `moment`, a DateTime64(3) since 1900."""
    return _EXPRESSIONS[period]


def period_number(at: datetime, period: Period) -> int | None:
    """Return the number of the period in which a moment lies; None without periods."""
    day = at.astimezone(UTC).date()
    if period == "none":
        return None
    if period == "week":
        return (day - FIRST_MONDAY).days // 7
    months = day.year * 12 + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[period]


def period_begin(number: int | None, period: Period) -> date | None:
    """Return the first day of a period; None where there is no period, or it is unknown."""
    if number is None or period == "none":
        return None
    if period == "week":
        return FIRST_MONDAY + timedelta(weeks=number)
    year, month = divmod(number * {"month": 1, "quarter": 3, "year": 12}[period], 12)
    return date(year, month + 1, 1)


def year_before(number: int, period: Period) -> int:
    """Return the same period of the year before; of a week, 52 weeks before."""
    return number - _YEARS_BACK[period]


def periods_of_year(period: Period) -> int:
    """Return how many periods lie between one and the same of the year before."""
    return _YEARS_BACK[period]
