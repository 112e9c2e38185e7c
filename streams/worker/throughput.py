"""Measure what a worker has done and how fast, by job.

The sums outlive the partitions, which come and go. Pure: the clock is the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from infra.telemetry.liveness import SlidingWindow
from streams.worker.partition import PartitionCounters
from streams.worker.partition_log import TopicPartition

Totals = dict[str, PartitionCounters]
"""Sums by job."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Speeds over the last ten seconds or so.

    `batch_s`: seconds that a batch took on average, 0 where there was none.
    """

    messages_per_s: float
    events_per_s: float
    batch_s: float


class Throughput:
    """Is given once a second or so what each partition has done since it began here."""

    def __init__(self, now: float) -> None:
        """Begin with nothing done. `now`: seconds of any one clock."""
        self._former: dict[TopicPartition, PartitionCounters] = {}
        self._totals: Totals = {}
        self._window: SlidingWindow[Totals] = SlidingWindow({}, now)

    def record(
        self, counters: Mapping[TopicPartition, tuple[str, PartitionCounters]], now: float
    ) -> None:
        """Add what was done since the last call. `counters`: job and sums by partition.

        Sums lower than before are those of a partition that was opened again.
        """
        for partition, (job, newest) in counters.items():
            former = self._former.get(partition, PartitionCounters())
            more = newest.minus(former) if newest.messages >= former.messages else newest
            self._totals[job] = self._totals.get(job, PartitionCounters()).plus(more)
        self._former = {partition: newest for partition, (_, newest) in counters.items()}
        self._window.record(dict(self._totals), now)

    def total(self, job: str) -> PartitionCounters:
        """Return what a job has done since the process began."""
        return self._totals.get(job, PartitionCounters())

    def rates(self, job: str) -> Rates:
        """Return how fast a job works, over the window."""
        seconds, oldest, newest = self._window.ends()
        recent = newest.get(job, PartitionCounters()).minus(oldest.get(job, PartitionCounters()))
        batch_s = recent.batch_s / recent.batches if recent.batches else 0.0
        return Rates(recent.messages / seconds, recent.events / seconds, batch_s)
