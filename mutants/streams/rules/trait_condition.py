"""What a role asks of a member's trait."""

from dataclasses import dataclass

from schemas.observation import split_trait


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


@dataclass(frozen=True, slots=True)
class TraitCondition:
    """What a trait must be: one of these values; or, with `but_not`, none of them or absent. Of
    several values one is enough.
    """

    accepted: frozenset[str]
    but_not: bool = False

    def holds(self, text: str | None) -> bool:
        return any((value in self.accepted) != self.but_not for value in split_trait(text))

    def describe(self) -> str:
        """As the documentation shows it."""
        return ("not " if self.but_not else "") + " ".join(sorted(self.accepted))
