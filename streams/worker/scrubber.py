"""Take erased events out of one partition of observations and evidence, while it is idle."""

from __future__ import annotations

import time
from collections.abc import Sequence

import structlog

from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka_access import KafkaAccess
from schemas import topics
from schemas.model import Output
from streams.correlation.evidence_fold import PENDING_PREFIX
from streams.correlation.scrub import NO_VALUE, TopicScrub
from streams.folding.erasure_mark import ROLL_KEY, mark_erasure, take_due_mark
from streams.folding.overlay import Overlay, Step
from streams.worker.processor_protocol import BoundFold

log = structlog.get_logger(__name__)

WAIT_MS = 5_000
"""How long erasures are collected: a scrub reads the partition from its beginning."""
MOST_EVENTS = 100
"""Erased events that one scrub looks for; more wait for the next."""
STEP_S = 5.0
"""How long a scrub reads before other work has its turn."""


class Scrubber:
    """Works on one partition. It learns from the state what is erased, and acts the next time."""

    def __init__(self, access: KafkaAccess, generation: int, partition: int) -> None:
        """Know nothing yet; a scrub connects."""
        self._place = access, generation, partition
        self._pending: dict[bytes, int] = {}
        self._pass: _ScrubPass | None = None

    def prepare(self, heard_until: int) -> BoundFold:
        """Read what is to be written again; the fold gives it. Raises LogStalledError.

        `heard_until`: ms since 1970 UTC, before which all was folded.
        """
        due = [event for event, moment in self._pending.items() if moment + WAIT_MS <= heard_until]
        if self._pass is None and due:
            self._pass = _ScrubPass(*self._place, due[:MOST_EVENTS])
        outputs: list[Output] = []
        done: Sequence[bytes] = ()
        if self._pass is not None and self._pass.read(time.monotonic() + STEP_S):
            outputs = self._pass.take_outputs()
            if self._pass.is_over:
                done = self._pass.events
                self.close()
        return lambda get, scan: self._fold(Overlay(get, scan), done, outputs, heard_until)

    def close(self) -> None:
        """Close the connections; what is not done begins again."""
        if self._pass is not None:
            self._pass.close()
            self._pass = None

    def _fold(
        self, overlay: Overlay, done: Sequence[bytes], outputs: list[Output], now: int
    ) -> Step:
        """Give the outputs; note what is done, and make Kafka begin a segment where it is time."""
        for event in done:
            overlay.put(PENDING_PREFIX + event, None)
        if done:
            mark_erasure(overlay, now)
        elif take_due_mark(overlay, now):
            _access, generation, partition = self._place
            for topic in _topics(generation).values():
                outputs.append(Output(topic, partition, ROLL_KEY, NO_VALUE))
        self._pending = {
            key[len(PENDING_PREFIX) :]: int.from_bytes(value, "big")
            for key, value in overlay.scan(PENDING_PREFIX)
        }
        return Step(overlay.take_changes(), outputs)


class _ScrubPass:
    """One reading of both topics of a partition, for some events."""

    def __init__(
        self, access: KafkaAccess, generation: int, partition: int, events: Sequence[bytes]
    ) -> None:
        self.events = events
        self.is_over = False
        self._partition = partition
        self._messages = 0
        self._has_written = False
        self._topics = {
            name: (PartitionReader(access, topic, partition), TopicScrub(generation, events))
            for name, topic in _topics(generation).items()
        }

    def read(self, until: float) -> bool:
        """Read on; say whether all is read. `until`: when to leave off, of the monotonic clock."""
        for name, (reader, scrub) in self._topics.items():
            for message in reader.read_to_end():
                scrub.take(message, name)
                if time.monotonic() > until:
                    return False
        return True

    def take_outputs(self) -> list[Output]:
        """Give what is to be written: first what ends and replaces messages, then late rows."""
        self.is_over = self._has_written
        self._has_written = True
        outputs = [
            output for name, (_, scrub) in self._topics.items() for output in scrub.outputs(name)
        ]
        self._messages += len(outputs)
        if self.is_over:
            log.info(
                "erased_from_topics",
                partition=self._partition,
                events=len(self.events),
                messages=self._messages,
            )
        return outputs

    def close(self) -> None:
        for reader, _scrub in self._topics.values():
            reader.close()


def _topics(generation: int) -> dict[str, str]:
    return {
        "observations": topics.observations(generation),
        "evidence": topics.evidence(generation),
    }
