"""Find what the records of one person show together, in the newest released records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from consumers.query.persons.person_assembly import link_persons
from consumers.query.persons.person_findings import (
    PersonFinding,
    findings_of_document,
    findings_of_person,
    shared_documents,
)
from consumers.query.persons.person_store import PersonStore, words_of_verdicts
from consumers.query.persons.released_persons import ReleasedPerson

MOST_PAIRS = 1_000
MOST_DOCUMENTS = 200
"""The newest links, and the newest documents, in which findings are looked for."""
MOST_OF_GROUP = 60
"""Records that are put together at once; a group of more is looked at in its oldest."""
MOST_OF_DOCUMENT = 20


class FindingsOnPersons(NamedTuple):
    """Findings, the newest first, and the persons of their evidence.

    `is_complete`: whether every link and every document was looked at.
    """

    findings: list[PersonFinding]
    persons: list[ReleasedPerson]
    is_complete: bool


def search_findings(store: PersonStore) -> FindingsOnPersons:
    """Look for findings in the newest links and documents."""
    findings: dict[str, PersonFinding] = {}
    pairs = store.strong_links(MOST_PAIRS)
    documents = store.shared_documents(MOST_DOCUMENTS, MOST_OF_DOCUMENT)
    for group in _groups([*pairs, *store.confirmed_pairs()]):
        for finding in _of_group(sorted(group), store):
            findings[finding.id] = finding
    for named_by in documents:
        for owners in shared_documents(_by_age(store.of_events(named_by))).values():
            for finding in findings_of_document(owners):
                findings[finding.id] = finding
    newest = sorted(findings.values(), key=lambda item: item.id)
    newest.sort(key=lambda item: item.last_recorded, reverse=True)
    events = {mention.event for finding in newest for mention in finding.evidence}
    return FindingsOnPersons(newest, store.of_events(sorted(events)), store.is_complete)


def _of_group(events: Sequence[str], store: PersonStore) -> list[PersonFinding]:
    """Return what the events of a group of links show, person by person."""
    persons = _by_age(store.of_events(events))[:MOST_OF_GROUP]
    verdicts = store.verdicts(person.event.id for person in persons)
    linked = link_persons(persons, words_of_verdicts(verdicts))
    return [
        finding
        for identity in linked.assembly.identities
        if len(identity.mentions) > 1
        for finding in findings_of_person(
            identity.id, [linked.persons[mention] for mention in identity.mentions]
        )
    ]


def _by_age(persons: Iterable[ReleasedPerson]) -> list[ReleasedPerson]:
    return sorted(persons, key=lambda person: (person.event.recorded_at, person.mention))


def _groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return the events that pairs connect, each group once."""
    group_of: dict[str, set[str]] = {}
    for first, second in pairs:
        merged = group_of.get(first, {first}) | group_of.get(second, {second})
        for event in merged:
            group_of[event] = merged
    return list({id(group): group for group in group_of.values()}.values())
