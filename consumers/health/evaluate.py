"""Judge the facts: a level for each part, and a finding where it is not good. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consumers.health.evaluate_nodes import node_findings
from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Facts,
    KafkaStatus,
    ProcessState,
    StageStatus,
    Unavailable,
)
from consumers.health.findings import Finding, finding, graded
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import ALARMING, ATTENTION, BAD, GOOD
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings, worst first. `level`: 0 good, 1 attention, 2 bad, that of the worst."""

    level: int
    findings: Sequence[Finding]

    def level_of(self, subject: str) -> int:
        """Return the level of one part of the system."""
        return max(
            (finding.level for finding in self.findings if finding.subject == subject), default=GOOD
        )


def evaluate(facts: Facts) -> Diagnosis:
    """Judge every fact, and order the findings by their level."""
    findings = [
        *_kafka(facts),
        *_store(facts),
        *_processes(facts),
        *_broken_trees(facts),
        *_stages(facts),
        *_canaries(facts),
        *node_findings(facts),
        *_refused(facts),
        *_floods(facts),
    ]
    findings.sort(key=lambda item: -item.level)
    return Diagnosis(max((item.level for item in findings), default=GOOD), findings)


def _kafka(facts: Facts) -> Iterator[Finding]:
    kafka = facts.kafka
    if isinstance(kafka, Unavailable):
        yield from finding(
            BAD, "kafka", "kafka_away", _("Kafka does not answer ({why})", why=kafka.why)
        )
        return
    seconds = humanize_seconds(kafka.answer_s)
    yield from graded(
        kafka.answer_s, "kafka_s", "kafka", _("Kafka takes {seconds}", seconds=seconds)
    )
    yield from _disk(kafka.disk, "kafka")


def _disk(disk: Disk | None, subject: str) -> Iterator[Finding]:
    if disk is not None and disk.total:
        share = f"{disk.free_share:.0%}"
        yield from graded(
            disk.free_share,
            "disk_free",
            subject,
            _("Disk of {subject}: {share} left", subject=subject, share=share),
        )


def _store(facts: Facts) -> Iterator[Finding]:
    store = facts.store
    if isinstance(store, Unavailable):
        yield from finding(
            BAD, "store", "store_away", _("ClickHouse does not answer ({why})", why=store.why)
        )
        return
    seconds = humanize_seconds(store.answer_s)
    yield from graded(
        store.answer_s,
        "store_s",
        "store",
        _("ClickHouse takes {seconds}", seconds=seconds),
    )
    yield from _disk(store.disk, "store")
    for table in store.tables:
        words = _("{name}: {parts} parts", name=table.name, parts=table.parts)
        yield from graded(table.parts, "parts", "store", words)


def _processes(facts: Facts) -> Iterator[Finding]:
    if isinstance(facts.processes, Unavailable):
        return  # nothing of `quipu up` on this machine: the groups in Kafka tell who lives
    for process in facts.processes:
        yield from _process(process)


def _process(process: ProcessState) -> Iterator[Finding]:
    subject = f"process/{process.name}"
    if not process.alive:
        yield from finding(BAD, subject, "down", _("{name} is down", name=process.name))
        return
    restarted = _(
        "{name} was restarted {ago} ago ({restarts} in all)",
        name=process.name,
        ago=humanize_seconds(process.up_s or 0),
        restarts=process.restarts,
    )
    yield from graded(process.up_s if process.restarts else None, "young_s", subject, restarted)
    yield from _sign_of_life(process, subject)
    if process.rss is not None:
        memory = f"{process.rss / 1e9:.1f} GB"
        message = _("{name} uses {memory}", name=process.name, memory=memory)
        yield from graded(process.rss, "rss", subject, message)


def _sign_of_life(process: ProcessState, subject: str) -> Iterator[Finding]:
    silent = humanize_seconds(process.silent_s or 0)
    message = _("{name} has given no sign of life for {silent}", name=process.name, silent=silent)
    yield from graded(process.silent_s, "silent_s", subject, message)
    still = humanize_seconds(process.still_s)
    message = _(
        "{name}: no progress for {still} while messages wait", name=process.name, still=still
    )
    yield from graded(process.still_s, "still_s", subject, message)


def _broken_trees(facts: Facts) -> Iterator[Finding]:
    """Yield what the process that signs checkpoints found to be other than what was signed."""
    for process in facts.processes if not isinstance(facts.processes, Unavailable) else ():
        for tree in process.figures.get("broken", ()):
            words = _("{tree} is not what was signed: it was cut or changed", tree=tree)
            yield from finding(BAD, f"process/{process.name}", "broken_tree", words)


def _stages(facts: Facts) -> Iterator[Finding]:
    for stage in facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ():
        yield from _stage(stage)


def _stage(stage: StageStatus) -> Iterator[Finding]:
    subject, lag = f"stage/{stage.name}", humanize_seconds(stage.lag_s)
    if stage.members == 0:
        yield from finding(
            BAD,
            subject,
            "nobody",
            _("{name}: no process works, {lag} messages wait", name=stage.name, lag=stage.lag),
        )
    yield from graded(
        stage.lag_s,
        "lag_s",
        subject,
        _("{name}: {lag} behind, {one_lag} messages", name=stage.name, lag=lag, one_lag=stage.lag),
    )


def _canaries(facts: Facts) -> Iterator[Finding]:
    for canary in facts.canaries if not isinstance(facts.canaries, Unavailable) else ():
        yield from _canary(canary)


def _canary(canary: CanaryStatus) -> Iterator[Finding]:
    last = humanize_seconds(canary.last)
    subject = f"canary/{canary.node}"
    yield from graded(
        canary.last,
        "canary_s",
        subject,
        _("Canary {node}: {last} from the node to the query", node=canary.node, last=last),
    )


def _refused(facts: Facts) -> Iterator[Finding]:
    for refused in facts.refused if not isinstance(facts.refused, Unavailable) else ():
        level = BAD if refused.code in ALARMING else ATTENTION
        words = _(
            "{topic}: {count} × {code} in 24 h",
            topic=refused.topic,
            count=refused.count,
            code=refused.code,
        )
        yield from finding(level, "rejects", "poison", words)


def _floods(facts: Facts) -> Iterator[Finding]:
    for flood in facts.floods if not isinstance(facts.floods, Unavailable) else ():
        words = _(
            "{authority} ({country}) wrote {records} records on one thing (such things: {things})",
            authority=flood.authority,
            country=flood.country,
            records=flood.records,
            things=flood.things,
        )
        subject = f"authority/{flood.country}/{flood.authority}"
        yield from finding(ATTENTION, subject, "flood", words)


def unknowns(facts: Facts, lang: str = "en") -> Iterator[tuple[str, str]]:
    """Yield name and reason of each fact that could not be collected."""
    for name in (
        "generation",
        "kafka",
        "store",
        "processes",
        "nodes",
        "canaries",
        "refused",
        "floods",
    ):
        value = getattr(facts, name)
        if isinstance(value, Unavailable):
            yield name, value.in_language(lang)
