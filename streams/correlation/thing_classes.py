"""Say which rules the members of a thing could match, by the classes of the members.

Members of one class are alike to the rules. Most things have members of the same few classes, so
the answers are remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from streams.folding.packing import Packing
from streams.rules import Grading, RuleHistory

CACHE_SIZE = 20_000
"""Different sets of classes that are remembered."""
CROWD = 32
"""Observations of a thing from which on each is evidence under every rule, whatever the others are.

Below it, an observation may make all of them evidence, and an erasure may end that. So what one
record makes correlate write is bounded, and depends on what is stored alone.
"""


class ThingSummary(Struct, frozen=True, array_like=True):
    """What is known of a thing without reading its members.

    `observations`: how many are stored. `classes`: of its members, sorted; empty once it is
    crowded, when nobody asks for them.
    """

    observations: int = 0
    classes: tuple[str, ...] = ()


SUMMARY = Packing[ThingSummary](ThingSummary)


NO_MEMBERS = ThingSummary()


class ThingClasses:
    """Answers for one history of rules. `crowd`: observations from which on a thing is crowded.

    The answers are remembered by the packed summary (None for no members), which many things share.
    """

    def __init__(self, rules: RuleHistory, crowd: int) -> None:
        """Begin with nothing remembered yet."""
        self._rules = rules
        self.crowd = crowd
        self.read = lru_cache(CACHE_SIZE)(_unpack)
        self.gradings = lru_cache(CACHE_SIZE)(self._find_gradings)
        self.join = lru_cache(CACHE_SIZE)(self._join)
        self._possible = lru_cache(CACHE_SIZE)(self._find_possible)
        self._every = lru_cache(CACHE_SIZE)(rules.every_grading)

    def is_crowded(self, summary: ThingSummary) -> bool:
        """Say whether every observation of the thing is evidence, whatever the others are."""
        return summary.observations >= self.crowd

    def _find_gradings(self, kind: str, packed: bytes | None) -> Sequence[Grading]:
        """List the gradings under which the thing's observations are evidence."""
        summary = self.read(packed)
        if self.is_crowded(summary):
            return self._every(kind)
        return self._possible(kind, summary.classes)

    def _join(self, packed: bytes | None, member: str) -> bytes:
        """Add an observation. `member`: its class, empty where it fills no role."""
        summary = self.read(packed)
        observations, classes = summary.observations + 1, summary.classes
        if observations >= self.crowd:
            return SUMMARY.pack(ThingSummary(observations))
        if member and member not in classes:
            classes = tuple(sorted((*classes, member)))
        return SUMMARY.pack(ThingSummary(observations, classes))

    def _find_possible(self, kind: str, classes: tuple[str, ...]) -> tuple[Grading, ...]:
        return self._rules.possible_gradings(kind, frozenset(classes))


def _unpack(packed: bytes | None) -> ThingSummary:
    return NO_MEMBERS if packed is None else SUMMARY.unpack(packed)


def without(gradings: Sequence[Grading], others: Sequence[Grading]) -> Sequence[Grading]:
    """List the gradings that are not among the others."""
    if gradings is others:
        return ()
    excluded = {(id(grading.rule), grading.grade) for grading in others}
    return [grading for grading in gradings if (id(grading.rule), grading.grade) not in excluded]
