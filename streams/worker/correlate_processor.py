"""Correlate on one partition of the observations: the rules from config, then the pure fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.model import Message
from streams.correlation.evidence_fold import EvidenceFold
from streams.folding.overlay import Get, Scan, Step
from streams.folding.slices import SlicedFold
from streams.worker.generation_rules import GenerationRules
from streams.worker.processor_protocol import BoundFold
from streams.worker.scrubber import Scrubber

ERASE = b"erase"


class CorrelateProcessor:
    """Reads config for the rules and, after an erasure, what is to be written again."""

    events = 0

    def __init__(
        self, fold: EvidenceFold, rules: GenerationRules, scrubber: Scrubber | None = None
    ) -> None:
        """Work with a fold and rules that all partitions share.

        `scrubber`: of this partition; None for a former form of generations.
        """
        self._fold = fold
        self._rules = rules
        self._scrubber = scrubber

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Read the rules as they are after the last of the messages was written."""
        rules = self._rules.refresh()
        return SlicedFold(lambda get, scan: self._fold.fold_slices(messages, get, scan, rules))

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Take erased events out of the topics, where that is due."""
        if self._scrubber is None:
            return _do_nothing
        return self._scrubber.prepare(heard_until)

    def bookmark(self) -> int:
        """Give 0: there is no other input."""
        return 0

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """Say whether the word "erase" stands in a message: in clear, and only as an operation."""
        return any(ERASE in message.value for message in messages)

    def close(self) -> None:
        """Close the scrubber's connections; config's belongs to all partitions."""
        if self._scrubber is not None:
            self._scrubber.close()


def _do_nothing(_get: Get, _scan: Scan) -> Step:
    return Step()
