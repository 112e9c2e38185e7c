"""Show a record that a finding rests on, without its content. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.views import EventView, Handling, Markings, Occurred, Recorded, Tlp


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A record that a finding rests on."""

    event: Annotated[str, Field(description="the event's id")]
    type: str
    country: str
    authority: str
    occurred: Occurred
    recorded_at: Recorded
    tlp: Tlp
    handling: Handling
    markings: Markings


def finding_record(event: EventView) -> FindingRecord:
    """Return a released event as a finding names it."""
    return FindingRecord(
        event=event.id,
        type=event.type,
        country=event.country,
        authority=event.authority,
        occurred=event.occurred_from,
        recorded_at=event.recorded_at,
        tlp=event.tlp,
        handling=list(event.handling),
        markings=list(event.markings),
    )
