"""Is the worker getting on? Its figures once a second, word to the partitions when nothing waits,
an end when it is stuck.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from infra.settings import Settings
from infra.telemetry import status_file
from streams.worker.assignment import Assignment
from streams.worker.errors import stalled
from streams.worker.partition_log import Place
from streams.worker.throughput import Pace

log = structlog.get_logger(__name__)

LOOK_S = 1.0
TELL_S = 10.0
STALL_S = 60.0
"""How long messages may wait without any being taken. The longest that is healthy is a search for
key lists from the log's beginning.
"""
ANSWER_S = 5.0
CLOCKS_MS = 5_000
"""How far the clock of a broker may be from ours."""


class Progress:
    """Looks once a second at how far the log goes and how far the partitions are, and tells it
    (`infra.telemetry.status_file`).

    The file is written by the event loop that does the work: where the loop is held up, the file
    grows old, and the supervisor sees that.
    """

    def __init__(
        self,
        settings: Settings,
        name: str,
        generation: int,
        assignment: Assignment,
        failed: Callable[[BaseException], None],
    ) -> None:
        self._settings = settings
        self._name = name
        self._generation = generation
        self._assignment = assignment
        self._failed = failed
        self._pace = Pace(time.monotonic())
        self._told = time.monotonic()
        self._moved = time.monotonic()
        self._offsets: dict[Place, int] = {}
        self._sizes: tuple[float, dict[Place, int]] = (0.0, {})
        self._lags: dict[Place, int] = {}
        self._phase = "starting"

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._live())
            tasks.create_task(self._look_again())

    async def _live(self) -> None:
        """The figures, whatever Kafka does meanwhile."""
        while True:
            status_file.write(self._settings, self._name, self._moved, self._values())
            await asyncio.sleep(status_file.EVERY_S)

    async def _look_again(self) -> None:
        consumer = AIOKafkaConsumer(bootstrap_servers=self._settings.kafka, group_id=None)
        await consumer.start()
        try:
            while True:
                await asyncio.sleep(LOOK_S)
                await self._look(consumer)
                if any(
                    True for _ in self._assignment
                ):  # else they are just being opened, and would be taken for unused
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
        self._lags = {
            each.place: max(0, ends.get(each.place, 0) - each.state.offset)
            for each in self._assignment
        }
        self._phase = "running" if self._lags else "starting"
        lag = sum(self._lags.values())
        self._pace.feed(
            {
                each.place: (self._assignment.stage(each.place), each.done)
                for each in self._assignment
            },
            time.monotonic(),
        )
        self._watch(lag)
        if time.monotonic() - self._told >= TELL_S:
            self._tell(lag)

    def _unanswered(self, error: Exception) -> None:
        """Waiting for Kafka is no standstill of ours."""
        self._moved = time.monotonic()
        self._phase = "kafka-away"
        if time.monotonic() - self._told >= TELL_S:
            self._told = time.monotonic()
            log.warning(
                "kafka_does_not_answer",
                error=repr(error),
                consequence="the worker waits; what it did not ack comes again",
            )

    def _watch(self, lag: int) -> None:
        offsets = {partition.place: partition.state.offset for partition in self._assignment}
        if offsets != self._offsets or not lag:
            self._offsets, self._moved = offsets, time.monotonic()
        elif time.monotonic() - self._moved > STALL_S:
            self._failed(stalled(lag, time.monotonic() - self._moved))

    def _values(self) -> dict[str, Any]:
        """What is told, by stage: partitions, lag (messages), messages and events since the start
        and a second, batch_s, state (bytes).
        """
        of: dict[str, list[Place]] = {}
        for place in self._lags:
            of.setdefault(self._assignment.stage(place), []).append(place)
        sizes = self._state_sizes()
        stages = {
            stage: {
                "partitions": len(places),
                "lag": sum(self._lags[place] for place in places),
                "messages": (total := self._pace.total(stage)).messages,
                "events": total.events,
                "messages_per_s": round((speed := self._pace.speed(stage)).messages_per_s, 1),
                "events_per_s": round(speed.events_per_s, 1),
                "batch_s": round(speed.batch_s, 4),
                "state_bytes": sum(sizes.get(place, 0) for place in places),
            }
            for stage, places in of.items()
        }
        return {
            "kind": "worker",
            "generation": self._generation,
            "phase": self._phase,
            "stages": stages,
        }

    def _state_sizes(self) -> dict[Place, int]:
        """Looked up now and then: it is a call a file."""
        since, sizes = self._sizes
        if time.monotonic() - since > TELL_S:
            sizes = {partition.place: partition.state.size() for partition in self._assignment}
            self._sizes = (time.monotonic(), sizes)
        return sizes

    def _tell(self, lag: int) -> None:
        self._told = time.monotonic()
        stages = {self._assignment.stage(partition.place) for partition in self._assignment}
        rates = {
            stage: speed
            for stage in sorted(stages)
            if (speed := round(self._pace.speed(stage).messages_per_s, 1))
        }
        if rates:
            log.info("working", messages_per_s=rates, lag=lag)
