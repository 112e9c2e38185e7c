"""Mark the months of figures that a batch changes, before and after it is written.

The copy of a month's facts (`consumers.sink.lasting_facts`) holds for one state of its marks. So a
question never takes a copy that a write has overtaken, whenever this process ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from consumers.sink.fact_rows import NOT_COUNTED, WHOLE_EVENT
from consumers.sink.table_rows import Batch
from consumers.sink.tables import EVENTS, FACTS, REPLACED, Row
from consumers.store.sql import EARLIEST_MS, FAR_FUTURE_MS, sql
from infra.clickhouse.client import Client

DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TYPE, _OCCURRED, _REPORTED = map(FACTS.index, ("type", "occurred", "reported_at"))
_ENDED, _ENDED_VERSION = map(REPLACED.index, ("event_id", "version"))
_ID, _VERSION, _SUPERSEDES = map(EVENTS.index, ("id", "version", "supersedes"))
_RECORDED = EVENTS.index("recorded_at")

Month = tuple[bytes, int]
"""A type of event, and a month as year * 100 + month."""


class StoredVersion(NamedTuple):
    """A version of an event. Ids are hexadecimal digits; `supersedes` is empty for none.

    `recorded_at`: ms since 1970 UTC.
    """

    event: str
    version: str
    supersedes: str
    recorded_at: int


class MonthMarks:
    """Marks months for one writer of the tables."""

    def __init__(self, client: Client) -> None:
        """`client`: of the writer, which gives texts as bytes."""
        self._client = client
        self._writer = secrets.randbits(63)
        self._step = 0

    def begin(self, batch: Batch) -> set[Month]:
        """Mark what a batch is going to change; return it. Note events whose chain has a gap."""
        months = {_month_of(row) for row in batch.facts}
        ended = {row[_ENDED] for row in batch.replaced} | batch.erased_events
        stored: list[StoredVersion] = []
        for event, version, supersedes, type_, month, recorded_at in self._versions_of(ended):
            ids = (event.decode(), version.decode(), supersedes.decode())
            stored.append(StoredVersion(*ids, recorded_at))
            if type_ not in NOT_COUNTED:
                months.add((type_, month))
        self._mark(months)  # before the gaps, which questions add to the copies of closed months
        self._note_gaps(gapped_events(batch, stored))
        return months

    def end(self, months: set[Month]) -> None:
        """Mark that what was begun is written."""
        self._mark(months)

    def _mark(self, months: set[Month]) -> None:
        if not months:
            return
        self._step += 1
        types, numbers = zip(*sorted(months), strict=True)
        columns = [types, numbers, [self._writer] * len(months), [self._step] * len(months)]
        self._client.insert("changed_months", ("type", "month", "writer", "step"), columns)

    def _versions_of(self, events: Iterable[bytes]) -> Sequence[Row]:
        ids = sorted(event.hex() for event in events)
        rows: Sequence[Row] = []
        if ids:
            rows = self._client.execute(sql("months_of_events"), {"ids": ids})
        return rows

    def _note_gaps(self, events: set[str]) -> None:
        if events:
            ids = [bytes.fromhex(event) for event in sorted(events)]
            self._client.insert("gapped_events", ("event_id",), [ids])


def gapped_events(batch: Batch, stored: Iterable[StoredVersion]) -> set[str]:
    """Return the corrected events of a batch whose versions may not be one chain. Pure.

    Too many do no harm. `stored`: versions of these events that are in the tables.
    """
    corrected = {row[_ENDED].hex() for row in batch.replaced if row[_ENDED_VERSION] != WHOLE_EVENT}
    if not corrected:
        return set()
    versions = {*stored, *(_of_row(row) for row in batch.events if row[_ID].hex() in corrected)}
    by_event: dict[str, list[StoredVersion]] = {}
    for version in versions:
        by_event.setdefault(version.event, []).append(version)
    return {event for event in corrected if not _is_chain(by_event.get(event, ()))}


def _is_chain(versions: Sequence[StoredVersion]) -> bool:
    """Say whether every version but one supersedes an older one, which no other supersedes."""
    since = {version.version: version.recorded_at for version in versions}
    later = {version.version: version for version in versions if version.supersedes}
    former = {version.supersedes for version in later.values()}
    return len(former) == len(later) == len(versions) - 1 == len(since) - 1 and all(
        since.get(version.supersedes, FAR_FUTURE_MS) <= version.recorded_at
        for version in later.values()
    )


def _of_row(row: Row) -> StoredVersion:
    supersedes = row[_SUPERSEDES]
    former = supersedes.hex() if supersedes else ""
    return StoredVersion(row[_ID].hex(), row[_VERSION].hex(), former, row[_RECORDED])


def _month_of(row: Row) -> Month:
    moment = row[_REPORTED] if row[_OCCURRED] is None else row[_OCCURRED]
    return row[_TYPE], _month_of_day(min(max(moment, EARLIEST_MS), FAR_FUTURE_MS) // DAY_MS)


@lru_cache(maxsize=100_000)
def _month_of_day(day: int) -> int:
    date = (_EPOCH + timedelta(days=day)).date()
    return date.year * 100 + date.month
