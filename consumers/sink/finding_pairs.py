"""Keep the pairs of findings (`finding_pairs`) that figures count.

Each time that evidence of a finding has changed, its pairs are computed again from all of its
evidence, in a run of its own. Nothing is changed in place, so a question that reads meanwhile sees
the pairs of one run. An indicator whose evidence is marked as changed is folded by each question.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import structlog

from consumers.sink.finding_marks import FindingMarks
from consumers.store.sql import rows_as_dicts, sql
from consumers.store.stored_evidence import to_evidence_row
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import Settings
from schemas.model import Label
from streams.correlation.evidence_rows import EvidenceRow
from streams.correlation.lasting_pairs import LastingPair, lasting_pairs, rule_digest
from streams.rules import RuleBook

log = structlog.get_logger(__name__)

AT_ONCE = 1_000
"""Indicators whose evidence is read together."""
MOST_MARKS = 5_000
"""Marks that are taken up together, unless a single batch has more."""
ABANDONED_S = 60
"""A batch of another process is whole, or comes again, when its marks are this old."""
DROP_EVERY_S = 60.0
IN_USE_S = 60
"""How long replaced pairs stay: longer than any question takes."""
NOBODY = bytes(16)
COLUMNS = (
    *("indicator", "run", "rule", "rule_digest", "grade", "is_crowded", "since", "until"),
    *("first_event", "second_event", "first_label", "second_label"),
    *("first_country", "second_country", "first_subdivision", "second_subdivision"),
    *("first_occurred", "second_occurred", "first_recorded", "second_recorded", "excluders"),
)
PairRow = tuple[Any, ...]
LabelIds = Mapping[Label, int]


class ChangedBatch(NamedTuple):
    """A batch with marked findings: how many, and how old the newest mark is, in seconds."""

    writer: int
    batch: int
    findings: int
    age_s: int


@dataclass(slots=True)
class PairKeeper:
    """Computes the pairs of one generation's database. For one thread.

    `client` reads texts; `inserter` takes ids as bytes. `rules`: returns those in effect.
    """

    client: Client
    inserter: Client
    marks: FindingMarks
    rules: Callable[[], RuleBook]
    clock: Callable[[], float] = time.monotonic
    name: str = "finding-pairs"
    _dropped_at: float = field(default_factory=time.monotonic)
    _done: dict[int, int] = field(default_factory=dict)
    _last_run: int = 0

    def step(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Compute what changed, and rules that are new; return how many indicators."""
        book = self.rules()
        count = self._pair_new_rules(book, is_stopped)
        for writer, after, until in _parts(self._due(), self._done):
            if is_stopped():
                break
            parameters = {"writer": writer, "after": after, "until": until}
            rows = self.client.execute(sql("changed_indicators"), parameters)
            count += self._pair([row[0] for row in rows], book, is_stopped)
            if not is_stopped():
                self._note("paired_batches", {"writer": writer, "batch": until})
                self._done[writer] = until
        if self.clock() - self._dropped_at > DROP_EVERY_S:
            self._drop_old()
        return count

    def disconnect(self) -> None:
        """Close the connections to ClickHouse."""
        self.client.disconnect()
        self.inserter.disconnect()

    def _due(self) -> list[ChangedBatch]:
        """List the batches that are whole and not computed yet, in their order."""
        own, written = self.marks.writer, self.marks.written
        batches = [ChangedBatch(*row) for row in self.client.execute(sql("changed_batches"))]
        return [
            batch
            for batch in batches
            if (batch.batch <= written if batch.writer == own else batch.age_s > ABANDONED_S)
        ]

    def _pair_new_rules(self, book: RuleBook, is_stopped: Callable[[], bool]) -> int:
        digests, count = {rule_digest(rule) for rule in book.by_id.values()}, 0
        rows = self.client.execute("SELECT digest FROM paired_rules")
        known = {row[0] for row in rows}
        if known - digests:  # what changes while a rule is out of effect is not computed under it
            self.client.execute(sql("forget_paired_rules"), {"digests": sorted(digests)})
        for rule in book.by_id.values():
            if rule_digest(rule) in known or is_stopped():
                continue
            ids = self.client.execute(sql("indicators_of_rule"), {"rule": rule.id})
            count += self._pair([row[0] for row in ids], book, is_stopped)
            if not is_stopped():
                self._note("paired_rules", {"digest": rule_digest(rule)})
                log.info("rule_paired", rule=rule.id, indicators=len(ids))
        return count

    def _pair(self, ids: Sequence[str], book: RuleBook, is_stopped: Callable[[], bool]) -> int:
        count = 0
        for start in range(0, len(ids), AT_ONCE):
            if is_stopped():
                break
            part, run = ids[start : start + AT_ONCE], self._next_run()
            stored = rows_as_dicts(self.client, "all_evidence", {"ids": part})
            rows = [to_evidence_row(row) for row in stored]
            labels = {
                row.label: own["label_id"]
                for row, own in zip(rows, stored, strict=True)
                if row.label is not None
            }
            pairs = [
                pair
                for _indicator, own_rows in groupby(rows, key=lambda row: row.indicator)
                for pair in pair_rows(list(own_rows), book, labels)
            ]
            self._insert(run, pairs)
            self.client.execute(sql("end_runs"), {"ids": part, "run": run})
            count += len(part)
        return count

    def _insert(self, run: int, rows: Sequence[PairRow]) -> None:
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            columns.insert(1, [run] * len(rows))
            self.inserter.insert("finding_pairs", COLUMNS, columns)

    def _note(self, table: str, values: Mapping[str, int]) -> None:
        columns = {**values, "run": self._next_run()}
        self.inserter.insert(table, tuple(columns), [[value] for value in columns.values()])

    def _next_run(self) -> int:
        """Number a run: later runs have higher numbers, even where a clock is set back."""
        if not self._last_run:
            self._last_run = int(self.client.execute(sql("last_pair_run"))[0][0])
        self._last_run = max(self._last_run + 1, time.time_ns())
        return self._last_run

    def _drop_old(self) -> None:
        before = int(time.time()) - IN_USE_S
        if self.client.execute(sql("has_ended_runs"), {"before": before}):
            self.client.execute(sql("drop_ended_pairs"), {"before": before})
            self.client.execute(sql("drop_ended_runs"), {"before": before})
        rows = self.client.execute("SELECT writer, max(batch) FROM paired_batches GROUP BY writer")
        if rows:
            writers, batches = zip(*rows, strict=True)
            done = {"writers": list(writers), "batches": list(batches)}
            self.client.execute(sql("drop_finding_marks"), done)
        self._dropped_at = self.clock()


