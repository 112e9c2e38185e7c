"""Ask the store for counts and times, never for content. Its server bounds each question."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from kafka.errors import KafkaError

from consumers.health.facts import (
    CanaryStatus,
    Disk,
    Flood,
    Gap,
    RefusedMessages,
    StoreStatus,
    TableStatus,
)
from consumers.health.mended_bundles import (
    MENDED_BY_SENDING_AGAIN,
    BundleIdentity,
    RejectedBundle,
    TakenBundle,
    count_mended,
)
from consumers.store.sql import sql
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.errors import QuipuError
from infra.settings import Settings
from schemas.i18n import _
from streams.rules import read_rule_book

log = structlog.get_logger(__name__)

LONGEST_S = 3
MOST_REJECTED_BUNDLES = 50
"""So many rejected bundles are read at most to see whether they were mended."""
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
FLOOD_DAYS = 7
"""Days that are looked at for an authority that writes very many records on one thing."""


@dataclass(frozen=True, slots=True)
class CordProgress:
    """A cord as the store knows it."""

    cord: str
    bundles: int
    last: int
    heard_at: int


@dataclass(frozen=True, slots=True)
class TableCounts:
    """What the tables hold of nodes.

    `codes`: by node and code, what was rejected in a day and not mended; `rejected_at`: the last of
    these (ms); `mended`: how many were mended, by node; `pending`: items that wait, by node;
    `beats_s`: mean seconds between heartbeats, by node.
    """

    cords: Mapping[str, CordProgress]
    gaps: list[Gap]
    codes: Mapping[str, Mapping[str, int]]
    pending: Mapping[str, int]
    canaries: list[CanaryStatus]
    beats_s: Mapping[str, float]
    refused: list[RefusedMessages]
    floods: list[Flood] = field(default_factory=list)
    rejected_at: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mended: Mapping[str, int] = field(default_factory=dict)


class _Rejects(NamedTuple):
    """What was rejected or waits, as in TableCounts."""

    codes: dict[str, dict[str, int]]
    rejected_at: dict[str, dict[str, int]]
    mended: dict[str, int]
    pending: dict[str, int]
    refused: list[RefusedMessages]

    def add(self, node: str, code: str, number: int, last_at: int) -> None:
        """Count what a node had rejected with a code, the last of it at `last_at` (ms)."""
        if number:
            codes = self.codes.setdefault(node, {})
            codes[code] = codes.get(code, 0) + number
            moments = self.rejected_at.setdefault(node, {})
            moments[code] = max(moments.get(code, 0), last_at)

    def add_mended(self, node: str, number: int) -> None:
        """Count what a node had rejected and accepted later."""
        if number and node:
            self.mended[node] = self.mended.get(node, 0) + number


IdentityReader = Callable[[Sequence[RejectedBundle]], Mapping[tuple[str, int, int], BundleIdentity]]
"""Reads what rejected bundles say of themselves; it may raise what Kafka's client raises."""


@cache
def largest_hubs() -> dict[str, int]:
    """Return, by kind of thing, the most members that a rule of the release counts."""
    hubs: dict[str, int] = {}
    for rule in read_rule_book().by_id.values():
        for kind in rule.kinds:
            hubs[kind] = max(hubs.get(kind, 0), rule.hub)
    return hubs


