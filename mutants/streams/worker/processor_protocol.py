"""What the shell runs on a partition: a processor, which prepares (reads what it needs) and then
folds (pure).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.model import Message, Output
from streams.folding.overlay import Get, Scan, Step

BoundFold = Callable[[Get, Scan], Step]
"""All that a batch needs is bound; what is left is the state to fold it over."""


class Processor(Protocol):
    """Of one partition. `prepare` and `prepare_quiet` may wait for Kafka, in a thread; one call at
    a time.

    `events`: how many were prepared since it began, for who watches; 0 where they are not counted.
    """

    events: int

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Read what the messages need, and bind it."""
        ...

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """What is due though no message comes; all that was appended before `heard_until` (ms since
        1970 UTC) has been folded.
        """
        ...

    def bookmark(self) -> int:
        """What `Job.make` needs to begin another time where this one is; written with the state."""
        ...

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """Whether the batch may have erased something: then former values must leave the disk."""
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A processor's name, its input topics, and how to make the one of (topic, partition, mark)."""

    name: str
    topics: tuple[str, ...]
    make: Callable[[str, int, int], Processor]


class Send(Protocol):
    """Sends the outputs and returns when Kafka has them all."""

    async def __call__(self, outputs: Sequence[Output]) -> None: ...
