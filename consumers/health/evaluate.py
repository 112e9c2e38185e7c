"""Judge the facts: a level for each part, and a finding where it is not good. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    StageStatus,
    Unavailable,
)
from consumers.health.humanize import humanize_seconds
from consumers.health.remedies import REMEDIES
from consumers.health.thresholds import ALARMING, ATTENTION, BAD, GOOD, TABLE
from schemas.i18n import UserMessage, _, ngettext


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not good, and what to do.

    `subject`: kafka, store, stage/intake, process/sink, node/co-ponal, canary/co-ponal.
    """

    level: int
    subject: str
    message: UserMessage
    remedy: UserMessage


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
        *_stages(facts),
        *_canaries(facts),
        *_nodes(facts),
        *_refused(facts),
    ]
    findings.sort(key=lambda finding: -finding.level)
    return Diagnosis(max((finding.level for finding in findings), default=GOOD), findings)


def _find(level: int, subject: str, remedy: str, message: UserMessage) -> Iterator[Finding]:
    if level:
        yield Finding(level, subject, message, REMEDIES[remedy])


def _graded(
    figure: float | None, threshold: str, subject: str, message: UserMessage
) -> Iterator[Finding]:
    """Yield a finding where the figure is beyond its threshold."""
    if figure is not None:
        yield from _find(TABLE[threshold].level(figure), subject, threshold, message)


def _kafka(facts: Facts) -> Iterator[Finding]:
    kafka = facts.kafka
    if isinstance(kafka, Unavailable):
        yield from _find(
            BAD, "kafka", "kafka_away", _("Kafka does not answer ({why})", why=kafka.why)
        )
        return
    seconds = humanize_seconds(kafka.answer_s)
    yield from _graded(
        kafka.answer_s, "kafka_s", "kafka", _("Kafka takes {seconds}", seconds=seconds)
    )
    yield from _disk(kafka.disk, "kafka")


def _disk(disk: Disk | None, subject: str) -> Iterator[Finding]:
    if disk is not None and disk.total:
        share = f"{disk.free_share:.0%}"
        yield from _graded(
            disk.free_share,
            "disk_free",
            subject,
            _("Disk of {subject}: {share} left", subject=subject, share=share),
        )


def _store(facts: Facts) -> Iterator[Finding]:
    store = facts.store
    if isinstance(store, Unavailable):
        yield from _find(
            BAD, "store", "store_away", _("ClickHouse does not answer ({why})", why=store.why)
        )
        return
    seconds = humanize_seconds(store.answer_s)
    yield from _graded(
        store.answer_s,
        "store_s",
        "store",
        _("ClickHouse takes {seconds}", seconds=seconds),
    )
    yield from _disk(store.disk, "store")
    for table in store.tables:
        words = _("{name}: {parts} parts", name=table.name, parts=table.parts)
        yield from _graded(table.parts, "parts", "store", words)


def _processes(facts: Facts) -> Iterator[Finding]:
    if isinstance(facts.processes, Unavailable):
        return  # nothing of `quipu up` on this machine: the groups in Kafka tell who lives
    for process in facts.processes:
        yield from _process(process)


def _process(process: ProcessState) -> Iterator[Finding]:
    subject = f"process/{process.name}"
    if not process.alive:
        yield from _find(BAD, subject, "down", _("{name} is down", name=process.name))
        return
    restarted = _(
        "{name} was restarted {ago} ago ({restarts} in all)",
        name=process.name,
        ago=humanize_seconds(process.up_s or 0),
        restarts=process.restarts,
    )
    yield from _graded(process.up_s if process.restarts else None, "young_s", subject, restarted)
    silent = humanize_seconds(process.silent_s or 0)
    yield from _graded(
        process.silent_s,
        "silent_s",
        subject,
        _("{name} has given no sign of life for {silent}", name=process.name, silent=silent),
    )
    still = humanize_seconds(process.still_s)
    yield from _graded(
        process.still_s,
        "still_s",
        subject,
        _("{name}: no progress for {still} while messages wait", name=process.name, still=still),
    )
    if process.rss is not None:
        memory = f"{process.rss / 1e9:.1f} GB"
        yield from _graded(
            process.rss, "rss", subject, _("{name} uses {memory}", name=process.name, memory=memory)
        )


def _stages(facts: Facts) -> Iterator[Finding]:
    for stage in facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ():
        yield from _stage(stage)


