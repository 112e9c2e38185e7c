"""Hold a rule over many records, as its file states it. Times are in ms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from streams.rules.detectors.occurrence import RuleOccurrence
from streams.rules.rule import RoleCondition

MICRO = 1_000_000
"""Amounts are whole millionths, so that no order of adding changes a sum."""


@dataclass(frozen=True, slots=True)
class CountForm:
    """So many records within a time."""

    within: int
    at_least: int


@dataclass(frozen=True, slots=True)
class DistinctForm:
    """So many different values of a field, or things of a kind, within a time."""

    within: int
    distinct: str
    at_least: int


@dataclass(frozen=True, slots=True)
class SumForm:
    """So much in all within a time. `at_least`, `least`, `below`: in millionths.

    `limits`: by country, in millionths; where there are some, the others are parts of them.
    """

    within: int
    measure: str
    at_least: int
    fewest: int
    least: int
    below: int | None
    limits: Mapping[str, int]

    def counted(self, amounts: Mapping[str, int], country: str) -> int | None:
        """Return what an occurrence counts; None where its amount is not one of those meant."""
        amount = amounts.get(self.measure)
        if amount is None:
            return None
        if self.limits:
            limit = self.limits.get(country)
            if limit is None:
                return None
            amount = amount * MICRO // limit
        is_below = self.below is None or amount < self.below
        return amount if self.least <= amount and is_below else None


@dataclass(frozen=True, slots=True)
class SequenceForm:
    """Records in an order. `gaps`: one for each step after the first.

    `agree`: what two steps have in common, as far as both of them state it.
    """

    order: tuple[str, ...]
    gaps: tuple[int, ...]
    slack: int
    differ: tuple[str, ...]
    agree: tuple[str, ...]
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class RunForm:
    """Things of one make and type with consecutive serials."""

    kind: str
    at_least: int
    gap: int


@dataclass(frozen=True, slots=True)
class TogetherForm:
    """Two things of a kind seen within a short time at one place, again and again.

    `partners`: a thing with more of them is of a fleet and makes no match; None: any number.
    """

    kind: str
    within: int
    at_least: int
    apart: int
    share: float
    partners: int | None


@dataclass(frozen=True, slots=True)
class PathForm:
    """Money that continues. `least`: millionths of a dollar; `returns`: to its first owner."""

    hops: int
    within: int
    loss: float
    least: int
    returns: bool


@dataclass(frozen=True, slots=True)
class NetworkForm:
    """Records that hang together by things of these kinds. `needs`: records of a role, at least.

    `at_least`, `most`: records of a network.
    """

    joined_by: frozenset[str]
    within: int
    at_least: int
    most: int
    needs: Mapping[str, int]


RuleForm = (
    CountForm
    | DistinctForm
    | SumForm
    | SequenceForm
    | RunForm
    | TogetherForm
    | PathForm
    | NetworkForm
)


class RuleExample(NamedTuple):
    """Occurrences, and how many findings there must be. `most`: None for any number."""

    name: str
    occurrences: Sequence[RuleOccurrence]
    least: int
    most: int | None


@dataclass(frozen=True)
class DetectorRule:
    """A rule over many records. Texts are by language; `by`: what the records of a group share."""

    id: str
    detector: str
    version: int
    severity: str
    form: RuleForm
    records: Mapping[str, tuple[RoleCondition, ...]]
    by: tuple[str, ...]
    countries: int
    hub: int
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    doubt: Mapping[str, str]
    false_positives: tuple[Mapping[str, str], ...]
    examples: tuple[RuleExample, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The types of event that it reads."""
        conditions = (condition for role in self.records.values() for condition in role)
        return tuple(sorted({condition.type for condition in conditions}))

    @cached_property
    def conditions_of_type(self) -> Mapping[str, Sequence[tuple[str, RoleCondition]]]:
        """The conditions on records of each type, each with the role that it fills."""
        of_type: dict[str, list[tuple[str, RoleCondition]]] = defaultdict(list)
        for role, conditions in self.records.items():
            for condition in conditions:
                of_type[condition.type].append((role, condition))
        return dict(of_type)

    @property
    def share(self) -> int:
        """The records of a group that one country may have before it crowds the group."""
        return max(1, self.hub // 2)
