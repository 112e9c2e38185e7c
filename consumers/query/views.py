"""Define what queries answer: the same values for API, command line, page and tests.

Times are aware datetimes in UTC; ids are text as people write them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from consumers.store.sql import EARLIEST_MS, FAR_FUTURE_MS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Status = Literal["current", "corrected", "retracted", "erased"]
Tlp = Annotated[str, Field(description="TLP 2.0: CLEAR, GREEN, AMBER, AMBER+STRICT or RED")]
Handling = Annotated[list[str], Field(description="handling codes H0 to H3 that the owner set")]
Markings = Annotated[
    list[str],
    Field(
        description="what this reader must see with it: H1, H2, or H3 with the owner's condition"
    ),
]
Recorded = Annotated[datetime, Field(description="when the log took it (Kafka's append time), UTC")]
Occurred = Annotated[
    datetime | None, Field(description="when it happened, UTC; null where unknown")
]


def to_datetime(ms: int) -> datetime:
    """Return the moment of so many milliseconds since 1970 UTC."""
    return EPOCH + timedelta(milliseconds=ms)


def to_datetime_or_none(ms: int | None) -> datetime | None:
    """Return the moment of so many milliseconds since 1970 UTC; None stays None."""
    return None if ms is None else to_datetime(ms)


def to_epoch_ms(at: datetime) -> int:
    """Return the milliseconds since 1970 UTC of an aware moment."""
    return round((at - EPOCH) / timedelta(milliseconds=1))


def to_stored_ms(at: datetime) -> int:
    """Return the milliseconds since 1970 UTC of a moment that somebody asks for.

    What is earlier or later than anything in the store is its first or its last moment, so that no
    calendar ends before it. A moment without a zone is in UTC.
    """
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(to_epoch_ms(aware), EARLIEST_MS), FAR_FUTURE_MS)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The owner's evaluation: scheme and codes as the owner wrote them, never translated."""

    scheme: str
    source: str
    information: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One version of an event, as far as this reader may see it."""

    id: str
    version: str
    supersedes: Annotated[str | None, Field(description="the version this one replaces")]
    correction_reason: Annotated[
        str | None, Field(description="why, a code of the list correction_reason")
    ]
    type: str
    status: Annotated[
        Status,
        Field(
            description="current; corrected by a later version; retracted or erased by its owner"
        ),
    ]
    country: Annotated[str, Field(description="the owner's country")]
    authority: str
    node: str
    recipients: Annotated[
        list[str], Field(description="ALL, a country, country/authority, or @group")
    ]
    tlp: Tlp
    handling: Handling
    condition: Annotated[str | None, Field(description="the text of H3")]
    purpose: str
    legal_basis: str
    urgency: str
    justification: str | None
    crime: Annotated[str, Field(description="ICCS code")]
    case_reference: str | None
    exercise: Annotated[str | None, Field(description="name of the exercise; null is real")]
    evaluation: Evaluation
    occurred_from: Occurred
    occurred_until: Annotated[datetime | None, Field(description="exclusive")]
    occurred_precision: str
    reported_at: datetime
    recorded_at: Recorded
    place_country: str | None
    subdivision: Annotated[str | None, Field(description="ISO 3166-2")]
    language: str
    review_date: str | None
    cord: Annotated[str, Field(description="node/lane/epoch that it was sealed on")]
    sequence: Annotated[
        int | None,
        Field(
            description="of the bundle in its cord; null for who does not own the event, since it "
            "counts bundles that may be hidden"
        ),
    ]
    item: Annotated[int | None, Field(description="in the bundle; null as `sequence` is")]
    markings: Markings
    payload: Annotated[dict[str, Any] | None, Field(description="the content; null once erased")]


@dataclass(frozen=True, slots=True)
class ControlEvent:
    """A retraction or erasure by the owner."""

    id: str
    type: str
    recorded_at: Recorded


@dataclass(frozen=True, slots=True)
class ObservedThing:
    """A thing that an event was observed on."""

    id: str
    kind: str
    title: Annotated[
        dict[str, str] | None,
        Field(description="as the event writes it, by language: es, en; null where it does not"),
    ] = None


@dataclass(frozen=True, slots=True)
class EventHistory:
    """An event with all its versions up to the moment of the question."""

    id: str
    status: Status
    current: Annotated[EventView, Field(description="the head of its versions")]
    versions: Annotated[
        list[EventView], Field(description="newest first, the current one included")
    ]
    acts: list[ControlEvent]
    things: Annotated[list[ObservedThing], Field(description="the things it was observed on")]
