"""Read amounts as people write them: with a currency, in millions, in brackets. Pure.

The words are in money_words.toml. What can be meant in two ways has two readings: a sum in brackets
may be less than nothing, and 5 M may be thousands or millions. "$" is of several currencies, so it
names none.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from producers.mapping.number_words import read_number_words

LONGEST = 60  # characters: beyond, it is a text
_TABLE = tomllib.loads(
    (files("producers.mapping") / "money_words.toml").read_text(encoding="utf-8")
)
_DIGIT = re.compile("[0-9]")
_DASHES = str.maketrans(dict.fromkeys("\u2212\u2013\u2012\u2010\u2011", "-"))
_BRACKETED = re.compile(r"\((.*)\)")
_NO_CENTS = re.compile(r"[.,]\s?[-=]+$|=+$|\s*\([^0-9()]*\)$")
"""What stands for no cents on a voucher, 500.- and 500=, and the sum in words."""
_WORDS_BEHIND = re.compile(r"(.*[0-9][^0-9(]*)\(([^0-9()]+)\)")
"""The sum in words behind a sum in digits."""
_POINT_AND_DASH = re.compile(r"^(BS|S/|\$)\s?\.?-\s+(?=[0-9])")
"""Bs.- before an amount, which is no minus."""
_GLUED_DASH = re.compile(r"^(?:BS|S/|\$)\.-(?=[0-9])")
_LETTER_CENTS = re.compile(r"(?<=[0-9][.,])OO\b")
"""Letters for the zeros of the cents: 1.500.000,oo"""

ReadPlain = Callable[[str], Iterable[float]]
"""Gives the values that plain digits with their separators may be."""


class MoneyAmount(float):
    """An amount whose text names its currency (ISO 4217)."""

    currency: str = ""


def make_amount(value: float, currency: str) -> float:
    """Give an amount its currency; a number where the text names none."""
    if not currency:
        return value
    amount = MoneyAmount(value)
    amount.currency = currency
    return amount


class MoneyReading(NamedTuple):
    """Hold one value that an amount may be, and its currency; empty where none is named."""

    value: float
    currency: str


def read_money(written: str, read_plain: ReadPlain) -> list[MoneyReading]:
    """Give what an amount may be, the likeliest first; nothing where it is no single amount.

    `read_plain` reads the digits in it.
    """
    text = fold_money(written)
    if not _DIGIT.search(text):
        return _read_in_words(text)
    if len(text) > LONGEST:
        return []
    stripped = _strip(text)
    if stripped is None:
        return []
    values = dict.fromkeys(
        value * sign for value in _values(stripped.number, read_plain) for sign in stripped.signs
    )
    return [MoneyReading(value, stripped.currency) for value in values]


def _read_in_words(text: str) -> list[MoneyReading]:
    """Read a sum in words with its currency: VEINTICINCO MIL SOLES, UN MILLON DE PESOS."""
    number_text, names = _strip_words(text)
    number, currencies = read_number_words(number_text), set(names) - {""}
    if number is None or not names or len(currencies) > 1:
        return []
    return [MoneyReading(float(number), next(iter(currencies), ""))]


def part_words_behind(written: str) -> tuple[str, float | None]:
    """Part 500 (QUINIENTOS) into its digits and the number in words; None where it has none."""
    match = _WORDS_BEHIND.fullmatch(fold_money(written)) if "(" in written else None
    number = read_number_words(_strip_words(match[2].strip())[0]) if match is not None else None
    if match is None or number is None:
        return written, None
    return match[1].strip(), float(number)


def find_currency(written: str) -> str:
    """Name the one currency that a text names, with or without an amount; empty where none."""
    text = fold_money(written)
    if len(text) > LONGEST:
        return ""
    if not _DIGIT.search(text):
        sums = _read_in_words(text)
        return sums[0].currency if sums else _currency_of().get(text.strip(), "")
    stripped = _strip(text)
    return "" if stripped is None else stripped.currency


def fold_money(written: str) -> str:
    """Write an amount in capitals without accents; the signs of currencies stay."""
    text = unicodedata.normalize("NFKD", written.translate(_DASHES)).upper()
    return " ".join("".join(sign for sign in text if not unicodedata.combining(sign)).split())


class _Stripped(NamedTuple):
    """Hold an amount without its signs. `signs`: 1, -1, or both where that is in doubt."""

    number: str
    currency: str
    signs: tuple[int, ...]


def _strip(text: str) -> _Stripped | None:
    """Take currency, sign and idle words from an amount; None where two currencies are named."""
    currencies: set[str] = set()
    signs: tuple[int, ...] = (1,)
    left = _NO_CENTS.sub("", _POINT_AND_DASH.sub(r"\1 ", _LETTER_CENTS.sub("00", text)))
    if _GLUED_DASH.match(left):
        left, signs = left.replace(".-", ". ", 1), (-1, 1)
    while True:
        before = left
        left, names = _strip_words(left)
        currencies.update(names)
        if (match := _BRACKETED.fullmatch(left)) is not None:
            left, signs = match[1].strip(), (-1, 1)
        elif left.startswith("-") and signs == (1,):
            left, signs = left[1:].strip(), (-1,)
        elif left.endswith("-") and signs == (1,):
            left, signs = left[:-1].strip(), (-1, 1)
        left = _NO_CENTS.sub("", left)
        if left == before:
            break
    named = currencies - {""}
    if len(named) > 1:
        return None
    return _Stripped(left.removeprefix("+").strip(), next(iter(named), ""), signs)


def _strip_words(text: str) -> tuple[str, list[str]]:
    """Take one name of a currency, or an idle word, from each end."""
    names = []
    if (match := _front().match(text)) is not None:
        text = text[match.end() :]
        names.append(_currency_of()[match[1]])
    if (match := _behind().search(text)) is not None:
        text = text[: match.start()]
        names.append(_currency_of()[match[1]])
    return text.strip(), names


def _values(text: str, read_plain: ReadPlain) -> Iterator[float]:
    """Yield what a number with its multipliers may be: "2 MILLONES 500 MIL" is one sum."""
    parts = list(_part().finditer(text))
    if not parts or "".join(part[0] for part in parts) != text:
        yield from _plain_values(text, read_plain)
        return
    sums: list[tuple[float, float]] = [(0.0, float("inf"))]
    for part in parts:
        factors = _TABLE["multipliers"].get(part[2] or "", [1.0])
        values = list(_plain_values(part[1].strip(), read_plain))
        sums = [
            (total + value * factor, factor)
            for total, above in sums
            for value in values
            for factor in factors
            if value * factor < above
        ]
    yield from (_rounded(total) for total, _factor in sums)


def _rounded(value: float) -> float:
    """Drop the noise of a multiplication: 4.35 millions are 4350000."""
    return round(value, 6)


def _plain_values(text: str, read_plain: ReadPlain) -> Iterable[float]:
    return read_plain(text) if text and _DIGIT.match(text) else ()


@cache
def _currency_of() -> Mapping[str, str]:
    """Give the currency of each name and code; empty for a name that several share."""
    names = {name: code for code, row in _TABLE["currencies"].items() for name in row}
    shared = dict.fromkeys([*_TABLE["shared"]["signs"], *_TABLE["idle"]["words"]], "")
    return {**shared, **names}


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


@cache
def _front() -> re.Pattern[str]:
    """Compile what stands before an amount; a word ends where its letters end."""
    return re.compile(rf"({_alternatives(_currency_of())})(?<![A-Z](?=[A-Z]))\.?\s*[:=]?\s*")


@cache
def _behind() -> re.Pattern[str]:
    """Compile what stands behind an amount."""
    return re.compile(
        rf"(?:(?<![A-Z])\s*(?:DE\s+)?|\s+(?:DE\s+)?)({_alternatives(_currency_of())})\.?$"
    )


@cache
def _part() -> re.Pattern[str]:
    """Compile a number with the word that multiplies it."""
    words = _alternatives(_TABLE["multipliers"])
    return re.compile(rf"([0-9][0-9.,' ]*?)\s*(?:({words})\b\.?(?:\s+|$)|$)")
