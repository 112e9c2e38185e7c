"""Show that the worker gets on, tell idle partitions so, and end the process when it is stuck."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.errors import KafkaError

from infra.kafka.clients import make_async_consumer
from infra.telemetry import status_file
from infra.telemetry.liveness import StallClock
from streams.worker.assignment import Assignment
from streams.worker.errors import stalled
from streams.worker.partition_log import TopicPartition
from streams.worker.throughput import Throughput
from streams.worker.worker_config import WorkerConfig

log = structlog.get_logger(__name__)

POLL_EVERY_S = 1.0
LOG_EVERY_S = 10.0
STALL_S = 60.0
"""How long messages may wait without any being processed.

The longest that is healthy is a search for key lists from the log's beginning.
"""
ANSWER_TIMEOUT_S = 5.0
CLOCK_SKEW_MS = 5_000
"""How far the clock of a broker may be from ours."""


class WorkerLiveness:
    """Asks Kafka once a second how far the log goes, and reports how far the partitions are.

    The status file is written by the event loop that does the work. Where the loop is held up, the
    file grows old, and the supervisor sees that.
    """

    def __init__(
        self,
        config: WorkerConfig,
        assignment: Assignment,
        failed: Callable[[BaseException], None],
    ) -> None:
        """Begin to measure. `failed` is called when messages wait and nothing moves."""
        self._config = config
        self._assignment = assignment
        self._failed = failed
        now = time.monotonic()
        self._throughput = Throughput(now)
        self._stall_clock = StallClock(now)
        self._logged_at = now
        self._offsets: dict[TopicPartition, int] = {}
        self._sizes: tuple[float, dict[TopicPartition, int]] = (0.0, {})
        self._lags: dict[TopicPartition, int] = {}
        self._phase = "starting"

    async def run(self) -> None:
        """Report and look until the task is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write_status_forever())
            tasks.create_task(self._poll_forever())

    async def _write_status_forever(self) -> None:
        """Write the status file, whatever Kafka does meanwhile."""
        while True:
            now = time.monotonic()
            progressed_at = now - self._stall_clock.stalled_seconds(now)
            status_file.write(
                self._config.settings, self._config.name, progressed_at, self._status()
            )
            await asyncio.sleep(status_file.EVERY_S)

    async def _poll_forever(self) -> None:
        consumer = make_async_consumer(self._config.kafka, group_id=None)
        await consumer.start()
        try:
            while True:
                await asyncio.sleep(POLL_EVERY_S)
                await self._poll_ends(consumer)
                if any(True for _ in self._assignment):
                    # else they are just being opened, and would be taken for unused
                    self._assignment.remove_stale_state()
        finally:
            await consumer.stop()

    async def _poll_ends(self, consumer: Any) -> None:
        """Compare the ends of the log with the partitions, and tell the idle ones so."""
        heard_until = int(time.time() * 1000) - CLOCK_SKEW_MS
        try:
            ends = await self._ends(consumer)
        except (KafkaError, TimeoutError) as error:
            self._note_unavailable(error)
            return
        for partition in self._assignment:
            if partition.topic_partition in ends:
                partition.notify_idle(ends[partition.topic_partition], heard_until)
        self._lags = {
            partition.topic_partition: max(
                0, ends.get(partition.topic_partition, 0) - partition.state.offset
            )
            for partition in self._assignment
        }
        self._phase = "running" if self._lags else "starting"
        self._record_throughput()
        lag = sum(self._lags.values())
        self._check_progress(lag)
        if time.monotonic() - self._logged_at >= LOG_EVERY_S:
            self._log_rates(lag)

    async def _ends(self, consumer: Any) -> dict[TopicPartition, int]:
        partitions = [KafkaPartition(*partition.topic_partition) for partition in self._assignment]
        if not partitions:
            return {}
        offsets = await asyncio.wait_for(consumer.end_offsets(partitions), ANSWER_TIMEOUT_S)
        return {tuple(partition): offset for partition, offset in offsets.items()}

    def _record_throughput(self) -> None:
        counters = {
            partition.topic_partition: (
                self._assignment.job_name(partition.topic_partition),
                partition.counters,
            )
            for partition in self._assignment
        }
        self._throughput.record(counters, time.monotonic())

    def _note_unavailable(self, error: Exception) -> None:
        """Note that Kafka does not answer: to wait for it is no stall of ours."""
        self._stall_clock.reset(time.monotonic())
        self._phase = "kafka-away"
        if time.monotonic() - self._logged_at >= LOG_EVERY_S:
            self._logged_at = time.monotonic()
            log.warning(
                "kafka_does_not_answer",
                error=repr(error),
                consequence="the worker waits; what it did not ack comes again",
            )

    def _check_progress(self, lag: int) -> None:
        """Fail when messages wait and no partition has moved for STALL_S."""
        offsets = {
            partition.topic_partition: partition.state.offset for partition in self._assignment
        }
        now = time.monotonic()
        self._stall_clock.record_step(offsets != self._offsets or not lag, now)
        self._offsets = offsets
        seconds = self._stall_clock.stalled_seconds(now)
        if seconds > STALL_S:
            self._failed(stalled(lag, seconds))

    def _status(self) -> dict[str, Any]:
        """Make the values of the status file.

        By job: partitions, lag (messages), messages and events since the start and a second,
        batch_s, state_bytes.
        """
        jobs: dict[str, list[TopicPartition]] = {}
        for partition in self._lags:
            jobs.setdefault(self._assignment.job_name(partition), []).append(partition)
        return {
            "kind": "worker",
            "generation": self._config.generation,
            "phase": self._phase,
            "stages": {job: self._job_status(job, partitions) for job, partitions in jobs.items()},
        }

    def _job_status(self, job: str, partitions: list[TopicPartition]) -> dict[str, Any]:
        total, rates, sizes = (
            self._throughput.total(job),
            self._throughput.rates(job),
            self._state_sizes(),
        )
        return {
            "partitions": len(partitions),
            "lag": sum(self._lags[partition] for partition in partitions),
            "messages": total.messages,
            "events": total.events,
            "messages_per_s": round(rates.messages_per_s, 1),
            "events_per_s": round(rates.events_per_s, 1),
            "batch_s": round(rates.batch_s, 4),
            "state_bytes": sum(sizes.get(partition, 0) for partition in partitions),
        }

    def _state_sizes(self) -> dict[TopicPartition, int]:
        """Measure the states (bytes) once in a while: it costs a call for each file."""
        since, sizes = self._sizes
        if time.monotonic() - since > LOG_EVERY_S:
            sizes = {
                partition.topic_partition: partition.state.size() for partition in self._assignment
            }
            self._sizes = (time.monotonic(), sizes)
        return sizes

    def _log_rates(self, lag: int) -> None:
        self._logged_at = time.monotonic()
        jobs = {
            self._assignment.job_name(partition.topic_partition) for partition in self._assignment
        }
        rates = {job: round(self._throughput.rates(job).messages_per_s, 1) for job in sorted(jobs)}
        moving = {job: rate for job, rate in rates.items() if rate}
        if moving:
            log.info("working", messages_per_s=moving, lag=lag)
