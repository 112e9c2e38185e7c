"""Name a person of an event, and pairs of them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class PersonMention(NamedTuple):
    """One person of one event. `event`: its id as text; `person`: the place in it, from 0."""

    event: str
    person: int

    @property
    def id(self) -> str:
        """The mention as people write it, which names the identity that contains it, too."""
        return f"{self.event}.{self.person}"


Pair = tuple[PersonMention, PersonMention]
"""Two mentions, the smaller one first."""


class Verdict(StrEnum):
    """What an analyst decided of a pair."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    OPEN = "open"


WITHDRAWN = "withdrawn"
"""The word that undoes a verdict: the pair is as if nobody had decided."""


class PairVerdict(NamedTuple):
    """What somebody says of a pair.

    `word`: that of a Verdict, or WITHDRAWN; `reason`: a code of the list verdict_reason.
    """

    pair: Pair
    word: str
    reason: str


class PersonLink(NamedTuple):
    """Two mentions that may be one person, as surely as `probability` (0 to 1) says."""

    pair: Pair
    probability: float


def pair_of(first: PersonMention, second: PersonMention) -> Pair:
    """Return the pair of two different mentions, in whichever order they come."""
    return (first, second) if first < second else (second, first)


def parse_mention(text: str) -> PersonMention | None:
    """Read a mention as `id` writes it; None where it is none."""
    event, _dot, person = text.strip().lower().partition(".")
    try:
        id_ = str(UUID(event))
    except ValueError:
        return None
    is_number = person.isascii() and person.isdecimal() and len(person) < 7
    return PersonMention(id_, int(person)) if is_number else None


def mentions_of(pairs: Iterable[Pair]) -> set[PersonMention]:
    """Return every mention of these pairs."""
    return {mention for pair in pairs for mention in pair}
