"""Workers on one log: 1, 2 and 4 of them, each in a generation of their own.

Reported for each number: events a second, from the first message that they write to the last; its
ratio to one worker; the partitions and the processor time of each. The busiest worker's share of
all their time says how far the work is spread where the machine has too few cores to show it. All
must write the same evidence.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.against_quix import DiffersError
from benchmarks.exchange import seal_everywhere, send, up
from benchmarks.figures import Figure, load
from benchmarks.pipeline import Evidence, read_evidence
from benchmarks.watch import LOOK_S, Eyes, Meter, StuckError, eyes, metered, until_drained
from infra.kafka import topic_admin
from infra.settings import Settings
from infra.telemetry.member_writer import occupation_of
from schemas import topics
from schemas.model import COUNTRIES

EVENTS = 30_000
COUNTS = (1, 2, 4)
FIRST_GENERATION = 11
READY_S = 120.0
STOP_S = 30.0


@dataclass(frozen=True, slots=True)
class GroupRun:
    """What a group of workers did. `cpu_s`: of each, in seconds; `partitions`: of each."""

    rate: float
    partitions: Sequence[int]
    cpu_s: Sequence[float]
    evidence: Evidence

    @property
    def busiest(self) -> float:
        """Return the busiest worker's share of the processor time of all."""
        return max(self.cpu_s) / sum(self.cpu_s)


def measure(settings: Settings, events: int = EVENTS) -> list[Figure]:
    """Write a log, and have each number of workers read all of it. Raises DiffersError."""
    before = load()
    with up(settings) as stack:
        send(stack.settings, seal_everywhere(stack.settings, events, events))
        runs = [_run(stack.settings, count, events) for count in COUNTS]
    return figures_of(runs, {"events": events, "cores": os.cpu_count(), "load": [before, load()]})


def figures_of(runs: Sequence[GroupRun], circumstances: Mapping[str, object]) -> list[Figure]:
    """Compare runs of groups, the first of one worker. Raises DiffersError."""
    if any(run.evidence != runs[0].evidence for run in runs):
        raise DiffersError(f"workers: evidence rows {[len(run.evidence) for run in runs]}")
    return [
        Figure(
            f"workers_{len(run.cpu_s)}_ratio",
            round(run.rate / runs[0].rate, 2),
            "of one worker",
            None,
            True,
            {
                **circumstances,
                "events_per_s": round(run.rate),
                "partitions": list(run.partitions),
                "cpu_s": [round(seconds, 1) for seconds in run.cpu_s],
                "busiest_share": round(run.busiest, 2),
                "evidence_rows": len(run.evidence),
            },
        )
        for run in runs
    ]


def _run(settings: Settings, count: int, events: int) -> GroupRun:
    generation = FIRST_GENERATION + count
    topic_admin.ensure(settings.kafka, topics.derived_topics(generation))
    outputs = [*(topics.accepted(generation, country) for country in COUNTRIES)]
    outputs += [topics.observations(generation), topics.evidence(generation)]
    outputs += [topics.links(generation)]
    with eyes(settings.kafka) as look, _workers(settings, generation, count) as meters:
        group, inputs = topics.worker_group(generation), topics.worker_inputs(generation)
        until_drained(look, group, inputs, f"{count} workers")
        members = [f"worker-{generation}-{number}" for number in range(count)]
        partitions = [occupation_of(settings, member).partitions for member in members]
        cpu_s = [meter.read().cpu_s for meter in meters]
        return GroupRun(
            _rate(look, outputs, events), partitions, cpu_s, _evidence(look, generation)
        )


def _rate(look: Eyes, outputs: Sequence[str], events: int) -> float:
    return events * 1000 / (look.newest(outputs) - look.oldest(outputs))


def _evidence(look: Eyes, generation: int) -> Evidence:
    return read_evidence(look.values([topics.evidence(generation)]))


@contextmanager
def _workers(settings: Settings, generation: int, count: int) -> Iterator[list[Meter]]:
    """Run so many workers of a generation, and look at each, for the time of the block."""
    members = [f"{generation}-{number}" for number in range(count)]
    processes = [_start(settings, generation, member) for member in members]
    try:
        _until_ready([settings.ready_file(f"worker-{member}") for member in members])
        with ExitStack() as stack:
            yield [stack.enter_context(metered(process.pid)) for process in processes]
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(STOP_S)


def _until_ready(files: Sequence[Path]) -> None:
    """Wait until all workers say that they are ready. Raises StuckError."""
    until = time.monotonic() + READY_S
    while not all(file.exists() for file in files):
        if time.monotonic() > until:
            raise StuckError(f"not ready within {READY_S:.0f} s: {', '.join(map(str, files))}")
        time.sleep(LOOK_S)


def _start(settings: Settings, generation: int, member: str) -> subprocess.Popen[bytes]:
    options = ["--member", member, "--generation", str(generation), "--no-receipts"]
    with (settings.logs_dir / f"worker-{member}.log").open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "streams.worker", *options],
            env=os.environ | settings.environ(),
            stdout=out,
            stderr=out,
        )
