"""Say clause by clause what of a rule holds for some records, by the engine itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from streams.rules.detectors.detector_rule import DetectorRule
from streams.rules.detectors.evaluate import group_results
from streams.rules.detectors.matches import GroupResult
from streams.rules.detectors.occurrence import RuleOccurrence
from streams.rules.rule import RoleCondition


class ConditionState(NamedTuple):
    """A condition of a role on an occurrence. `written`: its value there, empty for none."""

    event: str
    part: int
    role: str
    condition: str
    written: str
    holds: bool


class RuleReasons(NamedTuple):
    """What holds of a rule for some records: conditions of each, and clauses of each group."""

    conditions: Sequence[ConditionState]
    groups: Sequence[GroupResult]


def explain_rule(rule: DetectorRule, occurrences: Iterable[RuleOccurrence]) -> RuleReasons:
    """Return what holds of a rule for these occurrences alone, possible things too."""
    every = sorted(occurrences, key=lambda occurrence: occurrence.place)
    conditions = [state for occurrence in every for state in _states(rule, occurrence)]
    return RuleReasons(conditions, list(group_results(rule, every)))


def _states(rule: DetectorRule, occurrence: RuleOccurrence) -> Iterator[ConditionState]:
    for role, alternatives in rule.records.items():
        for alternative in alternatives:
            yield from _of_alternative(role, alternative, occurrence)


def _of_alternative(
    role: str, alternative: RoleCondition, occurrence: RuleOccurrence
) -> Iterator[ConditionState]:
    """Yield the conditions of one way to fill a role; of another type only that."""
    place = (occurrence.event, occurrence.index, role)
    is_type = occurrence.type == alternative.type
    yield ConditionState(*place, f"type: {alternative.type}", occurrence.type, is_type)
    if not is_type:
        return
    for name, condition in alternative.traits.items():
        values = [occurrence.fields.get(name)]
        values += [thing.traits[name] for thing in occurrence.things if name in thing.traits]
        yield ConditionState(
            *place,
            f"{name}: {condition.describe()}",
            "|".join(filter(None, values)),
            any(map(condition.holds, values)),
        )
