"""One rule: who may fill its roles, what joins two of them, what a pair is worth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schemas.normalise.weapon import adjacent

GRADES = ("certain", "possible")
JOINS: Mapping[str, Callable[[str, str], bool]] = {"calibre": adjacent}
"""Traits that join two members of a thing, and when two of their values fit."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One way of filling a role: an event type whose traits have one of these values.

    `unless`: a role that must not be filled in the same country.
    """

    type: str
    traits: Mapping[str, frozenset[str]]
    unless: str | None = None

    def fits(self, type_: str, traits: Mapping[str, str]) -> bool:
        return type_ == self.type and all(traits.get(name) in values for name, values in self.traits.items())


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when two members of one thing, of different countries, fill the two roles of `pair` and are joined."""

    id: str
    version: int
    kind: str
    severity: str
    pair: tuple[str, str]
    joined_by: str | None
    hub: int
    cap: float
    roles: Mapping[str, tuple[Filling, ...]]
    weights: Mapping[str, float]
    title: Mapping[str, str]
    sentence: Mapping[str, str]

    def roles_of(self, type_: str, traits: Mapping[str, str]) -> list[str]:
        """The roles that a member of this type and traits fills, those of an `unless` included; sorted."""
        return [role for role in sorted(self.roles) if any(filling.fits(type_, traits) for filling in self.roles[role])]

    def roles_in(self, grade: str, type_: str, certainty: str, traits: Mapping[str, str]) -> list[str]:
        """The roles under which a member is evidence of this grade. Certain: only what is certain and has the trait that joins."""
        if grade == "certain" and certainty != "certain":
            return []
        known = grade != "certain" or self.joined_by is None or self.joined_by in traits
        return [role for role in self.roles_of(type_, traits) if known or role not in self.pair]

    def unless_of(self, role: str, type_: str, traits: Mapping[str, str]) -> frozenset[str]:
        """The roles that take this member out of `role` when its country fills them; empty where one way of filling it asks for none."""
        asked = [filling.unless for filling in self.roles[role] if filling.fits(type_, traits)]
        return frozenset() if None in asked else frozenset(name for name in asked if name)

    def grade_of(self, first: tuple[str, bool], second: tuple[str, bool]) -> str | None:
        """The grade of a pair, each given as certainty and whether its joining trait is known; None for two possible ones."""
        certain = (first[0] == "certain") + (second[0] == "certain")
        if certain == 0:
            return None
        known = self.joined_by is None or (first[1] and second[1])
        return "certain" if certain == 2 and known else "possible"

    def joined(self, first: Mapping[str, str], second: Mapping[str, str]) -> bool:
        """Equal or fitting values of the joining trait; an unknown one does not part them."""
        if self.joined_by is None:
            return True
        a, b = first.get(self.joined_by), second.get(self.joined_by)
        return a is None or b is None or a == b or JOINS[self.joined_by](a, b)

    def weigh(self, role: str, certainty: str, traits: Mapping[str, str]) -> dict[str, float]:
        """Each feature's weight of a member in a role."""
        features = [role, certainty] + ([self.joined_by] if self.joined_by and self.joined_by in traits else [])
        return {feature: self.weights[feature] for feature in features}