class StoreProbe:
    """Keeps one connection between questions, and drops it when one fails.

    It is not for two threads at once.
    """

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet; the first question connects."""
        self._settings = settings
        self._client: Any = None
        self._database = ""

    def measure(self, generation: int | None) -> StoreStatus:
        """Return the state of the engine. `generation` None: the newest that is there.

        Raises what clickhouse-driver raises, and QuipuError NO_TABLES.
        """
        with self._asking(generation):
            began = time.monotonic()
            self._ask(sql("health_ping"))
            answer_s = time.monotonic() - began
            tables = [TableStatus(*row) for row in self._ask(sql("health_tables"))]
            disks = [Disk(free, total) for free, total in self._ask(sql("health_disks"))]
            return StoreStatus(
                answer_s,
                self._database,
                tables,
                min(disks, key=lambda disk: disk.free_share, default=None),
            )

    def count(
        self,
        generation: int | None,
        now: int,
        read_identities: IdentityReader = lambda _bundles: {},
    ) -> TableCounts:
        """Return what the tables hold, as of `now` (ms since 1970 UTC).

        `read_identities`: reads rejected bundles, to find those that were mended. It takes
        longer the more there is: 0.2 s for five million items. Raises as `measure`.
        """
        with self._asking(generation):
            cords = {row[0]: CordProgress(*row) for row in self._ask(sql("health_cords"))}
            broken = sorted(
                progress.cord for progress in cords.values() if progress.bundles <= progress.last
            )
            gaps = (
                [Gap(*row) for row in self._ask(sql("health_gaps"), cords=broken)] if broken else []
            )
            rejects = self._rejected(now, read_identities)
            canaries, beats_s = self._canaries(now)
            return TableCounts(
                cords,
                gaps,
                rejects.codes,
                rejects.pending,
                canaries,
                beats_s,
                rejects.refused,
                self._floods(now),
                rejects.rejected_at,
                rejects.mended,
            )

    def has_heartbeat(self, generation: int | None, heartbeat: UUID) -> bool:
        """Return whether a heartbeat is in the tables by now. Raises as `measure`."""
        with self._asking(generation):
            return bool(self._ask(sql("heartbeat_seen"), id=heartbeat.hex))

    def close(self) -> None:
        """Drop the connection; the next question makes a new one."""
        if self._client is not None:
            self._client.disconnect()
            self._client = None

    def _ask(self, query: str, **parameters: Any) -> list[Any]:
        """Once: the client's own repeating would outlast our time."""
        rows: list[Any] = self._client.execute_once(query, parameters)
        return rows

    @contextmanager
    def _asking(self, generation: int | None) -> Iterator[None]:
        try:
            self._open(generation)
            yield
        except BaseException:
            self.close()
            raise

    def _open(self, generation: int | None) -> None:
        if (
            self._client is not None
            and generation is not None
            and self._database != database_of(generation)
        ):
            self.close()
        if self._client is None:
            database = database_of(generation) if generation is not None else self._newest()
            self._client = connect(self._settings, StoreUser.READER, database)
            self._client.client_settings["max_execution_time"] = LONGEST_S
            self._database = database

    def _newest(self) -> str:
        """Return the database of the newest generation.

        While Kafka is unavailable, config cannot say which one serves.
        """
        self._client = connect(self._settings, StoreUser.READER)
        try:
            databases: list[str] = [row[0] for row in self._ask(sql("health_databases"))]
        finally:
            self.close()
        if not databases:
            raise QuipuError(
                _("there are no tables yet"),
                _("quipu up"),
                "NO_TABLES",
            )
        return max(databases, key=lambda name: int(name.removeprefix("quipu_g")))

    def _rejected(self, now: int, read_identities: IdentityReader) -> _Rejects:
        rejects = _Rejects({}, {}, {}, {}, [])
        for node, verdict, code, items, mended, last_at in self._ask(
            sql("health_verdicts"), since=now - DAY_MS
        ):
            if verdict == "pending":
                rejects.pending[node] = rejects.pending.get(node, 0) + items
            else:
                rejects.add(node, code, items, last_at)
                rejects.add_mended(node, mended)
        sent_again = self._sent_again(now, read_identities)
        for node, topic, code, messages, last_at in self._ask(
            sql("health_rejects"), since=now - DAY_MS
        ):
            mended = min(messages, sent_again[node, topic, code])
            rejects.add_mended(node, mended)
            if node:
                rejects.add(node, code, messages - mended, last_at)
            elif messages > mended:
                rejects.refused.append(RefusedMessages(topic, code, messages - mended, last_at))
        return rejects

    def _sent_again(
        self, now: int, read_identities: IdentityReader
    ) -> Counter[tuple[str, str, str]]:
        """Count the bundles that were rejected whole and taken later, by node, topic and code.

        While Kafka does not give them, none counts as mended.
        """
        rows = self._ask(
            sql("health_rejected_bundles"),
            since=now - DAY_MS,
            codes=sorted(MENDED_BY_SENDING_AGAIN),
            limit=MOST_REJECTED_BUNDLES,
        )
        bundles = [RejectedBundle(*row) for row in rows]
        try:
            identities = read_identities(bundles) if bundles else {}
        except (KafkaError, OSError, QuipuError) as error:
            log.info("rejected_bundles_not_read", error=repr(error))
            return Counter()
        if not identities:
            return Counter()
        taken = self._ask(
            sql("health_taken_bundles"),
            cords=sorted({identity.cord for identity in identities.values()}),
            sequences=sorted({identity.sequence for identity in identities.values()}),
        )
        by_number = {
            (cord, sequence): TakenBundle(frozenset(events), at)
            for cord, sequence, events, at in taken
        }
        return count_mended(bundles, identities, by_number)

    def _floods(self, now: int) -> list[Flood]:
        limits = largest_hubs()
        parameters = {"kinds": list(limits), "limits": list(limits.values())}
        rows = self._ask(
            sql("health_floods"),
            since=now - FLOOD_DAYS * DAY_MS,
            other=min(limits.values()),
            **parameters,
        )
        return [Flood(*row) for row in rows]

    def _canaries(self, now: int) -> tuple[list[CanaryStatus], dict[str, float]]:
        canaries, every = [], {}
        for node, beats, first_at, last_at, measured, percentiles, last in self._ask(
            sql("health_heartbeats"), since=now - HOUR_MS
        ):
            if beats > 1:
                every[node] = max(1.0, (last_at - first_at) / 1000 / (beats - 1))
            if measured:
                p50, p95, p99 = percentiles
                canaries.append(CanaryStatus(node, measured, p50, p95, p99, last, last_at))
        return canaries, every
