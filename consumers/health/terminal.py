"""The health on one screen of 80 × 24, es and en, readable without colour: a mark and words say the
same as the colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from consumers.health.evaluate import Diagnosis, unknowns
from consumers.health.facts import (
    Disk,
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    StoreStatus,
    Unavailable,
)
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.thresholds import ATTENTION, BAD, GOOD
from schemas.i18n import UserMessage, _

WIDTH, HEIGHT = 80, 24
MARKS = {GOOD: "✓", ATTENTION: "!", BAD: "✗"}
COLOURS = {GOOD: "green", ATTENTION: "yellow", BAD: "red"}
NAMES = {
    GOOD: _("GOOD"),
    ATTENTION: _("ATTENTION"),
    BAD: _("BAD"),
}
LABEL = 10
TWO_COLUMNS_FROM = 7


class HealthScreen:
    """Of one moment. `lines(height)`: as many as fit, the worst findings first; None: all."""

    def __init__(self, facts: Facts, health: Diagnosis, lang: str, colour: bool) -> None:
        self._facts, self._health, self._lang, self._colour = facts, health, lang, colour

    def lines(self, height: int | None = HEIGHT) -> list[str]:
        """The screen; at most WIDTH characters a line, colours not counted (where all are listed,
        findings may be longer).
        """
        top = [
            self._head(),
            *self._engines(),
            *self._flow(),
            *self._topics(),
            *self._canaries(),
            *self._nodes(),
        ]
        findings = list(self._findings(WIDTH if height else None))
        room = None if height is None else height - len(top)
        shown: list[str] = []
        for number, finding in enumerate(findings):
            last = number == len(findings) - 1
            if room is not None and len(shown) + len(finding) > room - (not last):
                left = len(findings) - number
                return [
                    *top,
                    *shown,
                    self._say(
                        _("… and {left} more: quipu health --all", left=left),
                    ),
                ]
            shown += finding
        return [*top, *shown]

    def _head(self) -> str:
        level, facts = self._health.level, self._facts
        at = datetime.fromtimestamp(facts.at / 1000, UTC)
        number = "?" if isinstance(facts.generation, Unavailable) else facts.generation
        generation = self._say(_("generation {number}", number=number))
        right = f"{at:%Y-%m-%d %H:%M:%S} UTC · {generation}"
        left = f"QUIPU {MARKS[level]} {NAMES[level].in_language(self._lang)}"
        return self._paint(left, level) + f"{right:>{WIDTH - len(left)}}"

    def _engines(self) -> Iterator[str]:
        kafka, store = self._facts.kafka, self._facts.store
        yield self._row(
            "Kafka",
            ["kafka"],
            kafka.in_language(self._lang) if isinstance(kafka, Unavailable) else self._kafka(kafka),
        )
        yield self._row(
            "ClickHouse",
            ["store"],
            store.in_language(self._lang) if isinstance(store, Unavailable) else self._store(store),
        )

    def _kafka(self, kafka: KafkaStatus) -> str:
        parts = sum(topic.partitions for topic in kafka.topics)
        disk = self._disk(kafka.disk)
        held = humanize_bytes(sum(topic.bytes or 0 for topic in kafka.topics))
        partitions = self._say(_("{count} partitions", count=parts))
        return f"{humanize_seconds(kafka.answer_s)} · {kafka.brokers} broker · {partitions} · {held}{disk}"

    def _store(self, store: StoreStatus) -> str:
        rows, parts = (
            sum(table.rows for table in store.tables),
            max((table.parts for table in store.tables), default=0),
        )
        disk = self._disk(store.disk)
        held = humanize_bytes(sum(table.bytes for table in store.tables))
        figures = self._say(
            _("{rows} rows · parts ≤{parts}", rows=humanize_count(rows), parts=parts)
        )
        return f"{humanize_seconds(store.answer_s)} · {figures} · {held}{disk}"

    def _disk(self, disk: Disk | None) -> str:
        return " · " + self._say(_("disk free {share:.0%}", share=disk.free_share)) if disk else ""

    def _flow(self) -> Iterator[str]:
        """A line a stage: lag by Kafka, speed by its processes; then a line of processes."""
        processes = [] if isinstance(self._facts.processes, Unavailable) else self._facts.processes
        for stage in self._facts.kafka.stages if isinstance(self._facts.kafka, KafkaStatus) else ():
            behind = humanize_seconds(stage.lag_s) if stage.lag else "0 s"
            lag = self._say(_("lag {lag} · {behind}", lag=humanize_count(stage.lag), behind=behind))
            yield self._row(
                stage.name, [f"stage/{stage.name}"], f"{lag} · {self._speed(stage.name, processes)}"
            )
        if isinstance(self._facts.processes, Unavailable):
            yield self._row(
                self._say(_("processes")), [], self._facts.processes.in_language(self._lang)
            )
            return
        for index in range(0, len(processes), 3):
            some = processes[index : index + 3]
            told = "  ".join(self._process(one) for one in some)
            yield self._row(
                self._say(_("processes")) if not index else "",
                [f"process/{one.name}" for one in some],
                told,
            )

    def _speed(self, stage: str, processes: Sequence[ProcessState]) -> str:
        """What the processes of the stage tell, added up."""
        if stage in ("sink", "hits"):
            own = [one.figures for one in processes if one.figures.get("kind") == stage]
            committed = max((one.get("committed_at") or 0.0 for one in own), default=0.0)
            last = (
                humanize_seconds(max(0.0, self._facts.at / 1000 - committed)) if committed else "—"
            )
            rows = sum(one.get("rows_per_s", 0.0) for one in own)
            speed = (
                _("{count} rows/s", count=humanize_count(rows))
                if stage == "sink"
                else _("{count} hits/s", count=humanize_count(rows))
            )
            return (
                self._say(_("{speed} · last commit {last}", speed=speed, last=last)) if own else "?"
            )
        own = [
            one.figures["stages"][stage]
            for one in processes
            if stage in one.figures.get("stages", {})
        ]
        if not own:
            return "?"
        events, messages = (
            sum(one[name] for one in own) for name in ("events_per_s", "messages_per_s")
        )
        speed = (
            _("{count} events/s", count=humanize_count(events))
            if stage == "intake"
            else _("{count} messages/s", count=humanize_count(messages))
        )
        state = humanize_bytes(sum(one["state_bytes"] for one in own))
        batch = humanize_seconds(max(one["batch_s"] for one in own))
        return self._say(
            _("{speed} · batch {batch} · state {state}", speed=speed, batch=batch, state=state)
        )

    def _process(self, one: ProcessState) -> str:
        if not one.alive:
            return self._say(_("{name} DOWN", name=one.name))
        again = f" ↻{one.restarts}" if one.restarts else ""
        return f"{one.name} {humanize_bytes(one.rss or 0)}{again}"

    def _topics(self) -> Iterator[str]:
        if not isinstance(self._facts.kafka, KafkaStatus):
            return
        kinds: dict[str, tuple[int, int]] = {}
        for topic in self._facts.kafka.topics:
            kind = _kind(topic.name)
            end, grown = kinds.get(kind, (0, 0))
            kinds[kind] = (end + topic.messages, grown + topic.grown)
        shown = [
            f"{kind} {humanize_count(kinds[kind][0])}{_more(kinds[kind][1])}"
            for kind in ("bundles", "evidence", "rejects")
            if kind in kinds
        ]
        everything = sum(grown for _, grown in kinds.values())
        last = self._say(_("{count} messages in 10 min", count=humanize_count(everything)))
        yield self._row(self._say(_("topics")), [], " · ".join([*shown, last]))

    def _canaries(self) -> Iterator[str]:
        canaries, label = self._facts.canaries, self._say(_("canary"))
        if isinstance(canaries, Unavailable):
            yield self._row(label, [], "?")
        elif not canaries:
            yield self._row(
                label,
                [],
                self._say(
                    _("none"),
                ),
                "–",
            )
        else:
            one = max(canaries, key=lambda each: each.p99)
            last = self._say(_("last {last}", last=humanize_seconds(one.last)))
            times = f"p50 {humanize_seconds(one.p50)} · p95 {humanize_seconds(one.p95)} · p99 {humanize_seconds(one.p99)} · {last}"
            yield self._row(
                label, [f"canary/{each.node}" for each in canaries], f"{one.node[:15]} {times}"
            )

    def _nodes(self) -> Iterator[str]:
        nodes = self._facts.nodes
        if isinstance(nodes, Unavailable):
            yield self._row(self._say(_("nodes")), [], nodes.in_language(self._lang))
            return
        columns = 2 if len(nodes) >= TWO_COLUMNS_FROM else 1
        heading = self._say(_("  node      last bundle  gaps rej.  out"))
        yield "  ".join([f"{heading:<39}"] * columns).rstrip()
        rows = -(-len(nodes) // columns)
        for index in range(rows):
            cells = [self._node(nodes[at]) for at in range(index, len(nodes), rows)]
            yield "  ".join(cells).rstrip()

    def _node(self, one: NodeStatus) -> str:
        """39 characters: mark, name, last contact, bundles missing, rejected and pending items,
        bundles unsent or unanswered.
        """
        level = self._health.level_of(f"node/{one.name}")
        if isinstance(one.heard_at, Unavailable):
            heard = "?"
        else:
            heard = (
                "—"
                if one.heard_at is None
                else humanize_seconds(max(0.0, (self._facts.at - one.heard_at) / 1000))
            )
        known = not isinstance(one.heard_at, Unavailable)
        missing = (
            humanize_count(sum(gap.last - gap.first + 1 for gap in one.gaps)) if known else "?"
        )
        rejected = humanize_count(sum(one.codes.values()) + one.pending) if known else "?"
        box = one.outbox
        out = (
            "?"
            if isinstance(box, Unavailable)
            else humanize_count(box.unsent + box.unanswered)
            if isinstance(box, OutboxStatus)
            else "—"
        )
        return self._paint(
            f"{MARKS[level]} {one.name[:15]:<15} {heard:>6} {missing:>4} {rejected:>4} {out:>4}",
            level,
        )

    def _findings(self, width: int | None) -> Iterator[list[str]]:
        """The lines of each: what it is, and what to do, in full."""
        for one in self._health.findings:
            what = _cut(f"{MARKS[one.level]} {one.message.in_language(self._lang)}", width)
            yield [
                self._paint(what, one.level),
                *_wrapped(f"→ {one.remedy.in_language(self._lang)}", width),
            ]
        unknown = dict(unknowns(self._facts, self._lang))
        said = {unknown.get(name) for name in ("kafka", "store", "processes")}
        for name, why in unknown.items():
            if why not in said:
                yield [_cut(f"? {name}: {why}", width)]

    def _row(self, label: str, subjects: Sequence[str], text: str, mark: str = "") -> str:
        level = max((self._health.level_of(subject) for subject in subjects), default=GOOD)
        sign = mark or (MARKS[level] if subjects else " ")
        return self._paint(
            _cut(f"{sign} {label:<{LABEL}} {text}", WIDTH), level if subjects else None
        )

    def _paint(self, text: str, level: int | None) -> str:
        if not self._colour or level is None or level == GOOD:
            return text
        return click.style(text, fg=COLOURS[level], bold=level == BAD)

    def _say(self, text: UserMessage) -> str:
        return text.in_language(self._lang)


def _kind(topic: str) -> str:
    """bundles, keys, accepted …, whatever country or generation."""
    names = [
        part for part in topic.split(".")[1:] if not (part[:1] == "g" and part[1:].isdecimal())
    ]
    return names[0]


def _more(grown: int) -> str:
    return f" +{humanize_count(grown)}" if grown else ""


def _wrapped(text: str, width: int | None) -> list[str]:
    return (
        [f"  {text}"]
        if width is None
        else textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
    )


def _cut(text: str, width: int | None) -> str:
    return text if width is None or len(text) <= width else text[: width - 1] + "…"
