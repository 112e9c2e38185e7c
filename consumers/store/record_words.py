"""Say which words of a record the search looks at, and read the words of a question alike. Pure.

Words are folded: small letters, without accents, and ñ is n, since people write both. A record has
the words of all its texts, in their order; BREAK parts one text from the next, so that a phrase
never crosses it. Behind them stand its identifiers and codes without the signs between (TKL-12345
is tkl12345, BASE_PASTE is basepaste), and its places as `@co` and `@co-nar`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BREAK = "|"
LONGEST_WORD = 40
"""Letters of a word that is kept; longer ones are no words."""
LONGEST_MARK = 30
"""Letters and signs of an identifier or a code."""
_TEXT = re.compile(r'"[a-zA-Z0-9_]*":|"([^"\\]*(?:\\.[^"\\]*)*)"')
"""A name of compact JSON, or a text, which is the group."""
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_WORD = re.compile(r"[^\W_]+|\|")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_MARK = re.compile(r"(?=[^0-9_]*[0-9_])[a-z0-9+(][a-z0-9+().\-/_ ]+[a-z0-9)]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?([t ][0-9:.z+-]*)?")
_SIGNS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return a text in small letters, without accents; ñ is n."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))


def split_words(text: str) -> list[str]:
    """Return the words of a text in their order, folded."""
    return [word for word in _WORD.findall(fold(text)) if word != BREAK]


def squeeze(text: str) -> str:
    """Return an identifier or a code without the signs between its letters and digits."""
    return _SIGNS.sub("", fold(text))


def place_word(code: str) -> str:
    """Return the word of a country, or of a part of one, such as @co-nar."""
    return f"@{code.lower()}"


def words_of_content(content: bytes) -> str:
    """Return the words of a payload. `content`: compact JSON in UTF-8, as the store keeps it."""
    joined = fold(BREAK.join(filter(None, _TEXT.findall(content.decode()))))
    if "\\" in joined:
        joined = _ESCAPE.sub(" ", joined)
    words = [word for word in _WORD.findall(joined) if len(word) <= LONGEST_WORD]
    marks = (_mark_of(text) for text in joined.split(BREAK) if not text.isalnum())
    return " ".join((*words, BREAK, *dict.fromkeys(filter(None, marks))))


def words_of_record(content: str, references: Iterable[str], places: Iterable[str]) -> str:
    """Return all words of a record. `content`: of its payload; `places`: codes."""
    named = list(references)
    words = _WORD.findall(fold(BREAK.join(named)))
    return " ".join((content, BREAK, *words, *map(squeeze, named), *map(place_word, places)))


@lru_cache(maxsize=50_000)
def _mark_of(text: str) -> str:
    """Return an identifier or a code in one word; empty for other texts."""
    if len(text) > LONGEST_MARK or not _MARK.fullmatch(text) or _DATE.fullmatch(text):
        return ""
    return _SIGNS.sub("", text)
