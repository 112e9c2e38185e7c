"""Gather what one record of a finding says, as far as it is released. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from consumers.query.explanations.thing_marks import ThingMark
from consumers.query.views import EventView
from schemas.hidden_characters import make_visible

ZONES = {"BO": timezone(timedelta(hours=-4))}
UTC_5 = timezone(timedelta(hours=-5))
"""Local time of Colombia, Ecuador and Peru, which change no clocks."""
LONGEST_VALUE = 60
"""Letters of a record's value that a sentence repeats."""
_DAY_PRECISIONS = frozenset({"day", "hour", "minute", "second"})
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When something occurred, in the local time of its country. `precision`: year, month, day."""

    day: date
    precision: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What is known of a record.

    `country`: of its owner; `occurrence`: None where the time or its precision is not known;
    `content`: empty where it is not released; `mark`: the thing as the record writes it.
    """

    event: str
    type: str
    country: str
    traits: Mapping[str, str]
    occurrence: Occurrence | None
    place_country: str
    subdivision: str
    crime: str
    content: Content
    mark: ThingMark | None

    def text(self, *path: str) -> str:
        """Return a value of the content as a sentence repeats it; empty where there is none."""
        value: Any = self.content
        for name in path:
            value = value.get(name) if isinstance(value, Mapping) else None
        return shorten(value) if isinstance(value, str) else ""

    @property
    def municipality(self) -> str:
        """Return the municipality where it occurred; empty where it is not known."""
        return self.text("place", "municipality") or self.text("found", "municipality")


def facts_of_event(
    event: EventView, traits: Mapping[str, str], mark: ThingMark | None
) -> RecordFacts:
    """Gather what a released version of an event says."""
    return RecordFacts(
        event=event.id,
        type=event.type,
        country=event.country,
        traits=traits,
        occurrence=read_occurrence(event.occurred_from, event.occurred_precision, event.country),
        place_country=event.place_country or (event.subdivision or "")[:2],
        subdivision=event.subdivision or "",
        crime=event.crime,
        content=event.payload or {},
        mark=mark,
    )


def facts_without_content(
    event: str, type_: str, country: str, traits: Mapping[str, str], subdivision: str | None
) -> RecordFacts:
    """Gather what is known of a record without its event: no date, since its precision is not."""
    place = subdivision or ""
    return RecordFacts(event, type_, country, traits, None, place[:2], place, "", {}, None)


def read_occurrence(at: datetime | None, precision: str, country: str) -> Occurrence | None:
    """Return the local day; None where the time or its precision is not known.

    A day that is stored as its 00:00 UTC is that day, whatever the country's zone.
    """
    if at is None or precision not in {*_DAY_PRECISIONS, "month", "year"}:
        return None
    moment = at.astimezone(UTC)
    is_utc_day = precision in ("day", "month", "year") and moment.time() == time()
    day = moment if is_utc_day else moment.astimezone(ZONES.get(country, UTC_5))
    return Occurrence(day.date(), "day" if precision in _DAY_PRECISIONS else precision)


def shorten(value: str) -> str:
    """Write a value of a record on one line, without hidden characters, at most 60 letters."""
    text = make_visible(" ".join(value.split()))
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1].rstrip()}…"
