"""Suggest how the last word that was typed may go on, as released records write it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from consumers.query.search.asked_words import AskedWords, read_words
from consumers.query.search.search_answer import WordSuggestion
from consumers.query.search.search_store import SuggestedWord
from consumers.query.views import EventView
from consumers.store.record_words import LONGEST_MARK, fold, split_words, squeeze

SHORTEST = 3
"""Letters of a word that is completed."""
_WORD = re.compile(r"[^\W_]+")


class Beginning(NamedTuple):
    """A word that is not typed to its end. `typed`: what stands before it; `words`: of that."""

    typed: str
    words: AskedWords
    begin: str


def read_beginning(text: str) -> Beginning | None:
    """Return the last word of a text, which may go on; None where it is too short, or ended.

    Raises SearchRefusedError for a text that is too long.
    """
    words = read_words(text)
    head, _space, last = text.rpartition(" ")
    parts = split_words(last)
    is_one = len(parts) == 1 and '"' not in text
    if not words or not is_one or len(parts[0]) < SHORTEST:
        return None
    return Beginning(head, read_words(head), parts[0])


def suggest_as_written(
    words: Sequence[SuggestedWord], events: Sequence[EventView], beginning: Beginning
) -> list[WordSuggestion]:
    """Return the words that the newest record with each, as it is released, does have."""
    by_id = {event.id: event for event in events}
    suggestions: dict[str, WordSuggestion] = {}
    for word in words:
        event = by_id.get(word.newest)
        written = "" if event is None else _written(word.word, event.payload or {})
        if written and squeeze(written) != beginning.begin:
            text = f"{beginning.typed} {written}".strip()
            suggestions.setdefault(word.word, WordSuggestion(text, written, word.records))
    return list(suggestions.values())


def _written(word: str, payload: Any) -> str:
    """Return a word, or an identifier, as a record writes it; empty where it does not."""
    texts = list(_texts(payload))
    for text in texts:
        for match in _WORD.finditer(text):
            if fold(match.group()) == word:
                return match.group()
    short = (text for text in texts if len(text) <= LONGEST_MARK)
    return next((text for text in short if squeeze(text) == word), "")


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
