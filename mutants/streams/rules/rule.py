"""One rule: who may fill its roles, what must be true of two of them, what a pair is worth."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

from schemas.model import DAY_MS
from schemas.normalise.weapon import calibres_fit
from schemas.observation import split_trait
from streams.rules.trait_condition import TraitCondition

GRADES = ("certain", "possible")
JOINS: Mapping[str, Callable[[str, str], bool]] = {"calibre": calibres_fit}
"""Traits that join two members of a thing, and when two of their values fit."""
GRACE = DAY_MS
"""A time may be told by its day alone."""
DAY_ENDS = timedelta(hours=29)
"""A local day's end after its 00:00 UTC: in UTC-5, the westernmost of the four countries' zones."""


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


class MemberView(Protocol):
    """What a rule sees of a member: a row of evidence, or all members that are alike to the rules.
    `occurred`: ms since 1970 UTC.
    """

    @property
    def certainty(self) -> str: ...
    @property
    def occurred(self) -> int | None: ...
    @property
    def traits(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class RoleCondition:
    """One way of filling a role: an event type whose traits are so. `unless`: a role that must not
    be filled in the same country.
    """

    type: str
    traits: Mapping[str, TraitCondition]
    unless: str | None = None

    def fits(self, type_: str, traits: Mapping[str, str]) -> bool:
        return type_ == self.type and all(
            condition.holds(traits.get(name)) for name, condition in self.traits.items()
        )

    def describe(self) -> str:
        """As the documentation shows it."""
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
    """Fires when two members of one thing, of different countries, fill the two roles of `pair` and
    all conditions hold between them.

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

    def conditions(self) -> Iterator[tuple[str, str]]:
        """What must be true between the two of a pair, by key of the file, for the documentation."""
        days = None if self.days is None else f"{self.days[0]} … {self.days[1]}"
        asked = (("joined_by", self.joined_by), ("days", days), ("until", self.until))
        return ((name, value) for name, value in asked if value is not None)

    def roles_of(self, type_: str, traits: Mapping[str, str]) -> list[str]:
        """The roles that a member of this type and traits fills, those of an `unless` included;
        sorted.
        """
        return [
            role
            for role in sorted(self.roles)
            if any(filling.fits(type_, traits) for filling in self.roles[role])
        ]

    def roles_in(
        self,
        grade: str,
        type_: str,
        certainty: str,
        occurred: int | None,
        traits: Mapping[str, str],
    ) -> list[str]:
        """The roles under which a member is evidence of this grade. Certain: only what may be one
        of a certain pair, or excuse one.
        """
        if grade == "certain" and certainty != "certain":
            return []
        fit = grade != "certain" or self._has_required(occurred, traits)
        return [role for role in self.roles_of(type_, traits) if fit or role not in self.pair]

    def _has_required(self, occurred: int | None, traits: Mapping[str, str]) -> bool:
        joins = self.joined_by is None or bool(traits.get(self.joined_by))
        return joins and (self.days is None or occurred is not None)

    def unless_of(self, role: str, type_: str, traits: Mapping[str, str]) -> frozenset[str]:
        """The roles that take this member out of `role` when its country fills them; empty where
        one way of filling it asks for none.
        """
        asked = [filling.unless for filling in self.roles[role] if filling.fits(type_, traits)]
        return frozenset() if None in asked else frozenset(name for name in asked if name)

    def excludes(self, other: MemberView, one: MemberView) -> bool:
        """Whether what `other` says (an `unless`) takes `one` out of its role: what fits it and, in
        a rule of time, is not older.
        """
        if not self.joined(one.traits, other.traits):
            return False
        return (
            self.days is None
            or one.occurred is None
            or other.occurred is None
            or other.occurred > one.occurred - GRACE
        )

    def grade_of(self, first: MemberView, second: MemberView) -> str | None:
        """The grade of a pair, should it hold; None for two merely possible members."""
        certain = (first.certainty == "certain") + (second.certainty == "certain")
        if certain == 0:
            return None
        return "certain" if certain == 2 and self._known(first, second) else "possible"

    def _known(self, first: MemberView, second: MemberView) -> bool:
        """Whether all is known that the conditions ask for."""
        dated = (
            second.occurred is not None or self.until is None or not first.traits.get(self.until)
        )
        return dated and all(
            self._has_required(one.occurred, one.traits) for one in (first, second)
        )

    def conditions_hold(self, first: MemberView, second: MemberView) -> bool:
        """Whether no condition between the two fails; what is not known fails none."""
        return self.joined(first.traits, second.traits) and self._in_time(first, second)

    def joined(self, first: Mapping[str, str], second: Mapping[str, str]) -> bool:
        """Equal or fitting values of the joining trait; an unknown one does not part them."""
        if self.joined_by is None:
            return True
        a, b = first.get(self.joined_by), second.get(self.joined_by)
        return (
            not a
            or not b
            or a == b
            or any(
                x == y or JOINS[self.joined_by](x, y)
                for x in split_trait(a)
                for y in split_trait(b)
            )
        )

    def _in_time(self, first: MemberView, second: MemberView) -> bool:
        if second.occurred is None:
            return True
        if self.until is not None and not _counts_at(first.traits.get(self.until), second.occurred):
            return False
        if self.days is None or first.occurred is None:
            return True
        return self.days[0] * DAY_MS <= second.occurred - first.occurred <= self.days[1] * DAY_MS

    def weigh(self, role: str, certainty: str, traits: Mapping[str, str]) -> dict[str, float]:
        """Each feature's weight of a member in a role."""
        features = [role, certainty] + (
            [self.joined_by] if self.joined_by and traits.get(self.joined_by) else []
        )
        return {feature: self.weights[feature] for feature in features}
mutants_x__counts_at__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__counts_at__mutmut)
def _counts_at(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment < _end_of_day(day) for day in split_trait(last_day))


def x__counts_at__mutmut_orig(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment < _end_of_day(day) for day in split_trait(last_day))


def x__counts_at__mutmut_1(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(None)


def x__counts_at__mutmut_2(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day and moment < _end_of_day(day) for day in split_trait(last_day))


def x__counts_at__mutmut_3(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(day or moment < _end_of_day(day) for day in split_trait(last_day))


def x__counts_at__mutmut_4(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment <= _end_of_day(day) for day in split_trait(last_day))


def x__counts_at__mutmut_5(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment < _end_of_day(None) for day in split_trait(last_day))


def x__counts_at__mutmut_6(last_day: str | None, moment: int) -> bool:
    """Whether what counts until this day still does at a moment (ms since 1970 UTC)."""
    return any(not day or moment < _end_of_day(day) for day in split_trait(None))

mutants_x__counts_at__mutmut['_mutmut_orig'] = x__counts_at__mutmut_orig # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_1'] = x__counts_at__mutmut_1 # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_2'] = x__counts_at__mutmut_2 # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_3'] = x__counts_at__mutmut_3 # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_4'] = x__counts_at__mutmut_4 # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_5'] = x__counts_at__mutmut_5 # type: ignore # mutmut generated
mutants_x__counts_at__mutmut['x__counts_at__mutmut_6'] = x__counts_at__mutmut_6 # type: ignore # mutmut generated


@lru_cache(maxsize=10_000)
def _end_of_day(day: str) -> float:
    """ms since 1970 UTC; what is no date is over (a schema's `date` lets none through)."""
    try:
        start = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError:
        return float("-inf")
    return (start + DAY_ENDS).timestamp() * 1000
