"""Ask the tables of facts for one reader as of one moment: the SQL of every question with figures.

Exact for each reader, since only labels that are released are counted, and a record has one label.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from consumers.query.events import current_version
from consumers.query.figures.closed_months import month_parameters
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.store_reader import StoreReader
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts, sql, sql_with
from schemas.model import Label, Reader

Row = Mapping[str, Any]
OPEN_MONTHS = (
    "(type, month) IN (SELECT part.1, part.2 FROM (SELECT arrayJoin("
    "arrayZip({facts_types:Array(String)}, {facts_months:Array(UInt32)})) AS part))"
)
"""The part of queries/stored_facts.sql that looks at months without a copy alone."""
GAPPED_EVENTS = (
    "event_id IN (SELECT event_id FROM gapped_events) AND "
    "(type, month) NOT IN (SELECT part.1, part.2 FROM (SELECT arrayJoin("
    "arrayZip({facts_types:Array(String)}, {facts_months:Array(UInt32)})) AS part))"
)
"""The part that looks at the events alone that no copy has, in all other months."""


class CountedScope(NamedTuple):
    """Whose records are counted, and as of when. `as_of`: ms since 1970 UTC, None is now.

    `labels`: those whose records are counted, by id; all of them are released to the reader.
    """

    labels: Mapping[int, Label]
    as_of: int | None


KNOWN_FOR_S = 20.0
"""How long an answer goes by the copies that it found; one that is replaced stays for a minute
(consumers.sink.lasting_facts).
"""


class StoredCopies(NamedTuple):
    """Where the facts are. `months`: the parameters of queries/counted_facts.sql.

    `has_gaps`: whether the chain of versions of an event may have a gap.
    """

    months: Mapping[str, Any]
    has_gaps: bool


@dataclass(slots=True)
class KnownState:
    """What an answer has read of the state of the store, since `read_at` (monotonic seconds).

    `ended`: by moment (ms since 1970 UTC), what `FactReader._versions_that_ended` returns.
    """

    read_at: float
    copies: StoredCopies | None = None
    ended: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


class FactReader:
    """The facts of one generation's database, for one answer.

    Not for two threads at once (its client is not).
    """

    def __init__(self, store: StoreReader) -> None:
        """`store`: whose tables of facts are read."""
        self._client, self._labels = store.client, store.labels
        self._known = KnownState(time.monotonic())

    def labels_of(self, reader: Reader) -> dict[int, Label]:
        """Return the labels of events that are released to this reader, by id."""
        return self._labels.events_released_to(reader)

    def ask(
        self,
        name: str,
        scope: CountedScope,
        filter_: FactFilter,
        grouping: Grouping,
        parameters: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """Return the rows of a question's SQL, which builds on `<counted>` or on `<lines>`.

        Raises what clickhouse-driver raises.
        """
        copies = self._stored_copies()
        counted = _counted(bool(copies.months["facts_types"]), copies.has_gaps)
        text = sql_with(name, lines=sql("figure_lines"), counted=counted)
        return self._ask(text, scope, (filter_, grouping), {**copies.months, **parameters})

    def _state(self) -> KnownState:
        """Return what is known of the store's state: an answer of many questions reads it once."""
        now = time.monotonic()
        if now - self._known.read_at > KNOWN_FOR_S:
            self._known = KnownState(now)
        return self._known

    def _stored_copies(self) -> StoredCopies:
        """Return which copies of facts hold. Raises what clickhouse-driver raises."""
        state = self._state()
        if state.copies is None:
            has_gaps = bool(self._client.execute("SELECT 1 FROM gapped_events LIMIT 1"))
            months = month_parameters(self._client.execute(sql("month_states")))
            state.copies = StoredCopies(months, has_gaps)
        return state.copies

    def _ask(
        self,
        text: str,
        scope: CountedScope,
        question: tuple[FactFilter, Grouping],
        parameters: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        filter_, grouping = question
        for part, expression in grouping.expressions().items():
            text = text.replace(f"<{part}>", expression)
        every = {
            **filter_.parameters(),
            **grouping.parameters(),
            **self.scope_parameters(scope),
            **parameters,
        }
        rows, columns = self._client.execute(text, every, with_column_types=True)
        names = [column for column, _type in columns]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def refused_by_node(self, as_of: int | None) -> list[tuple[str, int]]:
        """Return how many items of each node were rejected by a moment (ms since 1970 UTC)."""
        bound = FAR_FUTURE_MS if as_of is None else min(as_of, FAR_FUTURE_MS)
        rows = self._client.execute(sql("refused_items"), {"as_of": bound})
        return [(node, number) for node, number in rows]

    def scope_parameters(self, scope: CountedScope) -> dict[str, Any]:
        """Return for SQL which versions of events count. Raises what clickhouse-driver raises."""
        as_of = FAR_FUTURE_MS if scope.as_of is None else min(scope.as_of, FAR_FUTURE_MS)
        ended = self._versions_that_ended(as_of)
        return {
            "labels": list(scope.labels),
            "hidden": self.hidden_today(scope),
            "as_of": as_of,
            "ended_events": [event for event, _version in ended],
            "ended_versions": [version for _event, version in ended],
        }

    def hidden_today(self, scope: CountedScope) -> list[str]:
        """Return the events whose former versions are released, and that of today is not.

        Only a question about the past needs it. Raises what clickhouse-driver raises.
        """
        if scope.as_of is None:
            return []
        today = self._versions_that_ended(FAR_FUTURE_MS)
        parameters = {
            "labels": list(scope.labels),
            "ended_events_today": [event for event, _version in today],
            "ended_versions_today": [version for _event, version in today],
        }
        return [row[0] for row in self._client.execute(sql("hidden_today"), parameters)]

    def _versions_that_ended(self, as_of: int) -> list[tuple[str, str]]:
        """Return the ends of broken chains that are not the current version of their event."""
        state = self._state()
        if state.copies is not None and not state.copies.has_gaps:
            return []
        if as_of not in state.ended:
            rows = rows_as_dicts(self._client, "ends_of_broken_chains", {"as_of": as_of})
            state.ended[as_of] = _former_ends(rows)
        return state.ended[as_of]


def _former_ends(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return event and version of each row that is not the current version of its event."""
    others: list[tuple[str, str]] = []
    for event, versions in groupby(rows, key=lambda row: str(row["id"])):
        known = list(versions)
        head = current_version(known)["version"]
        others += [(event, row["version"]) for row in known if row["version"] != head]
    return others


def _counted(has_open: bool, has_gaps: bool) -> str:
    """Return the SQL of the facts that count.

    `has_open`: whether months without a copy are there; `has_gaps`: events that no copy has. A part
    that finds nothing would still cost 50 ms.
    """
    filters = sql("counted_filters")
    parts = [sql_with("counted_facts", filters=filters)]
    if has_open:
        parts.append(sql_with("stored_facts", months=OPEN_MONTHS, filters=filters))
    if has_gaps:
        parts.append(sql_with("stored_facts", months=GAPPED_EVENTS, filters=filters))
    return "\nUNION ALL\n".join(parts)
