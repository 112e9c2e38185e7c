"""Show the health on one screen of 80 × 24, in Spanish or English.

It is readable without colour: a mark and words say the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from consumers.health.evaluate import Diagnosis, unknowns
from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Facts,
    KafkaStatus,
    NodeStatus,
    OutboxStatus,
    ProcessState,
    StageStatus,
    StoreStatus,
    TopicStatus,
    Unavailable,
)
from consumers.health.finding_texts import DEGREE_NAMES, further_texts, since_text
from consumers.health.findings import Finding
from consumers.health.humanize import humanize_bytes, humanize_count, humanize_seconds
from consumers.health.stage_figures import SINGLE_STAGES, STAGES, rate_name, stage_figures, total
from consumers.health.thresholds import Degree
from schemas import topics
from schemas.i18n import ShortFigure, UserMessage, _, in_language, ngettext

WIDTH, HEIGHT = 80, 24
MARKS = {Degree.GOOD: "✓", Degree.INFORMED: "i", Degree.WATCH: "!", Degree.ACT_NOW: "✗"}
UNKNOWN_MARK = "?"
COLOURS = {
    Degree.GOOD: "green",
    Degree.INFORMED: "cyan",
    Degree.WATCH: "yellow",
    Degree.ACT_NOW: "red",
}
LABEL_WIDTH = 10
NODE_NAME_WIDTH = 15
NODE_WIDTH = 39
TWO_COLUMNS_FROM = 7
"""Nodes from which on they stand in two columns."""
PROCESSES_PER_LINE = 3
SHOWN_TOPICS = ("bundles", "evidence", "rejects")


class HealthScreen:
    """The health at one moment, as lines of a terminal."""

    def __init__(self, facts: Facts, health: Diagnosis, lang: str, colour: bool) -> None:
        """`lang`: es or en; `colour`: whether the terminal shows colours."""
        self._facts, self._health, self._lang, self._colour = facts, health, lang, colour

    def lines(self, height: int | None = HEIGHT) -> list[str]:
        """Return as many lines as fit, the worst findings first; all of them for None.

        A line has at most WIDTH characters, colours not counted, unless `height` is None.
        """
        top = [
            self._head(),
            *self._engines(),
            *self._stages(),
            *self._processes(),
            *self._members(),
            *self._topics(),
            *self._canaries(),
            *self._nodes(),
        ]
        if height is None:
            return [*top, *(line for finding in self._findings(None) for line in finding)]
        return [*top, *self._fitting(list(self._findings(WIDTH)), height - len(top))]

    def _fitting(self, findings: Sequence[Sequence[str]], room: int) -> list[str]:
        """Return the findings that fit, with the number of those that do not."""
        lines: list[str] = []
        for number, finding in enumerate(findings):
            is_last = number == len(findings) - 1
            if len(lines) + len(finding) > room - (not is_last):
                rest = len(findings) - number
                return [*lines, self._word(_("… and {left} more: quipu health --all", left=rest))]
            lines += finding
        return lines

    def _head(self) -> str:
        level, facts = self._health.degree, self._facts
        at = datetime.fromtimestamp(facts.at / 1000, UTC)
        number = "?" if isinstance(facts.generation, Unavailable) else facts.generation
        generation = self._word(_("generation {number}", number=number))
        verdict = f"QUIPU {MARKS[level]} {self._word(DEGREE_NAMES[level])}"
        moment = f"{at:%Y-%m-%d %H:%M:%S} UTC · {generation}"
        return self._paint(verdict, level) + f"{moment:>{WIDTH - len(verdict)}}"

    def _engines(self) -> Iterator[str]:
        kafka, store = self._facts.kafka, self._facts.store
        kafka_text = (
            kafka.in_language(self._lang) if isinstance(kafka, Unavailable) else self._kafka(kafka)
        )
        store_text = (
            store.in_language(self._lang) if isinstance(store, Unavailable) else self._store(store)
        )
        yield self._row("Kafka", ["kafka"], kafka_text)
        yield self._row("ClickHouse", ["store"], store_text)

    def _kafka(self, kafka: KafkaStatus) -> str:
        partitions = sum(topic.partitions for topic in kafka.topics)
        parts = [
            self._figure(humanize_seconds(kafka.answer_s)),
            self._word(ngettext("{count} broker", "{count} brokers", kafka.brokers)),
            self._word(_("{count} partitions", count=partitions)),
            self._figure(humanize_bytes(sum(topic.bytes or 0 for topic in kafka.topics))),
            *self._disk(kafka.disk),
        ]
        return " · ".join(parts)

    def _store(self, store: StoreStatus) -> str:
        rows = humanize_count(sum(table.rows for table in store.tables))
        most_parts = max((table.parts for table in store.tables), default=0)
        parts = [
            self._figure(humanize_seconds(store.answer_s)),
            self._word(_("{rows} rows · parts ≤{parts}", rows=rows, parts=most_parts)),
            self._figure(humanize_bytes(sum(table.bytes for table in store.tables))),
            *self._disk(store.disk),
        ]
        return " · ".join(parts)

    def _disk(self, disk: Disk | None) -> list[str]:
        return [self._word(_("disk free {share:.0%}", share=disk.free_share))] if disk else []

    def _stages(self) -> Iterator[str]:
        """Yield a line for each stage: its lag by Kafka, its rate by its processes."""
        if isinstance(self._facts.kafka, Unavailable):
            unknown = self._word(_("lag not known"))
            for name in STAGES:
                yield self._row(name, [], f"{unknown} · {self._rate(name)}", UNKNOWN_MARK)
            return
        for stage in self._facts.kafka.stages:
            text = f"{self._lag(stage)} · {self._rate(stage.name)}"
            yield self._row(stage.name, [f"stage/{stage.name}"], text)

    def _lag(self, stage: StageStatus) -> str:
        behind = "0 s" if not stage.lag else UNKNOWN_MARK
        if stage.lag and stage.lag_s is not None:
            behind = humanize_seconds(stage.lag_s)
        return self._word(_("lag {lag} · {behind}", lag=humanize_count(stage.lag), behind=behind))

    def _rate(self, stage: str) -> str:
        """Return what the processes of the stage report, added up; a question mark for none."""
        processes = self._facts.processes
        figures = stage_figures(stage, () if isinstance(processes, Unavailable) else processes)
        if not figures:
            return "?"
        count = humanize_count(total(figures, rate_name(stage)))
        if stage in SINGLE_STAGES:
            speed = (
                _("{count} rows/s", count=count)
                if stage == "sink"
                else _("{count} hits/s", count=count)
            )
            committed = max(figure.get("committed_at") or 0.0 for figure in figures)
            age = max(0.0, self._facts.at / 1000 - committed)
            last = humanize_seconds(age) if committed else "—"
            return self._word(_("{speed} · last commit {last}", speed=speed, last=last))
        speed = (
            _("{count} events/s", count=count)
            if stage == "intake"
            else _("{count} messages/s", count=count)
        )
        state = humanize_bytes(total(figures, "state_bytes"))
        batch = humanize_seconds(max(figure["batch_s"] for figure in figures))
        return self._word(
            _("{speed} · batch {batch} · state {state}", speed=speed, batch=batch, state=state)
        )

    def _processes(self) -> Iterator[str]:
        processes, label = self._facts.processes, self._word(_("processes"))
        if isinstance(processes, Unavailable):
            yield self._row(label, [], processes.in_language(self._lang))
            return
        for start in range(0, len(processes), PROCESSES_PER_LINE):
            line = processes[start : start + PROCESSES_PER_LINE]
            subjects = [f"process/{process.name}" for process in line]
            text = "  ".join(self._process(process) for process in line)
            yield self._row("" if start else label, subjects, text)

    def _process(self, process: ProcessState) -> str:
        if not process.alive:
            return self._word(_("{name} DOWN", name=process.name))
        restarts = f" ↻{process.restarts}" if process.restarts else ""
        return f"{process.name} {self._figure(humanize_bytes(process.rss or 0))}{restarts}"

    def _members(self) -> Iterator[str]:
        """Yield the processes of all machines, where there is more than this one."""
        members = self._facts.members
        if isinstance(members, Unavailable) or all(member.is_here for member in members):
            return
        text = self._word(
            _(
                "{count} processes · {machines} machines · {releases}",
                count=len(members),
                machines=len({member.machine for member in members}),
                releases=", ".join(sorted({member.release for member in members})),
            )
        )
        subjects = [f"member/{member.name}" for member in members]
        yield self._row(self._word(_("members")), subjects, text)

    def _topics(self) -> Iterator[str]:
        if not isinstance(self._facts.kafka, KafkaStatus):
            return
        by_kind: dict[str, list[TopicStatus]] = {}
        for topic in self._facts.kafka.topics:
            by_kind.setdefault(topics.kind_of(topic.name), []).append(topic)
        parts = [
            _amounts(kind, by_kind[kind], self._lang) for kind in SHOWN_TOPICS if kind in by_kind
        ]
        grown = humanize_count(sum(topic.grown for topic in self._facts.kafka.topics))
        parts.append(self._word(_("+{count} in 10 min", count=grown)))
        yield self._row(self._word(_("topics")), [], " · ".join(parts))

    def _canaries(self) -> Iterator[str]:
        canaries, label = self._facts.canaries, self._word(_("canary"))
        if isinstance(canaries, Unavailable):
            yield self._row(label, [], "?")
        elif not canaries:
            yield self._row(label, [], self._word(_("none")), "–")
        else:
            subjects = [f"canary/{canary.node}" for canary in canaries]
            slowest = max(canaries, key=lambda canary: canary.p99)
            yield self._row(label, subjects, self._canary(slowest))

    def _canary(self, canary: CanaryStatus) -> str:
        parts = [
            f"p50 {self._figure(humanize_seconds(canary.p50))}",
            f"p95 {self._figure(humanize_seconds(canary.p95))}",
            f"p99 {self._figure(humanize_seconds(canary.p99))}",
            self._word(_("last {last}", last=humanize_seconds(canary.last))),
        ]
        return f"{canary.node[:NODE_NAME_WIDTH]} {' · '.join(parts)}"

    def _nodes(self) -> Iterator[str]:
        nodes = self._facts.nodes
        if isinstance(nodes, Unavailable):
            yield self._row(self._word(_("nodes")), [], nodes.in_language(self._lang))
            return
        columns = 2 if len(nodes) >= TWO_COLUMNS_FROM else 1
        heading = self._word(_("  node      last bundle  gaps rej.  out"))
        yield "  ".join([f"{heading:<{NODE_WIDTH}}"] * columns).rstrip()
        rows = -(-len(nodes) // columns)
        for index in range(rows):
            cells = [self._node(nodes[at]) for at in range(index, len(nodes), rows)]
            yield "  ".join(cells).rstrip()

    def _node(self, node: NodeStatus) -> str:
        """Return NODE_WIDTH characters about a node.

        They are mark, name, last contact, missing bundles, rejected and pending items, and bundles
        that are unsent or unanswered.
        """
        level = self._health.degree_of(f"node/{node.name}")
        last_contact, missing, rejected = self._contact(node)
        waiting = "—"
        if isinstance(node.outbox, Unavailable):
            waiting = "?"
        elif isinstance(node.outbox, OutboxStatus):
            waiting = self._figure(humanize_count(node.outbox.unsent + node.outbox.unanswered))
        name = f"{node.name[:NODE_NAME_WIDTH]:<{NODE_NAME_WIDTH}}"
        figures = f"{last_contact:>6} {missing:>4} {rejected:>4} {waiting:>4}"
        is_blind = level == Degree.GOOD and isinstance(self._facts.kafka, Unavailable)
        mark = UNKNOWN_MARK if is_blind else MARKS[level]
        return self._paint(f"{mark} {name} {figures}", level)

    def _contact(self, node: NodeStatus) -> tuple[str, str, str]:
        """Return last contact, missing bundles, rejected and pending items."""
        if isinstance(node.heard_at, Unavailable):
            return "?", "?", "?"
        missing = self._figure(humanize_count(sum(gap.last - gap.first + 1 for gap in node.gaps)))
        rejected = self._figure(humanize_count(sum(node.codes.values()) + node.pending))
        if node.heard_at is None:
            return "—", missing, rejected
        age = max(0.0, (self._facts.at - node.heard_at) / 1000)
        return self._figure(humanize_seconds(age)), missing, rejected

    def _findings(self, width: int | None) -> Iterator[list[str]]:
        """Yield the lines of each finding: what it is, and in full what to do."""
        for finding in self._health.findings:
            yield self._finding(finding, width)
        reasons = dict(unknowns(self._facts, self._lang))
        said_above = {reasons.get(name) for name in ("kafka", "store", "processes")}
        for name, reason in reasons.items():
            if reason not in said_above:
                yield [_cut(f"? {name}: {reason}", width)]

    def _finding(self, finding: Finding, width: int | None) -> list[str]:
        since = since_text(finding, self._facts.at)
        message = f"{MARKS[finding.degree]} {self._word(finding.message)}"
        if since is not None:
            message = _kept_end(message, f" · {self._word(since)}", width)
        further = [self._word(text) for text in further_texts(finding)]
        further.append(f"→ {self._word(finding.remedy)}")
        lines = [line for text in further for line in _wrapped(text, width)]
        return [self._paint(_cut(message, width), finding.degree), *lines]

    def _row(self, label: str, subjects: Sequence[str], text: str, mark: str = "") -> str:
        level = max((self._health.degree_of(subject) for subject in subjects), default=Degree.GOOD)
        sign = mark or (MARKS[level] if subjects else " ")
        line = _cut(f"{sign} {label:<{LABEL_WIDTH}} {text}", WIDTH)
        return self._paint(line, level if subjects else None)

    def _paint(self, text: str, level: Degree | None) -> str:
        if not self._colour or level is None or level == Degree.GOOD:
            return text
        return click.style(text, fg=COLOURS[level], bold=level == Degree.ACT_NOW)

    def _word(self, text: UserMessage) -> str:
        return text.in_language(self._lang)

    def _figure(self, figure: ShortFigure) -> str:
        return str(in_language(figure, self._lang))


def _amounts(kind: str, topics: Sequence[TopicStatus], lang: str) -> str:
    """Return how many messages the topics hold, and by how many they grew."""
    messages = in_language(humanize_count(sum(topic.messages for topic in topics)), lang)
    grown = sum(topic.grown for topic in topics)
    more = in_language(humanize_count(grown), lang)
    return f"{kind} {messages}" + (f" +{more}" if grown else "")


def _wrapped(text: str, width: int | None) -> list[str]:
    if width is None:
        return [f"  {text}"]
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")


def _kept_end(text: str, end: str, width: int | None) -> str:
    """Return the text with its end, which stays whole where the line is too short for both."""
    return text + end if width is None else _cut(text, width - len(end)) + end


def _cut(text: str, width: int | None) -> str:
    return text if width is None or len(text) <= width else text[: width - 1] + "…"
