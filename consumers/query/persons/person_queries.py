"""Answer who a person may be, by what is known of them, and who is who around a mention."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from consumers.query.answer_context import AnswerContext
from consumers.query.disclosed import Disclosed
from consumers.query.empty_lookups import EmptyLookup, hash_lookups
from consumers.query.looked_at import LookedAt
from consumers.query.paging import Page, PageRange
from consumers.query.persons.bulk_lookup import LineAnswer, ThingForms
from consumers.query.persons.feature_words import reasons_of
from consumers.query.persons.finding_search import FindingSearch
from consumers.query.persons.link_views import LinkViews, link_view
from consumers.query.persons.lookup_file import LookupLine
from consumers.query.persons.neighbourhood import mentions_around
from consumers.query.persons.person_assembly import link_persons
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_question import (
    PersonQuestion,
    PersonQuestionError,
    read_question,
    readings_of,
)
from consumers.query.persons.person_store import PersonStore, words_of_verdicts
from consumers.query.persons.person_views import (
    FoundMention,
    FoundPerson,
    LinkView,
    Person,
    PersonAnswer,
)
from consumers.query.persons.released_persons import ReleasedPerson, mention_view
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader
from consumers.query.views import EventView
from infra.errors import QuipuError
from schemas.i18n import _
from schemas.model import Reader
from streams.identities.mention import Pair, parse_mention
from streams.matching import PairScore, PersonRecord, score
from streams.rules import IdentityRule

LEAST = 0.01
"""The least probability with which a record fits a question."""
MOST_FOUND = 40
"""Mentions that an answer shows."""


class ScoredPerson(NamedTuple):
    """A person, and how alike what is known of one is."""

    person: ReleasedPerson
    score: PairScore


class EveryFinding(NamedTuple):
    """All findings of a reader. `is_complete`: whether no group was too large to be looked at."""

    findings: list[PersonFinding]
    is_complete: bool


class PersonQueries:
    """The questions about persons over one generation's database, for one answer at a time.

    They raise what clickhouse-driver raises, and QuipuError NO_SECRET where the mechanism's keys
    are not. `as_of`: ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: StoreReader,
        secret: bytes | None,
        answer: AnswerContext,
    ) -> None:
        """`secret`: of the keys of things; `answer`: what this is a part of."""
        self._store = store
        self._secret = secret
        self._answer = answer
        self._rules = store.rules

    def search(
        self, question: PersonQuestion, reader: Reader, as_of: int | None = None
    ) -> PersonAnswer:
        """Return who this may be, the likeliest first. Raises PersonQuestionError."""
        record = read_question(question)
        store, disclosed = self._open("persons", reader, as_of)
        fitting = scored_persons(record, store)
        lookup = EmptyLookup(reader, as_of, "persons", question.fields)
        self._disclose([item.person for item in fitting], disclosed, lookup)
        return PersonAnswer(_found_persons(fitting, store), store.is_complete)

    def part_of_search(
        self, question: PersonQuestion, reader: Reader, as_of: int | None
    ) -> tuple[PersonAnswer, list[EventView]]:
        """Return who this may be as a part of another question, and the events that show it.

        What is shown is for the other question to note. Raises PersonQuestionError.
        """
        record = read_question(question)
        store, _disclosed = self._open("search", reader, as_of)
        fitting = scored_persons(record, store)
        answer = PersonAnswer(_found_persons(fitting, store), store.is_complete)
        return answer, [item.person.event for item in fitting]

    def look_up(
        self, lines: Sequence[LookupLine], reader: Reader, as_of: int | None = None
    ) -> list[LineAnswer]:
        """Return what each line of a list finds; a line that cannot be read says why.

        The ledger has one entry for all of them.
        """
        store, disclosed = self._open("lookup", reader, as_of)
        forms = ThingForms(self._secret or b"")
        answers = [self._line_answer(line, store, forms) for line in lines]
        shown = [mention for answer in answers for mention in answer.mentions]
        things = [thing for answer in answers for thing in answer.things]
        disclosed.add_things(things)
        values = [dict(line.values) for line in lines]
        lookup = EmptyLookup(reader, as_of, "lookup", values)
        events = {item.mention.event for item in shown}
        self._disclose(store.of_events(sorted(events)), disclosed, lookup, is_empty=not things)
        return answers

    def _line_answer(self, line: LookupLine, store: PersonStore, forms: ThingForms) -> LineAnswer:
        """Return what one line finds."""
        ids = forms.ids_of(line)
        things = self._store.things(ids, *store.asked_by) if ids else []
        problem = forms.problems.get(line.number)
        store.is_complete = True
        persons: list[FoundPerson] = []
        if line.person is not None:
            try:
                persons = _found_persons(scored_persons(read_question(line.person), store), store)
            except PersonQuestionError as error:
                problem = error.message
        return LineAnswer(line, persons, things, problem, store.is_complete)

    def person(self, id_: str, reader: Reader, as_of: int | None = None) -> Person | None:
        """Return the identity that contains a mention; None where the reader may see none.

        `id_`: of any mention of the person.
        """
        store, disclosed = self._open("person", reader, as_of)
        lookup = EmptyLookup(reader, as_of, "person", id_)
        mention = parse_mention(id_)
        persons, verdicts = ([], {}) if mention is None else mentions_around(mention, store)
        linked = link_persons(persons, words_of_verdicts(verdicts))
        identity = None if mention is None else linked.assembly.identity_of(mention)
        if identity is None:
            self._disclose([], disclosed, lookup)
            return None
        links = LinkViews(linked, verdicts, reader.country)
        view = links.person(identity, store.is_complete)
        shown = {shown.id for shown in (*view.mentions, *view.others)}
        self._disclose(
            [person for person in persons if person.mention.id in shown], disclosed, lookup
        )
        return view

    def findings(self, reader: Reader, as_of: int | None, page: PageRange) -> Page[PersonFinding]:
        """Return what records of one person show together, the newest links first."""
        store, disclosed = self._open_findings(reader, as_of)
        answer = FindingSearch(store, self._rules.at(as_of).identities).page(page)
        _add_findings(answer.items, store, disclosed)
        return Page(SeverityReader(self._store.client).weigh(answer.items, as_of), answer.next)

    def every_finding(self, reader: Reader, as_of: int | None, country: str) -> EveryFinding:
        """Return all findings with a record of a country. It needs no keys."""
        return self.findings_under(self._rules.at(as_of).identities, reader, as_of, country)

    def findings_under(
        self, rules: Sequence[IdentityRule], reader: Reader, as_of: int | None, country: str = ""
    ) -> EveryFinding:
        """Return all findings of rules, whether they are in effect or not. It needs no keys.

        `country`: only findings with a record of it; empty: all.
        """
        store, disclosed = self._open_findings(reader, as_of)
        findings = list(FindingSearch(store, rules, country).every())
        _add_findings(findings, store, disclosed)
        return EveryFinding(findings, store.is_complete)

    def findings_around(
        self, events: Collection[str], reader: Reader, as_of: int | None, country: str
    ) -> LookedAt[PersonFinding]:
        """Return the certain findings with a record of a country on the persons of these events."""
        store, disclosed = self._open_findings(reader, as_of)
        rules = self._rules.at(as_of).identities
        part = FindingSearch(store, rules, country).around(events)
        _add_findings(part.findings, store, disclosed)
        return part

    def _open_findings(self, reader: Reader, as_of: int | None) -> tuple[PersonStore, Disclosed]:
        entitled, disclosed = self._answer.begin("person findings", reader, as_of)
        store = PersonStore(self._store, self._secret or b"", (entitled, as_of))
        return store, disclosed

    def pair(self, pair: Pair, reader: Reader) -> LinkView | None:
        """Return what joins two mentions; None where the reader may not see both.

        It has the last verdict on them, if there is one.
        """
        store, disclosed = self._open("person", reader, None)
        both = set(pair)
        persons = [
            person
            for person in store.of_events([mention.event for mention in pair])
            if person.mention in both
        ]
        lookup = EmptyLookup(reader, None, "person", [mention.id for mention in pair])
        if len(persons) < len(both) or len(both) < 2:
            self._disclose([], disclosed, lookup)
            return None
        self._disclose(persons, disclosed, lookup)
        verdicts = store.verdicts(mention.event for mention in pair)
        compared = score(persons[0].record, persons[1].record)
        return link_view(pair, compared, verdicts.get(pair), reader.country)

    def _open(
        self, question: str, reader: Reader, as_of: int | None
    ) -> tuple[PersonStore, Disclosed]:
        if self._secret is None:
            raise QuipuError(
                _("Only a machine with the mechanism's keys can search persons."),
                _("Ask at the mechanism."),
                "NO_SECRET",
            )
        entitled, disclosed = self._answer.begin(question, reader, as_of)
        return PersonStore(self._store, self._secret, (entitled, as_of)), disclosed

    def _disclose(
        self,
        shown: Sequence[ReleasedPerson],
        disclosed: Disclosed,
        lookup: EmptyLookup,
        *,
        is_empty: bool = True,
    ) -> None:
        """Note what is shown, with the keyed hash of what was asked, or that nothing is.

        `is_empty`: whether nothing else is shown either.
        """
        if not shown and is_empty:
            self._answer.add_empty(lookup)
            return
        disclosed.add_events(person.event for person in shown)
        if self._secret is not None:
            disclosed.question_hash = hash_lookups([lookup], self._secret)[0].question_hash


