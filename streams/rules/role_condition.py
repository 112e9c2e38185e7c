"""Who fills a role, and which pairs a rule leaves to a stronger one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from streams.rules.trait_condition import TraitCondition


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


class TypedMemberView(MemberView, Protocol):
    """A member whose event type is known as well."""

    @property
    def type(self) -> str:
        """Name the type of its event."""
        ...


@dataclass(frozen=True, slots=True)
class CoveredPair:
    """Pairs that a stronger rule reports, so that this one does not report them again.

    `by`: the stronger rule. A pair is covered if one member fits `first` and the other `second`.
    """

    by: str
    first: tuple[RoleCondition, ...]
    second: tuple[RoleCondition, ...]

    def holds(self, member: TypedMemberView, other: TypedMemberView) -> bool:
        """Say whether the stronger rule reports these two, in either order."""
        return any(
            _fits_any(self.first, a) and _fits_any(self.second, b)
            for a, b in ((member, other), (other, member))
        )


def _fits_any(conditions: tuple[RoleCondition, ...], member: TypedMemberView) -> bool:
    return any(condition.fits(member.type, member.traits) for condition in conditions)
