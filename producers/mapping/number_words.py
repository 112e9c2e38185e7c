"""Read whole numbers that are written in Spanish words: "mil quinientos", "veintidós". Pure.

The words are in number_words.toml.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import pairwise

_TABLE = tomllib.loads(
    (files("producers.mapping") / "number_words.toml").read_text(encoding="utf-8")
)
_VALUES: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_TABLE["small"], 1)},
    **{word: 10 * number for number, word in enumerate(_TABLE["tens"], 1)},
    **{word: 100 * number for number, word in enumerate(_TABLE["hundreds"], 1)},
    **{word: 100 * number for number, word in enumerate(_TABLE["feminine_hundreds"], 2)},
    **_TABLE["other_forms"],
}
_UNITS = [word for word, number in _VALUES.items() if number < 10]
_SCALES = ((("millones", "millon"), 1_000_000), (("mil",), 1_000))
_AND = re.compile(rf"\b({'|'.join(_TABLE['tens'])}) y (?=(?:{'|'.join(_UNITS)})\b)")
_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
_WITH_DIGITS = re.compile(r"(?P<words>[^()0-9]+)\((?P<digits>[0-9]{1,12})\)\s*")
"""A number in words, and the same in digits: TRES (03)."""
_LONGEST = 200
"""Characters; a longer text is a sentence, not a number."""


def read_number_words(text: str) -> int | None:
    """Read a whole number from 0 to below 10^12 in words; None for any other text.

    Capitals and accents do not matter, and old spellings such as "diez y seis" are read.
    """
    if len(text) > _LONGEST:
        return None
    if (match := _WITH_DIGITS.fullmatch(text)) is not None:
        number = read_number_words(match["words"])
        return number if number == int(match["digits"]) else None
    plain = " ".join(text.lower().translate(_ACCENTS).split())
    return 0 if plain == "cero" else _read(_AND.sub(r"\1 ", plain).split(), _SCALES)


def _read(words: Sequence[str], scales: Sequence[tuple[tuple[str, ...], int]]) -> int | None:
    """Read a number by the word of its largest scale: what stands before it, and behind it."""
    if not scales:
        return _below_thousand(words)
    names, factor = scales[0]
    at = next((index for index, word in enumerate(words) if word in names), None)
    if at is None:
        return _read(words, scales[1:])
    count = _read(words[:at], scales[1:]) if at else int(factor == 1_000)  # mil, un millón
    rest = _read(words[at + 1 :], scales[1:]) if words[at + 1 :] else 0
    return None if not count or rest is None else count * factor + rest


def _below_thousand(words: Sequence[str]) -> int | None:
    """Add hundreds, tens and units, in this order, each at most once; None for other words."""
    values = [_VALUES.get(word, 0) for word in words]
    if not values or not all(values):
        return None
    if any(second >= _room_behind(first) for first, second in pairwise(values)):
        return None
    return sum(values)


def _room_behind(value: int) -> int:
    """Say below which value the next word must be: tens follow hundreds, units follow tens."""
    if value >= 100:
        return 100
    return 10 if value % 10 == 0 else 0
