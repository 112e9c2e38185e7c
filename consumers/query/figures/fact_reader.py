"""Ask the tables of facts for one reader as of one moment: the SQL of every question with figures.

Exact for each reader, since only labels that are released are counted, and a record has one label.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from consumers.query.events import current_version
from consumers.query.figures.month_sums import SumsPlan, sums_keys, sums_parameters
from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.released_labels import ReleasedLabels
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts, sql, sql_with
from infra.clickhouse.client import Client
from schemas.model import Label, Reader

Row = Mapping[str, Any]
OPEN_MONTHS = (
    "(type, month) IN (SELECT part.1, part.2 FROM (SELECT arrayJoin("
    "arrayZip({facts_types:Array(String)}, {facts_months:Array(UInt32)})) AS part)) AND"
)
"""The part of queries/counted_facts.sql that looks at months without sums alone."""
GAPPED_EVENTS = (
    "event_id IN (SELECT event_id FROM gapped_events) AND "
    "(type, month) NOT IN (SELECT part.1, part.2 FROM (SELECT arrayJoin("
    "arrayZip({facts_types:Array(String)}, {facts_months:Array(UInt32)})) AS part)) AND"
)
"""The part that looks at the events alone that no sums have, in all other months."""


class CountedScope(NamedTuple):
    """Whose records are counted, and as of when. `as_of`: ms since 1970 UTC, None is now.

    `labels`: those whose records are counted, by id; all of them are released to the reader.
    """

    labels: Mapping[int, Label]
    as_of: int | None


class FactReader:
    """The facts of one generation's database. Not for two threads at once (its client is not)."""

    def __init__(self, client: Client, labels: ReleasedLabels) -> None:
        """`client`: of the generation's database."""
        self._client = client
        self._labels = labels

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
        text = sql_with(name, lines=sql("figure_lines"), counted=_counted(""))
        return self._ask(text, scope, (filter_, grouping), parameters)

    def ask_sums(
        self,
        plan: SumsPlan,
        scope: CountedScope,
        filter_: FactFilter,
        grouping: Grouping,
        parameters: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """Return the rows of queries/summed_totals.sql: of now, those of totals.sql.

        Raises what clickhouse-driver raises.
        """
        states = self._client.execute(sql("month_states"))
        every = {**parameters, **sums_parameters(plan, states)}
        text = sql_with(
            "summed_totals",
            counted=_counted(OPEN_MONTHS),
            gapped=_counted(GAPPED_EVENTS),
            sum_keys=sums_keys(grouping.by),
        )
        return self._ask(text, scope, (filter_, grouping), every)

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
            **self._scope_parameters(scope),
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

    def _scope_parameters(self, scope: CountedScope) -> dict[str, Any]:
        as_of = FAR_FUTURE_MS if scope.as_of is None else min(scope.as_of, FAR_FUTURE_MS)
        past = scope.as_of is not None
        ended = self._versions_that_ended(as_of)
        today = self._versions_that_ended(FAR_FUTURE_MS) if past else []
        return {
            "labels": list(scope.labels),
            "as_of": as_of,
            "past": int(past),
            "ended_events": [event for event, _version in ended],
            "ended_versions": [version for _event, version in ended],
            "ended_events_today": [event for event, _version in today],
            "ended_versions_today": [version for _event, version in today],
        }

    def _versions_that_ended(self, as_of: int) -> list[tuple[str, str]]:
        """Return the ends of broken chains that are not the current version of their event."""
        rows = rows_as_dicts(self._client, "ends_of_broken_chains", {"as_of": as_of})
        others: list[tuple[str, str]] = []
        for event, versions in groupby(rows, key=lambda row: str(row["id"])):
            known = list(versions)
            head = current_version(known)["version"]
            others += [(event, row["version"]) for row in known if row["version"] != head]
        return others


def _counted(months: str) -> str:
    """Return the SQL of the facts that count; `months`: a condition, with AND, or nothing."""
    return sql_with("counted_facts", months=months)
