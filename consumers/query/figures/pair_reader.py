"""Ask the table of pairs for one reader as of one moment: the SQL of every figure of findings.

Two released records are a pair whoever asks, so the table answers for each reader exactly, and its
size is that of what is counted. What it cannot say is folded from evidence as everywhere else:
findings that changed a moment ago, things that so many share that they may be hubs, and rules whose
pairs are not there yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consumers.query.figures.fact_reader import CountedScope, FactReader
from consumers.query.figures.marking import FigureMarking
from consumers.query.released_labels import EVIDENCE
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.store.sql import rows_as_dicts, sql, sql_with
from schemas.model import Label, Reader
from schemas.release.rules import combine_labels, release
from streams.correlation.assess import Indicator
from streams.correlation.lasting_pairs import rule_digest
from streams.rules import RuleBook

Row = dict[str, Any]


@dataclass(slots=True)
class PairScope:
    """What is counted: pairs of the table by `parameters`, and indicators that were folded.

    `folded`: hubs, too; `book`: the rules in effect at that moment.
    """

    parameters: Mapping[str, Any]
    folded: list[Indicator]
    book: RuleBook

    @property
    def live(self) -> list[Indicator]:
        """The folded indicators that are no hubs."""
        return [indicator for indicator in self.folded if indicator.status == "live"]


@dataclass(slots=True)
class ShownLabels:
    """The labels of all records that an answer counts, and their markings for the reader."""

    labels: set[Label] = field(default_factory=set)
    markings: set[str] = field(default_factory=set)

    def add(self, labels: Iterable[Label], reader: Reader) -> None:
        """Add labels of the table's pairs."""
        new = set(labels) - self.labels
        self.labels |= new
        self.markings |= {code for label in new for code in release(label, reader).markings}

    def add_folded(self, indicators: Iterable[Indicator], reader: Reader) -> None:
        """Add the labels of folded indicators."""
        self.add(
            {member.label for indicator in indicators for member in indicator.evidence}, reader
        )

    def marking(self) -> FigureMarking:
        """Return what they demand together."""
        return FigureMarking(combine_labels(self.labels).tlp, sorted(self.markings))


class PairReader:
    """The pairs of one generation's database. Not for two threads at once (its client is not)."""

    def __init__(self, store: StoreReader, facts: FactReader) -> None:
        """`store`: folds evidence; `facts`: what is counted."""
        self._client, self._store, self._labels = store.client, store, store.labels
        self._facts = facts

    def scope(
        self, book: RuleBook, rules: Sequence[str], grade: str, reader: Reader, as_of: int | None
    ) -> PairScope:
        """Return what counts of these rules and grade (empty: any) for a reader as of a moment.

        `book`: the rules in effect then. Raises what clickhouse-driver raises.
        """
        known = rows_as_dicts(self._client, "pairs_known", {})[0]
        evidence = self._labels.of(EVIDENCE, reader)
        digests = {id_: rule_digest(book.by_id[id_]) for id_ in rules}
        paired = [
            id_ for id_ in rules if digests[id_] in known["digests"] and not evidence.all_labels
        ]
        parameters = {
            "run": known["run"],
            "rules": paired,
            "digests": [digests[id_] for id_ in paired],
            "grade": grade,
            "evidence_labels": evidence.labels,
            "changed": known["changed"],
            "hidden": self._facts.hidden_today(CountedScope(self._facts.labels_of(reader), as_of)),
            "as_of": upper_bound(as_of),
        }
        crowded = self._client.execute(sql("crowded_findings"), parameters) if paired else []
        ids = sorted({*known["changed"], *(row[0] for row in crowded)}) if paired else []
        of_rules = [
            indicator
            for indicator in self._store.indicators_of(ids, reader, as_of)
            if indicator.rule in paired and grade in ("", indicator.grade)
        ]
        others = [id_ for id_ in rules if id_ not in paired]
        if others:
            of_rules += self._store.indicators_of_rules(others, grade, reader, as_of)
        return PairScope(parameters, of_rules, book)

    def ask(self, name: str, scope: PairScope, parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a question's SQL, which builds on `<pairs>` or on `<members>`.

        Raises what clickhouse-driver raises.
        """
        text = sql_with(name, members=sql("finding_members")).replace("<pairs>", sql("live_pairs"))
        rows, columns = self._client.execute(
            text, {**scope.parameters, **parameters}, with_column_types=True
        )
        names = [column for column, _type in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def labels(self) -> Mapping[int, Label]:
        """Return the labels of evidence by id; empty where there are too many to be known."""
        return self._labels.of_evidence()

    def shown(
        self, rows: Iterable[Mapping[str, Any]], folded: Iterable[Indicator], reader: Reader
    ) -> ShownLabels:
        """Return the labels of rows that name them by id (`labels`), and of folded indicators."""
        labels, shown = self.labels(), ShownLabels()
        shown.add((labels[id_] for row in rows for id_ in row["labels"]), reader)
        shown.add_folded(folded, reader)
        return shown
