"""Read the value of a dimension: its code, or its words in one spelling.

A dimension whose name is a code list with aliases is closed: what is not in the list has no code.
Makes, calibres and institutions are read as in the keys of things, and one that is in no table
keeps its own words. Every other text is its words in small letters, without accents.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from schemas.codes import code_lists
from schemas.measures.code_finder import finders
from schemas.measures.spelling import plain_words
from schemas.normalise.account import institution
from schemas.normalise.calibre import read_calibre
from schemas.normalise.maker import make
from schemas.normalise.nothing import find_nothing_folded, fold

LONGEST = 80
"""Characters of a dimension: a longer text is a story, and groups nothing."""
CACHED = 16_384
"""Texts that are remembered."""
LONGEST_CACHED = 2 * LONGEST
"""Characters with signs and spaces: a longer text is a story, too."""
OPEN_LISTS = frozenset({"crossing"})
"""Lists with aliases that are not complete: another text keeps its own words."""

ReadDimension = Callable[[str, Mapping[str, Any]], str]
"""(what is written, its record) → the value; empty where there is none."""


def words_of(text: str) -> str:
    """Return the words of a text in one spelling; empty where it says nothing."""
    return _words_of(text) if len(text) <= LONGEST_CACHED else ""


@lru_cache(maxsize=CACHED)
def _words_of(text: str) -> str:
    if find_nothing_folded(fold(text)):
        return ""
    words = " ".join(plain_words(text))
    return words if len(words) <= LONGEST else ""


def is_closed(name: str) -> bool:
    """Say whether what is not in the list of this dimension has no code."""
    known = code_lists().get(name)
    return known is not None and bool(known.aliases) and name not in OPEN_LISTS


def reader_of(name: str) -> ReadDimension:
    """Return how the values of a dimension are read."""
    if (read := _READERS.get(name)) is not None:
        return read
    finder = finders().get(name)
    if finder is None:
        return lambda text, _record: words_of(text)
    if name in OPEN_LISTS:
        return lambda text, _record: finder.find(text) or words_of(text)
    return lambda text, _record: finder.find(text)


def _make(text: str, _record: Mapping[str, Any]) -> str:
    return (make(text) or words_of(text)).lower()


def _calibre(text: str, _record: Mapping[str, Any]) -> str:
    return (read_calibre(text).name or words_of(text)).lower()


def _institution(text: str, record: Mapping[str, Any]) -> str:
    return (institution(record.get("country") or "", text) or words_of(text)).lower()


_READERS: Mapping[str, ReadDimension] = {
    "make": _make,
    "calibre": _calibre,
    "institution": _institution,
}
FIELDS_BESIDE: Mapping[str, Sequence[str]] = {"institution": ("country",)}
"""By name of a dimension: the fields next to it that its reading takes, too."""