def open_pair_keeper(
    settings: Settings, generation: int, marks: FindingMarks, rules: Callable[[], RuleBook]
) -> PairKeeper:
    """Open what keeps the pairs of a generation."""
    client, inserter = (
        connect(settings, StoreUser.WRITER, database_of(generation)) for _number in range(2)
    )
    inserter.client_settings["strings_as_bytes"] = True
    return PairKeeper(client, inserter, marks, rules)


def pair_rows(rows: Sequence[EvidenceRow], book: RuleBook, labels: LabelIds) -> list[PairRow]:
    """Make the rows of one indicator's pairs, without their run, text as UTF-8. Pure.

    `rows`: all of its evidence; `labels`: the ids of their labels.
    """
    rule = book.by_id.get(rows[0].rule)
    if rule is None:
        return []
    pairs = lasting_pairs(rows, rule)
    grade = rows[0].grade.encode()
    head = (rows[0].indicator, rule.id.encode(), rule_digest(rule), grade)
    if pairs is None:
        nowhere: PairRow = (*(b"",) * 4, None, None, 0, 0, [])
        return [(*head, 1, 0, 0, NOBODY, NOBODY, 0, 0, *nowhere)]
    return [(*head, *_pair_row(pair, labels)) for pair in pairs]


def _pair_row(pair: LastingPair, labels: LabelIds) -> PairRow:
    first, second = pair.first, pair.second
    excluders = [
        (_label_id(other.row, labels), other.row.event_id, other.since, other.until)
        for other in pair.excluders
    ]
    return (
        *(0, pair.since, pair.until, first.event_id, second.event_id),
        *(_label_id(first, labels), _label_id(second, labels)),
        *(first.country.encode(), second.country.encode()),
        *((first.subdivision or "").encode(), (second.subdivision or "").encode()),
        *(first.occurred, second.occurred),
        *(first.position.appended_at, second.position.appended_at, excluders),
    )


def _label_id(row: EvidenceRow, labels: LabelIds) -> int:
    if row.label is None:
        raise ValueError("only an add is evidence")
    return labels[row.label]


def _parts(batches: Sequence[ChangedBatch], done: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Split the batches of each writer: writer, the batch before the part, and its last one."""
    parts: list[tuple[int, int, int]] = []
    for writer, own in groupby(batches, key=lambda batch: batch.writer):
        after, findings, last = done.get(writer, 0), 0, 0
        for batch in own:
            if findings and findings + batch.findings > MOST_MARKS:
                parts.append((writer, after, last))
                after, findings = last, 0
            findings, last = findings + batch.findings, batch.batch
        parts.append((writer, after, last))
    return parts
