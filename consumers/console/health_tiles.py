"""Shape the health of the system for the page: its parts, then nodes and processes. Pure.

The parts come in the order in which the data flows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
from consumers.health.finding_texts import DEGREE_NAMES, further_texts, since_text
from consumers.health.findings import Finding
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.stage_figures import rate_name, stage_figures, total
from consumers.health.thresholds import Degree
from schemas.i18n import _, in_language, ngettext

CLASSES = {
    Degree.GOOD: "good",
    Degree.INFORMED: "good",
    Degree.WATCH: "warn",
    Degree.ACT_NOW: "bad",
}
UNKNOWN = "?"
STAGES = {
    "intake": _("Intake"),
    "correlate": _("Correlation"),
    "sink": _("Sink"),
    "hits": _("Hits"),
}


class FindingLines(NamedTuple):
    """A finding as the page shows it. `mark`: the class of its degree."""

    mark: str
    message: str
    since: str
    further: Sequence[str]
    remedy: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the system: its level, its main figure with its unit, and further figures."""

    title: str
    level: str
    figure: str
    unit: str
    notes: Sequence[str]


def health_page(facts: Facts, health: Diagnosis, lang: str) -> dict[str, Any]:
    """Return the values of the health page's template."""
    return {
        "level": CLASSES[health.degree],
        "verdict": DEGREE_NAMES[health.degree].in_language(lang),
        "at": facts.at,
        "generation": UNKNOWN
        if isinstance(facts.generation, Unavailable)
        else str(facts.generation),
        "findings": [_finding(item, facts.at, lang) for item in health.findings],
        "unknown": list(unknowns(facts, lang)),
        "tiles": [
            _kafka(facts, health, lang),
            *_stages(facts, health, lang),
            _store(facts, health, lang),
            *_canary(facts, health, lang),
        ],
        "nodes": []
        if isinstance(facts.nodes, Unavailable)
        else [_node(item, facts.at, health) for item in facts.nodes],
        "processes": []
        if isinstance(facts.processes, Unavailable)
        else [_process(item, health) for item in facts.processes],
    }


def _finding(finding: Finding, at: int, lang: str) -> FindingLines:
    since = since_text(finding, at)
    return FindingLines(
        CLASSES[finding.degree],
        finding.message.in_language(lang),
        since.in_language(lang) if since is not None else "",
        [text.in_language(lang) for text in further_texts(finding)],
        finding.remedy.in_language(lang),
    )


