"""worker_rss_mb and cost_growth: one worker from an empty state to a million events.

The log comes in stages: 100,000 events, then 100,000 that are measured, then 700,000, then 100,000
that are measured again; before each measured stage the worker has done all there was. A stage's
cost is the processor time of the worker's process divided by the stage's events (what other
processes do does not show in it); the wall time from the stage's sending to its last output is told
beside it. `cost_growth` is the cost of the last stage over that of the second. `worker_rss_mb` is
the worker's resident memory at the end, in 10^6 bytes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.exchange import Knot, seal_everywhere, send, up
from benchmarks.figures import Figure, load
from benchmarks.pipeline import GROUP, INPUTS, OUTPUTS
from benchmarks.watch import Eyes, Meter, eyes, metered, until_drained
from infra.settings import Settings

STAGE = 100_000
STAGES = 10
RSS_MB = 500
GROWTH = 1.3


@dataclass(frozen=True, slots=True)
class Stage:
    """What some events cost: microseconds an event."""

    events: int
    cpu_us: float
    wall_us: float


def measure(settings: Settings, stage: int = STAGE, stages: int = STAGES) -> list[Figure]:
    """The two figures, from an exchange whose log is empty."""
    before = load()
    knots = seal_everywhere(settings, stage * stages, stage)
    parts = [[knot for knot in knots if knot.last // stage == number] for number in range(stages)]
    del knots
    with up(settings, "worker") as stack, eyes(stack.settings.kafka) as look:
        pid = stack.pid("worker-1")
        assert pid is not None, "the worker is ready"  # noqa: S101
        with metered(pid) as meter:
            done = [_stage(stack.settings, look, meter, part) for part in parts[:2]]
            middle = [knot for part in parts[2:-1] for knot in part]
            done += [_stage(stack.settings, look, meter, part) for part in (middle, parts[-1])]
            cost = meter.read()
        restarts = stack.children()["worker-1"]["restarts"]
    if restarts:
        raise RuntimeError(
            f"the worker was restarted {restarts} times: its memory and cost are not of one process"
        )
    names = ("first", "second", "middle", "last")
    detail = {
        f"{name}_{what}_us": getattr(item, f"{what}_us")
        for name, item in zip(names, done, strict=True)
        for what in ("cpu", "wall")
    }
    events, loads = sum(item.events for item in done), [before, load()]
    return [
        Figure(
            "worker_rss_mb",
            round(cost.rss / 1e6),
            "MB",
            RSS_MB,
            False,
            {"events": events, "peak_mb": round(cost.peak / 1e6), "load": loads},
        ),
        Figure(
            "cost_growth",
            round(done[-1].cpu_us / done[1].cpu_us, 2),
            "times",
            GROWTH,
            False,
            {**detail, "load": loads},
        ),
    ]


def _stage(settings: Settings, look: Eyes, meter: Meter, knots: Sequence[Knot]) -> Stage:
    events = sum(knot.events for knot in knots)
    before, began = meter.read().cpu_s, time.time()
    send(settings, knots)
    until_drained(look, GROUP, INPUTS, f"{events} events")
    seconds = look.newest(OUTPUTS) / 1000 - began
    cpu = meter.read().cpu_s - before
    item = 1e6 / events
    return Stage(events, round(cpu * item, 1), round(seconds * item, 1))
