"""Fifteen minutes at 500 events/s on a line that is in use: do memory, lag and the time to the
answer stay flat?

The line and the nodes are those of `latency`. It begins with as many events as it is about to take,
worked through and stored: the worker's caches and write buffers are full by then, so what grows
afterwards grows for good; the tables are not small. The API is asked a second after each answer,
for one node's new events of one place and for the 200 newest indicators; the events are drafted as
they fall due, and every ten seconds the processes' resident memory and the groups' lag are read.
The last third of the run is compared with its second third: `soak_memory_growth` is that of the
process that grew most, by medians; `soak_p99_growth` that of the 99th percentile from outbox to the
API's answer; `soak_lag_messages` is the most that all groups together ever had before them (about
200 a second are written).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from statistics import median
from threading import Event
from typing import Any

import httpx
import psutil

from benchmarks.exchange import admit, seal_everywhere, send, up, workers
from benchmarks.figures import Figure, load
from benchmarks.latency import (
    RATE,
    READER,
    RULE,
    SAMPLED,
    Committed,
    Manner,
    Sightings,
    ask_events,
    crossings,
    keep_asking,
    publish,
    sign_in,
    wait_for_all,
)
from benchmarks.population import STATIONS
from benchmarks.watch import Eyes, eyes, until_drained
from consumers.runtime.consumer_lag import groups
from infra.orchestration.stack import RunningStack
from infra.settings import Settings
from schemas import topics

SECONDS = 900
BUNDLES_OF = 400
"""Events of the population that no bundle of what was there before reaches beyond: as many small
bundles as nodes send.
"""
EVERY_S = 10.0
BEFORE = [replace(station, node=f"{station.node}-2") for station in STATIONS]
GROUPS = {**groups(1), topics.hits_group(1): [topics.evidence(1)]}
UNITS = ("worker", "clickhouse", "migrations", "sink", "hits", "api")
WATCHED = ("kafka", "clickhouse", "worker-1", "sink", "hits", "api")
FLAT = 1.1
LAG_AIM = 1000
EVENTS = Manner(pause_s=1.0, page=1000, overlap_s=3.0, place=SAMPLED.subdivisions[0])
"""A twelfth of all. A page holds what comes in 20 s: where it takes a second page, the next answer
has more to show, and so on for ever.
"""
INDICATORS = Manner(pause_s=1.0)


@dataclass
class Course:
    """What was seen, by moment (s since 1970): each process's resident bytes, and messages not
    committed of all groups.
    """

    memory: dict[str, dict[float, int]] = field(
        default_factory=lambda: {name: {} for name in WATCHED}
    )
    lag: dict[float, int] = field(default_factory=dict)


def measure(
    settings: Settings, rate: int = RATE, seconds: int = SECONDS, before: int | None = None
) -> list[Figure]:
    """The three figures; every event that was to appear, and every indicator, must have appeared.
    `before`: events there at the start.
    """
    present = rate * seconds if before is None else before
    _send_before(settings, present)
    loaded, stop, seen, course = load(), Event(), Sightings(), Course()
    with (
        up(settings, *UNITS) as stack,
        eyes(stack.settings.kafka) as look,
        workers() as pool,
        ThreadPoolExecutor(3) as threads,
    ):
        sign_in(stack.settings)
        base = f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        _until_level(look)
        committed: Future[dict[str, Committed]] = pool.submit(
            publish, stack.settings, rate, seconds, present, as_due=True
        )
        watching = [
            threads.submit(ask_events, base, seen, stop, EVENTS),
            threads.submit(_ask_indicators, base, seen, stop),
        ]
        watching.append(threads.submit(_look, stack, look, course, stop))
        try:
            sent = committed.result()
            expected = wait_for_all(seen, sent, 0, watching, EVENTS.place)
        finally:
            stop.set()
        for future in watching:
            future.result()
        _until_level(look)
        _compare_indicators(base, crossings(present + len(sent)))
    moments = [item.at for item in sent.values()]
    latencies = [(sent[id_].at, (seen.events[id_] - sent[id_].at) * 1000) for id_ in expected]
    record = {"questions": seen.questions, "slowest_answer_s": round(seen.slowest_s, 1)}
    detail = {
        "events": len(sent),
        "before": present,
        "seconds": seconds,
        **record,
        "load": [loaded, load()],
    }
    return _figures(course, latencies, min(moments), max(moments), detail)


def _send_before(settings: Settings, count: int) -> None:
    """Into the log, by nodes of their own: an outbox that finds bundles of its node in the log
    which it does not know sends nothing.
    """
    with up(settings) as stack:
        holds_from = admit(stack.settings, BEFORE)
        time.sleep(max(0.0, holds_from / 1000 - time.time()) + 1)
        send(stack.settings, seal_everywhere(stack.settings, count, BUNDLES_OF, BEFORE))


def _until_level(look: Eyes) -> None:
    """Wait until every group has read its topics to their ends. Raises Stuck."""
    for group, names in GROUPS.items():
        until_drained(look, group, names, "soak")


def _lag(look: Eyes) -> int:
    return sum(look.lag(group, names) for group, names in GROUPS.items())


def _ask_indicators(base: str, sightings: Sightings, stop: Event) -> None:
    """The newest, as an analyst's screen asks for them; only their weight matters here."""
    keep_asking(
        f"{base}/v1/indicators",
        lambda: {"rule": RULE, "grade": "certain"},
        lambda _answer, _now: False,
        sightings,
        stop,
        INDICATORS,
    )


