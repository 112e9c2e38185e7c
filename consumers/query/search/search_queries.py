"""Answer what somebody types into the one box: an id, an identifier, a name, a place, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from consumers.query.answer_context import AnswerContext
from consumers.query.cursors import Cursor
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup, hash_lookups
from consumers.query.ids import IdKind
from consumers.query.known_names import KnownNames, check_country
from consumers.query.paging import Page
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.person_views import PersonAnswer
from consumers.query.search import search_words
from consumers.query.search.asked_words import (
    AskedWords,
    SearchRefusedError,
    as_one_mark,
    read_words,
)
from consumers.query.search.list_lookup import ListLookup, PastedLine
from consumers.query.search.marks_asked import is_like_a_mark
from consumers.query.search.one_search import (
    FoundThings,
    OneSearch,
    SearchSources,
    question_on_person,
)
from consumers.query.search.search_answer import (
    MOST_SHOWN,
    FoundId,
    SearchAnswer,
    SearchQuestion,
    TextReading,
    WordSuggestion,
)
from consumers.query.search.search_store import by_size
from consumers.query.search.suggestions import read_beginning, suggest_as_written
from consumers.query.views import EventView
from infra.errors import QuipuError
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from schemas.release.rules import sees_content

_ID = re.compile(r"[0-9a-fA-F-]{6,36}")
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
NO_PERSONS = PersonAnswer([], is_complete=True)


class FoundRecords(NamedTuple):
    """The records with the words that were asked. `words`: those that found them."""

    words: AskedWords
    page: Page[EventView]


class SearchPart(NamedTuple):
    """An answer, and where its list of records continues; None at its end."""

    answer: SearchAnswer
    next: Cursor | None


class SearchQueries:
    """The search over one generation's database, for one answer at a time.

    Its methods raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        sources: SearchSources,
        names: KnownNames,
        answer: AnswerContext,
    ) -> None:
        """`answer`: what this is a part of."""
        self._sources = sources
        self._names = names
        self._answer = answer

    def search(
        self, question: SearchQuestion, reader: Reader, as_of: int | None = None
    ) -> SearchPart:
        """Return what the reader may see of what was typed; a later part has records alone.

        Raises SearchRefusedError for a text that is too long, or a month that is none,
        UnknownNameError for a type or country that does not exist.
        """
        words = self._check(question)
        lookup = EmptyLookup(reader, as_of, "search", question.fields)
        if not sees_content(reader) or not question.text.strip():
            self._answer.add_empty(lookup)
            return SearchPart(SearchAnswer(not_searched=search_words.left_out(words, ())), None)
        entitled, disclosed = self._answer.begin("search", reader, as_of)
        search = OneSearch(self._sources, question, (entitled, as_of), disclosed)
        records = self._records(search, words, question)
        answer = SearchAnswer(records=records.page.items)
        if question.page.after is None and not question.page.offset:
            answer = self._whole_answer(search, records, question, (reader, as_of))
        self._note(disclosed, lookup, answer)
        return SearchPart(answer, records.page.next)

    def record_page(
        self, question: SearchQuestion, reader: Reader, as_of: int | None
    ) -> Page[EventView]:
        """Return a part of the records alone, for a file. Raises as `search` does."""
        words = self._check(question)
        lookup = EmptyLookup(reader, as_of, "search", question.fields)
        if not sees_content(reader):
            self._answer.add_empty(lookup)
            return Page([], None)
        entitled, disclosed = self._answer.begin("search", reader, as_of)
        search = OneSearch(self._sources, question, (entitled, as_of), disclosed)
        page = self._records(search, words, question).page
        self._note(disclosed, lookup, SearchAnswer(records=page.items))
        return page

    def look_up(
        self, lines: Sequence[PastedLine], reader: Reader, as_of: int | None = None
    ) -> list[LineAnswer]:
        """Return what each line of a pasted list finds; the ledger notes one question.

        Raises QuipuError NO_SECRET where the mechanism's keys are not.
        """
        secret = self._sources.secret
        if secret is None:
            raise no_secret()
        entitled, disclosed = self._answer.begin("lookup", reader, as_of)
        search = OneSearch(self._sources, SearchQuestion(""), (entitled, as_of), disclosed)
        answers = ListLookup(search, secret).answers(lines)
        lookup = EmptyLookup(reader, as_of, "lookup", [line.text for line in lines])
        is_empty = not any(answer.things or answer.persons for answer in answers)
        self._note_hash(disclosed, lookup, is_empty=is_empty)
        return answers

    def suggest(self, text: str, reader: Reader, as_of: int | None = None) -> list[WordSuggestion]:
        """Return how the last word may go on, as released records write it.

        Raises SearchRefusedError for a text that is too long.
        """
        begin = read_beginning(text)
        if begin is None or not sees_content(reader):
            return []
        entitled, disclosed = self._answer.begin("suggestions", reader, as_of)
        search = OneSearch(self._sources, SearchQuestion(text), (entitled, as_of), disclosed)
        words = search.words.suggested(begin.words, begin.begin)
        events = self._sources.store.current_events(
            sorted({word.newest for word in words}), entitled, as_of
        )
        suggestions = suggest_as_written(words, events, begin)
        shown = {word.newest for word in words}
        if suggestions:
            disclosed.add_events(event for event in events if event.id in shown)
        lookup = EmptyLookup(reader, as_of, "suggestions", {"text": text})
        self._note_hash(disclosed, lookup, is_empty=not suggestions)
        return suggestions

    def _check(self, question: SearchQuestion) -> AskedWords:
        self._names.check_type(question.type)
        check_country(question.country)
        if question.month and not _MONTH.fullmatch(question.month):
            raise SearchRefusedError(
                _("`{text}` is no month.", text=question.month[:40]), _("Write it as 2018-10.")
            )
        return read_words(question.text)

    def _records(
        self, search: OneSearch, words: AskedWords, question: SearchQuestion
    ) -> FoundRecords:
        """Return the records with the words; where none has them, with the text as one mark."""
        page = search.records(words)
        mark = None if page.items else as_one_mark(question.text.strip())
        return FoundRecords(mark, search.records(mark)) if mark else FoundRecords(words, page)

    def _whole_answer(
        self,
        search: OneSearch,
        records: FoundRecords,
        question: SearchQuestion,
        asker: tuple[Reader, int | None],
    ) -> SearchAnswer:
        """Return all groups of the answer."""
        facets = search.words.facets(records.words, question) if records.page.items else {}
        count = sum(item.records for item in facets.get("type", ()))
        things = search.things()
        persons = search.persons(question_on_person(question.text))
        people = persons or NO_PERSONS
        findings = search.findings(things.all, records.words, count)
        has_found = bool(count or things.all or people.persons)
        found_id = self._found_id(question.text.strip(), asker, has_found=has_found)
        return SearchAnswer(
            readings=[
                *([search_words.reading_of_id(1)] if found_id else []),
                *_readings(question, records.words, count, things, persons),
            ],
            id=found_id,
            things=things.shown,
            thing_count=len(things.all),
            persons=people.persons[:MOST_SHOWN],
            person_count=len(people.persons),
            persons_complete=people.is_complete,
            findings=findings,
            records=records.page.items,
            record_count=count,
            facets={name: by_size(values, name) for name, values in facets.items()},
            not_searched=self._left_out(question.text, records.words, persons),
        )

    def _found_id(
        self, text: str, asker: tuple[Reader, int | None], *, has_found: bool
    ) -> FoundId | None:
        """Return the item whose id it is; of digits alone, only where nothing else was found."""
        is_number = text.isdigit()
        if not _ID.fullmatch(text) or (is_number and has_found):
            return None
        matches: list[tuple[IdKind, str]] = self._sources.resolve(text, *asker)
        return FoundId(*matches[0]) if len(matches) == 1 else None

    def _left_out(
        self, text: str, words: AskedWords, persons: PersonAnswer | None
    ) -> list[dict[str, str]]:
        messages: list[UserMessage] = []
        if self._sources.secret is None:
            messages.append(search_words.NO_KEYS)
        else:
            if persons is None:
                messages.append(search_words.NO_PERSON)
            if any(map(str.isdigit, text)) and not is_like_a_mark(text):
                messages.append(search_words.NO_NAME)
            if "?" in text:
                messages.append(search_words.ILLEGIBLE)
        return search_words.left_out(words, messages)

    def _note(self, disclosed: Disclosed, lookup: EmptyLookup, answer: SearchAnswer) -> None:
        """Note what is shown, with the keyed hash of what was asked, or that nothing is."""
        disclosed.counted |= bool(answer.record_count)
        shows = (answer.records, answer.things, answer.persons, answer.findings.items, answer.id)
        self._note_hash(disclosed, lookup, is_empty=not any(shows))

    def _note_hash(self, disclosed: Disclosed, lookup: EmptyLookup, *, is_empty: bool) -> None:
        if is_empty:
            self._answer.add_empty(lookup)
        elif self._sources.secret is not None:
            hashed = hash_lookups([lookup], self._sources.secret)[0]
            disclosed.question_hash = hashed.question_hash


def no_secret() -> QuipuError:
    """Return the error of a machine without the mechanism's keys."""
    return QuipuError(
        _("Only a machine with the mechanism's keys can look up numbers and names."),
        _("Ask at the mechanism."),
        "NO_SECRET",
    )


def _readings(
    question: SearchQuestion,
    words: AskedWords,
    count: int,
    things: FoundThings,
    persons: PersonAnswer | None,
) -> list[TextReading]:
    """Say in which ways the text was read."""
    kinds = dict.fromkeys(thing.kind for thing in things.all)
    readings = [search_words.reading_of_things(kind, things.count(kind)) for kind in kinds]
    if persons is not None and not any(map(str.isdigit, question.text)):
        readings.append(search_words.reading_of_person(len(persons.persons)))
    if words:
        readings.append(search_words.reading_of_words(words, count))
    return readings
