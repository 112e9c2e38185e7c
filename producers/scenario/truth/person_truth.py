"""What is true of persons: whose records these are, and what rules on persons owe for them.

From the rules' words; imports no rule and no matcher. `persons.jsonl` has a line for each person
of several records, whatever documents they show.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any, TextIO

from producers.scenario.files.formats import compact
from producers.scenario.files.national import node_of
from producers.scenario.stories.record import Record, Tale
from producers.scenario.truth.truth import BYSTANDERS, WANTED, Reference
from producers.scenario.world.people import Identity, Paper

FILE = "persons.jsonl"
CASES = frozenset({"crime_incident", "seizure", "threat_report"})
NOTICE, CROSSING, REPORT = "person_notice", "movement", "suspicious_flow"
GRACE = 1
"""Days before its begin from which a notice counts."""
TELLING = frozenset({"certain", "possible"})
"""Certainties of a number that still leads to the document."""


@dataclass(frozen=True, slots=True)
class OwnedRecord:
    """A record of a person. `day`, `until`: ordinals.

    `number`: certain | possible, or empty where it leads to no document; `form`: in which form it
    is written.
    """

    reference: Reference
    country: str
    type: str
    status: str
    role: str
    day: int
    until: int | None
    number: str
    form: str


Pair = tuple[str, Reference, Reference]
"""A rule, and two records that it joins, the smaller reference first."""


@dataclass(frozen=True, slots=True)
class OwedPairs:
    """Pairs that are owed. `unequal`: those that no equal number joins; `stories`: by record."""

    pairs: frozenset[Pair]
    unequal: frozenset[Pair]
    stories: Mapping[Reference, str]

    def is_unequal(self, rule: str, references: Collection[Reference]) -> bool:
        """Say whether a finding joins two records that no equal number joins."""
        pairs = permutations(references, 2)
        return any((rule, first, second) in self.unequal for first, second in pairs)


@dataclass(frozen=True, slots=True)
class PersonFindings:
    """What was found of persons, next to what is owed.

    `joined`: pairs found that are owed; `invented`: findings with a record that is not of the person, or that no rule joins.
    """

    owed: OwedPairs
    joined: frozenset[Pair]
    invented: tuple[tuple[str, frozenset[Reference]], ...]

    @property
    def recall(self) -> float:
        """Of the pairs owed, the share that was found; 1.0 where none is owed."""
        return _share(self.joined, self.owed.pairs)

    @property
    def unequal_found(self) -> frozenset[Pair]:
        """The pairs found that no equal number joins."""
        return self.joined & self.owed.unequal

    @property
    def unequal_recall(self) -> float:
        """The same, of the pairs that no equal number joins."""
        return _share(self.joined, self.owed.unequal)


def _share(joined: Collection[Pair], owed: Collection[Pair]) -> float:
    return len(frozenset(owed).intersection(joined)) / len(owed) if owed else 1.0


class PersonWriter:
    """Writes the persons of tales that are in several records, a line each."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._persons = file, 0

    def tell(self, tale: Tale) -> None:
        """Write who is who in the records of a tale."""
        persons: dict[int, tuple[Identity, list[dict[str, Any]]]] = {}
        for record in tale.records:
            for paper in (record.person, record.other):
                if paper is not None and not record.exercise:
                    _identity, records = persons.setdefault(
                        id(paper.identity), (paper.identity, [])
                    )
                    records.append(_written(record, paper))
        for identity, records in persons.values():
            if len(records) > 1:
                self._persons += 1
                line = {"person": f"person-{self._persons:07}", "story": tale.story}
                name = f"{identity.given} {identity.first.name}"
                self._file.write(compact({**line, "name": name, "records": records}) + "\n")


def _written(record: Record, paper: Paper) -> dict[str, Any]:
    return {
        "node": node_of(record),
        "reference": record.reference,
        "country": record.country,
        "type": record.type,
        "status": record.status,
        "role": paper.role,
        "day": record.day,
        "until": record.until,
        "number": paper.certainty if paper.number and paper.certainty in TELLING else "",
        "form": paper.variant,
    }


def read_persons(path: Path) -> Iterator[tuple[str, list[OwnedRecord]]]:
    """Yield the story and the records of each person of a persons.jsonl."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            person = json.loads(line)
            yield person["story"], [_read(record) for record in person["records"]]


def _read(record: Mapping[str, Any]) -> OwnedRecord:
    names = ("country", "type", "status", "role", "day", "until", "number", "form")
    reference = (record["node"], record["reference"])
    return OwnedRecord(reference, **{name: record[name] for name in names})


def owed_pairs(persons: Iterable[tuple[str, Sequence[OwnedRecord]]]) -> OwedPairs:
    """Return what the rules on persons owe for all of them."""
    pairs: set[Pair] = set()
    unequal: set[Pair] = set()
    stories: dict[Reference, str] = {}
    for story, records in persons:
        stories.update((record.reference, story) for record in records)
        for first, second in permutations(records, 2):
            for rule in _rules_of(first, second):
                low, high = sorted((first.reference, second.reference))
                pairs.add((rule, low, high))
                if not (first.number and second.number):
                    unequal.add((rule, low, high))
    return OwedPairs(frozenset(pairs), frozenset(unequal), stories)


def _rules_of(first: OwnedRecord, second: OwnedRecord) -> Iterator[str]:
    """Yield the rules that join two records of one person, in these roles."""
    abroad = first.country != second.country
    if first.type == NOTICE and second.type == NOTICE and abroad:
        yield "notices-of-two-countries"
    if _is_case(first) and _is_case(second) and abroad:
        yield "person-in-cases-of-two-countries"
    if first.type == REPORT and _is_case(second):
        yield "reported-person-in-case"
    if first.type == NOTICE and first.status in WANTED and second.type == CROSSING:
        holds = first.until is None or second.day <= first.until
        if not _are_equal(first, second) and holds and first.day - GRACE <= second.day:
            yield "wanted-person-crossed"


def _are_equal(first: OwnedRecord, second: OwnedRecord) -> bool:
    """Whether the rule of equal documents finds the two for certain."""
    return {first.number, second.number} == {"certain"} and first.form == second.form


def _is_case(record: OwnedRecord) -> bool:
    return record.type in CASES and record.role not in BYSTANDERS


def compare_persons(
    owed: OwedPairs, findings: Iterable[tuple[str, frozenset[Reference]]]
) -> PersonFindings:
    """Compare findings (a rule and the references of its records) with what is owed."""
    joined: set[Pair] = set()
    invented: list[tuple[str, frozenset[Reference]]] = []
    for rule, references in findings:
        right = [
            pair
            for first, second in permutations(sorted(references), 2)
            if (pair := (rule, first, second)) in owed.pairs
        ]
        joined.update(right)
        if {reference for pair in right for reference in pair[1:]} != references:
            invented.append((rule, references))
    return PersonFindings(owed, frozenset(joined), tuple(sorted(invented, key=str)))
