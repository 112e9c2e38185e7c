"""Find records of two countries that describe one object, or one way of acting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consumers.query.alike.alike_findings import RULES, AlikeFinding, finding_of
from consumers.query.answer_context import AnswerContext
from consumers.query.cursors import Cursor
from consumers.query.disclosed import Disclosed
from consumers.query.looked_at import LookedAt
from consumers.query.paging import BATCH_SIZE, PageRange, is_after
from consumers.query.released_labels import EVERY_ROW, LINKS
from consumers.query.severity.severity_reader import SeverityReader
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.views import EventView, to_epoch_ms
from consumers.store.sql import sql
from schemas.model import Reader
from streams.linking import LINK_FROM

MOST_PAIRS = 1_000
"""The newest links of a kind in which findings are looked for."""


@dataclass(frozen=True, slots=True)
class AlikeAnswer:
    """What is alike, the newest first. `is_complete`: whether every link was looked at."""

    findings: list[AlikeFinding]
    is_complete: bool


class AlikePage(NamedTuple):
    """A part of what is alike. `next`: where the next part begins; None where there is no more."""

    items: list[AlikeFinding]
    next: Cursor | None
    is_complete: bool


class _Compared(NamedTuple):
    """A finding, and the versions of the two records that it rests on."""

    finding: AlikeFinding
    events: tuple[EventView, EventView]

    @property
    def rank(self) -> tuple[int, str]:
        """When its newest record was taken, ms since 1970 UTC, and the id; newest first."""
        return to_epoch_ms(self.finding.last_recorded), self.finding.id


class AlikeQueries:
    """The question over one generation's database, for one answer at a time.

    It raises what clickhouse-driver raises.
    """

    def __init__(self, store: StoreReader, answer: AnswerContext) -> None:
        """`store`: of one generation; `answer`: what this is a part of."""
        self._severities = SeverityReader(store.client)
        self._client, self._store, self._labels = store.client, store, store.labels
        self._answer = answer

    def findings(self, reader: Reader, as_of: int | None = None) -> AlikeAnswer:
        """Return what is alike in released records. `as_of`: ms since 1970 UTC, None is now.

        Links say where to look. What a reader sees is compared again, from released records.
        """
        entitled, disclosed = self._answer.begin("alike findings", reader, as_of)
        compared, is_complete = self._ranked(entitled, as_of)
        return AlikeAnswer(self._shown(compared, as_of, disclosed), is_complete)

    def page(self, reader: Reader, as_of: int | None, part: PageRange) -> AlikePage:
        """Return a part of what is alike; only what is on it counts as shown."""
        entitled, disclosed = self._answer.begin("alike findings", reader, as_of)
        compared, is_complete = self._ranked(entitled, as_of)
        rest = [item for item in compared if is_after(item.rank, part.after)][part.offset :]
        items = rest[: part.limit]
        place = Cursor(*items[-1].rank) if len(rest) > part.limit else None
        return AlikePage(self._shown(items, as_of, disclosed), place, is_complete)

    def findings_around(
        self, events: Collection[str], reader: Reader, as_of: int | None = None
    ) -> LookedAt[AlikeFinding]:
        """Return what is alike between one of these events and another."""
        entitled, disclosed = self._answer.begin("alike findings", reader, as_of)
        findings: dict[str, AlikeFinding] = {}
        reached = set(events)
        for kind in RULES:
            parameters = {
                **{"kind": kind, "least": LINK_FROM, "as_of": upper_bound(as_of)},
                **self._labels.of(LINKS, entitled)._asdict(),
                "ids": sorted(events),
            }
            rows = self._client.execute(sql("links_around"), parameters) if events else []
            pairs = [(min(row), max(row)) for row in rows]
            reached.update(event for pair in pairs for event in pair)
            for item in self._compare(kind, pairs, (entitled, as_of)):
                disclosed.add_events(item.events)
                findings[item.finding.id] = item.finding
        weighed = self._severities.weigh(list(findings.values()), as_of)
        return LookedAt(weighed, frozenset(reached))

    def _ranked(self, reader: Reader, as_of: int | None) -> tuple[list[_Compared], bool]:
        """Return what is alike, the newest first, and whether every link was looked at."""
        compared: list[_Compared] = []
        is_complete = True
        for kind in RULES:
            pairs, are_all = self._pairs(kind, reader, as_of)
            is_complete &= are_all
            compared += self._compare(kind, pairs, (reader, as_of))
        compared.sort(key=lambda item: (-item.rank[0], item.rank[1]))
        return compared, is_complete

    def _shown(
        self, compared: Sequence[_Compared], as_of: int | None, disclosed: Disclosed
    ) -> list[AlikeFinding]:
        """Return the findings with their severity, and note their records as disclosed."""
        for item in compared:
            disclosed.add_events(item.events)
        return self._severities.weigh([item.finding for item in compared], as_of)

    def _compare(
        self,
        kind: str,
        pairs: Sequence[tuple[str, str]],
        asked_by: tuple[Reader, int | None],
    ) -> Iterator[_Compared]:
        """Yield what pairs of released records show."""
        events = self._events({event for pair in pairs for event in pair}, *asked_by)
        for first, second in pairs:
            if first in events and second in events:
                finding = finding_of(kind, events[first], events[second])
                if finding is not None:
                    yield _Compared(finding, (events[first], events[second]))

    def _pairs(
        self, kind: str, reader: Reader, as_of: int | None
    ) -> tuple[list[tuple[str, str]], bool]:
        """Return the newest pairs of events that a kind links, and whether these are all.

        Where the reader has too many labels for SQL, there is no limit that hidden pairs could
        use up.
        """
        labels = self._labels.of(LINKS, reader)
        limit = EVERY_ROW if labels.all_labels else MOST_PAIRS
        parameters = {
            **{"kind": kind, "least": LINK_FROM, "as_of": upper_bound(as_of)},
            **labels._asdict(),
            "limit": limit,
        }
        rows = self._client.execute(sql("strong_links"), parameters)
        return [(first, second) for first, second, _newest in rows], len(rows) < limit

    def _events(self, ids: set[str], reader: Reader, as_of: int | None) -> dict[str, EventView]:
        """Return those of the events that are released to the reader and in effect."""
        ordered, events = sorted(ids), dict[str, EventView]()
        for start in range(0, len(ordered), BATCH_SIZE):
            batch = ordered[start : start + BATCH_SIZE]
            current = self._store.current_events(batch, reader, as_of)
            events.update((event.id, event) for event in current)
        return events