def without_figures(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values for who is no operator: the level alone, no counts and no times."""
    hidden = ("findings", "unknown", "tiles", "nodes", "processes", "week")
    return {**values, **{name: [] for name in hidden}}


def _kafka(facts: Facts, health: Diagnosis, lang: str) -> Tile:
    kafka = facts.kafka
    title, level = (
        _("The log (Kafka)").in_language(lang),
        CLASSES[health.degree_of("kafka")],
    )
    if isinstance(kafka, Unavailable):
        return Tile(title, CLASSES[Degree.ACT_NOW], UNKNOWN, "", [kafka.in_language(lang)])
    messages, grown = (
        sum(topic.messages for topic in kafka.topics),
        sum(topic.grown for topic in kafka.topics),
    )
    notes = [
        _("+{count} in 10 min", count=humanize_count(grown)).in_language(lang),
        _("answers in {seconds}", seconds=humanize_seconds(kafka.answer_s)).in_language(lang),
    ]
    if kafka.disk:
        notes.append(
            _("disk free {free_share:.0%}", free_share=kafka.disk.free_share).in_language(lang)
        )
    return Tile(title, level, humanize_count(messages), _("messages").in_language(lang), notes)


def _stages(facts: Facts, health: Diagnosis, lang: str) -> list[Tile]:
    stages = facts.kafka.stages if isinstance(facts.kafka, KafkaStatus) else ()
    processes = () if isinstance(facts.processes, Unavailable) else facts.processes
    return [_stage(stage, processes, health, lang) for stage in stages]


def _stage(
    stage: StageStatus, processes: Sequence[ProcessState], health: Diagnosis, lang: str
) -> Tile:
    title = STAGES[stage.name].in_language(lang) if stage.name in STAGES else stage.name
    waiting = _("{lag} waiting", lag=humanize_count(stage.lag)).in_language(lang)
    behind = _("lag {behind}", behind=_lag_text(stage)).in_language(lang)
    figure, unit = _speed(stage.name, processes, lang)
    members = (
        []
        if stage.members is None
        else [ngettext("{count} working", "{count} working", stage.members).in_language(lang)]
    )
    return Tile(
        title,
        CLASSES[health.degree_of(f"stage/{stage.name}")],
        figure,
        unit,
        [waiting, behind, *members],
    )


def _lag_text(stage: StageStatus) -> str:
    if not stage.lag:
        return "0 s"
    return UNKNOWN if stage.lag_s is None else humanize_seconds(stage.lag_s)


def _speed(stage: str, processes: Sequence[ProcessState], lang: str) -> tuple[str, str]:
    """Return the summed rate that the processes of a stage report, and its unit."""
    units = {"sink": _("rows/s"), "hits": _("hits/s"), "intake": _("events/s")}
    unit = units.get(stage, _("messages/s")).in_language(lang)
    figures = stage_figures(stage, processes)
    rate = humanize_count(total(figures, rate_name(stage))) if figures else UNKNOWN
    return rate, unit


def _store(facts: Facts, health: Diagnosis, lang: str) -> Tile:
    store = facts.store
    title, level = (
        _("The store (ClickHouse)").in_language(lang),
        CLASSES[health.degree_of("store")],
    )
    if isinstance(store, Unavailable):
        return Tile(title, CLASSES[Degree.ACT_NOW], UNKNOWN, "", [store.in_language(lang)])
    rows = sum(table.rows for table in store.tables)
    size = sum(table.bytes for table in store.tables)
    answers = _("answers in {seconds}", seconds=humanize_seconds(store.answer_s)).in_language(lang)
    return Tile(
        title,
        level,
        humanize_count(rows),
        _("rows").in_language(lang),
        [in_language(humanize_bytes(size), lang), answers],
    )


def _canary(facts: Facts, health: Diagnosis, lang: str) -> list[Tile]:
    if isinstance(facts.canaries, Unavailable) or not facts.canaries:
        return []
    slowest = max(facts.canaries, key=lambda canary: canary.p99)
    title = _("From node to query").in_language(lang)
    notes = [
        *(
            f"{name} {in_language(humanize_seconds(seconds), lang)}"
            for name, seconds in (("p50", slowest.p50), ("p95", slowest.p95), ("p99", slowest.p99))
        ),
        slowest.node,
    ]
    return [
        Tile(
            title,
            CLASSES[health.degree_of(f"canary/{slowest.node}")],
            humanize_seconds(slowest.last),
            _("the last time").in_language(lang),
            notes,
        )
    ]


def _node(node: NodeStatus, at: int, health: Diagnosis) -> dict[str, Any]:
    last_contact = UNKNOWN if isinstance(node.heard_at, Unavailable) else "—"
    if isinstance(node.heard_at, int):
        last_contact = humanize_seconds(max(0.0, (at - node.heard_at) / 1000))
    waiting = UNKNOWN if isinstance(node.outbox, Unavailable) else "—"
    if isinstance(node.outbox, OutboxStatus):
        waiting = humanize_count(node.outbox.unsent + node.outbox.unanswered)
    return {
        "name": node.name,
        "country": node.country,
        "level": CLASSES[health.degree_of(f"node/{node.name}")],
        "heard": last_contact,
        "gaps": humanize_count(sum(gap.last - gap.first + 1 for gap in node.gaps)),
        "rejected": humanize_count(sum(node.codes.values())),
        "codes": ", ".join(f"{code} {number}" for code, number in sorted(node.codes.items())),
        "pending": humanize_count(node.pending),
        "waiting": waiting,
    }


def _process(process: ProcessState, health: Diagnosis) -> dict[str, Any]:
    return {
        "name": process.name,
        "level": CLASSES[health.degree_of(f"process/{process.name}")],
        "alive": process.alive,
        "pid": process.pid or "—",
        "up": humanize_seconds(process.up_s) if process.up_s is not None else "—",
        "restarts": process.restarts,
        "memory": humanize_bytes(process.rss) if process.rss is not None else "—",
        "silent": humanize_seconds(process.silent_s) if process.silent_s is not None else "—",
    }
