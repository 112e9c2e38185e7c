"""Say which holidays a week has: those of the law, and feasts that move people and goods. Pure.

They are data, holidays.json: fixed days, days that depend on Easter, Mondays of Colombia's Ley
Emiliani, days that Ecuador moves to a Monday or a Friday, and Sundays that Bolivia makes up for.

A holiday marks its own week. One on a Monday or a Tuesday marks the week before, too, whose weekend
it lengthens; one from Friday to Sunday marks the week after. Weeks begin on Monday, so the week
that ends with Easter Sunday is Holy Week in every year.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

HOLIDAYS = Path(__file__).parent / "holidays.json"
Law = Literal["emiliani", "bolivia", "ecuador"]
FIRST_MONDAY = date(1900, 1, 1)
"""Weeks are counted from here, as in consumers.query.figures.periods."""
MEMBERS = frozenset({"BO", "CO", "EC", "PE"})
EARLY_DAYS, LATE_DAYS = (0, 1), (4, 5, 6)
WEEK_DAYS = 7
SUNDAY = 6
ECUADOR_MOVES = (0, -1, 2, 1, 0, -1, 1)
"""Days by which Ecuador moves a holiday, by weekday from Monday."""


class HolidayMark(NamedTuple):
    """What a week has of a holiday. `step`: 0 its day, -1 the week before it, 1 the week after.

    `name`: in Spanish.
    """

    name: str
    step: int


@dataclass(frozen=True, slots=True)
class Holiday:
    """An entry of holidays.json, which explains its keys. `name`: by language."""

    name: Mapping[str, str]
    countries: Sequence[str]
    easter: Sequence[int] = ()
    days: Sequence[str] = ()
    moved: Law | None = None
    since: int = 0


class HolidayDay(NamedTuple):
    """A day of a holiday."""

    day: date
    name: str


def week_of(day: date) -> int:
    """Return the number of the week in which a day lies."""
    return (day - FIRST_MONDAY).days // WEEK_DAYS


def monday_of(week: int) -> date:
    """Return the first day of a week."""
    return FIRST_MONDAY + timedelta(weeks=week)


class HolidayCalendar:
    """The marks of weeks at a place where these countries' holidays count."""

    def __init__(self, countries: frozenset[str]) -> None:
        """Take other countries than members for those without holidays."""
        self._countries = countries & MEMBERS

    def marks(self, week: int) -> frozenset[HolidayMark]:
        """Return the marks of a week."""
        monday = monday_of(week)
        years = {monday.year, (monday + timedelta(days=6)).year}
        around = (year for year in {*years, monday.year - 1, monday.year + 1})
        return frozenset(
            mark for year in around for mark in _marks_of_year(self._countries, year).get(week, ())
        )

    def weeks_with(self, mark: HolidayMark, first: int, last: int) -> list[int]:
        """Return the weeks from `first` to `last` that have a mark."""
        years = range(monday_of(first).year - 1, monday_of(last).year + 2)
        return sorted(
            {
                week
                for year in years
                for week, marks in _marks_of_year(self._countries, year).items()
                if mark in marks and first <= week <= last
            }
        )


@lru_cache(maxsize=512)
def _marks_of_year(countries: frozenset[str], year: int) -> Mapping[int, frozenset[HolidayMark]]:
    """Return the marks that the holidays of a year set, by week."""
    marks: dict[int, set[HolidayMark]] = {}
    for day, name in _holidays(countries, year):
        week = week_of(day)
        marks.setdefault(week, set()).add(HolidayMark(name, 0))
        if day.weekday() in EARLY_DAYS:
            marks.setdefault(week - 1, set()).add(HolidayMark(name, -1))
        if day.weekday() in LATE_DAYS:
            marks.setdefault(week + 1, set()).add(HolidayMark(name, 1))
    return {week: frozenset(of_week) for week, of_week in marks.items()}


def _holidays(countries: frozenset[str], year: int) -> Iterator[HolidayDay]:
    for holiday in _table():
        if countries.isdisjoint(holiday.countries) or year < holiday.since:
            continue
        days = [
            *(_easter(year) + timedelta(days=distance) for distance in holiday.easter),
            *(date.fromisoformat(f"{year}-{day}") for day in holiday.days),
        ]
        for day in days:
            yield HolidayDay(_moved(day, holiday.moved), holiday.name["es"])


def _moved(day: date, law: Law | None) -> date:
    """Return the day on which a holiday is kept."""
    if law is None:
        return day
    weekday = day.weekday()
    if law == "emiliani":
        return day + timedelta(days=-weekday % WEEK_DAYS)
    if law == "bolivia":
        return day + timedelta(days=weekday == SUNDAY)
    return day + timedelta(days=ECUADOR_MOVES[weekday])


def holiday_name(mark: HolidayMark, lang: str) -> str:
    """Name a holiday in a language."""
    return mark.name if lang == "es" else _english_names()[mark.name]


@lru_cache(maxsize=1)
def _english_names() -> Mapping[str, str]:
    return {holiday.name["es"]: holiday.name["en"] for holiday in _table()}


@lru_cache(maxsize=1)
def _table() -> list[Holiday]:
    table = json.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return [Holiday(**entry) for entry in table["holidays"]]


def _easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year.

    Source: J. Meeus, Astronomical Algorithms, 2nd edition, 1998, chapter 8.
    """
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leaps - correction + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
