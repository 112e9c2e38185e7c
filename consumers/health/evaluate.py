"""Judge the facts: a degree for each part, and a finding where it is not good. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consumers.health.acknowledgements import acknowledge
from consumers.health.causes import fold_consequences
from consumers.health.evaluate_cluster import copy_findings, member_findings
from consumers.health.evaluate_nodes import node_findings
from consumers.health.evaluate_processes import broken_tree_findings, process_findings
from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Facts,
    KafkaStatus,
    StageStatus,
    Unavailable,
)
from consumers.health.finding_memory import NO_MEMORY, FindingMemory
from consumers.health.findings import (
    Acknowledgement,
    Finding,
    FindingKey,
    finding,
    graded,
    lasting,
)
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import ALARMING, TABLE, Degree
from schemas.i18n import UserMessage, _, ngettext


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The causes of what is not good, the gravest first, each with what follows from it.

    `degree`: that of the gravest.
    """

    degree: Degree
    findings: Sequence[Finding]

    def degree_of(self, subject: str) -> Degree:
        """Return the degree of one part of the system, consequences counted."""
        return max(
            (
                finding.degree
                for root in self.findings
                for finding in (root, *root.consequences)
                if finding.subject == subject
            ),
            default=Degree.GOOD,
        )


def evaluate(
    facts: Facts,
    memory: FindingMemory = NO_MEMORY,
    acknowledgements: Sequence[Acknowledgement] = (),
) -> Diagnosis:
    """Judge every fact, fold what follows from something else, and lower what is acknowledged.

    `memory`: since when findings last, as far as somebody watched.
    """
    findings = [memory.dated(finding) for finding in _all_findings(facts, memory)]
    roots = acknowledge(fold_consequences(findings), acknowledgements, facts.at)
    return Diagnosis(max((root.degree for root in roots), default=Degree.GOOD), roots)


def _all_findings(facts: Facts, memory: FindingMemory) -> list[Finding]:
    """Return every finding, by part of the system."""
    return [
        *_kafka(facts, memory),
        *copy_findings(facts, memory),
        *_store(facts, memory),
        *process_findings(facts),
        *broken_tree_findings(facts),
        *member_findings(facts),
        *_stages(facts, memory),
        *_canaries(facts),
        *node_findings(facts),
        *_refused(facts),
        *_floods(facts),
    ]


def _away(
    engine: Unavailable, subject: str, message: UserMessage, facts: Facts, memory: FindingMemory
) -> Iterator[Finding]:
    """Yield that an engine does not answer; one that is only late gets some seconds first."""
    kind = f"{subject}_away"
    degree = Degree.ACT_NOW
    if engine.is_late and memory.is_kept:
        late_s = memory.seconds_since(FindingKey(subject, kind, ""), facts.at)
        degree = TABLE["away_s"].degree(late_s)
    yield from finding(degree, subject, kind, message)


def _kafka(facts: Facts, memory: FindingMemory) -> Iterator[Finding]:
    kafka = facts.kafka
    if isinstance(kafka, Unavailable):
        message = _("Kafka does not answer ({why})", why=kafka.why)
        yield from _away(kafka, "kafka", message, facts, memory)
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


def _store(facts: Facts, memory: FindingMemory) -> Iterator[Finding]:
    store = facts.store
    if isinstance(store, Unavailable):
        message = _("ClickHouse does not answer ({why})", why=store.why)
        yield from _away(store, "store", message, facts, memory)
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
        for full in graded(table.parts, "parts", "store", words):
            yield replace(full, item=table.name)


def _stages(facts: Facts, memory: FindingMemory) -> Iterator[Finding]:
    for stage in facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ():
        yield from _stage(stage, facts.at, memory)


def _stage(stage: StageStatus, at: int, memory: FindingMemory) -> Iterator[Finding]:
    subject = f"stage/{stage.name}"
    if stage.members == 0:
        waiting = _("{name}: no process works, {lag} messages wait", name=stage.name, lag=stage.lag)
        yield from finding(Degree.ACT_NOW, subject, "nobody", waiting)
    if stage.lost:
        gone = ngettext(
            "{name}: {count} message left its topic unread",
            "{name}: {count} messages left their topics unread",
            stage.lost,
            name=stage.name,
        )
        yield from finding(Degree.ACT_NOW, subject, "lost", gone)
    if stage.lag_s is None:
        unknown = _(
            "{name}: {lag} messages wait; since when is not known", name=stage.name, lag=stage.lag
        )
        key = FindingKey(subject, "lag_unknown", "")
        unknown_s = memory.seconds_since(key, at)
        yield from finding(
            TABLE["lag_unknown_s"].degree(unknown_s), subject, "lag_unknown", unknown
        )
        return
    behind = _(
        "{name}: {lag} behind, {one_lag} messages",
        name=stage.name,
        lag=humanize_seconds(stage.lag_s),
        one_lag=stage.lag,
    )
    late = graded(stage.lag_s, "lag_s", subject, behind)
    yield from lasting(late, at - int(stage.lag_s * 1000))


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
        degree = Degree.ACT_NOW if refused.code in ALARMING else Degree.WATCH
        words = _(
            "{topic}: {count} × {code} in 24 h",
            topic=refused.topic,
            count=refused.count,
            code=refused.code,
        )
        for reject in finding(degree, "rejects", "poison", words):
            item = f"{refused.topic} {refused.code}"
            yield replace(reject, item=item, cause=str(refused.last_at))


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
        yield from finding(Degree.WATCH, subject, "flood", words)


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
        "members",
    ):
        value = getattr(facts, name)
        if isinstance(value, Unavailable):
            yield name, value.in_language(lang)
