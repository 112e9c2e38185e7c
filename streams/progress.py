"""Is the worker getting on? A line while it works, word to the partitions when nothing waits, an end when it is stuck."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.assignment import Assignment
from streams.errors import stalled
from streams.log_reader import Place

log = structlog.get_logger(__name__)

LOOK_S = 1.0
TELL_S = 10.0
STALL_S = 60.0
ANSWER_S = 5.0
CLOCKS_MS = 5_000
"""How far the clock of a broker may be from ours."""


class Progress:
    """Looks once a second at how far the log goes and how far the partitions are."""

    def __init__(self, bootstrap: str, assignment: Assignment, failed: Callable[[BaseException], None]) -> None:
        self._bootstrap = bootstrap
        self._assignment = assignment
        self._failed = failed
        self._told = time.monotonic()
        self._told_messages: dict[Place, int] = {}
        self._moved = time.monotonic()
        self._offsets: dict[Place, int] = {}

    async def run(self) -> None:
        """Until cancelled."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap, group_id=None)
        await consumer.start()
        try:
            while True:
                await asyncio.sleep(LOOK_S)
                await self._look(consumer)
                self._assignment.drop_unused()
        finally:
            await consumer.stop()

    async def _look(self, consumer: Any) -> None:
        heard_until = int(time.time() * 1000) - CLOCKS_MS
        places = [TopicPartition(*partition.place) for partition in self._assignment]
        try:
            found = await asyncio.wait_for(consumer.end_offsets(places), ANSWER_S) if places else {}
        except (KafkaError, TimeoutError) as error:
            self._unanswered(error)
            return
        ends: dict[Place, int] = {tuple(place): end for place, end in found.items()}
        for partition in self._assignment:
            if partition.place in ends:
                partition.quiet(ends[partition.place], heard_until)
        lag = sum(max(0, ends.get(partition.place, 0) - partition.state.offset) for partition in self._assignment)
        self._watch(lag)
        if time.monotonic() - self._told >= TELL_S:
            self._tell(lag)

    def _unanswered(self, error: Exception) -> None:
        """Waiting for Kafka is no standstill of ours."""
        self._moved = time.monotonic()
        if time.monotonic() - self._told >= TELL_S:
            self._told = time.monotonic()
            log.warning("kafka_does_not_answer", error=repr(error), consequence="the worker waits; what it did not ack comes again")

    def _watch(self, lag: int) -> None:
        offsets = {partition.place: partition.state.offset for partition in self._assignment}
        if offsets != self._offsets or not lag:
            self._offsets, self._moved = offsets, time.monotonic()
        elif time.monotonic() - self._moved > STALL_S:
            self._failed(stalled(lag, time.monotonic() - self._moved))

    def _tell(self, lag: int) -> None:
        counts = {partition.place: partition.processed for partition in self._assignment}
        new: dict[str, int] = {}
        for place, count in counts.items():
            since = count - self._told_messages.get(place, 0)
            new[place[0]] = new.get(place[0], 0) + (since if since >= 0 else count)
        seconds = time.monotonic() - self._told
        self._told, self._told_messages = time.monotonic(), counts
        if any(new.values()):
            rates = {topic: round(count / seconds, 1) for topic, count in sorted(new.items()) if count}
            log.info("working", messages_per_s=rates, lag=lag)
