"""Read makes: one name for all spellings of a maker, without what is written next to it.

The names are in makes.json, with the words that are no part of a make: legal forms (S.A., LTDA),
countries, kinds of weapons, models.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from schemas.normalise.calibre import CACHED, is_calibre
from schemas.normalise.makes_and_calibres import alphanumeric
from schemas.normalise.misspelling import misspelt_names
from schemas.normalise.nothing import find_nothing_folded, fold

LONGEST = 80  # characters: beyond, it is a text
_SHORTEST = 3  # letters of a make that is not in the table
_LONGEST_CODE = 2  # letters of a model's code before its number
_SHORTEST_PART = 5  # letters of a word that stands for a make of several words
_SHORTEST_INSIDE = 4  # letters of a make of the table that other words stand before

_TABLE = json.loads((Path(__file__).parent / "makes.json").read_text(encoding="utf-8"))
_POINTED = re.compile(r"\b([A-Z])\.(?=[A-Z]\b)")
_BRACKETS = re.compile(r"[(\[](?![A-Z]{2}[)\]])[^)\]]*[)\]]?")
_TOKEN = re.compile("[A-Z0-9&]+")
_DIGIT = re.compile("[0-9]")
_LABELS = frozenset(_TABLE["labels"])
_IDLE = frozenset([*_TABLE["legal_forms"], *_TABLE["origins"], *_TABLE["types"]])
_IMITATION = frozenset(_TABLE["imitation"])
_BEHIND = frozenset(_TABLE["behind"])
_MODELS = frozenset(_TABLE["models"])


class MakeReading(NamedTuple):
    """Hold the makes that a text may name; none where it names nobody. `certain`: it is one."""

    names: tuple[str, ...]
    certain: bool


NO_MAKE = MakeReading((), False)


def make(text: str) -> str | None:
    """Return the canonical make; its own spelling for one that is not in the table.

    None for `unknown` and its like, for what is no make, and in doubt.
    """
    read = read_make(text)
    return read.names[0] if read.certain else None


def read_make(text: str) -> MakeReading:
    """Read a make with legal form, country, model or calibre next to it: "TAURUS PT 92 CAL 9MM"."""
    return _read(text) if len(text) <= LONGEST else NO_MAKE


def _names_by_spelling(names: dict[str, list[str]]) -> dict[str, str]:
    """Map each compact spelling to its name. Raises ValueError where a spelling is of two."""
    name_of: dict[str, str] = {}
    for name, aliases in names.items():
        for text in (name, *aliases):
            if name_of.setdefault(alphanumeric(text), name) != name:
                raise ValueError(
                    f"{text!r} is an alias of {name_of[alphanumeric(text)]} and of {name}: keep one"
                )
    return name_of


_NAME_OF = _names_by_spelling(_TABLE["makes"])


@lru_cache(maxsize=CACHED)
def _read(text: str) -> MakeReading:
    folded = _POINTED.sub(r"\1", fold(text))
    if (name := _NAME_OF.get(alphanumeric(folded))) is not None:
        return MakeReading((name,), True)
    if find_nothing_folded(folded):
        return NO_MAKE
    outside = _BRACKETS.sub(" ", folded)
    words = _TOKEN.findall(outside if _TOKEN.search(outside) else folded)
    words = [part for word in words for part in _without_number(word)]
    if _IMITATION.intersection(words):
        return NO_MAKE
    while words and words[0] in _LABELS:
        del words[0]
    return _of_words(words)


def _without_number(word: str) -> tuple[str, ...]:
    """Part a make of the table from the number of a model glued to it: GLOCK17."""
    letters = word.rstrip("0123456789")
    return (
        (letters, word[len(letters) :]) if letters != word and is_table_make(letters) else (word,)
    )


def _of_words(words: list[str]) -> MakeReading:
    """Find the makes of the table among the words; without one, the words are a make of their own.

    Words that are neither a make's nor known next to one leave the make in doubt.
    """
    words = _before_model(words)
    spans = _spans(words)
    names = {name for _, _, name in spans}
    if len(names) > 1:
        return MakeReading(tuple(dict.fromkeys(name for _, _, name in spans)), False)
    if not spans:
        return _own(words)
    start, end, name = spans[0]
    rest = [*words[:start], *_before_code(words[end:])]
    unknown = [word for word in rest if not _is_beside(word)]
    own = _own(words).names if unknown else ()
    return MakeReading((name, *(text for text in own if text != name)), not unknown)


def _spans(words: list[str]) -> list[tuple[int, int, str]]:
    """List the makes of the table in words: start, end, name; the longest at each place."""
    spans, start = [], 0
    while start < len(words):
        first = all(word in _IDLE for word in words[:start])
        for end in range(len(words), start, -1):
            spelling = alphanumeric("".join(words[start:end]))
            name = _NAME_OF.get(spelling)
            if name and (first or len(spelling) >= _SHORTEST_INSIDE):
                spans.append((start, end, name))
                start = end
                break
        else:
            start += 1
    return spans


def _before_details(words: list[str]) -> list[str]:
    """Leave out what begins with MODELO, SERIE, CAL or with a word that has a digit."""
    for place, word in enumerate(words):
        if word in _BEHIND or _DIGIT.search(word):
            return words[:place]
    return words


def _before_model(words: list[str]) -> list[str]:
    """Leave out what a word such as MODELO names: INDUMIL MOD. LLAMA is no LLAMA."""
    place = next((n for n, word in enumerate(words) if n and word in _BEHIND), len(words))
    return words[:place]


def _before_code(words: list[str]) -> list[str]:
    """Leave out details, and a letter or two that a number follows: a model's code, R 15."""
    left = _before_details(words)
    is_code = len(left) < len(words) and left and len(left[-1]) <= _LONGEST_CODE
    return left[:-1] if is_code else left


