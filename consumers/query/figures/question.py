"""Define which records a question with figures is about, and how they are grouped. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from consumers.query.figures.dimensions import key_expressions, key_parameters
from consumers.query.figures.periods import TOO_COARSE, Period, period_expression
from consumers.query.figures.themes import theme_expression
from consumers.query.views import to_datetime
from consumers.store.sql import EARLIEST_MS, FAR_FUTURE_MS

Clock = Literal["occurred", "reported", "recorded"]
CLOCKS: tuple[Clock, ...] = get_args(Clock)
Measure = Literal["records", "mass", "volume", "area", "pieces", "money", "usd"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
MONEY: frozenset[Measure] = frozenset({"money", "usd"})
"""Measures whose amounts have a currency."""
_MOMENTS: Mapping[Clock, str] = {
    "occurred": "occurred",
    "reported": "reported_at",
    "recorded": "recorded_at",
}


LAST_MONTH = 999_999
"""After every month, as year * 100 + month."""


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which records; empty and None mean any.

    `country`, `authority`: of the owner; `crime`: first digits of its ICCS code; `theme`: of the
    plan; `place`: a country or subdivision where it happened; `where`: values of marks of the
    payload by name, all in one line; `without_types`: types of event that do not count; `since`,
    `until`: by the clock of the question, ms since 1970 UTC, `until` exclusive.
    """

    type: str = ""
    country: str = ""
    authority: str = ""
    crime: str = ""
    theme: str = ""
    place: str = ""
    where: tuple[tuple[str, str], ...] = ()
    without_types: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of queries/counted_facts.sql that narrow it."""
        return {
            "type": self.type,
            "country": self.country,
            "authority": self.authority,
            "crime": self.crime,
            "theme": self.theme,
            "place": self.place,
            "where_names": [name for name, _value in self.where],
            "where_values": [value for _name, value in self.where],
            "without_types": list(self.without_types),
            "dated": int(self.since is not None or self.until is not None),
            "since": EARLIEST_MS if self.since is None else self.since,
            "until": FAR_FUTURE_MS if self.until is None else self.until,
            "first_month": 0 if self.since is None else _month_of(self.since),
            "last_month": LAST_MONTH if self.until is None else _month_of(self.until),
        }


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what figures are grouped: names of dimensions, and the periods of a clock."""

    by: tuple[str, ...] = ()
    period: Period = "none"
    clock: Clock = "occurred"

    def expressions(self) -> dict[str, str]:
        """Return the SQL of `<keys>`, `<payload_keys>`, `<moment>`, `<period>` and `<theme>`."""
        parts = {"moment": _MOMENTS[self.clock], "period": period_expression(self.period)}
        return {**key_expressions(self.by), **parts, "theme": theme_expression()}

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of queries/counted_facts.sql that group."""
        return {
            **key_parameters(self.by),
            "clock": self.clock,
            "coarse": sorted(TOO_COARSE[self.period]),
        }


def _month_of(moment: int) -> int:
    """Return the month of a moment (ms since 1970 UTC) as year * 100 + month."""
    at = to_datetime(min(max(moment, EARLIEST_MS), FAR_FUTURE_MS))
    return at.year * 100 + at.month
