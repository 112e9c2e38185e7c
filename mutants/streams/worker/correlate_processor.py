"""Correlate on one partition of the observations: nothing to prepare, only the pure fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.model import Message
from streams.correlation.evidence_fold import EvidenceFold
from streams.folding.overlay import Get, Scan, Step
from streams.worker.processor_protocol import BoundFold

ERASE = b"erase"


class CorrelateProcessor:
    """Reads nothing but its messages."""

    events = 0

    def __init__(self, things: EvidenceFold) -> None:
        self._things = things

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Nothing is read."""
        return lambda get, scan: self._things.fold(messages, get, scan)

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Nothing becomes due by time."""
        return _nothing

    def bookmark(self) -> int:
        return 0

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """What is said of a thing stands in clear, and "erase" in no other word of it."""
        return any(ERASE in message.value for message in messages)

    def close(self) -> None:
        """Nothing is held."""


def _nothing(_get: Get, _scan: Scan) -> Step:
    return Step()
