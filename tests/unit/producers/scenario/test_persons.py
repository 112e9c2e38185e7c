"""Persons of the scenario whom no equal number joins: the truth owes them, and they are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest

from consumers.query.persons.person_assembly import link_persons
from consumers.query.persons.person_findings import PersonFinding, findings_of_person
from consumers.query.persons.released_persons import ReleasedPerson, released_persons
from producers.model import Draft
from producers.scenario.generate import generate
from producers.scenario.stories.papers import STORIES, TRAPS
from producers.scenario.truth import person_truth
from producers.scenario.truth.person_truth import OwnedRecord, owed_pairs, read_persons
from producers.scenario.truth.truth import Reference
from streams.identities.assembly import AUTOMATIC
from streams.identities.groups import Groups
from streams.matching import blocking_keys, score
from streams.rules import read_rule_book
from tests.support.explained import event_view
from tests.support.scenario import drafts

RECORDS = 5_000
RULES = read_rule_book().identities
MOST_IN_BLOCK = 200
NOTICE = OwnedRecord(
    ("a", "1"), "PE", "person_notice", "requisitoria", "", 100, None, "certain", ""
)
CROSSING = replace(NOTICE, reference=("b", "2"), country="EC", type="movement", status="ENTRY")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario")
    generate(RECORDS, "persons", path)
    return path


def read_released(folder: Path) -> tuple[list[ReleasedPerson], dict[str, Reference]]:
    """Return the persons of the newest versions, and the reference of each event."""
    newest: dict[Reference, list[ReleasedPerson]] = {}
    references: dict[str, Reference] = {}
    for file, kind, draft in drafts(folder):
        assert isinstance(draft, Draft)
        payload = kind.read(draft.payload)
        reference = (file["node"], payload["source_reference"])
        id_ = str(UUID(bytes=bytes(draft.id)))
        envelope = {**draft.envelope, "type": kind.name}
        references[id_] = reference
        in_exercise = envelope["exercise"] is not None
        newest[reference] = (
            [] if in_exercise else [*released_persons([event_view(id_, envelope, payload)])]
        )
    persons = [person for of_one in newest.values() for person in of_one]
    return persons, references


def findings_of_group(group: list[ReleasedPerson]) -> Iterator[PersonFinding]:
    linked = link_persons(group, {})
    for identity in linked.assembly.identities:
        if len(identity.mentions) > 1:
            members = [linked.persons[mention] for mention in identity.mentions]
            yield from findings_of_person(identity.id, members, RULES)


def test_persons_without_papers_are_found_and_nobody_else(folder: Path) -> None:
    persons, references = read_released(folder)
    blocks: dict[str, list[ReleasedPerson]] = defaultdict(list)
    for person in persons:
        for key in blocking_keys(person.record):
            blocks[key].append(person)
    groups = Groups(person.mention for person in persons)
    for block in blocks.values():
        if len(block) <= MOST_IN_BLOCK:
            for first, second in combinations(block, 2):
                if score(first.record, second.record).probability >= AUTOMATIC:
                    groups.join([(first.mention, second.mention)])
    together: dict[object, list[ReleasedPerson]] = defaultdict(list)
    for person in persons:
        together[groups.root(person.mention)].append(person)
    findings = [
        (finding.rule, frozenset(references[mention.event] for mention in finding.evidence))
        for group in together.values()
        for finding in findings_of_group(group)
    ]
    owed = owed_pairs(read_persons(folder / person_truth.FILE))
    compared = person_truth.compare_persons(owed, findings)
    assert compared.invented == ()
    assert len(owed.unequal) >= 4 and compared.recall > 0.95 and compared.unequal_recall >= 0.8


def test_each_story_of_papers_is_told_and_a_trap_owes_nothing(folder: Path) -> None:
    persons = list(read_persons(folder / person_truth.FILE))
    stories = {story for story, _ in persons}
    owing = {story for story, records in persons if owed_pairs([(story, records)]).unequal}
    assert set(STORIES) - TRAPS <= owing
    assert not owing & TRAPS and stories & TRAPS, "twins and children are in one record each"


def test_the_truth_owes_by_the_words_of_the_rules() -> None:
    def rules(*records: OwnedRecord) -> set[str]:
        return {rule for rule, _, _ in owed_pairs([("", records)]).pairs}

    crossed = {"wanted-person-crossed"}
    assert rules(NOTICE, CROSSING) == set(), "the rule of equal documents finds it"
    assert rules(NOTICE, replace(CROSSING, number="")) == crossed
    assert rules(NOTICE, replace(CROSSING, number="possible")) == crossed
    assert rules(NOTICE, replace(CROSSING, number="", day=98)) == set()
    assert rules(replace(NOTICE, until=99), replace(CROSSING, number="")) == set()
    assert rules(NOTICE, replace(NOTICE, country="BO")) == {"notices-of-two-countries"}
    case = replace(CROSSING, type="seizure", role="detained")
    other = replace(case, country="PE", reference=("c", "3"))
    assert rules(case, other) == {"person-in-cases-of-two-countries"}
    assert rules(case, replace(other, role="victim")) == set()
    report = replace(other, type="suspicious_flow")
    assert rules(report, case) == {"reported-person-in-case"}


def test_a_finding_is_invented_where_a_record_is_of_another_person() -> None:
    owed = owed_pairs([("", [NOTICE, replace(CROSSING, number="")])])
    both = frozenset({NOTICE.reference, CROSSING.reference})
    right = person_truth.compare_persons(owed, [("wanted-person-crossed", both)])
    assert (right.invented, right.recall, right.unequal_recall) == ((), 1.0, 1.0)
    for rule, references in (
        ("notices-of-two-countries", both),
        ("wanted-person-crossed", both | {("x", "9")}),
    ):
        assert person_truth.compare_persons(owed, [(rule, references)]).invented
