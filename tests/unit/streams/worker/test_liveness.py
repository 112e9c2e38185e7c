"""The watchdog ends a worker that stands still while messages wait, and only that."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from infra.settings import Settings
from streams.worker.assignment import Assignment
from streams.worker.liveness import WorkerLiveness
from streams.worker.log_throttle import LogThrottle
from streams.worker.partition import PartitionCounters
from streams.worker.throughput import Rates, Throughput
from streams.worker.worker_config import WorkerConfig


class Standing:
    """Stands in for the assignment: partitions at the offsets one says."""

    def __init__(self, *offsets: int) -> None:
        self.offsets = list(offsets)

    def __iter__(self) -> Any:
        return (
            SimpleNamespace(topic_partition=("t", number), state=SimpleNamespace(offset=at))
            for number, at in enumerate(self.offsets)
        )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that a test turns."""
    turned = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(time, "monotonic", lambda: turned.now)
    return turned


def run(
    clock: SimpleNamespace, standing: Standing, *looks: tuple[float, int, int]
) -> list[BaseException]:
    """Each look: (seconds later, lag, offset of the first partition); what ended the worker."""
    ended: list[BaseException] = []
    watch = WorkerLiveness(
        WorkerConfig(Settings(Path("nowhere")), "1", 1, "group"),
        cast(Assignment, standing),
        ended.append,
    )
    for later, lag, offset in looks:
        clock.now += later
        standing.offsets[0] = offset
        watch._check_progress(lag)
    return ended


def test_it_ends_when_messages_wait_and_nothing_moves_for_a_minute(clock: SimpleNamespace) -> None:
    (error,) = run(clock, Standing(5, 5), (1, 10, 5), (30, 10, 5), (31, 10, 5))
    assert "10 messages wait" in str(error)


def test_it_goes_on_while_anything_moves(clock: SimpleNamespace) -> None:
    assert run(clock, Standing(5, 5), (1, 10, 5), (50, 10, 6), (50, 10, 7)) == []


def test_it_goes_on_when_nothing_waits(clock: SimpleNamespace) -> None:
    assert run(clock, Standing(5, 5), (1, 0, 5), (500, 0, 5), (1, 1, 5)) == []


def test_what_kafkas_clients_repeat_is_said_once_in_a_while_and_ours_always() -> None:
    seldom = LogThrottle(every=60)
    theirs = logging.LogRecord("aiokafka.client", logging.ERROR, "conn.py", 7, "away", None, None)
    other = logging.LogRecord(
        "aiokafka.client", logging.ERROR, "conn.py", 8, "another matter", None, None
    )
    ours = logging.LogRecord("streams.worker", logging.ERROR, "worker.py", 7, "away", None, None)
    assert [seldom.filter(record) for record in (theirs, theirs, other, ours, ours)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_the_pace_outlives_partitions_that_are_taken_away_and_come_back() -> None:
    pace = Throughput(0.0)
    pace.record({("t", 0): ("intake", PartitionCounters(10, 2, 1.0, 100))}, 5.0)
    pace.record({}, 6.0)
    pace.record(
        {
            ("t", 0): ("intake", PartitionCounters(4, 1, 0.5, 40)),
            ("u", 0): ("correlate", PartitionCounters(7, 1, 0.1)),
        },
        8.0,
    )
    assert pace.total("intake") == PartitionCounters(14, 3, 1.5, 140)
    assert pace.rates("intake") == Rates(14 / 8, 140 / 8, 0.5)
    assert pace.total("correlate").messages == 7


def test_the_pace_is_of_the_last_ten_seconds() -> None:
    pace = Throughput(0.0)
    for second in range(1, 40):
        pace.record(
            {
                ("t", 0): (
                    "intake",
                    PartitionCounters(100 if second < 20 else 100 + second - 20, second, 0.0),
                )
            },
            float(second),
        )
    assert pace.rates("intake").messages_per_s == pytest.approx(1.0)
