"""Part quantities as people write them into numbers and a unit: "12,5 kg", "2 kilos y medio". Pure.

The words are in unit_words.toml. A unit of several sizes, such as the libra, is a doubt.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from producers.mapping.money_text import fold_money
from schemas.i18n import UserMessage, _
from schemas.measures.units import UNITS

LONGEST = 80  # characters: beyond, it is a sentence
PIECES = "pieces"
"""The measure of the units that only count."""
SEVERAL_SIZES = _("its unit has several sizes")
EACH_HOLDS = _("it is a count times what each of them holds")
FRACTION = _("it is written as a fraction")
_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    (files("producers.mapping") / "unit_words.toml").read_text(encoding="utf-8")
)
_PARTS = {"MEDIO": 0.5, "MEDIA": 0.5, "UN CUARTO": 0.25, "TRES CUARTOS": 0.75}
_DOZENS = {"UNA DOCENA": 12.0, "MEDIA DOCENA": 6.0}
_UNIT_SIGN = re.compile(r"[^\W\d_]|[%@]")
_FRACTION = re.compile(r"(?:([0-9]{1,6}) )?([1-9])\s?([/\u2044])\s?([234568])")
_VULGAR = re.compile("(?<=[0-9])(?=[\u00bc-\u00be\u2150-\u215e])")
"""Between a whole number and the sign of a fraction: 2½."""
_EXPONENT = re.compile(r"([1-9])[.,]([0-9]{1,15})E\+?([0-9]{1,2})")


class QuantityText(NamedTuple):
    """Hold the numbers of a quantity, each with what one of them is in `unit`.

    `unit`: its code; a word of the language where the list has none. `factor_text`: how many times
    the quantity is there. `why`: why it is in doubt, None where it is not.
    """

    numbers: tuple[tuple[str, float], ...]
    unit: str
    more: float = 0.0
    factor_text: str = ""
    why: UserMessage | None = None


class MeasuredNumber(float):
    """A number whose text names its unit."""

    unit: str = ""


def make_quantity(value: float, unit: str) -> MeasuredNumber:
    """Give a number its unit."""
    quantity = MeasuredNumber(value)
    quantity.unit = unit
    return quantity


def part_quantity(written: str) -> QuantityText | None:
    """Part a quantity into its numbers and its unit; None where no unit is next to a number.

    "12 kg 500 g" is one quantity, in its larger unit; "3 sacos de 50 kg" are three times 50 kg.
    """
    if len(written) > LONGEST or not _UNIT_SIGN.search(written):
        return None
    text = fold_money(_VULGAR.sub(" ", written)).strip(" .")
    return _two_units(text) or _count_of_quantities(text) or _one_unit(text)


def read_fraction(written: str) -> tuple[float, bool] | None:
    """Read "2 1/2", "½", "medio" or 1.25E+02, and whether it is sure; None for any other."""
    text = fold_money(_VULGAR.sub(" ", written)).strip(" .")
    if (value := _PARTS.get(text) or _DOZENS.get(text)) is not None:
        return value, True
    if (match := _EXPONENT.fullmatch(text)) is not None:
        decimals, exponent = match[2], int(match[3])
        is_whole = len(decimals) >= exponent  # else a spreadsheet dropped digits
        return (float(f"{match[1]}.{decimals}E{exponent}"), True) if is_whole else None
    match = _FRACTION.fullmatch(text)
    if match is None or int(match[2]) >= int(match[4]):
        return None
    return int(match[1] or 0) + int(match[2]) / int(match[4]), match[3] != "/"


def unit_words() -> Mapping[str, list[str]]:
    """Give the words of each code of the list `unit`."""
    return {
        code: [*words, *_TABLE["doubtful"].get(code, ())] for code, words in _TABLE["codes"].items()
    }


def counts_pieces(unit: str) -> bool:
    """Tell whether a unit only counts."""
    return unit in UNITS and UNITS[unit].measure == PIECES


def count_text(written: str) -> str:
    """Give the number of a count, such as "15 unidades"; empty for what is none."""
    quantity = part_quantity(written)
    if quantity is None or quantity.more or not counts_pieces(quantity.unit):
        return ""
    return quantity.numbers[0][0]


def _one_unit(text: str) -> QuantityText | None:
    match = _behind().fullmatch(text)
    if match is None:
        front = _front().fullmatch(text)
        return _quantity(((front["number"], 1.0),), front["unit"]) if front is not None else None
    number, more = match["number"].strip(), _PARTS.get(match["more"] or "", 0.0)
    if not number and not more:
        return None
    return _quantity(((number or "1", 1.0),), match["unit"], more)


def _two_units(text: str) -> QuantityText | None:
    """Read "12 kg 500 g": a smaller unit of the same measure adds to the larger one."""
    match = _pair().fullmatch(text)
    if match is None:
        return None
    units = _units_of()
    large, small = (UNITS.get(units[match[name]][0]) for name in ("unit", "small"))
    if large is None or small is None or large.measure != small.measure:
        return None
    if large.factor <= small.factor:
        return None
    numbers = ((match["number"], 1.0), (match["rest"], float(small.factor / large.factor)))
    return _quantity(numbers, match["unit"])


def _count_of_quantities(text: str) -> QuantityText | None:
    """Read "3 sacos de 50 kg", where what is counted are pieces."""
    match = _each().fullmatch(text)
    if match is None or not counts_pieces(_units_of()[match["pieces"]][0]):
        return None
    inner = _one_unit(match["each"])
    if inner is None or counts_pieces(inner.unit):
        return None
    return inner._replace(factor_text=match["number"], why=EACH_HOLDS)


def _quantity(numbers: tuple[tuple[str, float], ...], word: str, more: float = 0.0) -> QuantityText:
    unit, is_sure = _units_of()[word]
    return QuantityText(
        tuple((text.strip(), factor) for text, factor in numbers),
        unit,
        more,
        why=None if is_sure else SEVERAL_SIZES,
    )


@cache
def _units_of() -> Mapping[str, tuple[str, bool]]:
    """Give the unit of each word, and whether it has one size."""
    return {
        word: (unit, table != "doubtful")
        for table in ("codes", "doubtful", "others")
        for unit, words in _TABLE[table].items()
        for word in words
    }


def _unit(name: str, without: Collection[str] = ()) -> str:
    words = sorted(_units_of().keys() - set(without), key=len, reverse=True)
    return rf"(?<![A-Z])(?P<{name}>{'|'.join(map(re.escape, words))})(?![A-Z0-9])\.?"


@cache
def _behind() -> re.Pattern[str]:
    """Compile a number and its unit, and what it is a quantity of: "12 kilos de marihuana"."""
    parts = "|".join(_PARTS)
    return re.compile(
        rf"(?P<number>.*?)\s*\(?{_unit('unit')}\)?(?: Y (?P<more>{parts}))?"
        r"(?: DE [A-Z][A-Z ,.]*)?"
    )


@cache
def _front() -> re.Pattern[str]:
    unit = _unit("unit", _TABLE["behind"]["only"])
    return re.compile(rf"{unit}\s*[:=]?\s*(?P<number>[0-9].*)")


@cache
def _pair() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<number>[0-9][0-9.,]*)\s*{_unit('unit')}(?:\s*,)?(?: (?:Y|CON|MAS))?\s*"
        rf"(?P<rest>[0-9][0-9.,]*)\s*{_unit('small')}"
    )


@cache
def _each() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<number>[0-9]+)\s*{_unit('pieces')}\s+(?:DE|C/U DE|CADA UNO DE|CON|X)\s+"
        r"(?P<each>[0-9].*?)(?: (?:C/U|CADA UNO|CADA UNA))?"
    )
