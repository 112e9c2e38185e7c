"""Ask the table of words for one reader as of one moment.

Only rows with a released label are counted, of versions that count then, so a number is that of the
records that the reader may read one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from consumers.query.figures.fact_reader import CountedScope, FactReader
from consumers.query.paging import Candidate
from consumers.query.search.asked_words import AskedWords
from consumers.query.search.search_answer import FACETS, FacetValue, SearchQuestion
from consumers.query.store_reader import StoreReader
from consumers.store.sql import FAR_FUTURE_MS, sql, sql_with
from schemas.model import Reader

NEWEST = 500
"""Records whose words are suggested."""
MOST_SUGGESTED = 8
MOST_VALUES = 24
"""Values of a facet: those of the most records; months are the newest."""
_PHRASE = "position(concat(' ', words, ' '), {{{name}:String}}) > 0"


class SuggestedWord(NamedTuple):
    """A word of released records, folded. `newest`: the id of the newest record with it."""

    word: str
    records: int
    newest: str


class SearchStore:
    """The words of one generation's records. Not for two threads at once."""

    def __init__(
        self, store: StoreReader, facts: FactReader, asked_by: tuple[Reader, int | None]
    ) -> None:
        """`asked_by`: the entitled reader, and as of when (ms since 1970 UTC, None is now)."""
        self._client = store.client
        reader, as_of = asked_by
        scope = CountedScope(facts.labels_of(reader), as_of)
        self._scope = facts.scope_parameters(scope) if scope.labels else None
        self._newest: dict[tuple[AskedWords, SearchQuestion], tuple[int, list[Candidate]]] = {}
        """What was read: how many at most, and what came."""

    def newest(self, words: AskedWords, question: SearchQuestion, limit: int) -> list[Candidate]:
        """Return the newest records with these words, `limit` at most; each is read once."""
        key = replace(words, idle=()), replace(question, text="")
        most, newest = self._newest.get(key, (0, []))
        if limit > most and len(newest) == most:
            rows = self._ask("searched_records", words, question, {"limit": limit})
            newest = [Candidate(*row) for row in rows]
            self._newest[key] = limit, newest
        return newest[:limit]

    def facets(self, words: AskedWords, question: SearchQuestion) -> dict[str, list[FacetValue]]:
        """Return how many records with these words are of each type, country and month."""
        facets: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
        for facet, value, records in self._ask("searched_facets", words, question, {}):
            text = f"{value[:4]}-{value[4:]}" if facet == "month" else value
            facets[facet].append(FacetValue(text, records))
        return facets

    def suggested(self, words: AskedWords, begin: str) -> list[SuggestedWord]:
        """Return the words of the newest records that begin so, the most frequent first."""
        parameters = {"begin": begin, "newest": NEWEST, "limit": MOST_SUGGESTED}
        rows = self._ask("suggested_words", words, SearchQuestion(""), parameters)
        return [SuggestedWord(*row) for row in rows]

    def _ask(
        self, name: str, words: AskedWords, question: SearchQuestion, parameters: Mapping[str, Any]
    ) -> Sequence[tuple[Any, ...]]:
        if self._scope is None:
            return []
        conditions, values = _conditions(words, str(parameters.get("begin", "")))
        text = sql_with(name, matched=sql("matched_records")).replace("<words>", conditions)
        chosen = {"type": question.type, "country": question.country}
        month = int(question.month.replace("-", "") or 0)
        after = question.page.after
        before = FAR_FUTURE_MS if after is None else min(after.recorded_at, FAR_FUTURE_MS)
        place = {"month": month, "before": before}
        every = {**self._scope, **values, **chosen, **place, **parameters}
        rows: Sequence[tuple[Any, ...]] = self._client.execute(text, every)
        return rows


def by_size(values: Sequence[FacetValue], facet: str) -> list[FacetValue]:
    """Return the values of a facet in the order in which they are shown, MOST_VALUES at most."""
    if facet == "month":
        return sorted(values, key=lambda item: item.value, reverse=True)[:MOST_VALUES]
    return sorted(values, key=lambda item: (-item.records, item.value))[:MOST_VALUES]


def _conditions(words: AskedWords, begin: str) -> tuple[str, dict[str, Any]]:
    """Return the condition of each word and phrase as SQL, and their parameters."""
    conditions, values = list[str](), dict[str, Any]()
    for number, word in enumerate(words.words):
        conditions.append(f"hasAnyTokens(words, {{word_{number}:Array(String)}})")
        values[f"word_{number}"] = list(word.any_of)
    for number, phrase in enumerate(words.phrases):
        conditions.append(f"hasAllTokens(words, {{phrase_words_{number}:Array(String)}})")
        conditions.append(_PHRASE.format(name=f"phrase_{number}"))
        values[f"phrase_words_{number}"] = list(phrase)
        values[f"phrase_{number}"] = f" {' '.join(phrase)} "
    if begin:
        conditions.append("words LIKE {contains:String}")
        conditions.append(_PHRASE.format(name="begins"))
        values |= {"contains": f"%{begin}%", "begins": f" {begin}"}
    return " AND ".join(conditions), values
