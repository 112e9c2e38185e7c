"""Define what a comparer is: it says how surely two records are of one person, object or act.

A comparer reads records from an event, says under which keys they are looked for, and scores two of
them. All else is the same for every comparer: blocks and their caps, sealing, links, erasure,
tables, need to know.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from streams.matching import PairScore

LINK_FROM = 0.5
"""The least probability of a link; below it two records are taken to be of two."""
CACHED_RECORDS, CACHED_SCORES = 20_000, 20_000

MOST_RECORDS = 1_000
"""Numbers that a comparer has for the records of an event; further records are not compared."""

R = TypeVar("R")
Payload = Mapping[str, Any]


class PackedRecord(NamedTuple):
    """A record to be compared: its number in the event, its bytes, and its blocking keys.

    Numbers of two comparers never meet, so that the rows of their links do not either.
    """

    number: int
    record: bytes
    keys: Sequence[str]


class RecordComparison(NamedTuple):
    """How alike two records are; `cannot_be_same`: whether something excludes that they are one."""

    score: PairScore
    cannot_be_same: bool


class Comparer(ABC, Generic[R]):
    """Compares records of one kind. `R`: such a record, a value that never changes.

    A score is symmetric, and depends on the two records and the model alone.
    """

    kind: ClassVar[str]
    """What links of it are called in topic and table."""
    format_byte: ClassVar[bytes]
    """The first byte of its packed records, which no other comparer has."""
    caps: ClassVar[Mapping[str, int]]
    """By first letter of its blocking keys, which no other comparer has: how many events of one
    publisher a block may have. What many records share tells nothing apart.
    """
    since_form: ClassVar[int]
    """The form of generations that has it first (`schemas.model.NEWEST_FORM`)."""

    def __init__(self) -> None:
        """Remember the newest records and scores: a record is compared again and again."""
        self.read = lru_cache(CACHED_RECORDS)(self.unpack)
        self.compare = lru_cache(CACHED_SCORES)(self._compare)

    @property
    def first_number(self) -> int:
        """The number of the first record of an event; it follows from the format byte."""
        return (self.format_byte[0] - 1) * MOST_RECORDS

    @property
    @abstractmethod
    def version(self) -> str:
        """The version of its model file."""

    @abstractmethod
    def records(self, event_type: str, payload: Payload) -> Sequence[R]:
        """Read the records of an event, in its order."""

    @abstractmethod
    def keys(self, record: R) -> Sequence[str]:
        """List the blocking keys of a record. Two records that are alike share at least one."""

    @abstractmethod
    def pack(self, record: R) -> bytes:
        """Pack a record; the first byte is the comparer's."""

    @abstractmethod
    def unpack(self, packed: bytes) -> R:
        """Unpack what `pack` packed. Raises ValueError."""

    @abstractmethod
    def score(self, first: R, second: R) -> PairScore:
        """Say how surely two records are of one, and by what."""

    def link_score(self, first: R, second: R) -> PairScore | None:
        """Score two records; may be None where the probability is below LINK_FROM, as mostly.

        A comparer that sees early that two records are of two persons need not weigh the rest.
        """
        return self.score(first, second)

    def cannot_be_same(self, first: R, second: R) -> bool:
        """Say whether something excludes that two records are of one."""
        return False

    def _compare(self, first: bytes, second: bytes) -> RecordComparison | None:
        """Score two packed records; None where they are taken to be of two."""
        records = self.read(first), self.read(second)
        result = self.link_score(*records)
        if result is None or result.probability < LINK_FROM:
            return None
        return RecordComparison(result, self.cannot_be_same(*records))
