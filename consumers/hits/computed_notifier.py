"""Send findings that are computed to the authorities concerned, once each day of the log.

These are bursts, findings on persons, on what is alike, and those of rules over many records.

A day ends at midnight of UTC-5, by the log's own time: when the store holds a record of the next
day. The findings are those as of that midnight, so no machine's clock decides what is sent. A
record that the sink stores later is in the findings of the next day.

Time alone changes bursts. Of the others only groups are evaluated that the log touched since the
midnight before the last one (ADR 0098). All are evaluated after a restart, a change of rules, rates
or partners, and an erasure, which leaves nothing to look by. What was sent is not sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

import structlog

from consumers.hits.computed_hits import ComputedHit, disclosed_computed
from consumers.hits.decide import Owner
from consumers.hits.hit_forms import burst_changes
from consumers.hits.notifier import HitNotifier
from consumers.hits.owner_findings import OwnerFindings, OwnerMoment
from consumers.query.bursts.burst import BurstsQuestion
from consumers.query.bursts.burst_queries import SHOWN_WEEKS
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.query_layer import QueryLayer
from consumers.query.released_labels import EVERY_ROW
from consumers.query.views import to_datetime
from consumers.runtime.serving_config import ServingConfig
from consumers.store.sql import rows_as_dicts, sql
from infra.clickhouse.client import Client
from infra.clock import now_ms
from schemas.measures.rates import RateHistory
from schemas.model import IndicatorId

log = structlog.get_logger(__name__)

DAY_MS = 86_400_000
MIDNIGHT_MS = 5 * 3_600_000
"""Midnight of UTC-5, as a part of the UTC day."""
LOOK_EVERY_S = 30.0
OVERLAP_MS = DAY_MS
"""What was touched so long before the last evaluation is looked at again: the sink may be late."""
Basis = tuple[object, ...]
"""What decides findings apart from records: rules, rates, partners."""


class ComputedHitNotifier:
    """Send computed findings of one generation, an owner a step.

    Its methods raise as HitNotifier's.

    `authorities`: country and authority of every node; `read_rates`: returns the rates as config
    has had them. The process replaces both when config changes.
    """

    def __init__(self, notifier: HitNotifier, client: Client, day_ms: int = DAY_MS) -> None:
        """`notifier`: sends the hits, under the rules in effect; `day_ms`: how long a day is."""
        self._notifier, self._client, self._day_ms = notifier, client, day_ms
        self.authorities: Collection[tuple[str, str]] = ()
        self.read_rates: Callable[[], RateHistory] = RateHistory
        self._midnight = 0
        self._owners: list[Owner] = []
        self._with_records: frozenset[tuple[str, str]] = frozenset()
        self.look_every_s = LOOK_EVERY_S
        self._next_look = 0.0
        self._touched: list[str] | None = None
        self._basis: Basis = ()
        self._findings: dict[Owner, OwnerFindings] = {}

    def step(self) -> int:
        """Send to one owner what the last midnight brought; return 0 where there is nothing."""
        if not self._owners and not self._has_new_day():
            return 0
        if self._owners:
            self._notify(self._owners.pop(0))
        return 1

    def _has_new_day(self) -> bool:
        """Say whether the log has passed a midnight since; then each owner has its turn."""
        if time.monotonic() < self._next_look:
            return False
        self._next_look = time.monotonic() + self.look_every_s
        ((log_time,),) = self._client.execute(sql("log_time"), {"since": self._midnight})
        midnight = last_midnight(log_time, self._day_ms)
        if midnight <= self._midnight:
            return False
        self._touched = self._touched_until(midnight)
        self._midnight, self._owners = midnight, self._every_owner()
        touched = None if self._touched is None else len(self._touched)
        log.info("findings_of_day", midnight=to_datetime(midnight).isoformat(), touched=touched)
        return True

    def _touched_until(self, midnight: int) -> list[str] | None:
        """Return the events that were touched since the last evaluation; None: look at all."""
        basis = self._basis_of(midnight)
        is_other, self._basis = basis != self._basis, basis
        if not self._midnight or is_other:
            return None
        parameters = {"since": self._midnight - OVERLAP_MS, "until": midnight - 1}
        rows = self._client.execute(sql("touched_events"), parameters)
        has_erased = any(is_erased for _event, is_erased in rows)
        return None if has_erased else [event for event, _is_erased in rows]

    def _basis_of(self, midnight: int) -> Basis:
        """Return what decides findings apart from records."""
        rules = self._notifier.rules.at(midnight - 1)
        rates = tuple(self.read_rates().at(midnight - 1))
        partners = tuple(sorted(self._notifier.partners.items()))
        return tuple(rules.detectors), tuple(rules.identities), rates, partners

    def _notify(self, owner: Owner) -> None:
        as_of = self._midnight - 1
        reader = owner.reader
        config = ServingConfig(
            self._notifier.generation, self._notifier.rules, rates=self.read_rates()
        )
        queries = QueryLayer(self._client, config, earlier=EarlierAnswers(readers={reader: reader}))
        sent = self._sent().get(owner, {})
        bursts = queries.bursts.bursts(reader, BurstsQuestion(), as_of).bursts
        first_week = week_of(to_datetime(as_of).date()) - SHOWN_WEEKS + 1
        self._publish(owner, burst_changes(owner, bursts, sent, first_week))
        if not sent and (owner.country, owner.authority) not in self._with_records:
            return  # all other findings rest on a record of the owner's
        moment = OwnerMoment(owner, as_of, sent)
        if self._touched is None or owner not in self._findings:
            self._findings[owner] = OwnerFindings()
            changes = self._findings[owner].evaluate_all(moment, queries)
        else:
            changes = self._findings[owner].evaluate_touched(moment, queries, self._touched)
        for hits in changes:
            self._publish(owner, hits)
            sent.update({hit.indicator: hit.content for hit in hits})

    def _publish(self, owner: Owner, hits: Sequence[ComputedHit]) -> None:
        if hits:
            self._notifier.publish(hits, [disclosed_computed(owner, hits, now_ms())])

    def _every_owner(self) -> list[Owner]:
        """Return the authorities with nodes, with records, and those that received findings."""
        rows = rows_as_dicts(self._client, "labels_of_events", {"limit": EVERY_ROW})
        labels = {Owner(row["country"], row["authority"], row["exercise"] or None) for row in rows}
        self._with_records = frozenset((owner.country, owner.authority) for owner in labels)
        nodes = {
            Owner(country, authority, exercise)
            for country, authority in self.authorities
            for exercise in {None, *(owner.exercise for owner in labels)}
        }
        return sorted({*nodes, *labels, *self._sent()}, key=str)

    def _sent(self) -> dict[Owner, dict[IndicatorId, bytes]]:
        """Return the content of what each owner received last, by its id."""
        sent: dict[Owner, dict[IndicatorId, bytes]] = {}
        for row in rows_as_dicts(self._client, "hits_computed", {}):
            owner = Owner(row["country"], row["authority"], row["exercise"] or None)
            content = bytes.fromhex(row["content"])
            sent.setdefault(owner, {})[IndicatorId(UUID(row["indicator"]).bytes)] = content
        return sent


def last_midnight(log_time: int, day_ms: int = DAY_MS) -> int:
    """Return the last midnight of UTC-5 before a moment. Both: ms since 1970 UTC."""
    return (log_time - MIDNIGHT_MS) // day_ms * day_ms + MIDNIGHT_MS
