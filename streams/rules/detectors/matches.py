"""Define what a form says of a group: clause by clause what holds, and which members make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from streams.rules.detectors.crowding import GroupCrowding
from streams.rules.detectors.members import GroupKey, GroupMember


class Clause(NamedTuple):
    """One condition of a rule on a group. Amounts are in millionths."""

    name: str
    measured: int
    needed: int

    @property
    def holds(self) -> bool:
        """Say whether there is as much as the rule asks for."""
        return self.measured >= self.needed


class FormMatch(NamedTuple):
    """Members that together meet every clause. `key`: what they share; `quantities`: by name.

    `anchored`: members whose ids lead to the finding; the oldest names it.
    """

    key: GroupKey
    members: Sequence[GroupMember]
    quantities: Mapping[str, int]
    anchored: Sequence[GroupMember]


class GroupResult(NamedTuple):
    """What a form says of a group. `crowd`: what is left out of it; None for nothing."""

    key: GroupKey
    members: Sequence[GroupMember]
    clauses: Sequence[Clause]
    matches: Sequence[FormMatch]
    crowd: GroupCrowding | None = None


def quantities_of(members: Iterable[GroupMember]) -> dict[str, int]:
    """Return how many records of how many countries these members are."""
    occurrences = [member.occurrence for member in members]
    return {
        "records": len({occurrence.event for occurrence in occurrences}),
        "countries": len({occurrence.country for occurrence in occurrences}),
    }


def hold(clauses: Iterable[Clause]) -> bool:
    """Say whether all clauses hold."""
    return all(clause.holds for clause in clauses)
