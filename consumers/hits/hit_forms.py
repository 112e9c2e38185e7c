"""Say which findings of each form concern an owner, and how it receives them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from consumers.hits.computed_hits import (
    ComputedFinding,
    ComputedHit,
    ComputedRecord,
    HitForm,
    computed_changes,
    owns_any,
)
from consumers.hits.decide import Owner
from consumers.query.alike.alike_findings import AlikeFinding, is_alike_finding
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.query.bursts.burst import Burst, burst_id, week_of_id
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.places import countries_of
from consumers.query.persons.person_findings import PersonFinding, is_finding_id
from consumers.query.rule_findings.rule_finding_views import RuleFindings, RuleFindingView
from schemas.ids import to_uuid_text
from schemas.model import IndicatorId
from streams.rules.detectors.evaluate import is_rule_finding

GRADES = ("possible", "certain")
BURSTS = HitForm("quipu burst", "counted", GRADES, ended="")
PERSONS = HitForm("quipu person finding", "named", ("live",), ended="ended")
ALIKE = HitForm("quipu alike finding", "described", ("live",), ended="ended")
RULES = HitForm("quipu rule finding", "part", GRADES, ended="")
ALIKE_HIT_FROM = 0.8
"""The least probability of which an owner is told: two records that share a usual sentence reach
about 0.6, a method in unusual words 0.85.
"""
Sent = Mapping[IndicatorId, bytes]
"""The content of what an owner received last, by id, of every form."""


def burst_changes(
    owner: Owner, bursts: Iterable[Burst], sent: Sent, first_week: int
) -> list[ComputedHit]:
    """Return what is new for an owner of bursts: of its records, or at a place of its country.

    `bursts`: that it sees; `first_week`: the first that was looked at. Of a burst that began
    before, nobody knows whether it ended.
    """
    findings = [
        _of_burst(burst, sent)
        for burst in bursts
        if burst.id is not None
        and (owner.country in countries_of(burst.key) or owns_any(owner, burst.evidence))
    ]
    candidates = {id_ for id_ in sent if (week_of_id(to_uuid_text(id_)) or 0) >= first_week}
    return computed_changes(BURSTS, owner, findings, sent, candidates)


def person_changes(
    owner: Owner, findings: Iterable[PersonFinding], sent: Sent, *, is_complete: bool
) -> list[ComputedHit]:
    """Return what is new for an owner of findings on persons that rest on a record of its own.

    What is only possible is in the list, and no hit. `is_complete`: whether all findings were
    looked for. Else nobody knows whether one has ended.
    """
    own = [
        _of_pair(finding, "person")
        for finding in findings
        if finding.grade == "certain" and owns_any(owner, finding.evidence)
    ]
    candidates = {id_ for id_ in sent if is_complete and is_finding_id(to_uuid_text(id_))}
    return computed_changes(PERSONS, owner, own, sent, candidates)


def alike_changes(owner: Owner, answer: AlikeAnswer, sent: Sent) -> list[ComputedHit]:
    """Return what is new for an owner of objects and methods that a record of its own describes.

    What is less sure than ALIKE_HIT_FROM is in the list, and no hit. Where not every link was
    looked at, nobody knows whether a finding has ended.
    """
    own = [
        _of_pair(finding, finding.kind)
        for finding in answer.findings
        if finding.probability >= ALIKE_HIT_FROM and owns_any(owner, finding.evidence)
    ]
    candidates = {id_ for id_ in sent if answer.is_complete and is_alike_finding(to_uuid_text(id_))}
    return computed_changes(ALIKE, owner, own, sent, candidates)


def rule_changes(owner: Owner, result: RuleFindings, sent: Sent) -> list[ComputedHit]:
    """Return what is new for an owner of findings of rules that rest on a record of its own.

    Where not all candidates were looked at, nobody knows whether a finding has ended.
    """
    own = [_of_rule(finding) for finding in result.findings if owns_any(owner, finding.evidence)]
    candidates = {id_ for id_ in sent if result.is_complete and is_rule_finding(to_uuid_text(id_))}
    return computed_changes(RULES, owner, own, sent, candidates)


def _of_burst(burst: Burst, sent: Sent) -> ComputedFinding:
    return ComputedFinding(
        view=burst,
        indicator=_known_id(burst, sent),
        state=burst.grade,
        kind=burst.dimension,
        sentence=burst.sentence,
        first_recorded=burst.first_recorded,
        handling=burst.handling,
        conditions=burst.conditions,
        has_figures=True,
    )


def _of_pair(finding: PersonFinding | AlikeFinding, kind: str) -> ComputedFinding:
    """`kind`: of what both records are about."""
    handling, conditions = _marking(finding.evidence)
    return ComputedFinding(
        view=finding,
        indicator=_id_of(finding.id),
        state="live",
        kind=kind,
        sentence=finding.brief,
        first_recorded=min(record.recorded_at for record in finding.evidence),
        handling=handling,
        conditions=conditions,
    )


def _of_rule(finding: RuleFindingView) -> ComputedFinding:
    handling, conditions = _marking(finding.evidence)
    return ComputedFinding(
        view=finding,
        indicator=_id_of(finding.id),
        state=finding.grade,
        kind=finding.detector,
        sentence=finding.brief,
        first_recorded=finding.first_recorded,
        handling=handling,
        conditions=conditions,
    )


def _known_id(burst: Burst, sent: Sent) -> IndicatorId:
    """Return the id under which the owner knows a burst: late records may begin it earlier."""
    first = week_of(burst.first_day)
    weeks = range(first, week_of(burst.last_day - timedelta(days=1)) + 1)
    ids = [_id_of(burst_id(burst.rule, burst.key, week)) for week in weeks]
    return next((id_ for id_ in ids if id_ in sent), ids[0])


def _id_of(text: str) -> IndicatorId:
    return IndicatorId(UUID(text).bytes)


def _marking(records: Sequence[ComputedRecord]) -> tuple[list[str], list[str]]:
    """Return the handling codes of records, and the owners' conditions, each once."""
    markings = [
        (code, condition.strip())
        for record in records
        for code, _colon, condition in (marking.partition(":") for marking in record.markings)
    ]
    conditions = {condition for _code, condition in markings if condition}
    return sorted({code for code, _condition in markings}), sorted(conditions)
