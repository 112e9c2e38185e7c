"""Say what a rule of pairs finds in an example, by the engine itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from schemas.model import EventId, Reader
from schemas.release import label_codec
from schemas.release.rules import MECHANISM
from streams.correlation.assess import indicator_for
from streams.correlation.evidence_rows import EvidenceRow, EvidenceScope, evidence_rows, read_row
from streams.correlation.stored_observation import StoredObservation
from streams.rules import Grading, Rule, RuleBook
from streams.rules.file_model import ExampleGrade
from streams.rules.pair_examples import ExampleMember, PairExample
from streams.rules.rule import GRADES

_READER = Reader("example", MECHANISM)
_THING = bytes(16)


def grade_found(rule: Rule, example: PairExample) -> ExampleGrade:
    """Return the best grade that a rule finds on the example's thing; a hub; or none."""
    book = RuleBook({rule.id: rule})
    for grade in GRADES:
        grading = Grading(rule, grade)
        rows = [
            row
            for place, member in enumerate(example.members)
            for row in _rows(grading, example.kind, place, member)
        ]
        indicator = indicator_for(rows, _READER, None, book)
        if indicator is not None:
            return "hub" if indicator.status == "hub" else grade
    return "none"


def _rows(grading: Grading, kind: str, place: int, member: ExampleMember) -> Iterator[EvidenceRow]:
    event = EventId(UUID(int=place + 1).bytes)
    scope = EvidenceScope(grading, kind, _THING, event)
    for record in evidence_rows(scope, [_observation(place, member)]):
        yield read_row(record)


def _observation(place: int, member: ExampleMember) -> StoredObservation:
    """Make the observation of a member, which everybody may see."""
    label = {
        "country": member.country,
        "authority": "example",
        "recipients": ["ALL"],
        "tlp": "CLEAR",
        "handling": [],
        "condition": None,
        "purpose": "investigation",
        "exercise": None,
    }
    return StoredObservation(
        appended_at=place,
        topic="example",
        partition=0,
        offset=place,
        op="add",
        index=0,
        certainty=member.certainty,
        type=member.type,
        country=member.country,
        label=label_codec.write(label),
        occurred=member.occurred,
        subdivision=None,
        traits=dict(member.traits),
    )
