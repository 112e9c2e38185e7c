"""One rule: who may fill its roles, what must be true of two of them, what a pair is worth."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from schemas.model import DAY_MS, Grade
from schemas.normalise.calibre import calibres_fit, is_known
from schemas.observation import WHOLE, split_trait
from streams.rules.pair_examples import PairExample
from streams.rules.trait_condition import TraitCondition

GRADES: tuple[Grade, ...] = ("certain", "possible")


class Join(NamedTuple):
    """Say of a trait's values when two of them fit, and which are known at all.

    An unknown value fits every other and proves nothing, as if it were not given.
    """

    fit: Callable[[str, str], bool]
    is_known: Callable[[str], bool]


JOINS: Mapping[str, Join] = {"calibre": Join(calibres_fit, is_known)}
"""Traits that join two members of a thing."""
KNOWN = "known"
"""The value of a trait of which only that it is known matters."""
GRACE = DAY_MS
"""How much older an excluding record may be: a time may be known by its day alone."""
DAY_ENDS = timedelta(hours=29)
"""A local day's end after its 00:00 UTC: in UTC-5, the westernmost of the four countries' zones."""


def knows(traits: Mapping[str, str], name: str) -> bool:
    """Say whether a trait has a value that is known, for a condition between two members."""
    value = traits.get(name)
    return bool(value) and (name not in JOINS or _is_join_known(name, value or ""))


@lru_cache(maxsize=1024)
def _is_join_known(name: str, value: str) -> bool:
    return value == KNOWN or any(map(JOINS[name].is_known, split_trait(value)))


class MemberView(Protocol):
    """What a rule sees of a member: a row of evidence, or all members that are alike to it."""

    @property
    def certainty(self) -> str:
        """Say how certain the observation is: certain or possible."""
        ...

    @property
    def occurred(self) -> int | None:
        """Say when it occurred (ms since 1970 UTC); None where that is unknown."""
        ...

    @property
    def traits(self) -> Mapping[str, str]:
        """Give the values that rules look at, by name."""
        ...


@dataclass(frozen=True, slots=True)
class RoleCondition:
    """One way to fill a role: an event type, with conditions on its traits.

    `unless`: a role that must not be filled in the same country.
    """

    type: str
    traits: Mapping[str, TraitCondition]
    unless: str | None = None

    def fits(self, type_: str, traits: Mapping[str, str]) -> bool:
        """Say whether a member of this type and traits fills the role."""
        return type_ == self.type and all(
            condition.holds(traits.get(name)) for name, condition in self.traits.items()
        )

    def describe(self) -> str:
        """Describe the condition as the documentation shows it."""
        traits = ", ".join(
            f"{name}: {condition.describe()}" for name, condition in self.traits.items()
        )
        return (
            self.type
            + (f" ({traits})" if traits else "")
            + (f", unless {self.unless}" if self.unless else "")
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """What must be true of two members of one thing, of different countries, to match.

    They must fill the two roles of `pair`, and all conditions between them must hold.

    `joined_by`: a trait that must fit. `days`: from the first's `occurred` to the second's, at
    least and at most. `until`: a trait of the first, the last day on which it counts.
    """

    id: str
    version: int
    kinds: tuple[str, ...]
    severity: str
    pair: tuple[str, str]
    joined_by: str | None
    days: tuple[int, int] | None
    until: str | None
    hub: int
    cap: float
    roles: Mapping[str, tuple[RoleCondition, ...]]
    weights: Mapping[str, float]
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    examples: tuple[PairExample, ...] = ()

    @property
    def share(self) -> int:
        """The members of a hub that one country may have before it crowds the thing."""
        return self.hub // 2

    @property
    def quota(self) -> int:
        """How many members of an authority that crowds a hub are shown with it."""
        return max(1, self.hub // 10)

    @property
    def unless(self) -> frozenset[str]:
        """The roles that exclude a member from another role."""
        conditions = (condition for role in self.roles.values() for condition in role)
        return frozenset(condition.unless for condition in conditions if condition.unless)

    def conditions(self) -> Iterator[tuple[str, str]]:
        """List what must be true between the two of a pair, by key of the rule's file."""
        days = None if self.days is None else f"{self.days[0]} … {self.days[1]}"
        conditions = (("joined_by", self.joined_by), ("days", days), ("until", self.until))
        return ((name, value) for name, value in conditions if value is not None)

    def roles_of(self, type_: str, traits: Mapping[str, str]) -> list[str]:
        """List the roles that a member of this type and traits fills, sorted.

        The roles that an `unless` names are among them.
        """
        return [
            role
            for role in sorted(self.roles)
            if any(condition.fits(type_, traits) for condition in self.roles[role])
        ]

    def roles_in(
        self,
        grade: str,
        type_: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> list[str]:
        """List the roles under which a member is evidence of this grade.

        For the grade certain, only what may be one of a certain pair, or exclude one.
        """
        if grade == "certain" and certainty != "certain":
            return []
        complete = grade != "certain" or self._has_required(occurred, traits)
        return [role for role in self.roles_of(type_, traits) if complete or role not in self.pair]

    def _has_required(self, occurred: int | None, traits: Mapping[str, str]) -> bool:
        joins = self.joined_by is None or knows(traits, self.joined_by)
        return joins and (self.days is None or occurred is not None)

    def unless_of(self, role: str, type_: str, traits: Mapping[str, str]) -> frozenset[str]:
        """List the roles that take this member out of `role` when its country fills them.

        Empty where one way to fill the role names none.
        """
        conditions = [condition for condition in self.roles[role] if condition.fits(type_, traits)]
        unless = [condition.unless for condition in conditions]
        return frozenset() if None in unless else frozenset(name for name in unless if name)

    def excludes(self, other: MemberView, member: MemberView) -> bool:
        """Say whether `other`, which fills an `unless`, takes a member out of its role.

        It does if it fits the member and, in a rule of time, is not older.
        """
        if not self.joined(member.traits, other.traits):
            return False
        return (
            self.days is None
            or member.occurred is None
            or other.occurred is None
            or other.occurred > member.occurred - GRACE
        )

    def grade_of(self, first: MemberView, second: MemberView) -> Grade | None:
        """Give the grade of a pair, should it hold.

        Two merely possible members are a possible pair if they agree wholly, and none otherwise.
        """
        certainties = (first.certainty, second.certainty)
        if "certain" not in certainties:
            return "possible" if self._agree_wholly(first, second) else None
        unsure = "possible" in certainties or not self._is_complete(first, second)
        return "possible" if unsure else "certain"

    def _agree_wholly(self, first: MemberView, second: MemberView) -> bool:
        """Say whether each member says no other thing, and all is known that is compared."""
        whole = all(member.traits.get(WHOLE) for member in (first, second))
        return whole and self._is_complete(first, second)

    def _is_complete(self, first: MemberView, second: MemberView) -> bool:
        """Say whether all is known that the conditions ask for."""
        dated = (
            second.occurred is not None or self.until is None or not first.traits.get(self.until)
        )
        return dated and all(
            self._has_required(member.occurred, member.traits) for member in (first, second)
        )

    def conditions_hold(self, first: MemberView, second: MemberView) -> bool:
        """Say whether no condition between the two fails; what is unknown fails none."""
        return self.joined(first.traits, second.traits) and self._in_time(first, second)

    def joined(self, first: Mapping[str, str], second: Mapping[str, str]) -> bool:
        """Say whether values of the joining trait are equal or fit; an unknown one always fits."""
        if self.joined_by is None:
            return True
        a, b = first.get(self.joined_by), second.get(self.joined_by)
        return (
            not a
            or not b
            or a == b
            or any(
                x == y or JOINS[self.joined_by].fit(x, y)
                for x in split_trait(a)
                for y in split_trait(b)
            )
        )

    def _in_time(self, first: MemberView, second: MemberView) -> bool:
        return self.is_before_end(first, second) and self.is_within_days(first, second)

    def is_before_end(self, first: MemberView, second: MemberView) -> bool:
        """Say whether the first member still counted when the second occurred; or it is unknown."""
        if self.until is None or second.occurred is None:
            return True
        return _counts_at(first.traits.get(self.until), second.occurred)

    def is_within_days(self, first: MemberView, second: MemberView) -> bool:
        """Say whether as much time lies between the two as the rule asks; or it is unknown."""
        if self.days is None or first.occurred is None or second.occurred is None:
            return True
        return self.days[0] * DAY_MS <= second.occurred - first.occurred <= self.days[1] * DAY_MS

    def weigh(self, role: str, certainty: str, traits: Mapping[str, str]) -> dict[str, float]:
        """Give the weights of a member in a role, by feature."""
        features = [role, certainty]
        if self.joined_by and knows(traits, self.joined_by):
            features.append(self.joined_by)
        return {feature: self.weights[feature] for feature in features}


def _counts_at(last_day: str | None, moment: int) -> bool:
    """Say whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment < _end_of_day(day) for day in split_trait(last_day))


@lru_cache(maxsize=10_000)
def _end_of_day(day: str) -> float:
    """Return the end of a day (ms since 1970 UTC).

    What is no date is over; a schema's `date` admits none.
    """
    try:
        start = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError:
        return float("-inf")
    return (start + DAY_ENDS).timestamp() * 1000
