"""Look for one text in everything that a reader may see: a method for each group of the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from consumers.query.disclosed import Disclosed
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.figures.fact_reader import FactReader
from consumers.query.ids import IdKind
from consumers.query.indicators import IndicatorView, tell_once
from consumers.query.paging import Page, read_page
from consumers.query.persons.person_queries import PersonQueries
from consumers.query.persons.person_question import PersonQuestion, PersonQuestionError
from consumers.query.persons.person_views import PersonAnswer
from consumers.query.search.asked_words import AskedWord, AskedWords
from consumers.query.search.marks_asked import is_like_a_mark, read_marks
from consumers.query.search.search_answer import MOST_SHOWN, FoundFindings, SearchQuestion
from consumers.query.search.search_store import SearchStore
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader
from consumers.query.things import Thing
from consumers.query.views import EventView, to_epoch_ms
from consumers.store.record_words import squeeze, words_of_content, words_of_record
from schemas.model import Reader

MOST_MARKED = 40
"""Records whose weapons are looked at for a serial."""
MOST_LOOKED_AT = 100
"""Newest records whose findings are looked for."""
WEAPONS = frozenset({"weapon", "ammunition_lot"})
ResolveId = Callable[[str, Reader, int | None], list[tuple[IdKind, str]]]


class SearchSources(NamedTuple):
    """What a search is read from. `secret`: the mechanism's; None where its keys are not.

    `resolve`: what an id, or its first or last digits, means to a reader.
    """

    store: StoreReader
    facts: FactReader
    explanations: ExplanationReader
    severities: SeverityReader
    persons: PersonQueries
    secret: bytes | None
    resolve: ResolveId


@dataclass(frozen=True, slots=True)
class FoundThings:
    """Things by their kind, the newest first. `all`: every one; `shown`: the first, with titles."""

    all: list[Thing]
    shown: list[Thing]

    def count(self, kind: str) -> int:
        """Count the things of a kind."""
        return sum(thing.kind == kind for thing in self.all)


class OneSearch:
    """One question of one reader. `asked_by`: the entitled reader, and as of when."""

    def __init__(
        self,
        sources: SearchSources,
        question: SearchQuestion,
        asked_by: tuple[Reader, int | None],
        disclosed: Disclosed,
    ) -> None:
        """`disclosed`: collects what the answer shows."""
        self._sources = sources
        self._question = question
        self._asked_by = asked_by
        self._disclosed = disclosed
        self.words = SearchStore(sources.store, sources.facts, asked_by)

    def records(self, words: AskedWords) -> Page[EventView]:
        """Return the part of the records with these words of the question, newest first."""
        store, asked_by = self._sources.store, self._asked_by

        def visible(ids: Sequence[str]) -> list[EventView]:
            events = store.current_events(ids, *asked_by)
            return [event for event in events if words.are_in(_words_of(event))]

        if not words:
            return Page([], None)
        page = read_page(
            lambda size: self.words.newest(words, self._question, size),
            visible,
            lambda event: (to_epoch_ms(event.recorded_at), event.id),
            self._question.page,
        )
        self._disclosed.add_events(page.items)
        return page

    def things(self) -> FoundThings:
        """Return the things that the text may name, the newest first."""
        text = self._question.text.strip().strip('"')
        if self._sources.secret is None or not is_like_a_mark(text):
            return FoundThings([], [])
        ids = read_marks(text, self._sources.secret)
        every = [id_ for of_kind in ids.values() for id_ in of_kind]
        things = self._sources.store.things(every, *self._asked_by) if every else []
        things = sorted([*things, *self._weapons(squeeze(text))], key=_newest, reverse=True)
        titled = self._sources.explanations.title(
            things[:MOST_SHOWN], *self._asked_by, self._disclosed
        )
        self._disclosed.add_things(titled)
        return FoundThings(things, titled)

    def _weapons(self, mark: str) -> list[Thing]:
        """Return the weapons and lots with a serial that records write so."""
        titled = self.weapons(AskedWords((AskedWord(mark, (mark,)),)))
        return [item for item in titled if item.title and mark in squeeze(item.title["es"])]

    def weapons(self, words: AskedWords) -> list[Thing]:
        """Return the weapons and lots of the newest records with these words, titled."""
        newest = self.words.newest(words, SearchQuestion(""), MOST_MARKED)
        events = list(dict.fromkeys(event for event, _at in newest))
        kinds = self._sources.store.kinds_of_things(events, self._asked_by[1])
        return self.titled([id_ for id_, kind in kinds.items() if kind in WEAPONS][:MOST_MARKED])

    def titled(self, ids: Sequence[str]) -> list[Thing]:
        """Return the things with these ids, with titles. Who shows them notes them."""
        things = self._sources.store.things(ids, *self._asked_by) if ids else []
        unnoted = Disclosed(*self._asked_by)
        return self._sources.explanations.title(things, *self._asked_by, unnoted)

    def note_things(self, things: Iterable[Thing]) -> None:
        """Note that things are shown."""
        self._disclosed.add_things(things)

    def persons(self, question: PersonQuestion) -> PersonAnswer | None:
        """Return who the text may name; None where it is too little for a person."""
        if self._sources.secret is None:
            return None
        try:
            answer, events = self._sources.persons.part_of_search(
                question, self._disclosed.reader, self._asked_by[1]
            )
        except PersonQuestionError:
            return None
        shown = answer.persons[:MOST_SHOWN]
        ids = {item.mention.event for person in shown for item in person.mentions}
        self._disclosed.add_events(event for event in events if event.id in ids)
        return answer

    def findings(self, things: Sequence[Thing], words: AskedWords, records: int) -> FoundFindings:
        """Return the findings on things, and on the newest records. `records`: how many there are.

        One that a stronger finding covers is left out.
        """
        every = {view.id: view for thing in things for view in thing.indicators}
        if words and records:
            newest = self.words.newest(words, self._question, MOST_LOOKED_AT)
            ids = list(dict.fromkeys(event for event, _at in newest))
            views = self._sources.store.indicators_of_events(ids, *self._asked_by)
            every |= {view.id: view for view in views}
        live = [view for view in tell_once(list(every.values())) if view.status == "live"]
        weighed = sorted(self._sources.severities.weigh(live, self._asked_by[1]), key=_last)
        shown = self._explained(weighed[:MOST_SHOWN])
        return FoundFindings(
            shown,
            len(weighed),
            dict(Counter(view.severity for view in weighed).most_common()),
            dict(Counter(view.rule for view in weighed).most_common()),
            records <= MOST_LOOKED_AT,
        )

    def _explained(self, views: Sequence[IndicatorView]) -> list[IndicatorView]:
        """Return findings with their sentences, and note that they are shown."""
        self._disclosed.add_indicators(views)
        return self._sources.explanations.explain(views, *self._asked_by, self._disclosed)


def question_on_person(text: str) -> PersonQuestion:
    """Return the question about a person that a text may be: a number, or a name."""
    name = text.strip().strip('"')
    is_number = any(map(str.isdigit, name))
    return PersonQuestion(document=name) if is_number else PersonQuestion(name)


def _words_of(event: EventView) -> str:
    """Return the words of a released record, as the store keeps them."""
    content = words_of_content(orjson.dumps(event.payload or {}))
    references = filter(None, (event.case_reference,))
    places = filter(None, (event.place_country, event.subdivision))
    return words_of_record(content, references, places)


def _newest(thing: Thing) -> tuple[int, str]:
    return max(to_epoch_ms(member.recorded_at) for member in thing.members), thing.id


def _last(view: IndicatorView) -> tuple[int, str]:
    return -to_epoch_ms(view.last_recorded), view.id
