"""What the facts mean: a level for each part of the line, and for each that is not good a finding
with what to do. Pure.
"""

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
from infra.errors import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not good. `subject`: kafka, store, stage/intake, process/sink,
    node/co-ponal, canary/co-ponal …
    """

    level: int
    subject: str
    message: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`level`: 0 good, 1 attention, 2 bad, the worst of the findings, which come worst first."""

    level: int
    findings: Sequence[Finding]

    def level_of(self, subject: str) -> int:
        """The level of one part of the line."""
        return max((one.level for one in self.findings if one.subject == subject), default=GOOD)


def evaluate(facts: Facts) -> Diagnosis:
    """All findings."""
    found = [
        *_kafka(facts),
        *_store(facts),
        *_processes(facts),
        *_stages(facts),
        *_canaries(facts),
        *_nodes(facts),
        *_refused(facts),
    ]
    found.sort(key=lambda one: -one.level)
    return Diagnosis(max((one.level for one in found), default=GOOD), found)


def _find(level: int, subject: str, remedy: str, es: str, en: str) -> Iterator[Finding]:
    if level:
        yield Finding(level, subject, Words(es, en), REMEDIES[remedy])


def _graded(
    figure: float | None, threshold: str, subject: str, es: str, en: str
) -> Iterator[Finding]:
    """A finding where the figure is beyond its threshold."""
    if figure is not None:
        yield from _find(TABLE[threshold].level(figure), subject, threshold, es, en)


def _kafka(facts: Facts) -> Iterator[Finding]:
    kafka = facts.kafka
    if isinstance(kafka, Unavailable):
        yield from _find(
            BAD,
            "kafka",
            "kafka_away",
            f"Kafka no responde ({kafka.text('es')})",
            f"Kafka does not answer ({kafka.why})",
        )
        return
    seconds = humanize_seconds(kafka.answer_s)
    yield from _graded(
        kafka.answer_s, "kafka_s", "kafka", f"Kafka tarda {seconds}", f"Kafka takes {seconds}"
    )
    yield from _disk(kafka.disk, "kafka")


def _disk(disk: Disk | None, subject: str) -> Iterator[Finding]:
    if disk is not None and disk.total:
        share = f"{disk.free_share:.0%}"
        yield from _graded(
            disk.free_share,
            "disk_free",
            subject,
            f"Disco de {subject}: queda {share}",
            f"Disk of {subject}: {share} left",
        )


def _store(facts: Facts) -> Iterator[Finding]:
    store = facts.store
    if isinstance(store, Unavailable):
        yield from _find(
            BAD,
            "store",
            "store_away",
            f"ClickHouse no responde ({store.text('es')})",
            f"ClickHouse does not answer ({store.why})",
        )
        return
    seconds = humanize_seconds(store.answer_s)
    yield from _graded(
        store.answer_s,
        "store_s",
        "store",
        f"ClickHouse tarda {seconds}",
        f"ClickHouse takes {seconds}",
    )
    yield from _disk(store.disk, "store")
    for table in store.tables:
        words = (f"{table.name}: {table.parts} partes", f"{table.name}: {table.parts} parts")
        yield from _graded(table.parts, "parts", "store", *words)


def _processes(facts: Facts) -> Iterator[Finding]:
    if isinstance(facts.processes, Unavailable):
        return  # nothing of `quipu up` on this machine: the groups in Kafka tell who lives
    for one in facts.processes:
        yield from _process(one)


def _process(one: ProcessState) -> Iterator[Finding]:
    subject = f"process/{one.name}"
    if not one.alive:
        yield from _find(BAD, subject, "down", f"{one.name} está caído", f"{one.name} is down")
        return
    again = (
        f"{one.name} se reinició hace {humanize_seconds(one.up_s or 0)} ({one.restarts} en total)",
        f"{one.name} was restarted {humanize_seconds(one.up_s or 0)} ago ({one.restarts} in all)",
    )
    yield from _graded(one.up_s if one.restarts else None, "young_s", subject, *again)
    silent = humanize_seconds(one.silent_s or 0)
    yield from _graded(
        one.silent_s,
        "silent_s",
        subject,
        f"{one.name} no da señal hace {silent}",
        f"{one.name} gives no sign for {silent}",
    )
    still = humanize_seconds(one.still_s)
    yield from _graded(
        one.still_s,
        "still_s",
        subject,
        f"{one.name}: {still} sin avanzar, con trabajo en espera",
        f"{one.name}: no progress for {still}, while work waits",
    )
    if one.rss is not None:
        memory = f"{one.rss / 1e9:.1f} GB"
        yield from _graded(
            one.rss, "rss", subject, f"{one.name} usa {memory}", f"{one.name} uses {memory}"
        )


def _stages(facts: Facts) -> Iterator[Finding]:
    for one in facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ():
        yield from _stage(one)


def _stage(one: StageStatus) -> Iterator[Finding]:
    subject, lag = f"stage/{one.name}", humanize_seconds(one.lag_s)
    if one.members == 0:
        yield from _find(
            BAD,
            subject,
            "nobody",
            f"{one.name}: nadie trabaja, esperan {one.lag}",
            f"{one.name}: nobody works, {one.lag} wait",
        )
    yield from _graded(
        one.lag_s,
        "lag_s",
        subject,
        f"{one.name}: {lag} de atraso, {one.lag} mensajes",
        f"{one.name}: {lag} behind, {one.lag} messages",
    )


