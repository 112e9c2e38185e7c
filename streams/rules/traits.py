"""Traits of a member: text by name; several values of one where its event speaks of the thing several times, as `suspect|witness`."""

from collections.abc import Iterable
from dataclasses import dataclass

SEVERAL = "|"


def values(text: str | None) -> list[str]:
    """Of one trait. The empty one says that once it was not given."""
    return text.split(SEVERAL) if text else [""]


def together(texts: Iterable[str | None]) -> str:
    """All values of one trait as one text, each once, sorted."""
    return SEVERAL.join(sorted({value for text in texts for value in values(text)}))


@dataclass(frozen=True, slots=True)
class Condition:
    """What a trait must be: one of these values; or, with `but_not`, none of them or absent. Of several values one is enough."""

    accepted: frozenset[str]
    but_not: bool = False

    def holds(self, text: str | None) -> bool:
        return any((value in self.accepted) != self.but_not for value in values(text))

    def told(self) -> str:
        """As the documentation shows it."""
        return ("not " if self.but_not else "") + " ".join(sorted(self.accepted))