def _stage(stage: StageStatus) -> Iterator[Finding]:
    subject, lag = f"stage/{stage.name}", humanize_seconds(stage.lag_s)
    if stage.members == 0:
        yield from _find(
            BAD,
            subject,
            "nobody",
            _("{name}: no process works, {lag} messages wait", name=stage.name, lag=stage.lag),
        )
    yield from _graded(
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
    yield from _graded(
        canary.last,
        "canary_s",
        subject,
        _("Canary {node}: {last} from the node to the query", node=canary.node, last=last),
    )


def _nodes(facts: Facts) -> Iterator[Finding]:
    for node in facts.nodes if not isinstance(facts.nodes, Unavailable) else ():
        yield from _node(node, facts.at)


def _node(node: NodeStatus, at: int) -> Iterator[Finding]:
    subject = f"node/{node.name}"
    yield from _heard(node, at, subject)
    for gap in node.gaps:
        which = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
        since = max(1e-3, (at - gap.since_at) / 1000)
        words = _(
            "{cord}: {which} missing for {since}",
            cord=gap.cord,
            which=which,
            since=humanize_seconds(since),
        )
        yield from _graded(since, "gap_s", subject, words)
    alarming = sorted(ALARMING & node.codes.keys())
    if alarming:
        codes = ", ".join(f"{code} {node.codes[code]}" for code in alarming)
        yield from _find(BAD, subject, "alarm", _("{name}: {codes}", name=node.name, codes=codes))
    rejected = sum(count for code, count in node.codes.items() if code not in ALARMING)
    codes = ", ".join(
        f"{code} {count}" for code, count in sorted(node.codes.items()) if code not in ALARMING
    )
    yield from _graded(
        rejected,
        "rejected",
        subject,
        _("{name}: rejects in 24 h: {codes}", name=node.name, codes=codes),
    )
    yield from _graded(
        node.pending,
        "pending",
        subject,
        _("{name}: {pending} pending", name=node.name, pending=node.pending),
    )
    yield from _outbox(node.name, node.outbox, at, subject)


def _heard(node: NodeStatus, at: int, subject: str) -> Iterator[Finding]:
    if isinstance(node.heard_at, Unavailable):
        return
    if node.heard_at is None:
        yield from _find(
            ATTENTION, subject, "never_heard", _("{name}: no bundle yet", name=node.name)
        )
        return
    seconds = max(0.0, (at - node.heard_at) / 1000)
    words = _("{name}: last bundle {ago} ago", name=node.name, ago=humanize_seconds(seconds))
    if node.beats_every_s:
        yield from _graded(seconds / node.beats_every_s, "beats_missed", subject, words)
    else:
        yield from _graded(seconds, "heard_s", subject, words)


def _outbox(
    node: str, outbox: OutboxStatus | Unavailable | None, at: int, subject: str
) -> Iterator[Finding]:
    if isinstance(outbox, Unavailable):
        yield from _find(
            BAD,
            subject,
            "outbox",
            _("{node}: its outbox cannot be read ({why})", node=node, why=outbox.why),
        )
    if not isinstance(outbox, OutboxStatus):
        return
    if outbox.unsent and outbox.unsent_since_at is not None:
        since = humanize_seconds((at - outbox.unsent_since_at) / 1000)
        words = ngettext(
            "{node}: {count} bundle unsent, {since}",
            "{node}: {count} bundles unsent, {since}",
            outbox.unsent,
            node=node,
            since=since,
        )
        yield from _graded((at - outbox.unsent_since_at) / 1000, "unsent_s", subject, words)
    if outbox.unanswered and outbox.unanswered_since_at is not None:
        since = humanize_seconds((at - outbox.unanswered_since_at) / 1000)
        words = ngettext(
            "{node}: {count} bundle unanswered, {since}",
            "{node}: {count} bundles unanswered, {since}",
            outbox.unanswered,
            node=node,
            since=since,
        )
        yield from _graded((at - outbox.unanswered_since_at) / 1000, "unanswered_s", subject, words)
    if outbox.refused:
        words = ngettext(
            "{node}: {count} rejected bundle",
            "{node}: {count} rejected bundles",
            outbox.refused,
            node=node,
        )
        yield from _find(BAD, subject, "alarm", words)


def _refused(facts: Facts) -> Iterator[Finding]:
    for refused in facts.refused if not isinstance(facts.refused, Unavailable) else ():
        level = BAD if refused.code in ALARMING else ATTENTION
        words = _(
            "{topic}: {count} × {code} in 24 h",
            topic=refused.topic,
            count=refused.count,
            code=refused.code,
        )
        yield from _find(level, "rejects", "poison", words)


def unknowns(facts: Facts, lang: str = "en") -> Iterator[tuple[str, str]]:
    """Yield name and reason of each fact that could not be collected."""
    for name in ("generation", "kafka", "store", "processes", "nodes", "canaries", "refused"):
        value = getattr(facts, name)
        if isinstance(value, Unavailable):
            yield name, value.in_language(lang)
