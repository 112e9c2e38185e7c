"""The line's health as the page shows it: the parts in the order of the data's way, then nodes and
processes. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consumers.health.evaluate import Diagnosis, unknowns
from consumers.health.facts import (
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    StageStatus,
    Unavailable,
)
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.thresholds import ATTENTION, BAD, GOOD
from infra.errors import Words

CLASSES = {GOOD: "good", ATTENTION: "warn", BAD: "bad"}
NAMES = {
    GOOD: Words("Bien", "Good"),
    ATTENTION: Words("Atención", "Attention"),
    BAD: Words("Mal", "Bad"),
}
UNKNOWN = "?"
STAGES = {
    "intake": Words("Recepción", "Intake"),
    "correlate": Words("Correlación", "Correlation"),
    "sink": Words("Almacenaje", "Sink"),
    "hits": Words("Avisos", "Hits"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the line: its level, its main figure with what that is, and further figures."""

    title: str
    level: str
    figure: str
    unit: str
    notes: Sequence[str]


def health_page(facts: Facts, health: Diagnosis, lang: str) -> dict[str, Any]:
    """What the template is told."""
    return {
        "level": CLASSES[health.level],
        "verdict": NAMES[health.level].text(lang),
        "at": facts.at,
        "generation": UNKNOWN
        if isinstance(facts.generation, Unavailable)
        else str(facts.generation),
        "findings": [
            (CLASSES[one.level], one.message.text(lang), one.remedy.text(lang))
            for one in health.findings
        ],
        "unknown": list(unknowns(facts)),
        "tiles": [
            _kafka(facts, health, lang),
            *_stages(facts, health, lang),
            _store(facts, health, lang),
            *_canary(facts, health, lang),
        ],
        "nodes": []
        if isinstance(facts.nodes, Unavailable)
        else [_node(one, facts.at, health) for one in facts.nodes],
        "processes": []
        if isinstance(facts.processes, Unavailable)
        else [_process(one, health) for one in facts.processes],
    }


def _kafka(facts: Facts, health: Diagnosis, lang: str) -> Tile:
    kafka = facts.kafka
    title, level = (
        Words("El registro (Kafka)", "The log (Kafka)").text(lang),
        CLASSES[health.level_of("kafka")],
    )
    if isinstance(kafka, Unavailable):
        return Tile(title, CLASSES[BAD], UNKNOWN, "", [kafka.why])
    messages, grown = (
        sum(topic.messages for topic in kafka.topics),
        sum(topic.grown for topic in kafka.topics),
    )
    notes = [
        Words(f"+{humanize_count(grown)} en 10 min", f"+{humanize_count(grown)} in 10 min").text(
            lang
        ),
        Words(
            f"responde en {humanize_seconds(kafka.answer_s)}",
            f"answers in {humanize_seconds(kafka.answer_s)}",
        ).text(lang),
    ]
    if kafka.disk:
        notes.append(
            Words(
                f"disco libre {kafka.disk.free_share:.0%}", f"disk free {kafka.disk.free_share:.0%}"
            ).text(lang)
        )
    return Tile(
        title, level, humanize_count(messages), Words("mensajes", "messages").text(lang), notes
    )


def _stages(facts: Facts, health: Diagnosis, lang: str) -> list[Tile]:
    stages = facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ()
    processes = () if isinstance(facts.processes, Unavailable) else facts.processes
    return [_stage(one, processes, health, lang) for one in stages]


def _stage(
    one: StageStatus, processes: Sequence[ProcessState], health: Diagnosis, lang: str
) -> Tile:
    title = STAGES[one.name].text(lang) if one.name in STAGES else one.name
    waiting = Words(
        f"{humanize_count(one.lag)} en espera", f"{humanize_count(one.lag)} waiting"
    ).text(lang)
    behind = Words(
        f"atraso {humanize_seconds(one.lag_s) if one.lag else '0 s'}",
        f"lag {humanize_seconds(one.lag_s) if one.lag else '0 s'}",
    ).text(lang)
    figure, unit = _speed(one.name, processes, lang)
    members = (
        []
        if one.members is None
        else [Words(f"{one.members} en marcha", f"{one.members} at work").text(lang)]
    )
    return Tile(
        title,
        CLASSES[health.level_of(f"stage/{one.name}")],
        figure,
        unit,
        [waiting, behind, *members],
    )


