"""Answer what a look asks from the store, for each reader what is released to that reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from consumers.ledger.writer import DisclosureLedger
from consumers.notices.decide import HitNotice, NewsKind, NoticeHit, PersonState
from consumers.notices.desk import questions_of
from consumers.query.disclosed import Disclosed, DisclosedVersion
from consumers.query.filters import IndicatorFilter
from consumers.query.hit_queries import Hit
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_epoch_ms
from consumers.query.work.work_queries import WorkQueries
from consumers.store.sql import rows_as_dicts
from infra.clickhouse.client import Client
from infra.clock import now_ms
from schemas.model import DAY_MS, Reader
from schemas.release.rules import TLP

INDICATOR_VERSION, CASE_VERSION = 5, 4
"""Of the UUIDs of matches and of objects of work; records have another."""
CHANNEL = "notice"
"""How the ledger names what went out so."""
MOST_HITS = 200
"""Hits of an authority that a look judges, the newest first."""
OWN_EVERY_MS = 60_000
"""How often watch-lists and cases of a person are looked at."""
REACH_MS = 30 * DAY_MS
"""Older hits are sent to nobody; the page shows them."""


class StoreSources:
    """What the store and the ledger say. Its methods raise what clickhouse-driver raises."""

    def __init__(
        self,
        client: Client,
        queries: Callable[[], QueryLayer],
        ledger: DisclosureLedger | None,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        """`queries` returns the query layer for one look; what it shows goes to nobody.

        `ledger`: None for who only asks; `clock`: ms since 1970 UTC.
        """
        self._client, self._queries, self._ledger = client, queries, ledger
        self._clock = clock
        self._known_until = -1
        self._hits: dict[Reader, Sequence[NoticeHit]] = {}
        self._own: dict[Reader, tuple[int, Sequence[NoticeHit]]] = {}
        self._ended: dict[tuple[Reader, tuple[str, ...]], Collection[str]] = {}

    def hits(self, reader: Reader) -> Sequence[NoticeHit]:
        """Return what is new for the reader: hits of the authority, own watch-lists and cases.

        Hits are read again once somebody was notified of one, or of its end; what concerns the
        reader's own work once a minute.
        """
        self._forget_if_new()
        if reader not in self._hits:
            self._hits[reader] = self._ask_hits(reader)
        now = self._clock()
        read_at, own = self._own.get(reader, (0, ()))
        if now - read_at >= OWN_EVERY_MS:
            own = own_work(self._queries().work, reader, now - REACH_MS)
            self._own[reader] = now, own
        return [*self._hits[reader], *own]

    def _forget_if_new(self) -> None:
        (row,) = rows_as_dicts(self._client, "newest_hit", {})
        if row["newest"] != self._known_until:
            self._known_until = row["newest"]
            self._hits.clear()
            self._ended.clear()

    def _ask_hits(self, reader: Reader) -> Sequence[NoticeHit]:
        newest = IndicatorFilter(once=True, recorded_since=self._clock() - REACH_MS)
        page = self._queries().hits.page(reader, newest, None, PageRange(MOST_HITS))
        return [to_notice_hit(hit) for hit in page.items if hit.notified_at is not None]

    def ended(self, reader: Reader, indicators: Collection[str]) -> Collection[str]:
        """Return those of these hits that do not hold for the reader any more."""
        ids = tuple(sorted(indicators)[:MOST_HITS])
        if ids and (reader, ids) not in self._ended:
            queries = self._queries()
            over = {id_ for id_ in ids if not _holds(queries, id_, reader)}
            self._ended[reader, ids] = over
        return self._ended.get((reader, ids), ())

    def states(self) -> Mapping[str, PersonState]:
        """Return what the ledger says that each person was notified of."""
        rows = rows_as_dicts(
            self._client, "notices_of_ledger", {"since": self._clock() - 3 * REACH_MS}
        )
        known: dict[str, dict[str, int]] = {}
        ended: dict[str, set[str]] = {}
        for row in rows:
            known.setdefault(row["person"], {})[row["id"]] = row["known"]
            if row["ended"]:
                ended.setdefault(row["person"], set()).add(row["id"])
        return {
            person: PersonState(hits, frozenset(ended.get(person, ())))
            for person, hits in known.items()
        }

    def record(self, reader: Reader, notice: HitNotice) -> None:
        """Write into the ledger that a reader is notified. Raises LedgerUnavailableError."""
        if self._ledger is None:
            raise ValueError("who only asks notifies nobody")
        self._ledger.disclose(disclosed_notice(reader, notice), CHANNEL)


def disclosed_notice(reader: Reader, notice: HitNotice) -> list[Disclosed]:
    """Return what the ledger records of a notice: what is new, and what is over."""
    news = Disclosed(reader, None)
    for hit in notice.hits:
        if hit.kind is NewsKind.RECORD:
            version = DisclosedVersion(hit.indicator, "", hit.notified_at, *hit.owner)
            news.events[version] = None
        else:
            news.indicators[hit.indicator] = hit.notified_at
    over = Disclosed(reader, None)
    over.indicators = dict.fromkeys(notice.ended, notice.at)
    for name in questions_of(notice):
        (over if name == "notice ended" else news).questions[name] = None
    return [part for part in (news, over) if part]


def own_work(work: WorkQueries, reader: Reader, since: int) -> list[NoticeHit]:
    """Return what the log took since a moment (ms) that the reader's own work is about."""
    hits = [
        NoticeHit(
            to_epoch_ms(hit.recorded_at),
            hit.event,
            tlp=hit.tlp,
            kind=NewsKind.RECORD,
            owner=(hit.country, hit.authority),
        )
        for watch_list in work.watch_lists(reader)
        for hit in work.watch_hits(watch_list.summary.id, reader, since)
    ]
    for summary in work.cases(reader):
        case = work.case(summary.id, reader) if summary.status == "open" else None
        items = [item.reference for item in case.items] if case else []
        times = [(to_epoch_ms(item.recorded_at), item.tlp) for item in items if item.recorded_at]
        if times and max(times)[0] > since:
            tlp = max((tlp for _at, tlp in times), key=TLP.index)
            hits.append(NoticeHit(max(times)[0], summary.id, tlp=tlp, kind=NewsKind.CASE))
    return hits


def _holds(queries: QueryLayer, id_: str, reader: Reader) -> bool:
    """Say whether a match holds for a reader, or a record is current; cases end for nobody."""
    version = UUID(id_).version
    if version == INDICATOR_VERSION:
        return queries.indicators.indicator(id_, reader) is not None
    return version == CASE_VERSION or bool(queries.events.current([id_], reader))


def to_notice_hit(hit: Hit) -> NoticeHit:
    """Return what a notice needs of a hit."""
    view = hit.indicator
    is_clear = view.tlp == "CLEAR" and not view.handling and not view.conditions
    notified = 0 if hit.notified_at is None else to_epoch_ms(hit.notified_at)
    sentence = view.sentence if is_clear else {}
    return NoticeHit(
        notified,
        view.id,
        view.severity,
        view.tlp,
        is_clear,
        hit.acknowledged_at is not None,
        sentence=sentence,
    )
