"""Say in which countries a place lies: their holidays count there. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from consumers.query.bursts.calendar_weeks import MEMBERS, HolidayCalendar
from consumers.query.bursts.detection import SeriesKey
from schemas.codes import code_lists


@cache
def countries_of_crossings() -> Mapping[str, frozenset[str]]:
    """Return the countries of each crossing, which the words of its code name: Kasani (BO–PE)."""
    return {
        code: frozenset(re.findall(r"[A-Z]{2}", words["en"].rpartition("(")[2]))
        for code, words in code_lists()["crossing"].codes.items()
    }


def countries_of(key: SeriesKey) -> frozenset[str]:
    """Return the countries of a series' place; all members for a crossing without a code."""
    if key.dimension == "crossing":
        return countries_of_crossings().get(key.place, MEMBERS)
    return frozenset({key.place.partition("-")[0]})


@cache
def calendar_at(countries: frozenset[str]) -> HolidayCalendar:
    """Return the calendar of the holidays of these countries."""
    return HolidayCalendar(countries)
