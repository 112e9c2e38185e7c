"""What a worker has done and how fast, by stage: sums that outlive the partitions' comings and
goings. Pure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from streams.worker.partition import PartitionCounters
from streams.worker.partition_log import Place

WINDOW_S = 10.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Over the last WINDOW_S seconds or so. `batch_s`: mean of a batch, 0 where there was none."""

    messages_per_s: float
    events_per_s: float
    batch_s: float


class Throughput:
    """Fed once a second or so with what each partition has done since it began here."""

    def __init__(self, now: float) -> None:
        self._before: dict[Place, PartitionCounters] = {}
        self._totals: dict[str, PartitionCounters] = {}
        self._history: deque[tuple[float, dict[str, PartitionCounters]]] = deque([(now, {})])

    def record(self, done: Mapping[Place, tuple[str, PartitionCounters]], now: float) -> None:
        """`done`: stage and sums by partition; sums lower than before are those of a partition
        opened again. `now`: s, any clock.
        """
        for place, (stage, there) in done.items():
            before = self._before.get(place, PartitionCounters())
            more = _less(there, before) if there.messages >= before.messages else there
            self._totals[stage] = _plus(self._totals.get(stage, PartitionCounters()), more)
        self._before = {place: there for place, (_, there) in done.items()}
        self._history.append((now, dict(self._totals)))
        while len(self._history) > 2 and now - self._history[1][0] >= WINDOW_S:
            self._history.popleft()

    def total(self, stage: str) -> PartitionCounters:
        """Since the process began."""
        return self._totals.get(stage, PartitionCounters())

    def rates(self, stage: str) -> Rates:
        """Lately."""
        (since, former), (now, totals) = self._history[0], self._history[-1]
        lately = _less(
            totals.get(stage, PartitionCounters()), former.get(stage, PartitionCounters())
        )
        seconds = max(now - since, 1e-9)
        return Rates(
            lately.messages / seconds,
            lately.events / seconds,
            lately.batch_s / lately.batches if lately.batches else 0.0,
        )


def _less(one: PartitionCounters, other: PartitionCounters) -> PartitionCounters:
    return _plus(
        one,
        replace(
            other,
            **{
                name: -getattr(other, name) for name in ("messages", "batches", "batch_s", "events")
            },
        ),
    )


def _plus(one: PartitionCounters, other: PartitionCounters) -> PartitionCounters:
    return PartitionCounters(
        one.messages + other.messages,
        one.batches + other.batches,
        one.batch_s + other.batch_s,
        one.events + other.events,
    )