def _add_findings(
    findings: Sequence[PersonFinding], store: PersonStore, disclosed: Disclosed
) -> None:
    """Note the records that findings show."""
    events = {mention.event for finding in findings for mention in finding.evidence}
    disclosed.add_events(person.event for person in store.of_events(sorted(events)))


def scored_persons(record: PersonRecord, store: PersonStore) -> list[ScoredPerson]:
    """Return the persons that fit what is known of one, the likeliest first."""
    readings = readings_of(record)
    return _best(store.like(readings), readings)


def _best(
    persons: Sequence[ReleasedPerson], readings: Sequence[PersonRecord]
) -> list[ScoredPerson]:
    """Return the persons that fit one of the readings of a question, the likeliest first."""
    scored = (
        ScoredPerson(
            person,
            max(
                (score(reading, person.record) for reading in readings),
                key=lambda compared: compared.weight,
            ),
        )
        for person in persons
    )
    fitting = [item for item in scored if item.score.probability >= LEAST]
    return sorted(fitting, key=lambda item: (-item.score.weight, item.person.mention))[:MOST_FOUND]


def _found_persons(fitting: Sequence[ScoredPerson], store: PersonStore) -> list[FoundPerson]:
    """Put the mentions of one person together, where the first of them stands."""
    verdicts = store.verdicts(item.person.event.id for item in fitting)
    linked = link_persons([item.person for item in fitting], words_of_verdicts(verdicts))
    persons: dict[str, list[FoundMention]] = {}
    for item in fitting:
        identity = linked.assembly.identity_of(item.person.mention)
        id_ = item.person.mention.id if identity is None else identity.id
        mention = mention_view(item.person)
        reasons = reasons_of(item.score)
        persons.setdefault(id_, []).append(FoundMention(mention, item.score.probability, reasons))
    return [FoundPerson(id_, group[0].probability, group) for id_, group in persons.items()]
