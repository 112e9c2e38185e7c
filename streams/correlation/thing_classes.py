"""Ask which rules the members of a thing could match, by the classes of the members.

Members of one class are alike to the rules. Most things have members of the same few classes, so
both answers are remembered.
"""

from collections.abc import Sequence
from functools import lru_cache

from streams.rules import Grading, RuleHistory

CACHE_SIZE = 20_000
"""Different sets of classes that are remembered."""


class ThingClasses:
    """Answers for one history of rules."""

    def __init__(self, rules: RuleHistory) -> None:
        """Begin with nothing remembered yet."""
        self._rules = rules
        self.possible = lru_cache(CACHE_SIZE)(self._possible)
        self.join = lru_cache(CACHE_SIZE)(self._join)

    def _possible(self, kind: str, classes: bytes | None) -> tuple[Grading, ...]:
        """List what members of these classes could match."""
        return self._rules.possible_gradings(kind, read_classes(classes))

    def _join(
        self, kind: str, classes: bytes | None, member: str
    ) -> tuple[bytes | None, Sequence[Grading]]:
        """Add the class of a new member: the classes then, and what could match only now."""
        before = read_classes(classes)
        if not member or member in before:
            return classes, ()
        after = before | {member}
        gradings = self._rules.possible_gradings(kind, after)
        return write_classes(after), without(gradings, self._rules.possible_gradings(kind, before))


def read_classes(value: bytes | None) -> frozenset[str]:
    """Read the classes of a thing's members from the state."""
    return frozenset(value.decode().split("\n")) if value else frozenset()


def write_classes(classes: frozenset[str]) -> bytes | None:
    """Write classes for the state; None where there are none."""
    return "\n".join(sorted(classes)).encode() if classes else None


def without(gradings: Sequence[Grading], others: Sequence[Grading]) -> list[Grading]:
    """List the gradings that are not among the others."""
    excluded = {(id(grading.rule), grading.grade) for grading in others}
    return [grading for grading in gradings if (id(grading.rule), grading.grade) not in excluded]
