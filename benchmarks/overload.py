"""sustained_p99_ms, overload_recovery_s: what becomes of answers when more comes than fits.

The line, the nodes and the questions are those of `latency`. Events come at a steady rate for a
minute, at one and a half times that rate for another, and at half the rate for two more. The
figures are the 99th percentile from outbox to the answer that shows an event in the first minute,
and the seconds after the second minute until the backlog is made good: until the last event that
was shown later than two seconds after its commit. The default is the rate that worker and sink
sustain; the detail has each stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

from benchmarks.exchange import up, workers
from benchmarks.figures import Figure, load
from benchmarks.latency import (
    Committed,
    Sightings,
    Stretch,
    ask_events,
    ask_indicators,
    publish_course,
    sign_in,
    wait_for_all,
)
from infra.settings import Settings

RATE = 500
SECONDS = 60
LATE_MS = 2_000
RECOVERY_S = 120
UNITS = ("worker", "clickhouse", "migrations", "sink", "api")


def measure(settings: Settings, rate: int = RATE, seconds: int = SECONDS) -> list[Figure]:
    """Both figures; every event that was to appear must have appeared."""
    course = [
        Stretch(rate, seconds),
        Stretch(rate * 3 // 2, seconds),
        Stretch(rate // 2, 2 * seconds),
    ]
    before, stop, seen = load(), Event(), Sightings()
    with (
        up(settings, *UNITS) as stack,
        workers() as pool,
        ThreadPoolExecutor(2) as watchers,
    ):
        sign_in(stack.settings)
        base = f"http://{stack.settings.api_host}:{stack.settings.api_port}"
        committed: Future[dict[str, Committed]] = pool.submit(
            publish_course, stack.settings, course, 0, True
        )
        asking = [watchers.submit(ask, base, seen, stop) for ask in (ask_events, ask_indicators)]
        try:
            sent = committed.result()
            expected = wait_for_all(seen, sent, 0, asking)
        finally:
            stop.set()
        for future in asking:
            future.result()
    events = sorted((sent[id_].at, seen.events[id_]) for id_ in expected)
    detail = {"rate": rate, "seconds": seconds, "questions": seen.questions}
    return _figures(events, course, {**detail, "load": [before, load()]})


def _figures(
    events: Sequence[tuple[float, float]], course: Sequence[Stretch], detail: dict[str, Any]
) -> list[Figure]:
    """`events`: when each was committed and when it was shown, s since 1970."""
    begin, parts = events[0][0], []
    for stretch in course:
        end = begin + stretch.seconds
        own = sorted((shown - at) * 1000 for at, shown in events if begin <= at < end)
        parts.append({"rate": stretch.rate, **_spread(own)})
        begin = end
    overload_end = events[0][0] + course[0].seconds + course[1].seconds
    late = [shown for at, shown in events if (shown - at) * 1000 > LATE_MS]
    recovery = max(0.0, max(late, default=0.0) - overload_end)
    more = {**detail, "stretches": parts}
    return [
        Figure("sustained_p99_ms", parts[0].get("p99", 0), "ms", LATE_MS, False, more),
        Figure("overload_recovery_s", round(recovery, 1), "s", RECOVERY_S, False, more),
    ]


def _spread(ordered: Sequence[float]) -> dict[str, int]:
    if not ordered:
        return {}
    at = {
        name: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))])
        for name, share in (("p50", 0.5), ("p99", 0.99))
    }
    return {**at, "most": round(ordered[-1]), "events": len(ordered)}
