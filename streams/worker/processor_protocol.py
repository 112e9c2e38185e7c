"""Define what the worker runs on a partition: a processor, which prepares and then folds.

To prepare is to read what a batch needs; the fold is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.model import Message, Output
from streams.folding.overlay import Get, Scan, Step

BoundFold = Callable[[Get, Scan], Step]
"""A fold with all that a batch needs; what is left is the state to fold it over."""


class Processor(Protocol):
    """The work on one partition.

    `prepare` and `prepare_idle` may wait for Kafka, in a thread; one call at a time. `events`: how
    many were prepared since it began, for who watches; 0 where they are not counted.
    """

    events: int

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Read what the messages need, and bind it."""
        ...

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Prepare what is due though no message comes.

        All that was appended before `heard_until` (ms since 1970 UTC) has been folded.
        """
        ...

    def bookmark(self) -> int:
        """Give what `Job.make` needs to begin where this one is; it is written with the state."""
        ...

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """Say whether the batch may have erased something: former values must leave the disk."""
        ...

    def close(self) -> None:
        """Close the connections of this partition's processor."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A processor's name, its input topics, and how to make it of (topic, partition, bookmark)."""

    name: str
    topics: tuple[str, ...]
    make: Callable[[str, int, int], Processor]


class Send(Protocol):
    """Sends messages and returns when Kafka has them all."""

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Send the outputs, in their order."""
        ...
