"""Looking at what runs: how far a consumer group is, when something was written, what a process
costs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil
from kafka import TopicPartition

from infra.kafka.clients import open_admin, open_consumer
from infra.kafka_access import KafkaAccess

PATIENCE_S = 1800.0
LOOK_S = 0.25


class StuckError(RuntimeError):
    """What was waited for did not come."""


class Eyes:
    """Two connections to Kafka: for offsets and for messages."""

    def __init__(self, access: KafkaAccess) -> None:
        self._admin: Any = open_admin(access)
        self._consumer: Any = open_consumer(
            access,
            enable_auto_commit=False,
            check_crcs=False,
            max_partition_fetch_bytes=8 * 1024 * 1024,
        )

    def close(self) -> None:
        self._admin.close()
        self._consumer.close()

    def partitions(self, names: Collection[str]) -> list[Any]:
        """All partitions of these topics."""
        return [
            TopicPartition(name, number)
            for name in sorted(names)
            for number in sorted(self._consumer.partitions_for_topic(name) or ())
        ]

    def ends(self, names: Collection[str]) -> dict[Any, int]:
        """By partition, the offset of the next message."""
        return dict(self._consumer.end_offsets(self.partitions(names)))

    def lag(self, group: str, names: Collection[str]) -> int:
        """Messages of these topics that the group has not committed."""
        answer: Any = self._admin.list_group_offsets({group: None})
        committed = {place: max(0, value.offset) for place, value in answer[group].items()}
        return sum(end - committed.get(place, 0) for place, end in self.ends(names).items())

    def newest(self, names: Collection[str]) -> int:
        """Timestamp (ms since 1970 UTC) of the last message written to these topics; 0 where there
        is none.
        """
        newest = 0
        for place, end in self.ends(names).items():
            if end:
                newest = max(
                    [newest, *(record.timestamp for record in self._read([place], end - 1, end))]
                )
        return newest

    def oldest(self, names: Collection[str]) -> int:
        """Timestamp (ms since 1970 UTC) of the first message of these topics. Raises Stuck where
        there is none.
        """
        ends = {place: end for place, end in self.ends(names).items() if end}
        first = [record.timestamp for place in ends for record in self._read([place], 0, 1)]
        if not first:
            raise StuckError(f"nothing was written to {', '.join(names)}")
        return int(min(first))

    def names(self) -> set[str]:
        """List all topics of the cluster."""
        return set(self._consumer.topics())

    def values(self, names: Collection[str]) -> Iterator[bytes]:
        """The value of every message there is now."""
        for place, end in self.ends(names).items():
            for record in self._read([place], 0, end):
                yield record.value or b""

    def _read(self, places: Sequence[Any], first: int, until: int) -> Iterator[Any]:
        self._consumer.assign(places)
        self._consumer.seek(places[0], first)
        reached = first
        while reached < until:
            for record in self._consumer.poll(timeout_ms=1000, max_records=2000).get(places[0], ()):
                reached = record.offset + 1
                if record.offset < until:
                    yield record


@contextmanager
def eyes(access: KafkaAccess) -> Iterator[Eyes]:
    """Eyes, closed at the end."""
    opened = Eyes(access)
    try:
        yield opened
    finally:
        opened.close()


def until_drained(
    look: Eyes, group: str, names: Collection[str], what: str, patience: float = PATIENCE_S
) -> None:
    """Wait until the group has committed all there is, seen twice with a second between. Raises
    Stuck when it stops moving for a minute.
    """
    best, moved, since, quiet = -1, time.monotonic(), time.monotonic(), 0
    while quiet < 2:
        lag = look.lag(group, names)
        quiet = quiet + 1 if lag == 0 else 0
        if lag != best:
            best, moved = lag, time.monotonic()
        if time.monotonic() - moved > 60 or time.monotonic() - since > patience:
            raise StuckError(f"{what}: {lag} messages of {group} are left and do not move")
        time.sleep(1.0 if lag == 0 else LOOK_S)


@dataclass(slots=True)
class Cost:
    """What a process used: seconds of processor, bytes of memory now and at most."""

    cpu_s: float = 0.0
    rss: int = 0
    peak: int = 0


@dataclass
class Meter:
    """Looks at a process twice a second."""

    pid: int
    cost: Cost = field(default_factory=Cost)

    def read(self) -> Cost:
        """What it has used by now."""
        process = psutil.Process(self.pid)
        times, rss = process.cpu_times(), process.memory_info().rss
        self.cost = Cost(times.user + times.system, rss, max(self.cost.peak, rss))
        return self.cost


@contextmanager
def metered(pid: int) -> Iterator[Meter]:
    """A meter that looks by itself for the time of the block."""
    meter, stop = Meter(pid), threading.Event()

    def go_on() -> None:
        while not stop.wait(0.5):
            meter.read()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield meter
    finally:
        stop.set()
        thread.join()
