"""pipeline_events_per_s: one stream worker (intake and correlate in one process) over a log that
was whole before it started.

Measured from the moment the worker says that it is ready to the last message that it wrote (Kafka's
append time): signatures, key lists, opening, validation, versions, observations, evidence, verdicts
and receipts out and acknowledged, state on the disk. Its start is not counted. Kafka runs on the
same machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.exchange import seal_everywhere, send, up
from benchmarks.figures import Figure, load
from benchmarks.population import STATIONS
from benchmarks.watch import eyes, metered, until_drained
from infra.settings import Settings
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import COUNTRIES

EVENTS = 200_000
AIM = 10_000
GENERATION = 1
GROUP = topics.worker_group(GENERATION)
INPUTS = topics.worker_inputs(GENERATION)
OUTPUTS = [
    *(topics.accepted(GENERATION, country) for country in COUNTRIES),
    *(topics.receipts(GENERATION, station.country, station.node) for station in STATIONS),
    topics.observations(GENERATION),
    topics.evidence(GENERATION),
    topics.persons(GENERATION),
    topics.links(GENERATION),
]

Evidence = frozenset[tuple[str, str, str, str, str, str]]
"""op, rule, grade, thing, event, role: what two pipelines must agree on."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the figure, and its evidence."""

    figure: Figure
    evidence: Evidence

    @property
    def rate(self) -> float:
        return self.figure.value


def prepare(settings: Settings, events: int = EVENTS) -> None:
    """Write the log that is measured."""
    with up(settings) as stack:
        send(stack.settings, seal_everywhere(stack.settings, events, events))


def measure(settings: Settings, events: int = EVENTS) -> Run:
    """Run a worker over the prepared log, to its end."""
    before = load()
    with up(settings, "worker") as stack, eyes(stack.settings.kafka) as look:
        pid = stack.pid("worker-1")
        assert pid is not None, "the worker is ready"  # noqa: S101
        with metered(pid) as meter:
            began = stack.settings.ready_file("worker-1").stat().st_mtime
            until_drained(look, GROUP, INPUTS, "pipeline")
            cost = meter.read()
        seconds = look.newest(OUTPUTS) / 1000 - began
        evidence = read_evidence(look.values([topics.evidence(GENERATION)]))
        accepted = count_accepted(
            look.values([topics.accepted(GENERATION, country) for country in COUNTRIES])
        )
    if accepted != events:
        raise RuntimeError(f"pipeline: {accepted} of {events} events were accepted")
    detail = {
        "events": events,
        "seconds": round(seconds, 2),
        "evidence_rows": len(evidence),
        "worker_cpu_s": round(cost.cpu_s, 2),
        "worker_peak_mb": round(cost.peak / 1e6),
        "load": [before, load()],
    }
    return Run(
        Figure("pipeline_events_per_s", round(events / seconds), "events/s", AIM, True, detail),
        evidence,
    )


def read_evidence(values: Iterable[bytes]) -> Evidence:
    """Of the messages of the evidence topic."""
    form = log_format("evidence")
    return frozenset(
        (
            row["op"],
            row["rule"],
            row["grade"],
            row["thing"].hex(),
            row["event_id"].hex(),
            row["role"],
        )
        for value in values
        for row in form.read(value)["rows"]
    )


def count_accepted(values: Iterable[bytes]) -> int:
    """Items with the verdict `accepted`."""
    form = log_format("accepted")
    return sum(
        item["verdict"] == "accepted" for value in values for item in form.read(value)["items"]
    )
