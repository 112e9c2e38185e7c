"""Take erased events out of one partition of observations and evidence, while it is idle."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import structlog

from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka_access import KafkaAccess
from schemas import topics
from schemas.model import Output
from streams.correlation.evidence_fold import PENDING_PREFIX
from streams.correlation.scrub import NO_VALUE, TopicScrub
from streams.folding.erasure_mark import ROLL_KEY, mark_erasure, take_due_mark
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.worker.processor_protocol import BoundFold

log = structlog.get_logger(__name__)

WAIT_MS = 5_000
"""How long erasures are collected: a scrub reads the partition from its beginning."""
MOST_EVENTS = 100
"""Erased events that one scrub looks for; more wait for the next."""


class Scrubber:
    """Works on one partition. It learns from the state what is erased, and acts the next time."""

    def __init__(self, access: KafkaAccess, generation: int, partition: int) -> None:
        """Know nothing yet; a scrub connects."""
        self._access = access
        self._generation = generation
        self._partition = partition
        self._topics: Mapping[str, str] = {
            "observations": topics.observations(generation),
            "evidence": topics.evidence(generation),
        }
        self._pending: dict[bytes, int] = {}

    def prepare(self, heard_until: int) -> BoundFold:
        """Read what is to be written again; the fold gives it. Raises LogStalledError.

        `heard_until`: ms since 1970 UTC, before which all was folded.
        """
        due = [event for event, moment in self._pending.items() if moment + WAIT_MS <= heard_until]
        del due[MOST_EVENTS:]
        outputs = self._scrub(due) if due else []

        def fold(get: Get, scan: Scan) -> Step:
            overlay = Overlay(get, scan)
            for event in due:
                overlay.put(PENDING_PREFIX + event, None)
            if due:
                mark_erasure(overlay, heard_until)
            elif take_due_mark(overlay, heard_until):
                outputs.extend(
                    Output(topic, self._partition, ROLL_KEY, NO_VALUE)
                    for topic in self._topics.values()
                )
            self._pending = {
                key[len(PENDING_PREFIX) :]: int.from_bytes(value, "big")
                for key, value in overlay.scan(PENDING_PREFIX)
            }
            return Step(overlay.take_changes(), outputs)

        return fold

    def _scrub(self, events: list[bytes]) -> list[Output]:
        """Read both topics from their beginning; give what ends and replaces their messages."""
        outputs: list[Output] = []
        for name, topic in self._topics.items():
            scrub = TopicScrub(self._generation, events)
            with closing(PartitionReader(self._access, topic, self._partition)) as reader:
                for message in reader.read_to_end():
                    scrub.take(message, name)
            outputs += scrub.outputs(name)
        log.info(
            "erased_from_topics",
            partition=self._partition,
            events=len(events),
            messages=len(outputs),
        )
        return outputs