def _is_beside(word: str) -> bool:
    return word in _IDLE or word in _MODELS or word == "&"


def _names_by_word(names: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    """Map each word of a spelling of several, of five letters or more, to the names that have it.

    A word that is a spelling itself, or stands next to any make, is left out.
    """
    names_of: dict[str, frozenset[str]] = {}
    for name, aliases in names.items():
        for text in (name, *aliases):
            words = _TOKEN.findall(fold(text))
            for word in words if len(words) > 1 else ():
                if len(word) >= _SHORTEST_PART and word not in _NAME_OF and not _is_beside(word):
                    names_of[word] = names_of.get(word, frozenset()) | {name}
    return names_of


_NAMES_WITH = _names_by_word(_TABLE["makes"])


def is_beside_make(word: str) -> bool:
    """Say whether a word is a legal form, a country or a kind of weapon, of four letters or more.

    `word`: upper case ASCII.
    """
    return len(word) >= _SHORTEST_INSIDE and word in _IDLE


def is_table_make(word: str) -> bool:
    """Say whether a word of four letters or more is a make of the table."""
    return len(word) >= _SHORTEST_INSIDE and word.isalpha() and word in _NAME_OF


def _own(words: list[str]) -> MakeReading:
    """Spell a make that is not in the table; in doubt where a model or a number follows it.

    One that is nearly a make of the table may be that one, misspelt: both are possible.
    """
    text = _before_details(words)
    names = [word for word in text if word not in _IDLE]
    spelling = alphanumeric("".join(names))
    if len(spelling) < _SHORTEST or is_calibre(spelling) or set(names) <= _MODELS:
        return NO_MAKE
    near = _find_misspelt(names, text) or _names_with(names)
    if len(near) == 1:
        return MakeReading((*near, spelling), False)
    return MakeReading((spelling,), len(text) == len(words) and not near)


def _names_with(words: list[str]) -> frozenset[str]:
    """Give the makes that a single word may stand for: SMITH alone for SMITH & WESSON."""
    return _NAMES_WITH.get(words[0], frozenset()) if len(words) == 1 else frozenset()


def _find_misspelt(names: list[str], words: list[str]) -> frozenset[str]:
    """Give the makes that words may misspell: all of them, without a model, or one of them.

    `names`: the words that are no legal form, country or kind of weapon.
    """
    joined = alphanumeric("".join(names))
    whole = alphanumeric("".join(words))
    bare = alphanumeric("".join(word for word in names if word not in _MODELS))
    for text in dict.fromkeys((joined, whole, bare, *names)):
        near = misspelt_names(text, _NAME_OF) if text not in _IDLE | _MODELS else frozenset()
        if near:
            return near
    return frozenset()


def is_misspelt(name: str) -> bool:
    """Say whether a make that is not in the table is nearly one of it, or a word of one."""
    if is_known_make(name):
        return False
    return bool(misspelt_names(alphanumeric(name), _NAME_OF) or _names_with([name]))


def known_makes() -> tuple[str, ...]:
    """List the makes of the table."""
    return tuple(_TABLE["makes"])


def is_known_make(name: str) -> bool:
    """Say whether a name is a make of the table."""
    return alphanumeric(name) in _NAME_OF


def is_imitation(text: str) -> bool:
    """Say whether the words of a make say that the weapon is an imitation, or home-made."""
    return not _IMITATION.isdisjoint(_TOKEN.findall(fold(text)))


def is_short_make(word: str) -> bool:
    """Say whether a word of two or three letters is a make of the table, such as CBC."""
    return 1 < len(word) < _SHORTEST_INSIDE and word.isalpha() and word in _NAME_OF
