"""Read numbers as people and systems write them. Pure."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from schemas.i18n import UserMessage, _

AUTO = "auto"
"""In the place of a decimal mark: read only what can be read in one way."""
_SPACES = "\u00a0\u202f'\u2019"
_DROPPED = str.maketrans(dict.fromkeys(f" {_SPACES}"))


class NumberReading(NamedTuple):
    """One way to read a text as a number, and why it is read so."""

    value: float
    is_certain: bool
    why: UserMessage


class DoubtfulNumberError(ValueError):
    """A text that is two numbers. `problem` names them, for users."""

    def __init__(self, readings: list[NumberReading]) -> None:
        """Take the readings, of which there are two."""
        first, second = (plain_text(reading.value) for reading in readings[:2])
        self.problem = _("it may be {first} or {second}", first=first, second=second)
        super().__init__(self.problem.in_language("en"))


def number_parser(mark: str) -> Callable[[str], float]:
    """Compile what reads numbers with a decimal mark (`,`, `.` or AUTO), raising ValueError.

    The other mark, spaces and `'` may group thousands, one of them in one number. With AUTO a
    number that can be read in two ways raises DoubtfulNumberError.
    """
    return _read_certain if mark == AUTO else _parser_of(mark)


def number_readings(text: str) -> list[NumberReading]:
    """Give the ways to read a text as a number, the likeliest first; none if it is no number.

    1.234 is 1.234 or 1234. 1.234,5 and 1.23 can be read in one way only.
    """
    values = [(mark, value) for mark in ".," if (value := _value_or_none(mark, text)) is not None]
    distinct = dict.fromkeys(value for _mark, value in values)
    if len(distinct) > 1:
        return [
            NumberReading(value, False, _("`{mark}` may be the decimal mark", mark=mark))
            for mark, value in values
        ]
    return [NumberReading(value, True, _("it can be read in one way only")) for value in distinct]


def plain_text(value: float) -> str:
    """Write a number without an exponent and without thousands: 1234.5."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _read_certain(written: str) -> float:
    readings = number_readings(written)
    if not readings:
        raise ValueError(written)
    if len(readings) > 1:
        raise DoubtfulNumberError(readings)
    return readings[0].value


def _value_or_none(mark: str, text: str) -> float | None:
    try:
        return _parser_of(mark)(text.strip())
    except (ValueError, OverflowError):
        return None


@cache
def _parser_of(mark: str) -> Callable[[str], float]:
    group = "." if mark == "," else ","
    separators = re.escape(f"{group} {_SPACES}")
    pattern = re.compile(
        rf"[+-]?(?:[0-9]+|[1-9][0-9]{{0,2}}([{separators}])[0-9]{{3}}(?:\1[0-9]{{3}})*)"
        rf"(?:{re.escape(mark)}[0-9]+)?"
    )

    def read(written: str) -> float:
        if len(written) < 16 and written.isascii() and written.isdigit():
            return float(written)
        if not pattern.fullmatch(written):
            raise ValueError(written)
        return float(written.translate(_DROPPED).replace(group, "").replace(mark, "."))

    return read
