"""Decide which notices are due, from the state, the hits and the clock. Pure.

The state comes from the log, so a restart sends nothing twice, and a deadline does not depend on
a process that stays alive.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from consumers.notices.settings import SEVERITY_ORDER, NoticeSettings, NoticeWay

LEAST_GAP_MS = 300_000
"""Between two notices to a person: what comes meanwhile goes together."""
MOST_KNOWN = 2_000
"""Hits of which a person's state remembers that they were sent, the newest."""
_NOTICE_IDS = uuid.UUID("0d6a1c0e-3f3d-5c6c-8b1e-6a2f1f7e9b44")


class NewsKind(StrEnum):
    """Say what is new: a hit of the authority, a record on a watch-list, or a case."""

    MATCH = "match"
    RECORD = "record"
    CASE = "case"


class NoticeKind(StrEnum):
    """Say what a notice is about."""

    NEWS = "news"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True, order=True)
class NoticeHit:
    """A hit as one person may see it. `notified_at`: when the authority's nodes got it (ms).

    Of a record on a watch-list, `indicator` is its id and `notified_at` when the log took it; of a
    case its id, and when the log last took something that it is about.
    `is_clear`: TLP:CLEAR without any handling code; `sentence`: by language; `is_acknowledged`:
    somebody of the authority knows of it since then.
    """

    notified_at: int
    indicator: str
    severity: str = "low"
    tlp: str = "RED"
    is_clear: bool = False
    is_acknowledged: bool = False
    kind: NewsKind = NewsKind.MATCH
    owner: tuple[str, str] = ("", "")
    sentence: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class PersonState:
    """What was sent to a person. `hits`: indicator → the `notified_at` that was sent.

    `ended`: indicators of which the end was sent; `last_at`: when the last notice was due (ms).
    """

    hits: Mapping[str, int] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    last_at: int = 0

    def after(self, notice: HitNotice) -> PersonState:
        """Return what the person knows after a notice."""
        newer = {hit.indicator: hit.notified_at for hit in notice.hits}
        ended = (self.ended - newer.keys()) | set(notice.ended)
        every = sorted({**self.hits, **newer}.items(), key=lambda known: known[1])
        return PersonState(dict(every[-MOST_KNOWN:]), frozenset(ended), notice.at)


@dataclass(frozen=True, slots=True)
class HitNotice:
    """What somebody is notified of. `hits`: the oldest first; `ended`: what is no longer valid."""

    person: str
    kind: NoticeKind
    hits: Sequence[NoticeHit]
    ended: Sequence[str]
    at: int

    @property
    def id(self) -> str:
        """Return the same id for the same news, so that a receiver drops a copy."""
        news = [f"{hit.indicator} {hit.notified_at}" for hit in self.hits]
        name = " ".join([self.person, self.kind, *news, "ended", *self.ended])
        return str(uuid.uuid5(_NOTICE_IDS, name))


def due_notice(
    settings: NoticeSettings,
    hits: Sequence[NoticeHit],
    ended: Collection[str],
    state: PersonState,
    now: int,
    zone: tzinfo = UTC,
) -> HitNotice | None:
    """Return what the person is to be notified of now; None for nothing yet.

    `hits`: those that hold for the person; `ended`: hits that do not any more; `now`: ms since 1970
    UTC; `zone`: of the person's country.
    """
    if not is_time(settings, state, now, zone):
        return None
    least = SEVERITY_ORDER.index(settings.least)
    news = [
        hit
        for hit in sorted(set(hits))
        if hit.notified_at >= settings.since
        and hit.notified_at <= now
        and (hit.kind is not NewsKind.MATCH or SEVERITY_ORDER.index(hit.severity) >= least)
        and state.hits.get(hit.indicator, -1) < hit.notified_at
    ]
    alive = {hit.indicator for hit in hits}
    over = sorted((set(ended) & state.hits.keys()) - state.ended - alive)
    if not news and not over:
        return None
    return HitNotice(settings.person, NoticeKind.NEWS, news, over, now)


def due_escalation(
    person: str,
    hits: Sequence[NoticeHit],
    state: PersonState,
    after_ms: int,
    now: int,
) -> HitNotice | None:
    """Return of which hits the alternate contact is to be notified, since nobody acknowledged them.

    `person`: who stands for the contact; `after_ms`: how long an authority has; 0 escalates
    nothing.
    """
    late = [
        hit
        for hit in sorted(set(hits))
        if after_ms
        and hit.notified_at + after_ms <= now
        and not hit.is_acknowledged
        and state.hits.get(hit.indicator, -1) < hit.notified_at
    ]
    return HitNotice(person, NoticeKind.ESCALATION, late, (), now) if late else None


def is_time(settings: NoticeSettings, state: PersonState, now: int, zone: tzinfo) -> bool:
    """Say whether a person may be notified of something now, whatever it is."""
    if not settings.channels:
        return False
    moment = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone)
    if settings.way is NoticeWay.DIGEST:
        last = max(state.last_at, settings.since)
        return last < _digest_before(settings.digest_hour, moment)
    return not settings.is_quiet(moment.hour) and now - state.last_at >= LEAST_GAP_MS


def _digest_before(hour: int, moment: datetime) -> int:
    """Return the newest moment of a digest that is not after this one, in ms since 1970 UTC."""
    today = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    newest = today if today <= moment else today - timedelta(days=1)
    return int(newest.timestamp() * 1000)
