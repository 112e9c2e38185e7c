"""Read numbers as people and systems write them. Pure."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from producers.mapping.about_numbers import (
    LOWER_END,
    UPPER_END,
    centre_and_margin,
    range_ends,
    strip_about,
)
from producers.mapping.money_text import (
    MoneyReading,
    make_amount,
    part_words_behind,
    read_money,
)
from producers.mapping.number_words import read_number_words
from producers.mapping.quantity_text import (
    FRACTION,
    QuantityText,
    make_quantity,
    part_quantity,
    read_fraction,
)
from schemas.i18n import UserMessage, _

AUTO = "auto"
"""In the place of a decimal mark: read only what can be read in one way."""
_SPACES = "\u00a0\u202f'\u2019"
_ONE_WAY = _("it can be read in one way only")
_IN_DOUBT = _("it can be read in two ways")
_LONGEST_FRACTION = 20  # characters
_DROPPED = str.maketrans(dict.fromkeys(f" {_SPACES}"))


class NumberReading(NamedTuple):
    """One way to read a text as a number, and why it is read so.

    `currency`: the ISO 4217 code that the text names, `unit`: the unit; empty where it names none.
    """

    value: float
    is_certain: bool
    why: UserMessage
    currency: str = ""
    unit: str = ""


class Estimate(NamedTuple):
    """Hold a number that its text says is not exact, an amount perhaps, and why it is in doubt."""

    value: float
    why: UserMessage


class DoubtfulNumberError(ValueError):
    """A text that is two numbers. `problem` names them, for users."""

    def __init__(self, readings: list[NumberReading]) -> None:
        """Take the readings, of which there are two."""
        first, second = (plain_text(reading.value) for reading in readings[:2])
        self.problem = _("it may be {first} or {second}", first=first, second=second)
        super().__init__(self.problem.in_language("en"))


def number_parser(mark: str) -> Callable[[str], float | Estimate]:
    """Compile what reads numbers with a decimal mark (`,`, `.` or AUTO), raising ValueError.

    The other mark, spaces and `'` may group thousands, one of them in one number. With AUTO a
    number that can be read in two ways raises DoubtfulNumberError. An amount whose text names its
    currency is a MoneyAmount, a quantity with its unit a MeasuredNumber. A number that is not
    exact, "aprox. 500", is an Estimate.
    """
    if mark == AUTO:
        return _read_certain
    read_plain = _parser_of(mark)

    def read_exact(written: str) -> list[NumberReading]:
        values = _values_by(mark)(written)
        if values:
            return [NumberReading(values[0], True, _ONE_WAY)]
        return _money_readings(read_money(written, _values_by(mark)), ())

    def read_quantity(written: str) -> list[NumberReading]:
        return _quantity_readings(written, read_exact) or read_exact(written)

    def read(written: str) -> float | Estimate:
        try:
            return read_plain(written)
        except ValueError:
            return _only(_with_doubts(written, read_quantity), written)

    return read


def number_readings(text: str) -> list[NumberReading]:
    """Give the ways to read a text as a number, the likeliest first; none if it is no number.

    1.234 is 1.234 or 1234. 1.234,5 and 1.23 can be read in one way only. An amount keeps its
    currency apart: "S/ 300" and "1.5 millones de soles". Spanish words are read: "mil quinientos".
    A number that is not exact is never certain: "aprox. 500", "más de 500"; of a range, its ends.
    A unit next to the number is kept apart: "12,5 kg".
    """
    return _with_doubts(text, _readings)


def _with_doubts(
    text: str, read_exact: Callable[[str], list[NumberReading]]
) -> list[NumberReading]:
    """Read a number next to which words may say that it is not exact."""
    for about in strip_about(text):
        if readings := read_exact(about.number_text):
            return [reading._replace(is_certain=False, why=about.why) for reading in readings]
        if ends := _ends(about.number_text, read_exact):
            return ends
    return read_exact(text) or _ends(text, read_exact)


def _ends(text: str, read_exact: Callable[[str], list[NumberReading]]) -> list[NumberReading]:
    """Read the ends of a range: the lower one is below the upper one."""
    if (parts := centre_and_margin(text)) is not None:
        centre, margin = (read_exact(part) for part in parts)
        if len(centre) != 1 or len(margin) != 1:
            return []
        value, width = centre[0].value, margin[0].value
        return [
            centre[0]._replace(value=end, is_certain=False, why=why)
            for end, why in ((value - width, LOWER_END), (value + width, UPPER_END))
        ]
    ends = range_ends(text)
    if ends is None:
        return []
    low, high = (read_exact(end) for end in ends)
    if len(low) != 1 or len(high) != 1 or not 0 <= low[0].value < high[0].value:
        return []
    currencies = {low[0].currency, high[0].currency} - {""}
    units = {low[0].unit, high[0].unit} - {""}
    if len(currencies) > 1 or len(units) > 1:
        return []
    currency, unit = next(iter(currencies), ""), next(iter(units), "")
    return [
        end[0]._replace(is_certain=False, why=why, currency=currency, unit=unit)
        for end, why in ((low, LOWER_END), (high, UPPER_END))
    ]


def _readings(text: str) -> list[NumberReading]:
    """Give the ways to read a text that is a number or a quantity."""
    return _quantity_readings(text, _exact_readings) or _exact_readings(text)


def _quantity_readings(
    text: str, read_exact: Callable[[str], list[NumberReading]]
) -> list[NumberReading]:
    """Read a fraction, or a number with its unit."""

    def read_number(number: str) -> list[NumberReading]:
        fraction = read_fraction(number)
        if fraction is None:
            return read_exact(number)
        value, is_sure = fraction
        return [NumberReading(value, is_sure, _ONE_WAY if is_sure else FRACTION)]

    quantity = part_quantity(text)
    if quantity is None:
        return read_number(text) if len(text) <= _LONGEST_FRACTION else []
    return _sum_up(quantity, read_number)


def _sum_up(
    quantity: QuantityText, read_number: Callable[[str], list[NumberReading]]
) -> list[NumberReading]:
    """Add the numbers of a quantity; one number may have several readings, many may not."""
    parts = [read_number(text) for text, _factor in quantity.numbers]
    times = read_number(quantity.factor_text) if quantity.factor_text else []
    if any(reading.currency for part in parts for reading in part):
        return []
    if len(parts) > 1 and any(len(part) != 1 for part in parts):
        return []
    factor = times[0].value if times else 1.0
    rest = sum(
        part[0].value * size
        for part, (_text, size) in zip(parts[1:], quantity.numbers[1:], strict=True)
    )
    return [
        reading._replace(
            value=round((reading.value + rest + quantity.more) * factor, 9),
            is_certain=reading.is_certain and quantity.why is None,
            why=quantity.why or reading.why,
            unit=quantity.unit,
        )
        for reading in parts[0]
    ]


def _exact_readings(text: str) -> list[NumberReading]:
    """Give the ways to read a text that is a number and nothing else.

    The same number in words behind it decides; another number there is a doubt.
    """
    digits, number = part_words_behind(text)
    if number is None:
        return _read_both_marks(text)
    readings = _read_both_marks(digits)
    equal = [reading for reading in readings if reading.value == number]
    if equal or not readings:
        return [reading._replace(is_certain=True, why=_ONE_WAY) for reading in equal[:1]]
    both = [*readings, NumberReading(number, False, _IN_DOUBT, readings[0].currency)]
    return [reading._replace(is_certain=False, why=_IN_DOUBT) for reading in both]


def _read_both_marks(text: str) -> list[NumberReading]:
    """Read digits with either decimal mark, and a currency."""
    values = [(mark, value) for mark in ".," for value in _values_by(mark)(text.strip())]
    distinct = dict.fromkeys(value for _mark, value in values)
    if len(distinct) > 1:
        return [
            NumberReading(value, False, _("`{mark}` may be the decimal mark", mark=mark))
            for mark, value in values
        ]
    if distinct:
        return [NumberReading(value, True, _ONE_WAY) for value in distinct]
    return _money_readings(read_money(text, _values_by(".")), read_money(text, _values_by(",")))


def _money_readings(
    by_point: Iterable[MoneyReading], by_comma: Iterable[MoneyReading]
) -> list[NumberReading]:
    """Join the readings of an amount by both decimal marks, each value once."""
    readings = list(dict.fromkeys([*by_point, *by_comma]))
    if len(readings) == 1:
        return [NumberReading(readings[0].value, True, _ONE_WAY, readings[0].currency)]
    return [NumberReading(value, False, _IN_DOUBT, currency) for value, currency in readings]


def plain_text(value: float) -> str:
    """Write a number without an exponent and without thousands: 1234.5."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _read_certain(written: str) -> float | Estimate:
    return _only(number_readings(written), written)


