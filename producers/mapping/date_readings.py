"""Give every date that a written text can be, with its certainty and why. Pure.

This reads a text alone, without a mapping that names its format: for `quipu identify date`.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from producers.mapping.date_layout import DateLayout, compile_layout
from producers.mapping.date_words import tidy_date
from producers.mapping.dates import is_no_date
from producers.mapping.serial_dates import EPOCH, EPOCH_MS, EXCEL, SERIALS
from schemas.event.date_bounds import DateRole, bounds_of
from schemas.i18n import UserMessage, _

_LENGTHS = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 19}
_FURTHEST = timedelta(days=36_525)
"""Days from today beyond which a date is a slip."""
_SHORTEST = {EXCEL: 5, EPOCH: 9, EPOCH_MS: 12}
"""Digits of a serial number, at least: fewer are not likely a date."""
_SERIAL_WORDS: Mapping[str, UserMessage] = {
    EXCEL: _("days since 1900, as a spreadsheet counts"),
    EPOCH: _("seconds since 1970"),
    EPOCH_MS: _("milliseconds since 1970"),
}


class DateReading(NamedTuple):
    """One way to read a text as a date: ISO 8601 as far as it is known, and why it is read so."""

    value: str
    is_certain: bool
    why: UserMessage


def date_readings(text: str, today: date, role: DateRole = DateRole.ANY) -> list[DateReading]:
    """Give the ways to read a text as a date, the likeliest first; none if it is no date.

    A date is certain if it can be read in one way only and nothing of it was completed: neither a
    century nor a lost zero. `today` bounds years of two digits: no `role` but a validity is in the
    future.
    """
    written = " ".join(text.split())
    latest = today if role is DateRole.BIRTH else today + timedelta(days=1)
    readings = _readings(written, latest) or _readings(tidy_date(written), latest)
    first = bounds_of(role, today)[0].isoformat()
    last = (latest if role in (DateRole.BIRTH, DateRole.PAST) else today + _FURTHEST).isoformat()
    readings = [reading for reading in readings if first <= reading.value[:10] <= last]
    distinct = {reading.value: reading for reading in reversed(readings)}
    values = list(dict.fromkeys(reading.value for reading in readings))
    if len(values) == 1:
        return [distinct[values[0]]]
    ways = _("it can be read in {count} ways", count=len(values))
    return [DateReading(value, False, ways) for value in values]


def _readings(written: str, latest: date) -> list[DateReading]:
    return (
        _exact_readings(written, latest)
        or _short_readings(written, latest)
        or _serial_readings(written)
    )


def _exact_readings(written: str, latest: date) -> list[DateReading]:
    readings = []
    for layout in _layouts():
        moment = _read(layout.read, written, latest)
        if moment is None:
            continue
        is_short = layout.has_short_year
        why = (
            _("`{layout}`; the century is not written", layout=layout.text)
            if is_short
            else _("`{layout}`", layout=layout.text)
        )
        readings.append(DateReading(_as_text(moment, layout.precision), not is_short, why))
    return readings


def _short_readings(written: str, latest: date) -> list[DateReading]:
    return [
        DateReading(
            _as_text(moment, layout.precision),
            False,
            _("`{layout}`, without the zero that it lost", layout=layout.text),
        )
        for layout in _layouts()
        if not layout.has_short_year
        and (moment := _read(layout.read_short, written, latest)) is not None
    ]


def _serial_readings(written: str) -> list[DateReading]:
    readings = []
    for name, words in _SERIAL_WORDS.items():
        if len(written.partition(".")[0].lstrip("-")) < _SHORTEST[name]:
            continue
        try:
            moment, precision = SERIALS[name](written)
        except (ValueError, OverflowError):
            continue
        if not is_no_date(moment, DateRole.ANY):
            readings.append(DateReading(_as_text(moment, precision), False, words))
    return readings


def _read(read: Callable[[str, date], datetime], written: str, latest: date) -> datetime | None:
    try:
        moment = read(written, latest)
    except (ValueError, OverflowError):
        return None
    is_possible = moment.year >= 1800 and not is_no_date(moment, DateRole.ANY)
    return moment if is_possible else None


def _as_text(moment: datetime, precision: str) -> str:
    """Write a moment as far as it is known."""
    if precision == "second" and moment.microsecond:
        text = moment.isoformat(timespec="milliseconds")
    elif moment.tzinfo and _LENGTHS[precision] > _LENGTHS["day"]:
        text = moment.isoformat(timespec="seconds" if precision == "second" else "minutes")
    else:
        text = moment.isoformat()[: _LENGTHS[precision]]
    return text.replace("+00:00", "Z")


@cache
def _layouts() -> Sequence[DateLayout]:
    """Compile each format of date_layouts.toml: a day, what stands before it and behind it."""
    content = tomllib.loads(Path(__file__).with_name("date_layouts.toml").read_text("utf-8"))
    spelled = map("".join, product(content["weekdays"], content["spelled"]))
    timed = map("".join, product((*content["days"], *spelled), content["times"]))
    times_first = map("".join, product(content["times_first"], content["numbers"]))
    return [compile_layout(layout) for layout in (*timed, *times_first, *content["partial"])]
