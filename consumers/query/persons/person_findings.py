"""Say what the records of one person show together that no single one does. Pure.

Everything here is computed from what is released to one reader, by the rules in effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Annotated

import msgspec
from pydantic import Field

from consumers.query.explanations.explanation import Explanation
from consumers.query.persons.person_explanation import (
    PersonPair,
    explain_pair,
    newest_pair,
    occurred,
    sentence_of,
)
from consumers.query.persons.person_views import MentionView
from consumers.query.persons.released_persons import ReleasedPerson, mention_view
from consumers.query.persons.rule_conditions import is_pair
from consumers.query.severity.severity import RuleSeverity, Severity
from consumers.query.views import Recorded, Tlp
from schemas import ids
from schemas.i18n import LANGUAGES, _
from schemas.model import Grade
from schemas.release.rules import TLP
from streams.identities.mention import Pair, Verdict, pair_of
from streams.matching import PersonDocument, PersonRecord, score
from streams.rules import IdentityRule

FINDING_MARK = bytes(4)
"""Begins the id of such a finding: that of a burst begins with its week."""
DIFFERENT = 0.05
"""Below this probability two records are of two persons."""
NO_VERDICTS: Mapping[Pair, Verdict] = {}
Rules = Sequence[IdentityRule]


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """What the records of a person show together."""

    id: Annotated[str, Field(description="stays while more records of the person come")]
    rule: str
    rule_version: int
    grade: Annotated[
        Grade, Field(description="certain: surely one person; possible: perhaps another one")
    ]
    severity: RuleSeverity
    title: Annotated[dict[str, str], Field(description="by language: es, en")]
    sentence: Annotated[dict[str, str], Field(description="by language: es, en")]
    brief: Annotated[
        dict[str, str],
        Field(description="the sentence without the person's name, as hits carry it; by language"),
    ]
    person: Annotated[str, Field(description="id of the identity, as `/v1/persons/{id}` takes it")]
    tlp: Tlp
    last_recorded: Recorded
    evidence: Annotated[list[MentionView], Field(description="in the order of occurrence")]
    explanation: Explanation
    assessment: Annotated[
        Severity | None, Field(description="how severe it is for this reader, and why")
    ] = None


def findings_of_person(
    identity: str,
    persons: Sequence[ReleasedPerson],
    rules: Rules,
    verdicts: Mapping[Pair, Verdict] = NO_VERDICTS,
) -> list[PersonFinding]:
    """Return what the records of one identity show, at most one finding a rule.

    `identity`: its id; `persons`: its mentions, the oldest first.
    """
    findings = []
    for rule in rules:
        if rule.subject == "person":
            pairs = [
                _scored(first, second, verdicts) for first, second in pairs_of_rule(rule, persons)
            ]
            if pairs:
                findings.append(_finding(rule, identity, pairs, "certain"))
    return findings


def possible_findings(
    first: ReleasedPerson, second: ReleasedPerson, rules: Rules
) -> list[PersonFinding]:
    """Return what two records show if they are of one person, which is only possible."""
    identity = " ".join(sorted((first.mention.id, second.mention.id)))
    return [
        _finding(rule, identity, [_scored(*pair, NO_VERDICTS)], "possible", first.mention.id)
        for rule in rules
        if rule.subject == "person" and "possible" in rule.grades
        for pair in pairs_of_rule(rule, (first, second))
    ]


def findings_of_document(persons: Sequence[ReleasedPerson], rules: Rules) -> list[PersonFinding]:
    """Return that one document is used by two persons; nothing where it is one person's.

    `persons`: of records that name the document, the oldest first.
    """
    findings = []
    for rule in rules:
        if rule.subject == "document":
            pairs = [
                _scored(first, second, NO_VERDICTS)
                for first, second in pairs_of_document(rule, persons)
            ]
            if pairs:
                findings.append(_finding(rule, pairs[0].first.mention.id, pairs, "certain"))
    return findings


def pairs_of_rule(
    rule: IdentityRule, persons: Sequence[ReleasedPerson]
) -> Iterator[tuple[ReleasedPerson, ReleasedPerson]]:
    """Yield the pairs of records that a rule joins, each once."""
    is_either = rule.has_equal_roles
    for first, second in (combinations if is_either else permutations)(persons, 2):
        if is_pair(rule, first, second):
            yield first, second


def pairs_of_document(
    rule: IdentityRule, persons: Sequence[ReleasedPerson]
) -> Iterator[tuple[ReleasedPerson, ReleasedPerson]]:
    """Yield the pairs of records on one document that are of two persons, each once."""
    for first, second in pairs_of_rule(rule, persons):
        if _are_different(first, second):
            yield first, second


def finding_id(rule: str, identity: str) -> str:
    """Return the id of a finding: a UUID of version 8 whose first four bytes are zero."""
    return ids.finding_id(FINDING_MARK, "\0".join(("quipu person finding", rule, identity)))


def is_finding_id(id_: str) -> bool:
    """Return whether an id is that of a finding on a person."""
    return ids.has_mark(id_, FINDING_MARK)


def shared_documents(
    persons: Iterable[ReleasedPerson],
) -> dict[PersonDocument, list[ReleasedPerson]]:
    """Return the persons by each certain document that more than one event names."""
    by_document: dict[PersonDocument, list[ReleasedPerson]] = {}
    for person in persons:
        for document in person.record.documents:
            if document.certain:
                by_document.setdefault(document, []).append(person)
    return {
        document: owners
        for document, owners in by_document.items()
        if len({owner.event.id for owner in owners}) > 1
    }


def _scored(
    first: ReleasedPerson, second: ReleasedPerson, verdicts: Mapping[Pair, Verdict]
) -> PersonPair:
    verdict = verdicts.get(pair_of(first.mention, second.mention))
    return PersonPair(first, second, score(first.record, second.record), verdict)


def _are_different(first: ReleasedPerson, second: ReleasedPerson) -> bool:
    """Return whether two records are of two persons, so that no misspelling explains it."""
    if not (_bears_name(first) and _bears_name(second)):
        return False
    if score(_without_documents(first), _without_documents(second)).probability >= DIFFERENT:
        return False
    features = score(first.record, second.record).features
    levels = {feature.name: feature.level for feature in features}
    return levels.get("given_names") == "differ" and levels.get("surnames") == "differ"


def _bears_name(person: ReleasedPerson) -> bool:
    return bool(person.record.given and person.record.surnames)


def _without_documents(person: ReleasedPerson) -> PersonRecord:
    return msgspec.structs.replace(person.record, documents=())


def _finding(
    rule: IdentityRule, identity: str, pairs: Sequence[PersonPair], grade: Grade, person: str = ""
) -> PersonFinding:
    """Make a finding of the pairs that a rule joins; the sentence is about the newest pair."""
    persons = {person.mention: person for pair in pairs for person in pair.persons}
    evidence = sorted(persons.values(), key=occurred)
    newest = newest_pair(pairs)
    explanation = explain_pair(rule, newest, grade)
    nobody = {lang: _("a person").in_language(lang) for lang in LANGUAGES}
    return PersonFinding(
        id=finding_id(rule.id, identity),
        rule=rule.id,
        rule_version=rule.version,
        grade=grade,
        severity=rule.severity,
        title=dict(rule.title),
        sentence=explanation.sentence,
        brief=sentence_of(rule, newest, nobody),
        person=person or identity,
        tlp=max((record.event.tlp for record in evidence), key=TLP.index),
        last_recorded=max(record.event.recorded_at for record in evidence),
        evidence=[mention_view(record) for record in evidence],
        explanation=explanation,
    )
