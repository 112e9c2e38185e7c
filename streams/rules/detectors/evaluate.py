"""Evaluate a rule over records: `evaluate(rule, occurrences) -> findings`. Pure.

The occurrences are those of current records that are released to one reader. What is found is a
function of their set: no order, no copy and no record that is not there changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, assert_never

from schemas import ids
from schemas.model import Grade
from streams.rules.detectors.company import find_company
from streams.rules.detectors.crowding import GroupCrowding
from streams.rules.detectors.detector_rule import (
    CountForm,
    DetectorRule,
    DistinctForm,
    NetworkForm,
    PathForm,
    RunForm,
    SequenceForm,
    SumForm,
    TogetherForm,
)
from streams.rules.detectors.matches import FormMatch, GroupResult
from streams.rules.detectors.members import GroupKey, GroupMember, group_members
from streams.rules.detectors.money_paths import find_paths
from streams.rules.detectors.networks import find_networks
from streams.rules.detectors.occurrence import RecordedThing, RuleOccurrence
from streams.rules.detectors.sequences import find_sequences
from streams.rules.detectors.serial_runs import find_runs
from streams.rules.detectors.windows import find_windows

FINDING_MARK = b"\x00\x00\x00\x01"
"""Begins the id of such a finding: a burst begins with a later week, one on a person with zeros."""
MOST_ANCHORS = 500
NOTHING = RecordedThing("", "")
"""Stands where a possible thing is not looked at."""


class RuleFinding(NamedTuple):
    """What a rule finds. `id`: stays while records come; `ids`: those that lead to it as well.

    `key`: what the records share, after the exercise; `evidence`: occurrences in the order of time;
    `quantities`: what was measured, by name, amounts in millionths.
    """

    id: str
    ids: frozenset[str]
    rule: DetectorRule
    grade: Grade
    key: GroupKey
    evidence: Sequence[RuleOccurrence]
    quantities: Mapping[str, int]

    @property
    def events(self) -> list[str]:
        """The events of the evidence, in the order of time."""
        return list(dict.fromkeys(occurrence.event for occurrence in self.evidence))


class CrowdedGroup(NamedTuple):
    """A group of which a rule says nothing, or not all: too many share it, or one floods it."""

    rule: DetectorRule
    key: GroupKey
    crowding: GroupCrowding


class RuleOutcome(NamedTuple):
    """What a rule says of records: findings by id, and the groups that are hubs."""

    findings: list[RuleFinding]
    crowded: list[CrowdedGroup]


def evaluate(rule: DetectorRule, occurrences: Iterable[RuleOccurrence]) -> RuleOutcome:
    """Return what a rule finds in these occurrences.

    A finding is certain where certain observations alone give it.
    """
    distinct = {(item.event, item.index): item for item in occurrences}
    every = [distinct[place] for place in sorted(distinct)]
    certain = [_certain_part(occurrence) for occurrence in every]
    results = list(_deciding_results(rule, certain))
    findings = [_finding(rule, "certain", match) for match in _matches(results)]
    if certain != every:
        results = list(_deciding_results(rule, every))
        findings += _possible(rule, _matches(results), findings)
    crowded = [
        CrowdedGroup(rule, result.key[1:], result.crowd) for result in results if result.crowd
    ]
    return RuleOutcome(sorted(findings, key=lambda finding: finding.id), crowded)


def group_results(
    rule: DetectorRule, occurrences: Iterable[RuleOccurrence]
) -> Iterator[GroupResult]:
    """Yield what the rule's form says of each group, whether it is found or not."""
    form = rule.form
    match form:
        case CountForm() | DistinctForm() | SumForm():
            for group in group_members(rule, occurrences):
                yield find_windows(rule, form, group)
        case SequenceForm():
            for group in group_members(rule, occurrences):
                yield find_sequences(rule, form, group)
        case RunForm():
            yield from find_runs(rule, form, occurrences)
        case TogetherForm():
            yield from find_company(rule, form, occurrences)
        case PathForm():
            yield from find_paths(rule, form, occurrences)
        case NetworkForm():
            yield from find_networks(rule, form, occurrences)
        case _:
            assert_never(form)


def _deciding_results(
    rule: DetectorRule, occurrences: Iterable[RuleOccurrence]
) -> Iterator[GroupResult]:
    """Yield what a form says of groups, without networks too small to be found or to crowd."""
    form = rule.form
    if isinstance(form, NetworkForm):
        return find_networks(rule, form, occurrences, min(form.at_least, form.most + 1))
    return group_results(rule, occurrences)


def finding_id(rule: str, member: GroupMember) -> str:
    """Return the id of a finding that is named by a member: a UUID of version 8.

    It has no value of a record, which somebody could guess.
    """
    occurrence = member.occurrence
    parts = (rule, occurrence.event, str(occurrence.index), str(member.thing))
    return ids.finding_id(FINDING_MARK, "\0".join(("quipu rule finding", *parts)))


def is_rule_finding(id_: str) -> bool:
    """Return whether an id is that of such a finding."""
    return ids.has_mark(id_, FINDING_MARK)


def _certain_part(occurrence: RuleOccurrence) -> RuleOccurrence:
    """Return it without its possible things; the others keep their places."""
    if all(thing.is_certain for thing in occurrence.things):
        return occurrence
    certain = tuple(thing if thing.is_certain else NOTHING for thing in occurrence.things)
    return replace(occurrence, things=certain)


def _matches(results: Iterable[GroupResult]) -> Iterator[FormMatch]:
    for result in results:
        yield from result.matches


def _possible(
    rule: DetectorRule, matches: Iterable[FormMatch], certain: Sequence[RuleFinding]
) -> Iterator[RuleFinding]:
    """Yield the findings that need a possible observation, and that no certain one reports."""
    reported = {(finding.key, event) for finding in certain for event in finding.events}
    for match in matches:
        finding = _finding(rule, "possible", match)
        if not any((finding.key, event) in reported for event in finding.events):
            yield finding


def _finding(rule: DetectorRule, grade: Grade, match: FormMatch) -> RuleFinding:
    anchored = sorted(
        match.anchored,
        key=lambda member: (
            member.occurrence.recorded_at,
            member.occurrence.event,
            member.occurrence.index,
            member.thing,
        ),
    )
    ids = [finding_id(rule.id, member) for member in anchored[:MOST_ANCHORS]]
    evidence = {(item.occurrence.event, item.occurrence.index): item for item in match.members}
    ordered = sorted(
        (member.occurrence for member in evidence.values()), key=lambda item: item.place
    )
    return RuleFinding(
        ids[0], frozenset(ids), rule, grade, match.key[1:], ordered, match.quantities
    )
