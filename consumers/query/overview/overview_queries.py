"""Answer what is new for a reader, and since when that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consumers.query.answer_context import AnswerContext
from consumers.query.figures.pair_reader import PairReader
from consumers.query.overview.new_findings import (
    MOST_COUNTED,
    NewFinding,
    NewFindings,
    count_new,
)
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_datetime
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts
from schemas.ids import to_uuid_text
from schemas.model import Reader
from schemas.release.rules import sees_content
from streams.correlation.assess import Indicator
from streams.correlation.told_once import ComparedFinding
from streams.rules import RuleBook

Row = Mapping[str, Any]


class OverviewQueries:
    """The questions of the first page, for one answer at a time.

    Every question raises what clickhouse-driver raises. Moments are in ms since 1970 UTC.
    """

    def __init__(self, store: StoreReader, pairs: PairReader, answer: AnswerContext) -> None:
        """`pairs`: say what is a finding for whom; `answer`: what this is a part of."""
        self._client = store.client
        self._pairs = pairs
        self._rules = store.rules
        self._answer = answer

    def last_visit(self, reader: Reader, before: int) -> int | None:
        """Return when this person was last shown something on the page, before a moment.

        The ledger says it. None where it has no such entry.
        """
        parameters = {
            "person": reader.person,
            "country": reader.country,
            "before": min(before, FAR_FUTURE_MS),
        }
        rows = rows_as_dicts(self._client, "last_visit", parameters)
        return int(rows[0]["at"]) if rows else None

    def new_findings(self, reader: Reader, since: int, as_of: int | None = None) -> NewFindings:
        """Count the findings whose newest record was recorded at a moment or later."""
        entitled, disclosed = self._answer.begin("overview", reader, as_of)
        book = self._rules.at(as_of)
        sees = sees_content(entitled)
        scope = self._pairs.scope(book, list(book.by_id) if sees else [], "", entitled, as_of)
        rows = self._pairs.ask("new_findings", scope, {"new_since": since, "most": MOST_COUNTED})
        folded = [live for live in scope.live if live.last_recorded >= since]
        findings = [*self._paired(rows, book), *map(_folded, folded)]
        shown = self._pairs.shown(rows, folded, entitled)
        marking = shown.marking()
        if shown.labels:
            disclosed.add_figures(marking.tlp, marking.markings)
        is_complete = len(rows) < MOST_COUNTED
        return NewFindings(to_datetime(since), count_new(findings), marking, is_complete)

    def _paired(self, rows: Sequence[Row], book: RuleBook) -> Iterator[NewFinding]:
        ids = [row["id"] for row in rows]
        known = rows_as_dicts(self._client, "things_of_indicators", {"ids": ids}) if ids else []
        things = {str(row["id"]): str(row["thing"]) for row in known}
        for row in rows:
            compared = ComparedFinding(
                things[str(row["id"])],
                row["grade"],
                book.by_id[row["rule"]].severity,
                True,
                frozenset(row["events"]),
            )
            yield NewFinding(compared, frozenset(row["countries"]))


def _folded(indicator: Indicator) -> NewFinding:
    events = frozenset(to_uuid_text(member.row.event_id) for member in indicator.evidence)
    compared = ComparedFinding(
        to_uuid_text(indicator.thing), indicator.grade, indicator.severity, True, events
    )
    return NewFinding(compared, frozenset(member.row.country for member in indicator.evidence))
