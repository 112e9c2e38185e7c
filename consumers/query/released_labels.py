"""Find the labels of a table that are released to a reader, for the SQL of its questions.

schemas.release is the one definition of who may see what. The store knows labels by id only. What
it returns is judged again by label, so these ids never decide alone.
"""

from __future__ import annotations

from typing import NamedTuple

from consumers.store.sql import rows_as_dicts, sql_with
from consumers.store.stored_evidence import label_of, parse_label
from infra.clickhouse.client import Client
from schemas.model import Label, Reader
from schemas.release.rules import release

MAX_LABELS = 10_000
"""Labels of a table that a question resolves: those of 25 nodes that use up their quota
(`schemas.bounds`). Where there are more, all rows are fetched and judged afterwards: answers stay
the same, and only their time may tell of hidden rows.
"""
EVERY_ROW = 2**62
EVENTS, OBSERVATIONS, EVIDENCE, LINKS = "events", "observations", "evidence", "links"


class LabelIds(NamedTuple):
    """The ids of the released labels of a table; `all_labels`: 1 where rows of all are fetched."""

    labels: list[int]
    all_labels: int


EVERY_LABEL = LabelIds([], 1)
LabelTable = dict[str, dict[int, Label] | None]
"""By table, its labels by id; None where there are too many."""


class ReleasedLabels:
    """The labels of the tables, read once for each answer."""

    def __init__(self, client: Client, known: LabelTable | None = None) -> None:
        """`known`: labels that were read a moment ago; what is read here is added.

        A label that is missing there only delays what it releases.
        """
        self._client = client
        self._labels: LabelTable = {} if known is None else known

    def of(self, table: str, reader: Reader) -> LabelIds:
        """Return the labels of a table that are released to this reader."""
        if table not in self._labels:
            self._labels[table] = self._read(table)
        labels = self._labels[table]
        if labels is None:
            return EVERY_LABEL
        return LabelIds(
            [id_ for id_, label in labels.items() if release(label, reader).released], 0
        )

    def events_released_to(self, reader: Reader) -> dict[int, Label]:
        """Return every label of events that is released to this reader, by id.

        There is no limit: who counts must know all of them.
        """
        every = self.of_events()
        return {id_: label for id_, label in every.items() if release(label, reader).released}

    def of_events(self) -> dict[int, Label]:
        """Return every label of events by id, however many there are."""
        labels = self._labels.get(EVENTS)
        if labels is not None:
            return labels
        rows = rows_as_dicts(self._client, "labels_of_events", {"limit": EVERY_ROW})
        return {int(row["label_id"]): label_of(row) for row in rows}

    def of_events_once(self) -> dict[int, Label]:
        """Return every label of events by id, and keep them for the rest of the answer."""
        if EVENTS not in self._labels:
            self._labels[EVENTS] = self._read(EVENTS)
        return self.of_events()

    def of_evidence(self) -> dict[int, Label]:
        """Return every label of evidence by id; none where there are too many."""
        if EVIDENCE not in self._labels:
            self._labels[EVIDENCE] = self._read(EVIDENCE)
        return self._labels[EVIDENCE] or {}

    def _read(self, table: str) -> dict[int, Label] | None:
        """Return the labels by id; None where there are too many."""
        parameters = {"limit": MAX_LABELS + 1}
        if table == EVENTS:
            rows = rows_as_dicts(self._client, "labels_of_events", parameters)
            labels = {int(row["label_id"]): label_of(row) for row in rows}
        else:
            pairs = self._client.execute(sql_with("labels_of_rows", table=table), parameters)
            labels = {int(id_): parse_label(text) for id_, text in pairs}
        return labels if len(labels) <= MAX_LABELS else None