def _speed(stage: str, processes: Sequence[ProcessState], lang: str) -> tuple[str, str]:
    """What the processes of the stage tell of themselves, added up."""
    if stage in ("sink", "hits"):
        rates = [
            one.figures.get("rows_per_s", 0.0)
            for one in processes
            if one.figures.get("kind") == stage
        ]
        unit = Words("filas/s", "rows/s") if stage == "sink" else Words("avisos/s", "hits/s")
    else:
        name = "events_per_s" if stage == "intake" else "messages_per_s"
        rates = [
            one.figures["stages"][stage][name]
            for one in processes
            if stage in one.figures.get("stages", {})
        ]
        unit = (
            Words("eventos/s", "events/s")
            if stage == "intake"
            else Words("mensajes/s", "messages/s")
        )
    return (humanize_count(sum(rates)) if rates else UNKNOWN), unit.text(lang)


def _store(facts: Facts, health: Diagnosis, lang: str) -> Tile:
    store = facts.store
    title, level = (
        Words("El almacén (ClickHouse)", "The store (ClickHouse)").text(lang),
        CLASSES[health.level_of("store")],
    )
    if isinstance(store, Unavailable):
        return Tile(title, CLASSES[BAD], UNKNOWN, "", [store.why])
    rows, held = (
        sum(table.rows for table in store.tables),
        sum(table.bytes for table in store.tables),
    )
    answers = Words(
        f"responde en {humanize_seconds(store.answer_s)}",
        f"answers in {humanize_seconds(store.answer_s)}",
    ).text(lang)
    return Tile(
        title,
        level,
        humanize_count(rows),
        Words("filas", "rows").text(lang),
        [humanize_bytes(held), answers],
    )


def _canary(facts: Facts, health: Diagnosis, lang: str) -> list[Tile]:
    if isinstance(facts.canaries, Unavailable) or not facts.canaries:
        return []
    one = max(facts.canaries, key=lambda each: each.p99)
    title = Words("Del nodo a la consulta", "From node to query").text(lang)
    notes = [
        f"p50 {humanize_seconds(one.p50)}",
        f"p95 {humanize_seconds(one.p95)}",
        f"p99 {humanize_seconds(one.p99)}",
        one.node,
    ]
    return [
        Tile(
            title,
            CLASSES[health.level_of(f"canary/{one.node}")],
            humanize_seconds(one.last),
            Words("la última vez", "the last time").text(lang),
            notes,
        )
    ]


def _node(one: NodeStatus, at: int, health: Diagnosis) -> dict[str, Any]:
    heard = UNKNOWN if isinstance(one.heard_at, Unavailable) else "—"
    if isinstance(one.heard_at, int):
        heard = humanize_seconds(max(0.0, (at - one.heard_at) / 1000))
    waiting = UNKNOWN if isinstance(one.outbox, Unavailable) else "—"
    if isinstance(one.outbox, OutboxStatus):
        waiting = humanize_count(one.outbox.unsent + one.outbox.unanswered)
    return {
        "name": one.name,
        "country": one.country,
        "level": CLASSES[health.level_of(f"node/{one.name}")],
        "heard": heard,
        "gaps": humanize_count(sum(gap.last - gap.first + 1 for gap in one.gaps)),
        "rejected": humanize_count(sum(one.codes.values())),
        "codes": ", ".join(f"{code} {number}" for code, number in sorted(one.codes.items())),
        "pending": humanize_count(one.pending),
        "waiting": waiting,
    }


def _process(one: ProcessState, health: Diagnosis) -> dict[str, Any]:
    return {
        "name": one.name,
        "level": CLASSES[health.level_of(f"process/{one.name}")],
        "alive": one.alive,
        "pid": one.pid or "—",
        "up": humanize_seconds(one.up_s) if one.up_s is not None else "—",
        "restarts": one.restarts,
        "memory": humanize_bytes(one.rss) if one.rss is not None else "—",
        "silent": humanize_seconds(one.silent_s) if one.silent_s is not None else "—",
    }
