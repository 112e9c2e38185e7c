"""Decide what an authority receives of a burst: once, and again only where its grade rises. Pure.

A burst is computed for the authority itself, from what is released to it. It receives a burst whose
records are partly its own, or at a place of its country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from consumers.hits.computed_hits import (
    digest_hit,
    encode_hit,
    other_records,
    own_records,
    owns,
)
from consumers.hits.decide import Owner, hit_key
from consumers.query.bursts.burst import Burst, burst_id, week_of_id
from consumers.query.bursts.calendar_weeks import week_of
from consumers.query.bursts.places import countries_of
from consumers.query.disclosed import Disclosed
from consumers.query.views import to_epoch_ms
from schemas.avro.codec import Record
from schemas.ids import to_uuid_text
from schemas.model import IndicatorId

ROLE = "counted"
GRADES = ("possible", "certain")
ENDED = ""


@dataclass(frozen=True)
class BurstHit:
    """What an owner receives of a burst. `live`: None where the burst ended for this owner."""

    owner: Owner
    indicator: IndicatorId
    live: Burst | None

    @cached_property
    def value(self) -> bytes:
        """The framed Hit, as it goes to Kafka."""
        live = None if self.live is None else _live_record(self.live, self.owner)
        return encode_hit(self.owner, self.indicator, live)

    @property
    def content(self) -> bytes:
        """A digest of 16 bytes that differs where the grade differs, and at the end."""
        grade = ENDED if self.live is None else self.live.grade
        return content_of(self.owner, self.indicator, grade)

    @property
    def key(self) -> bytes:
        """The key in Kafka: of each, the newest message counts."""
        return hit_key(self.owner, self.indicator)


def content_of(owner: Owner, id_: IndicatorId, grade: str) -> bytes:
    """Return the digest of what an owner receives of a burst in a grade; ENDED: of its end."""
    return digest_hit("quipu burst", owner, id_, grade)


def burst_changes(
    owner: Owner, bursts: Sequence[Burst], sent: Mapping[IndicatorId, bytes], first_week: int
) -> list[BurstHit]:
    """Return what is new for an owner: bursts that it does not know in this grade, and ends.

    `bursts`: that it sees; `sent`: the content of what it received last, by id; `first_week`: the
    first that was looked at. Of a burst that began before, nobody knows whether it ended.
    """
    hits = [
        BurstHit(owner, _known_id(burst, sent), burst)
        for burst in bursts
        if burst.id is not None and _concerns(owner, burst)
    ]
    current = {hit.indicator for hit in hits}
    ended = [
        BurstHit(owner, id_, None)
        for id_ in sent
        if id_ not in current and (week_of_id(to_uuid_text(id_)) or 0) >= first_week
    ]
    return [hit for hit in [*hits, *ended] if sent.get(hit.indicator) not in set(_no_news(hit))]


def disclosed_bursts(owner: Owner, hits: Sequence[BurstHit], now: int) -> Disclosed:
    """Return what the ledger records of hits to an owner. `now`: ms since 1970 UTC."""
    disclosed = Disclosed(owner.reader, None)
    for hit in hits:
        disclosed.questions["hit" if hit.live else "hit ended"] = None
        newest = now if hit.live is None else to_epoch_ms(hit.live.last_recorded)
        disclosed.indicators[to_uuid_text(hit.indicator)] = newest
        if hit.live:
            disclosed.add_records(hit.live.evidence)
            disclosed.add_figures(hit.live.tlp, hit.live.handling)
    return disclosed


def _no_news(hit: BurstHit) -> Iterator[bytes]:
    """Yield the contents after which this hit is no news: the same grade, or a higher one."""
    if hit.live is None:
        yield hit.content
        return
    for grade in GRADES[GRADES.index(hit.live.grade) :]:
        yield content_of(hit.owner, hit.indicator, grade)


def _known_id(burst: Burst, sent: Mapping[IndicatorId, bytes]) -> IndicatorId:
    """Return the id under which the owner knows a burst: late records may begin it earlier."""
    key = burst.key
    first = week_of(burst.first_day)
    weeks = range(first, week_of(burst.last_day - timedelta(days=1)) + 1)
    ids = [IndicatorId(UUID(burst_id(burst.rule, key, week)).bytes) for week in weeks]
    return next((id_ for id_ in ids if id_ in sent), ids[0])


def _concerns(owner: Owner, burst: Burst) -> bool:
    return owner.country in countries_of(burst.key) or any(
        owns(owner, record) for record in burst.evidence
    )


def _live_record(burst: Burst, owner: Owner) -> Record:
    return {
        "rule": burst.rule,
        "rule_version": burst.rule_version,
        "grade": burst.grade,
        "severity": burst.severity,
        "kind": burst.dimension,
        "title": burst.title,
        "sentence": burst.sentence,
        "first_recorded": to_epoch_ms(burst.first_recorded),
        "last_recorded": to_epoch_ms(burst.last_recorded),
        "own": own_records(owner, burst.evidence, ROLE),
        "others": other_records(owner, burst.evidence),
        "tlp": burst.tlp,
        "handling": burst.handling,
        "conditions": burst.conditions,
    }