def _only(readings: list[NumberReading], written: str) -> float | Estimate:
    """Give the one reading of a text. Raises ValueError for none, DoubtfulNumberError for two."""
    if not readings:
        raise ValueError(written)
    if len(readings) > 1:
        raise DoubtfulNumberError(readings)
    reading = readings[0]
    amount = (
        make_quantity(reading.value, reading.unit)
        if reading.unit
        else make_amount(reading.value, reading.currency)
    )
    return amount if reading.is_certain else Estimate(amount, reading.why)


def _values_by(mark: str) -> Callable[[str], tuple[float, ...]]:
    """Give what reads digits with a decimal mark: as one value or none."""
    read = _parser_of(mark)

    def values(text: str) -> tuple[float, ...]:
        try:
            return (read(text),)
        except (ValueError, OverflowError):
            return ()

    return values


@cache
def _parser_of(mark: str) -> Callable[[str], float]:
    group = "." if mark == "," else ","
    separators = re.escape(f"{group} {_SPACES}")
    millions = rf"[1-9][0-9]{{0,2}}['\u2019][0-9]{{3}}{re.escape(group)}[0-9]{{3}}"
    """An apostrophe for the millions, as in Colombia and Peru: 1'500.000 and 1'500,000.00."""
    pattern = re.compile(
        rf"[+-]?(?:[0-9]+|[1-9][0-9]{{0,2}}([{separators}])[0-9]{{3}}(?:\1[0-9]{{3}})*|{millions})"
        rf"(?:{re.escape(mark)}[0-9]+)?|[+-]?{re.escape(mark)}[0-9]+"
    )

    def read(written: str) -> float:
        if len(written) < 16 and written.isascii() and written.isdigit():
            return float(written)
        if not pattern.fullmatch(written):
            in_words = read_number_words(written)
            if in_words is None:
                raise ValueError(written)
            return float(in_words)
        return float(written.translate(_DROPPED).replace(group, "").replace(mark, "."))

    return read