def _canaries(facts: Facts) -> Iterator[Finding]:
    for one in facts.canaries if not isinstance(facts.canaries, Unavailable) else ():
        yield from _canary(one)


def _canary(one: CanaryStatus) -> Iterator[Finding]:
    last = humanize_seconds(one.last)
    subject = f"canary/{one.node}"
    yield from _graded(
        one.last,
        "canary_s",
        subject,
        f"Canario {one.node}: {last} del nodo a la consulta",
        f"Canary {one.node}: {last} from the node to the query",
    )


def _nodes(facts: Facts) -> Iterator[Finding]:
    for one in facts.nodes if not isinstance(facts.nodes, Unavailable) else ():
        yield from _node(one, facts.at)


def _node(one: NodeStatus, at: int) -> Iterator[Finding]:
    subject = f"node/{one.name}"
    yield from _heard(one, at, subject)
    for gap in one.gaps:
        which = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
        since = max(1e-3, (at - gap.since_at) / 1000)
        words = (
            f"{gap.cord}: falta {which} desde hace {humanize_seconds(since)}",
            f"{gap.cord}: {which} missing for {humanize_seconds(since)}",
        )
        yield from _graded(since, "gap_s", subject, *words)
    alarming = sorted(ALARMING & one.codes.keys())
    if alarming:
        codes = ", ".join(f"{code} {one.codes[code]}" for code in alarming)
        yield from _find(BAD, subject, "alarm", f"{one.name}: {codes}", f"{one.name}: {codes}")
    rejected = sum(count for code, count in one.codes.items() if code not in ALARMING)
    codes = ", ".join(
        f"{code} {count}" for code, count in sorted(one.codes.items()) if code not in ALARMING
    )
    yield from _graded(
        rejected,
        "rejected",
        subject,
        f"{one.name}: rechazos en 24 h: {codes}",
        f"{one.name}: rejects in 24 h: {codes}",
    )
    yield from _graded(
        one.pending,
        "pending",
        subject,
        f"{one.name}: {one.pending} pendientes",
        f"{one.name}: {one.pending} pending",
    )
    yield from _outbox(one.name, one.outbox, at, subject)


def _heard(one: NodeStatus, at: int, subject: str) -> Iterator[Finding]:
    if isinstance(one.heard_at, Unavailable):
        return
    if one.heard_at is None:
        yield from _find(
            ATTENTION, subject, "never_heard", f"{one.name}: nunca oído", f"{one.name}: never heard"
        )
        return
    seconds = max(0.0, (at - one.heard_at) / 1000)
    words = (
        f"{one.name}: oído hace {humanize_seconds(seconds)}",
        f"{one.name}: heard {humanize_seconds(seconds)} ago",
    )
    if one.beats_every_s:
        yield from _graded(seconds / one.beats_every_s, "beats_missed", subject, *words)
    else:
        yield from _graded(seconds, "heard_s", subject, *words)


def _outbox(
    node: str, outbox: OutboxStatus | Unavailable | None, at: int, subject: str
) -> Iterator[Finding]:
    if isinstance(outbox, Unavailable):
        yield from _find(
            BAD,
            subject,
            "outbox",
            f"{node}: su buzón no se lee ({outbox.text('es')})",
            f"{node}: its outbox is not readable ({outbox.why})",
        )
    if not isinstance(outbox, OutboxStatus):
        return
    if outbox.unsent and outbox.unsent_since_at is not None:
        since = humanize_seconds((at - outbox.unsent_since_at) / 1000)
        words = (
            f"{node}: {outbox.unsent} paquetes sin enviar, {since}",
            f"{node}: {outbox.unsent} bundles unsent, {since}",
        )
        yield from _graded((at - outbox.unsent_since_at) / 1000, "unsent_s", subject, *words)
    if outbox.unanswered and outbox.unanswered_since_at is not None:
        since = humanize_seconds((at - outbox.unanswered_since_at) / 1000)
        words = (
            f"{node}: {outbox.unanswered} paquetes sin respuesta, {since}",
            f"{node}: {outbox.unanswered} bundles unanswered, {since}",
        )
        yield from _graded(
            (at - outbox.unanswered_since_at) / 1000, "unanswered_s", subject, *words
        )
    if outbox.refused:
        words = (
            f"{node}: {outbox.refused} paquetes rechazados enteros",
            f"{node}: {outbox.refused} bundles refused whole",
        )
        yield from _find(BAD, subject, "alarm", *words)


def _refused(facts: Facts) -> Iterator[Finding]:
    for one in facts.refused if not isinstance(facts.refused, Unavailable) else ():
        level = BAD if one.code in ALARMING else ATTENTION
        words = (
            f"{one.topic}: {one.count} × {one.code} en 24 h",
            f"{one.topic}: {one.count} × {one.code} in 24 h",
        )
        yield from _find(level, "rejects", "poison", *words)


def unknowns(facts: Facts, lang: str = "en") -> Iterator[tuple[str, str]]:
    """What could not be had: name of the piece, why."""
    for name in ("generation", "kafka", "store", "processes", "nodes", "canaries", "refused"):
        value = getattr(facts, name)
        if isinstance(value, Unavailable):
            yield name, value.text(lang)
