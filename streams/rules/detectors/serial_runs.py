"""Find things of one make and type with consecutive serials: the form run. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from streams.rules.detectors.crowding import CrowdReason, crowding_of
from streams.rules.detectors.detector_rule import DetectorRule, RunForm
from streams.rules.detectors.matches import Clause, FormMatch, GroupResult, hold, quantities_of
from streams.rules.detectors.members import GroupKey, GroupMember, roles_of, times_of
from streams.rules.detectors.occurrence import RuleOccurrence

_SERIAL = re.compile(r"^(.*?)(\d{1,12})$")
_PART = "|"
Numbered = dict[int, list[GroupMember]]
"""The members by the number at the end of their serial."""


def find_runs(
    rule: DetectorRule, form: RunForm, occurrences: Iterable[RuleOccurrence]
) -> Iterator[GroupResult]:
    """Yield, for each make, type and beginning of serials, what its runs of numbers show."""
    batches = _batches(rule, form, occurrences)
    for key in sorted(batches):
        numbered = batches[key]
        results = [_result(rule, form, key, run, numbered) for run in _runs(form, numbered)]
        yield from results


def _batches(
    rule: DetectorRule, form: RunForm, occurrences: Iterable[RuleOccurrence]
) -> Mapping[GroupKey, Numbered]:
    batches: dict[GroupKey, Numbered] = defaultdict(lambda: defaultdict(list))
    for occurrence in occurrences:
        for place, thing in enumerate(occurrence.things):
            serial, _bar, rest = thing.value.partition(_PART)
            parts = _SERIAL.match(serial)
            if thing.kind != form.kind or parts is None:
                continue
            roles = roles_of(rule, occurrence, thing.traits)
            if roles:
                key = (occurrence.exercise, *rest.split(_PART), parts[1])
                member = GroupMember(occurrence, roles, thing.is_certain, place)
                batches[key][int(parts[2])].append(member)
    return batches


def _runs(form: RunForm, numbered: Numbered) -> Iterator[list[int]]:
    """Yield the numbers that follow each other within the gap."""
    run: list[int] = []
    for number in sorted(numbered):
        if run and number - run[-1] > form.gap:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _result(
    rule: DetectorRule, form: RunForm, key: GroupKey, run: Sequence[int], numbered: Numbered
) -> GroupResult:
    members = [member for number in run for member in numbered[number]]
    quantities = {**quantities_of(members), "serials": len(run)}
    clauses = [
        Clause("serials", len(run), form.at_least),
        Clause("countries", quantities["countries"], rule.countries),
    ]
    crowd = crowding_of(times_of(members), rule.hub, CrowdReason.HUB)
    if crowd:
        return GroupResult(key, members, clauses, [], crowd)
    matches = [FormMatch(key, members, quantities, members)] if hold(clauses) else []
    return GroupResult(key, members, clauses, matches)
