"""Say who of the 24/7 network is on duty at a moment. Times are ms since 1970 UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.time_zones import zone_of
from streams.lifecycles.model import Act, Party

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
HOLIDAY = "HOLIDAY"


class Function(StrEnum):
    """Name the functions of the network, in the order in which they are called."""

    REGULAR = "REGULAR"
    ALTERNATE = "ALTERNATE"
    DUTY_OFFICER = "DUTY_OFFICER"


class DutyHours(NamedTuple):
    """Hold hours on duty; where `until` is not after `since` they end on the next day."""

    weekdays: frozenset[str]
    since: time
    until: time

    @property
    def is_overnight(self) -> bool:
        """Say whether they end on the next day, or at its begin."""
        return self.until <= self.since

    def holds(self, clock: time) -> bool:
        """Say whether they hold at a time of a day on which they begin."""
        return self.since <= clock and (self.is_overnight or clock < self.until)

    def holds_next_day(self, clock: time) -> bool:
        """Say whether they hold at a time of the day after."""
        return self.is_overnight and clock < self.until


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """Hold a contact point as its country published it.

    `valid_from`, `valid_until`: days (ISO 8601) or empty; without `duty` it is always on duty.
    """

    id: str
    owner: Party
    function: str
    at: int
    official: str = ""
    position: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    duty: tuple[DutyHours, ...] = ()
    holidays: frozenset[str] = frozenset()
    zone: tzinfo = UTC
    valid_from: str = ""
    valid_until: str = ""

    def is_valid(self, moment: int) -> bool:
        """Say whether it is in force at a moment."""
        day = _local(moment, self.zone).date().isoformat()
        return self.valid_from <= day and (not self.valid_until or day <= self.valid_until)

    def is_on_duty(self, moment: int) -> bool:
        """Say whether somebody answers there at a moment. Hours past midnight count, too."""
        if not self.duty:
            return True
        local = _local(moment, self.zone)
        today, yesterday = self._days(local), self._days(local - timedelta(days=1))
        clock = local.time()
        return any(
            (hours.weekdays & today and hours.holds(clock))
            or (hours.weekdays & yesterday and hours.holds_next_day(clock))
            for hours in self.duty
        )

    def _days(self, local: datetime) -> frozenset[str]:
        is_holiday = local.date().isoformat() in self.holidays
        return frozenset({HOLIDAY if is_holiday else WEEKDAYS[local.weekday()]})


def read_contact_point(act: Act) -> ContactPoint:
    """Read a contact point from its event.

    Without a time zone that is known, its hours are those of its country's capital.
    """
    payload = act.payload
    return ContactPoint(
        id=act.id,
        owner=act.author,
        function=_text(payload, "function"),
        at=act.at,
        official=_text(payload, "official"),
        position=_text(payload, "position"),
        channels=_channels(payload.get("channels")),
        duty=tuple(filter(None, map(_hours, _items(payload.get("duty"))))),
        holidays=frozenset(map(str, _items(payload.get("holidays")))),
        zone=_zone(_text(payload, "time_zone"), act.author.country),
        valid_from=_text(payload, "valid_from"),
        valid_until=_text(payload, "valid_until"),
    )


def choose(
    points: Iterable[ContactPoint], function: Function, party: Party, moment: int
) -> ContactPoint | None:
    """Return the contact point of a party for a function at a moment; None where there is none.

    That of its own authority comes first, then one on duty, then the newest. A duty officer of
    the high-level group may be of any country; that of the party's own comes first.
    """
    valid = [point for point in points if point.function == function and point.is_valid(moment)]
    if function is not Function.DUTY_OFFICER:
        valid = [point for point in valid if point.owner.country == party.country]

    def rank(point: ContactPoint) -> tuple[bool, bool, bool, str, int, str]:
        return (
            point.owner.country == party.country,
            point.owner.authority == party.authority,
            point.is_on_duty(moment),
            point.valid_from,
            point.at,
            point.id,
        )

    return max(valid, key=rank, default=None)


def _local(moment: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(moment / 1000, zone)


def _zone(name: str, country: str) -> tzinfo:
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # the form of a name is checked at intake, not whether there is such a zone
    return zone_of(country) or UTC


def _channels(channels: object) -> tuple[tuple[str, str], ...]:
    """Return kind and address of each, in the order in which they are to be tried."""
    known = [item for item in _items(channels) if isinstance(item, Mapping)]
    known.sort(key=lambda item: item.get("order") or len(known))
    return tuple((_text(item, "kind"), _text(item, "address")) for item in known)


def _hours(item: object) -> DutyHours | None:
    """Read hours; None for what intake refuses."""
    if not isinstance(item, Mapping):
        return None
    try:
        since, until = _clock(item["from"]), _clock(item["until"])
    except (KeyError, TypeError, ValueError):
        return None
    return DutyHours(frozenset(map(str, _items(item.get("weekdays")))), since, until)


def _clock(text: object) -> time:
    return time.fromisoformat(str(text).replace("24:00", "00:00"))


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
