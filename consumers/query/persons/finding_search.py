"""Find what the records of one person show together, the newest links and documents first.

A list is read in windows: links and documents from a place on. A window shows each group of links
where its newest link is, so that windows that follow one another show each finding once, and none
is missed because it is old.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from consumers.query.cursors import Cursor
from consumers.query.looked_at import LookedAt
from consumers.query.paging import Page, PageRange, is_after
from consumers.query.persons.person_assembly import LinkedPersons, link_persons
from consumers.query.persons.person_findings import (
    PersonFinding,
    findings_of_document,
    findings_of_person,
    possible_findings,
    shared_documents,
)
from consumers.query.persons.person_groups import MOST_LINKS, LinkGroup, LinkGroups
from consumers.query.persons.person_store import (
    LinkedPair,
    ListWindow,
    PersonStore,
    SharedDocument,
    words_of_verdicts,
)
from consumers.query.persons.released_persons import ReleasedPerson
from consumers.query.persons.rule_conditions import can_match, possible_types
from streams.identities.assembly import AUTOMATIC
from streams.rules import IdentityRule

MOST_PAIRS = 1_000
MOST_DOCUMENTS = 300
"""Links and documents of one window."""
MOST_WINDOWS = 20
"""Windows of one answer; the next part of the list begins there."""
MOST_OF_DOCUMENT = 20
"""Events of one document; what more events name is no person's."""
_FIRST = Cursor(10**13 - 1, "0")
"""Where findings stand that analysts' decisions alone join: before all others."""


class PlacedFindings(NamedTuple):
    """Findings, and the place in the list where they stand."""

    place: Cursor
    findings: list[PersonFinding]


