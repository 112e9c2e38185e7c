"""Read free text as a set of terms, and numbers with units as measures."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

MOST_TERMS = 60
"""Terms of one text that are compared."""
LONGEST_TEXT = 4_000
"""Characters of one text that are read."""
_WORD = re.compile("[a-z]{3,}|[0-9]{2,}")
_ROMAN = re.compile(r"\b(?:siglos?|s|c)\.?\s*((?:[ivx]+)(?:\s*(?:-|y|al|a|/)\s*[ivx]+)?)\b")
_YEAR = re.compile(r"\b(1[4-9]|20)[0-9]{2}\b")
_ROMAN_VALUES: Mapping[str, int] = {"i": 1, "v": 5, "x": 10}
_IDLE = frozenset(
    json.loads((Path(__file__).parent / "idle_words.json").read_text(encoding="utf-8"))
)
_MILLIMETRES: Mapping[str, float] = {"mm": 1, "cm": 10, "m": 1_000, "in": 25.4, "ft": 304.8}
_GRAMS: Mapping[str, float] = {"g": 1, "kg": 1_000, "lb": 453.59237, "oz": 28.349523125}


def fold_text(text: str) -> str:
    """Return a text in small ASCII letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower())
    return decomposed.encode("ascii", "ignore").decode()


def terms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """List the terms of some texts, sorted, each once: words without gender and number."""
    terms = {
        stem(word) for text in texts for word in _WORD.findall(fold_text(text)) if word not in _IDLE
    }
    return tuple(sorted(terms)[:MOST_TERMS])


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Take plural and gender from a Spanish word: doradas, dorado and dorada are one term.

    A stemmer of a library may change with its version; a link must not.
    """
    if word[0].isdigit():
        return word
    for ending in ("es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) >= 5 and word[-1] in "aoe" else word


def centuries_of(text: str) -> tuple[int, ...]:
    """List the centuries that a period names, sorted: siglo XVIII, s. XVI-XVII, 1762."""
    folded = fold_text(text)
    centuries = {int(match[0]) // 100 + 1 for match in _YEAR.finditer(folded)}
    for match in _ROMAN.finditer(folded):
        numerals = [_value_of(part) for part in re.findall("[ivx]+", match[1])]
        centuries.update(range(min(numerals), max(numerals) + 1))
    return tuple(sorted(century for century in centuries if 1 <= century <= 21))


def _value_of(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    later = [*values[1:], 0]
    return sum(
        -value if value < behind else value for value, behind in zip(values, later, strict=True)
    )


def in_base_unit(dimension: str, value: float, unit: str) -> float | None:
    """Convert to millimetres, or to grams for WEIGHT; None where the unit does not fit."""
    factor = (_GRAMS if dimension == "WEIGHT" else _MILLIMETRES).get(unit)
    return None if factor is None or value <= 0 else round(value * factor, 3)
