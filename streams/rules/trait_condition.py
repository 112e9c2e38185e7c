"""State the condition that a role puts on a member's trait."""

from dataclasses import dataclass

from schemas.observation import split_trait


@dataclass(frozen=True, slots=True)
class TraitCondition:
    """One of these values; or, with `but_not`, none of them or absent.

    Of several values of the trait, one is enough.
    """

    accepted: frozenset[str]
    but_not: bool = False

    def holds(self, text: str | None) -> bool:
        """Say whether a trait fulfils the condition; None is an absent trait."""
        return any((value in self.accepted) != self.but_not for value in split_trait(text))

    def describe(self) -> str:
        """Describe the condition as the documentation shows it."""
        return ("not " if self.but_not else "") + " ".join(sorted(self.accepted))