def _compare_indicators(base: str, owed: int) -> None:
    """Raises RuntimeError unless every weapon that crossed a border is an indicator, and nothing
    else.
    """
    answer = httpx.get(
        f"{base}/v1/series", params={"rule": RULE, "grade": "certain"}, headers=READER, timeout=300
    )
    matches = sum(item["count"] for item in answer.raise_for_status().json())
    if matches != owed:
        raise RuntimeError(f"soak: {matches} indicators, {owed} weapons crossed a border")


def _look(stack: RunningStack, look: Eyes, course: Course, stop: Event) -> None:
    while not stop.wait(EVERY_S):
        now = time.time()
        for name in WATCHED:
            pid = stack.pid(name)
            if pid is not None:
                course.memory[name][now] = psutil.Process(pid).memory_info().rss
        course.lag[now] = _lag(look)


def _figures(
    course: Course,
    latencies: Sequence[tuple[float, float]],
    start: float,
    end: float,
    detail: dict[str, Any],
) -> list[Figure]:
    third = (end - start) / 3
    second, last = (start + third, end - third), (end - third, end)
    memory = {
        name: median(_within(of.items(), *last)) / median(_within(of.items(), *second))
        for name, of in course.memory.items()
    }
    p99 = {
        name: _p99(_within(latencies, *span))
        for name, span in (("second_third", second), ("last_third", last))
    }
    lag = max(_within(course.lag.items(), start, end))
    in_mb = {
        name: round(median(_within(of.items(), *last)) / 1e6) for name, of in course.memory.items()
    }
    grown = {name: round(ratio, 3) for name, ratio in memory.items()}
    return [
        Figure(
            "soak_memory_growth",
            round(max(memory.values()), 3),
            "",
            FLAT,
            False,
            {**detail, "by_process": grown, "last_third_mb": in_mb},
        ),
        Figure(
            "soak_p99_growth",
            round(p99["last_third"] / p99["second_third"], 3),
            "",
            FLAT,
            False,
            {"p99_ms": p99},
        ),
        Figure("soak_lag_messages", lag, "messages", LAG_AIM, False),
    ]


def _within(of: Iterable[tuple[float, Any]], start: float, end: float) -> Sequence[Any]:
    """The values of the moments between."""
    return [value for at, value in of if start <= at <= end]


def _p99(latencies: Sequence[float]) -> int:
    ordered = sorted(latencies)
    return round(ordered[int(len(ordered) * 0.99)])
