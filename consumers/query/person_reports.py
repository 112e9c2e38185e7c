"""Gather all that is released on one person into a report for the authority entitled to ask.

It says what is held, by whom, until when, and with which marking. It is made of answers to other
questions, so nothing is released by it that they would not release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from consumers.query.persons.person_views import MentionView, Person
from consumers.query.views import EventHistory


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record on the person, with its versions, and until when it is kept."""

    history: EventHistory
    mentions: Annotated[list[MentionView], Field(description="the person as it names them")]
    review_date: Annotated[date | None, Field(description="its owner must extend it before")]


@dataclass(frozen=True, slots=True)
class PersonReport:
    """All that is held on a person and released to the reader.

    `possible`: records that may be of the same person, which are named and not included.
    """

    at: datetime
    person: Person
    records: list[HeldRecord]
    possible: list[MentionView]


def held_records(
    person: Person, histories: list[EventHistory], days: dict[str, date]
) -> list[HeldRecord]:
    """Join the records of a person with their mentions, the oldest first."""
    return [
        HeldRecord(
            history,
            [mention for mention in person.mentions if mention.event == history.id],
            days.get(history.id),
        )
        for history in sorted(histories, key=lambda item: (item.current.recorded_at, item.id))
    ]
