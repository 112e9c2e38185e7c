"""Fifteen minutes at 500 events/s: do memory, lag and the time to the answer stay flat?

The line and the nodes are those of `latency`; here the API is asked a second after each answer, the events are drafted as they fall due,
and every ten seconds the processes' resident memory and the groups' lag are read. The last third of the run is compared with its second
third (the first fills caches and RocksDB's buffers): `soak_memory_growth` is that of the process that grew most, by medians;
`soak_p99_growth` that of the 99th percentile from outbox to the API's answer; `soak_lag_messages` is the most that all groups together
ever had before them (about 200 a second are written).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from threading import Event
from typing import Any

import psutil

from benchmarks.exchange import up, workers
from benchmarks.figures import Figure, load
from benchmarks.latency import RATE, Manner, Moments, Sightings, ask_events, ask_indicators, publish, wait_for_all
from benchmarks.watch import Eyes, eyes
from consumers.lag import groups
from infra.settings import Settings
from infra.up import Stack

SECONDS = 900
LOOK_S = 10.0
UNITS = ("worker", "clickhouse", "migrations", "sink", "hits", "api")
WATCHED = ("kafka", "clickhouse", "worker-1", "sink", "hits", "api")
FLAT = 1.1
LAG_AIM = 1000
LISTS = Manner(pause_s=1.0, page=1000, overlap_s=3.0)
"""A page holds what comes in eight seconds: where it takes a second page, the next answer has more to show, and so on for ever."""


@dataclass
class Course:
    """What was seen, by moment (s since 1970): each process's resident bytes, and messages not committed of all groups."""

    memory: dict[str, dict[float, int]] = field(default_factory=lambda: {name: {} for name in WATCHED})
    lag: dict[float, int] = field(default_factory=dict)


def measure(settings: Settings, rate: int = RATE, seconds: int = SECONDS) -> list[Figure]:
    """The three figures; every event and indicator that was to appear must have appeared."""
    before, stop, seen, course = load(), Event(), Sightings(), Course()
    with up(settings, *UNITS) as stack, eyes(stack.settings.kafka) as look, workers() as pool, ThreadPoolExecutor(3) as threads:
        base = f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        committed: Future[Moments] = pool.submit(publish, stack.settings, rate, seconds, as_due=True)
        watching = [threads.submit(ask, base, seen, stop, LISTS) for ask in (ask_events, ask_indicators)]
        watching.append(threads.submit(_look, stack, look, course, stop))
        try:
            moments = committed.result()
            expected = wait_for_all(seen, moments, watching)
        finally:
            stop.set()
        for each in watching:
            each.result()
    latencies = {moments[id_]: (seen.events[id_] - moments[id_]) * 1000 for id_ in expected}
    detail = {"events": len(moments), "seconds": seconds, "load": [before, load()]}
    return _figures(course, latencies, min(moments.values()), max(moments.values()), detail)


def _look(stack: Stack, look: Eyes, course: Course, stop: Event) -> None:
    while not stop.wait(LOOK_S):
        now = time.time()
        for name in WATCHED:
            pid = stack.pid(name)
            if pid is not None:
                course.memory[name][now] = psutil.Process(pid).memory_info().rss
        course.lag[now] = sum(look.lag(group, names) for group, names in groups(1).items())


def _figures(course: Course, latencies: dict[float, float], start: float, end: float, detail: dict[str, Any]) -> list[Figure]:
    third = (end - start) / 3
    second, last = (start + third, end - third), (end - third, end)
    memory = {name: median(_within(of, *last)) / median(_within(of, *second)) for name, of in course.memory.items()}
    p99 = {name: _p99(_within(latencies, *span)) for name, span in (("second_third", second), ("last_third", last))}
    lag = max(_within(course.lag, start, end))
    in_mb = {name: round(median(_within(of, *last)) / 1e6) for name, of in course.memory.items()}
    grown = {name: round(ratio, 3) for name, ratio in memory.items()}
    return [
        Figure(
            "soak_memory_growth", round(max(memory.values()), 3), "", FLAT, False, {**detail, "by_process": grown, "last_third_mb": in_mb}
        ),
        Figure("soak_p99_growth", round(p99["last_third"] / p99["second_third"], 3), "", FLAT, False, {"p99_ms": p99}),
        Figure("soak_lag_messages", lag, "messages", LAG_AIM, False),
    ]


def _within(of: dict[float, Any], start: float, end: float) -> Sequence[Any]:
    return [value for at, value in of.items() if start <= at <= end]


def _p99(latencies: Sequence[float]) -> int:
    ordered = sorted(latencies)
    return round(ordered[int(len(ordered) * 0.99)])
