"""Turn the stored observations of a thing into what a reader sees of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.indicators import IndicatorView, tell_once
from consumers.query.views import (
    Handling,
    Markings,
    Occurred,
    Recorded,
    Tlp,
    to_datetime,
    to_datetime_or_none,
)
from consumers.store.stored_evidence import parse_label
from schemas.model import Label, Reader
from schemas.release.rules import release
from streams.rules import RuleBook

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An event that was observed on a thing."""

    event: Annotated[str, Field(description="the event's id")]
    type: str
    country: str
    authority: str
    certainty: Annotated[
        str, Field(description="certain, or possible where the mark was not fully read")
    ]
    occurred: Occurred
    recorded_at: Recorded
    subdivision: str | None
    traits: Annotated[
        dict[str, str], Field(description="what rules look at, such as status and calibre")
    ]
    tlp: Tlp
    handling: Handling
    markings: Markings


@dataclass(frozen=True, slots=True)
class Thing:
    """Who knows this thing, as far as this reader may see."""

    id: str
    kind: str
    hub: Annotated[bool, Field(description="more records than any rule of its kind counts")]
    members: Annotated[
        list[Sighting],
        Field(description="in the order of occurrence; what has no date comes last"),
    ]
    indicators: list[IndicatorView]
    title: Annotated[
        dict[str, str] | None,
        Field(
            description="as released records write it, by language: es, en; null where none does"
        ),
    ] = None


def tell_findings_once(thing: Thing) -> Thing:
    """Leave out the indicators that a stronger one of the thing covers."""
    return replace(thing, indicators=tell_once(thing.indicators))


def to_sightings(rows: Iterable[Row], reader: Reader) -> list[Sighting]:
    """Return the live members that are released to this reader, in the order of occurrence.

    `rows`: of queries/observations.sql, of one thing, up to the moment of the question.
    """
    sightings = []
    for row in live_rows(rows):
        label = parse_label(row["label"])
        decision = release(label, reader)
        if decision.released:
            sightings.append(_sighting(row, label, decision.markings))
    return sorted(sightings, key=_by_occurrence)


def _by_occurrence(sighting: Sighting) -> tuple[bool, datetime, datetime, str]:
    at = sighting.occurred
    return at is None, at or sighting.recorded_at, sighting.recorded_at, sighting.event


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """Return the newest row of each event, where that is an add."""
    newest: dict[str, Row] = {}
    for row in sorted(rows, key=_position):
        newest[row["event_id"]] = row
    return [row for row in newest.values() if row["op"] == "add"]


def is_hub(members: int, kind: str, rules: RuleBook) -> bool:
    """Return whether more live, released members hang on it than any rule of its kind takes.

    As in `assess`, hidden members do not count: else somebody who publishes 50 events of their own
    on a thing would learn from its turning into a hub whether anybody hides one more.
    """
    caps = [rule.hub for rule in rules.of_kind(kind)]
    return bool(caps) and members > min(caps)


def _position(row: Row) -> tuple[Any, ...]:
    return row["recorded_at"], row["topic"], row["partition"], row["offset"], row["item"]


def _sighting(row: Row, label: Label, markings: Sequence[str]) -> Sighting:
    return Sighting(
        event=row["event_id"],
        type=row["type"],
        country=row["country"],
        authority=label.authority,
        certainty=row["certainty"],
        occurred=to_datetime_or_none(row["occurred"]),
        recorded_at=to_datetime(row["recorded_at"]),
        subdivision=row["subdivision"],
        traits=dict(row["traits"]),
        tlp=label.tlp,
        handling=list(label.handling),
        markings=list(markings),
    )
