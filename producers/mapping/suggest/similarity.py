"""Words of columns and of fields, made comparable."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from producers.mapping.place_codes import strip_accents
from producers.mapping.quantity_text import unit_words
from schemas import words
from schemas.i18n import LANGUAGES

_STOP = frozenset(
    {"de", "del", "la", "el", "los", "las", "of", "the", "y", "en", "a", "c", "al", "por", "con"}
)
_NUMERO = re.compile(r"\bN\.?\s*[°º]\.?|#", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b([A-Za-z])\.\s?(?=[A-Za-z]\b|\W|$)")
"""A point behind a letter that stands alone: D.N.I."""
_BETWEEN = re.compile(r"[_/@.:]")
"""What stands between words: also the point of a path of JSON."""
_INDEX = re.compile(r"\[\*\]")


@cache
def synonyms() -> Mapping[str, Any]:
    """Read the words that name fields; those of units are next to their quantities."""
    content = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))
    return {**content, "codes": {**content["codes"], "unit": unit_words()}}


@cache
def stems(name: str) -> frozenset[str]:
    """The words of a name, without endings of gender and number: NRO_SERIE -> {numer, seri}."""
    name = _ABBREVIATED.sub(r"\1", _NUMERO.sub("numero ", name))
    parted = _BETWEEN.sub(" ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    short = synonyms()["short"]
    words = [short.get(word, word) for word in strip_accents(re.sub(r"[()]", " ", parted)).split()]
    meaningful = [word for word in words if word not in _STOP] or words
    return frozenset(_stem(word) for word in meaningful)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeiou":
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "aoe" else word


@cache
def names_of(path: str) -> tuple[frozenset[str], ...]:
    """All names of a field, as stems: its own, its words in both languages, its synonyms."""
    bare = _INDEX.sub("", path)
    own = bare.rpartition(".")[2]
    texts = [own, *(words.field(bare, lang) for lang in LANGUAGES)]
    for end, more in synonyms()["fields"].items():
        if _ends(path, end):
            texts += more
    plain_names = {stems(text) for text in texts}
    around = [stems(words.field(record, lang)) for record in _records(bare) for lang in LANGUAGES]
    return tuple(
        (plain_names | {name | context for name in plain_names for context in around})
        - {frozenset()}
    )


def _records(path: str) -> list[str]:
    """The two records around a field: a column may name them too (MARCA_VEHICULO)."""
    parts = path.split(".")[:-1]
    return [".".join(parts[: len(parts) - at]) for at in range(min(2, len(parts)))]


def _ends(path: str, end: str) -> bool:
    return path == end or path.endswith(f".{end}") or _INDEX.sub("", path) == _INDEX.sub("", end)


@cache
def _all_words_of(path: str) -> frozenset[str]:
    return frozenset().union(*names_of(path))


def nearness(column: frozenset[str], path: str) -> float:
    """How near a column's words are to a field's names: 0 to 1."""
    return likeness(column, names_of(path)) if column & _all_words_of(path) else 0.0


def likeness(column: frozenset[str], names: tuple[frozenset[str], ...]) -> float:
    """How near a column's words are to the nearest of some names: 0 to 1."""
    return max(
        (2 * len(column & name) / (len(column) + len(name)) for name in names if column),
        default=0.0,
    )
