"""Find what is new for one owner: in the groups that were touched, or in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from consumers.hits.computed_hits import ComputedHit, ComputedRecord, owns_any
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import Sent, alike_changes, person_changes, rule_changes
from consumers.hits.touched_groups import Look, Reevaluation, events_of, reevaluate
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.query.query_layer import QueryLayer
from consumers.query.rule_findings.rule_candidates import thing_of_groups
from consumers.query.rule_findings.rule_finding_views import RuleFindings, RuleFindingView
from schemas.model import IndicatorId
from streams.rules import DetectorRule

MOST_TOUCHED = 500
"""Touched events whose groups are looked at together."""
PERSONS, ALIKE = "persons", "alike"


class OwnedFinding(Protocol):
    """A finding of any form, with the records of which some may be the owner's."""

    @property
    def id(self) -> str:
        """Return its id, which stays while records come."""

    @property
    def evidence(self) -> Sequence[ComputedRecord]:
        """Return the records that it rests on."""


View = TypeVar("View", bound=OwnedFinding)


class OwnerMoment(NamedTuple):
    """For whom findings are looked for, as of when, and what it received last.

    `sent`: is brought up to date while changes are sent, so that nothing is sent twice.
    """

    owner: Owner
    as_of: int
    sent: Sent


class OwnerFindings:
    """Remembers which findings concern an owner, so that a day costs what it touched."""

    def __init__(self) -> None:
        """Begin without any finding: the first evaluation is whole."""
        self._known: dict[str, dict[IndicatorId, frozenset[str]]] = {}

    def evaluate_all(self, at: OwnerMoment, queries: QueryLayer) -> Iterator[list[ComputedHit]]:
        """Yield what is new of each form, after an evaluation of all groups."""
        owner, as_of, sent = at
        self._known.clear()
        persons = queries.persons.every_finding(owner.reader, as_of, owner.country)
        self._remember(PERSONS, owner, persons.findings)
        yield person_changes(owner, persons.findings, sent, is_complete=persons.is_complete)
        alike = queries.alike.findings(owner.reader, as_of)
        self._remember(ALIKE, owner, alike.findings)
        yield alike_changes(owner, alike, sent)
        result = queries.rule_findings.findings(owner.reader, as_of)
        for finding in result.findings:
            self._remember(finding.rule, owner, [finding])
        yield rule_changes(owner, result, sent)

    def evaluate_touched(
        self, at: OwnerMoment, queries: QueryLayer, events: Sequence[str]
    ) -> Iterator[list[ComputedHit]]:
        """Yield what is new in the groups that these events are in, or were in."""
        for start in range(0, len(events), MOST_TOUCHED):
            yield from self._evaluate_batch(at, queries, events[start : start + MOST_TOUCHED])

    def _evaluate_batch(
        self, at: OwnerMoment, queries: QueryLayer, events: Sequence[str]
    ) -> Iterator[list[ComputedHit]]:
        owner, as_of, _sent = at
        around = queries.persons.findings_around
        look = partial(around, reader=owner.reader, as_of=as_of, country=owner.country)
        persons, sent = self._look_again(PERSONS, at, events, look)
        yield person_changes(owner, persons, sent, is_complete=True)
        look_alike = partial(queries.alike.findings_around, reader=owner.reader, as_of=as_of)
        alike, sent = self._look_again(ALIKE, at, events, look_alike)
        yield alike_changes(owner, AlikeAnswer(alike, is_complete=True), sent)
        for rule in queries.rules.at(as_of).detectors:
            findings, sent = self._look_at_rule(rule, at, queries, events)
            yield rule_changes(owner, RuleFindings(findings, [], is_complete=True), sent)

    def _look_at_rule(
        self, rule: DetectorRule, at: OwnerMoment, queries: QueryLayer, events: Sequence[str]
    ) -> tuple[list[RuleFindingView], Sent]:
        """Evaluate a rule; whole, where nothing leads to its groups."""
        around = queries.rule_findings.findings_around
        look = partial(around, rule, reader=at.owner.reader, as_of=at.as_of)
        if thing_of_groups(rule) is not None:
            return self._look_again(rule.id, at, events, look)
        part = look(events)
        if not part.events:
            return [], {}
        known = frozenset(self._known.get(rule.id, ()) if part.is_complete else ())
        return self._settle(rule.id, at, Reevaluation(part.findings, known))

    def _look_again(
        self, part: str, at: OwnerMoment, events: Sequence[str], look: Look[View]
    ) -> tuple[list[View], Sent]:
        result = reevaluate(events, self._known.get(part, {}), look)
        return self._settle(part, at, result)

    def _settle(
        self, part: str, at: OwnerMoment, result: Reevaluation[View]
    ) -> tuple[list[View], Sent]:
        """Remember a result; return its findings, and what the owner received of these groups."""
        known = self._known.setdefault(part, {})
        for id_ in result.looked_at:
            known.pop(id_, None)
        self._remember(part, at.owner, result.findings)
        ids = result.looked_at | {id_of(finding) for finding in result.findings}
        return result.findings, {id_: at.sent[id_] for id_ in ids if id_ in at.sent}

    def _remember(self, part: str, owner: Owner, findings: Iterable[OwnedFinding]) -> None:
        known = self._known.setdefault(part, {})
        for finding in findings:
            if owns_any(owner, finding.evidence):
                known[id_of(finding)] = events_of(finding)


def id_of(finding: OwnedFinding) -> IndicatorId:
    """Return the id of a finding, as hits have it."""
    return IndicatorId(UUID(finding.id).bytes)
