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
from streams.worker.throughput import Throughput

log = structlog.get_logger(__name__)

POLL_EVERY_S = 1.0
LOG_EVERY_S = 10.0
STALL_S = 60.0
"""How long messages may wait without any being taken. The longest that is healthy is a search for
key lists from the log's beginning.
"""
ANSWER_TIMEOUT_S = 5.0
CLOCK_SKEW_MS = 5_000
"""How far the clock of a broker may be from ours."""


class WorkerLiveness:
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
        self._throughput = Throughput(time.monotonic())
        self._logged_at = time.monotonic()
        self._progressed_at = time.monotonic()
        self._offsets: dict[Place, int] = {}
        self._sizes: tuple[float, dict[Place, int]] = (0.0, {})
        self._lags: dict[Place, int] = {}
        self._phase = "starting"

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write_status_forever())
            tasks.create_task(self._poll_forever())

    async def _write_status_forever(self) -> None:
        """The figures, whatever Kafka does meanwhile."""
        while True:
            status_file.write(self._settings, self._name, self._progressed_at, self._values())
            await asyncio.sleep(status_file.EVERY_S)

    async def _poll_forever(self) -> None:
        consumer = AIOKafkaConsumer(bootstrap_servers=self._settings.kafka, group_id=None)
        await consumer.start()
        try:
            while True:
                await asyncio.sleep(POLL_EVERY_S)
                await self._poll_ends(consumer)
                if any(
                    True for _ in self._assignment
                ):  # else they are just being opened, and would be taken for unused
                    self._assignment.remove_stale_state()
        finally:
            await consumer.stop()

    async def _poll_ends(self, consumer: Any) -> None:
        heard_until = int(time.time() * 1000) - CLOCK_SKEW_MS
        places = [TopicPartition(*partition.topic_partition) for partition in self._assignment]
        try:
            found = (
                await asyncio.wait_for(consumer.end_offsets(places), ANSWER_TIMEOUT_S)
                if places
                else {}
            )
        except (KafkaError, TimeoutError) as error:
            self._note_unavailable(error)
            return
        ends: dict[Place, int] = {tuple(place): end for place, end in found.items()}
        for partition in self._assignment:
            if partition.topic_partition in ends:
                partition.notify_idle(ends[partition.topic_partition], heard_until)
        self._lags = {
            each.topic_partition: max(0, ends.get(each.topic_partition, 0) - each.state.offset)
            for each in self._assignment
        }
        self._phase = "running" if self._lags else "starting"
        lag = sum(self._lags.values())
        self._throughput.record(
            {
                each.topic_partition: (
                    self._assignment.job_name(each.topic_partition),
                    each.counters,
                )
                for each in self._assignment
            },
            time.monotonic(),
        )
        self._check_progress(lag)
        if time.monotonic() - self._logged_at >= LOG_EVERY_S:
            self._log_rates(lag)

    def _note_unavailable(self, error: Exception) -> None:
        """Waiting for Kafka is no standstill of ours."""
        self._progressed_at = time.monotonic()
        self._phase = "kafka-away"
        if time.monotonic() - self._logged_at >= LOG_EVERY_S:
            self._logged_at = time.monotonic()
            log.warning(
                "kafka_does_not_answer",
                error=repr(error),
                consequence="the worker waits; what it did not ack comes again",
            )

    def _check_progress(self, lag: int) -> None:
        offsets = {
            partition.topic_partition: partition.state.offset for partition in self._assignment
        }
        if offsets != self._offsets or not lag:
            self._offsets, self._progressed_at = offsets, time.monotonic()
        elif time.monotonic() - self._progressed_at > STALL_S:
            self._failed(stalled(lag, time.monotonic() - self._progressed_at))

    def _values(self) -> dict[str, Any]:
        """What is told, by stage: partitions, lag (messages), messages and events since the start
        and a second, batch_s, state (bytes).
        """
        of: dict[str, list[Place]] = {}
        for place in self._lags:
            of.setdefault(self._assignment.job_name(place), []).append(place)
        sizes = self._state_sizes()
        stages = {
            stage: {
                "partitions": len(places),
                "lag": sum(self._lags[place] for place in places),
                "messages": (total := self._throughput.total(stage)).messages,
                "events": total.events,
                "messages_per_s": round((speed := self._throughput.rates(stage)).messages_per_s, 1),
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
        if time.monotonic() - since > LOG_EVERY_S:
            sizes = {
                partition.topic_partition: partition.state.size() for partition in self._assignment
            }
            self._sizes = (time.monotonic(), sizes)
        return sizes

    def _log_rates(self, lag: int) -> None:
        self._logged_at = time.monotonic()
        stages = {
            self._assignment.job_name(partition.topic_partition) for partition in self._assignment
        }
        rates = {
            stage: speed
            for stage in sorted(stages)
            if (speed := round(self._throughput.rates(stage).messages_per_s, 1))
        }
        if rates:
            log.info("working", messages_per_s=rates, lag=lag)