class FindingSearch:
    """Looks for findings on persons under rules, for one reader.

    `country`: only findings with a record of it; empty: all.
    """

    def __init__(
        self, store: PersonStore, rules: Sequence[IdentityRule], country: str = ""
    ) -> None:
        """Take the store of the reader, and the rules in effect."""
        self._store, self._rules, self._country = store, rules, country

    def page(self, page: PageRange) -> Page[PersonFinding]:
        """Return findings from a place in the list on, and where the list continues.

        Findings of one place stand together, so that there may be a few more than `limit`.
        """
        findings: list[PersonFinding] = []
        after = page.after
        for _number in range(MOST_WINDOWS):
            placed, following = self._window(after)
            for place, items in placed:
                if findings and len(findings) + len(items) > page.limit:
                    return Page(findings, after)
                findings += items
                after = place
            if following is None:
                return Page(findings, None)
            after = following
        return Page(findings, after)

    def every(self) -> Iterator[PersonFinding]:
        """Yield all findings of the reader, window by window."""
        after: Cursor | None = None
        while True:
            placed, after = self._window(after)
            for _place, items in placed:
                yield from filter(self._is_of_country, items)
            if after is None:
                return

    def around(self, events: Collection[str]) -> LookedAt[PersonFinding]:
        """Return the certain findings on the persons of these events, and of whom they lead to."""
        groups = LinkGroups(self._store, self._country)
        groups.begin(events)
        links = self._store.links_of(sorted(events), MOST_LINKS)
        groups.add(links, self._store.confirmed_pairs(), every=False)
        documents = self._store.documents_of(sorted(events), MOST_OF_DOCUMENT)
        placed = [finding for group in groups.all() for finding in self._of_group(group)]
        placed += [item for part in self._of_documents(documents) for item in part.findings]
        reached = {event for group in groups.all() for event in group.events}
        reached.update(event for document in documents for event in document.events)
        findings = {finding.id: finding for finding in placed if self._is_of_country(finding)}
        return LookedAt(
            list(findings.values()), frozenset(reached | set(events)), self._store.is_complete
        )

    def _is_of_country(self, finding: PersonFinding) -> bool:
        countries = {mention.country for mention in finding.evidence}
        return not self._country or self._country in countries

    def _window(self, after: Cursor | None) -> tuple[list[PlacedFindings], Cursor | None]:
        """Return what one window shows, in the order of the list, and where the next one begins."""
        types = possible_types(self._rules)
        pairs = self._store.linked_pairs(ListWindow(after, MOST_PAIRS, self._country), types)
        documents = self._store.shared_documents(
            ListWindow(after, MOST_DOCUMENTS, self._country), MOST_OF_DOCUMENT
        )
        ends = [pairs[-1].place] if len(pairs) == MOST_PAIRS else []
        ends += [documents[-1].place] if len(documents) == MOST_DOCUMENTS else []
        end = min(ends, key=_rank, default=None)
        pairs = [pair for pair in pairs if not _is_behind(pair.place, end)]
        documents = [item for item in documents if not _is_behind(item.place, end)]
        placed = [*self._of_links(pairs, after), *self._of_documents(documents)]
        placed = [item for item in placed if item.findings]
        return sorted(placed, key=lambda item: _rank(item.place)), end

    def _of_links(
        self, pairs: Sequence[LinkedPair], after: Cursor | None
    ) -> Iterator[PlacedFindings]:
        strong = [pair for pair in pairs if pair.probability >= AUTOMATIC]
        groups = LinkGroups(self._store, self._country)
        groups.add(strong, self._store.confirmed_pairs(), every=after is None)
        first: list[PersonFinding] = []
        fitting = [
            group
            for group in groups.all()
            if group.is_confirmed or can_match(self._rules, group.records)
        ]
        possible = [pair for pair in pairs if pair.probability < AUTOMATIC]
        events = [event for group in fitting for event in group.events]
        self._store.read_ahead([*events, *(id_ for pair in possible for id_ in pair.events)])
        for group in fitting:
            if group.place is None:
                first += self._of_group(group) if after is None else []
            elif is_after((group.place.recorded_at, group.place.id), after):
                yield PlacedFindings(group.place, self._of_group(group))
        yield PlacedFindings(_FIRST, first)
        for pair in possible:
            if not self._are_one(groups, pair):
                yield PlacedFindings(pair.place, self._of_possible(pair))

    def _are_one(self, groups: LinkGroups, pair: LinkedPair) -> bool:
        """Say whether two events are of one person already.

        A group of links alone is of one; an analyst may have taken a decision back.
        """
        if not groups.are_together(pair.event, pair.other):
            return False
        group = groups.of_event(pair.event)
        if not group.is_confirmed:
            return True
        linked = self._link(self._store.of_events(group.chosen_events(self._store)))
        ends = {pair.event, pair.other}
        return any(
            ends <= {mention.event for mention in identity.mentions}
            for identity in linked.assembly.identities
        )

    def _of_group(self, group: LinkGroup) -> list[PersonFinding]:
        """Return what the events of a group show, person by person."""
        linked = self._link(self._store.of_events(group.chosen_events(self._store)))
        verdicts = words_of_verdicts(self._store.verdicts(group.events))
        return [
            finding
            for identity in linked.assembly.identities
            if len(identity.mentions) > 1
            for finding in findings_of_person(
                identity.id,
                [linked.persons[mention] for mention in identity.mentions],
                self._rules,
                verdicts,
            )
        ]

    def _of_possible(self, pair: LinkedPair) -> list[PersonFinding]:
        """Return what two events show where a person of each may be one. It is never chained."""
        linked = self._link(self._store.of_events(pair.events))
        return [
            finding
            for first, second in (link.pair for link in linked.assembly.possible)
            for finding in possible_findings(
                linked.persons[first], linked.persons[second], self._rules
            )
        ]

    def _link(self, persons: Iterable[ReleasedPerson]) -> LinkedPersons:
        ordered = sorted(persons, key=lambda person: (person.event.recorded_at, person.mention))
        verdicts = self._store.verdicts(person.event.id for person in ordered)
        return link_persons(ordered, words_of_verdicts(verdicts))

    def _of_documents(self, documents: Sequence[SharedDocument]) -> Iterator[PlacedFindings]:
        """Yield the documents of two persons; what links join is one person's."""
        if not any(rule.subject == "document" for rule in self._rules):
            return
        groups = LinkGroups(self._store)
        groups.add_links_of([event for document in documents for event in document.events])
        apart = [
            document
            for document in documents
            if not all(
                groups.are_together(document.events[0], other) for other in document.events[1:]
            )
        ]
        self._store.read_ahead(event for document in apart for event in document.events)
        for document in apart:
            persons = self._store.of_events(document.events)
            persons.sort(key=lambda person: (person.event.recorded_at, person.mention))
            yield PlacedFindings(
                document.place,
                [
                    finding
                    for owners in shared_documents(persons).values()
                    for finding in findings_of_document(owners, self._rules)
                ],
            )


def _rank(place: Cursor) -> tuple[int, str]:
    return -place.recorded_at, place.id


def _is_behind(place: Cursor, end: Cursor | None) -> bool:
    return end is not None and _rank(place) > _rank(end)
