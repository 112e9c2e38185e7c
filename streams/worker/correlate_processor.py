"""Correlate on one partition of the observations: nothing to prepare, only the pure fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.model import Message
from streams.correlation.evidence_fold import Things
from streams.folding.overlay import Get, Scan, Step
from streams.worker.processor_protocol import Fold

ERASE = b"erase"


class CorrelateProcessor:
    """Reads nothing but its messages."""

    events = 0

    def __init__(self, things: Things) -> None:
        self._things = things

    def prepare(self, messages: Sequence[Message]) -> Fold:
        """Nothing is read."""
        return lambda get, scan: self._things.fold(messages, get, scan)

    def prepare_quiet(self, heard_until: int) -> Fold:
        """Nothing becomes due by time."""
        return _nothing

    def mark(self) -> int:
        return 0

    def forgets(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """What is said of a thing stands in clear, and "erase" in no other word of it."""
        return any(ERASE in message.value for message in messages)

    def close(self) -> None:
        """Nothing is held."""


def _nothing(_get: Get, _scan: Scan) -> Step:
    return Step()
