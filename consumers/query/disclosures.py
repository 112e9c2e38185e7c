"""Show the disclosure ledger to its readers. Pure.

An owner sees what was shown of its own items (`consumers.query.owner_ledger`), the mechanism's
auditor sees everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.cursors import Cursor
from consumers.query.views import Handling, Recorded, to_datetime, to_datetime_or_none
from schemas.model import Reader
from schemas.release.rules import AUDITOR, MECHANISM, sees_content

Row = Mapping[str, Any]

_AS_STORED = (
    "offset",
    "act",
    "through",
    "person",
    "country",
    "authority",
    "clearance",
    "purpose",
    "exercise",
)
NO_VERSION = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class DisclosureFilter:
    """Which entries; empty and zero mean any.

    `event`: first or last digits of its id; `since`: ms since 1970 UTC.
    """

    event: str = ""
    person: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class DisclosedEvent:
    """An event that was shown."""

    id: str
    version: Annotated[
        str | None,
        Field(description="null where it was shown as evidence or as a member of a thing"),
    ]
    recorded_at: Annotated[datetime, Field(description="of the version or observation shown")]
    country: Annotated[str, Field(description="the owner's")]
    authority: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An entry of the ledger as its reader sees it.

    An owner sees its own events alone: indicators and things are left out. What was shown as
    evidence is one line a reader and day; its time is the begin of that day, UTC.
    """

    recorded_at: Recorded
    offset: Annotated[
        int | None,
        Field(
            description="in the topic quipu.disclosures; null for an owner, since it counts "
            "entries about what is not its own"
        ),
    ]
    act: Annotated[
        str,
        Field(
            description="shown; accepted: a condition of the owner; empty: nothing was shown; "
            "decided: a verdict on who is who; worked: work on a case, note, watch-list, search or "
            "finding; stated: why another purpose is asked for"
        ),
    ]
    through: Annotated[
        str, Field(description="api, cli, page, or hit: told to the authority's nodes")
    ]
    questions: list[str]
    person: str
    country: str
    authority: str | None
    roles: list[str]
    clearance: str
    groups: list[str]
    purpose: str | None
    exercise: str | None
    as_of: Annotated[datetime | None, Field(description="the moment asked for; null is now")]
    indicators: list[str]
    things: list[str]
    events: list[DisclosedEvent]
    tlp: Annotated[
        str | None,
        Field(
            description="the most restrictive shown; null for an owner, since it may stem "
            "from what is not its own"
        ),
    ]
    markings: Handling
    condition: Annotated[str | None, Field(description="that was accepted")]
    condition_of: str | None
    question_hash: Annotated[
        str | None,
        Field(
            description="of a question that showed nothing, or that names a person: keyed hash of "
            "what was asked, in hexadecimal digits; for the mechanism's auditor alone"
        ),
    ]
    justification: Annotated[
        str | None,
        Field(
            description="why another purpose is asked for, word for word; for the mechanism's "
            "auditor alone"
        ),
    ]


def may_read_ledger(reader: Reader) -> bool:
    """Return whether the reader may ask the ledger: who sees content may, and auditors."""
    return AUDITOR in reader.roles or sees_content(reader)


def visible_owner(reader: Reader) -> str:
    """Return the country whose items this reader may see in the ledger; empty means everybody's."""
    return "" if reader.country == MECHANISM and AUDITOR in reader.roles else reader.country


def entry_place(row: Row) -> Cursor:
    """Return the place just after an entry, in a list of all entries."""
    return Cursor(row["recorded_at"], str(row["offset"]))


def to_disclosure(row: Row, owner: str) -> Disclosure:
    """Read a row of queries/disclosures.sql as `owner` may see it; empty: everything of it."""
    is_auditor = owner == ""
    own_condition = owner in ("", row["condition_country"])
    return Disclosure(
        **{name: row[name] for name in _AS_STORED},
        recorded_at=to_datetime(row["recorded_at"]),
        as_of=to_datetime_or_none(row["as_of"]),
        questions=list(row["questions"]) if is_auditor else [],
        roles=list(row["roles"]),
        groups=list(row["groups"]) if is_auditor else [],
        indicators=list(row["indicators"]) if is_auditor else [],
        things=list(row["things"]) if is_auditor else [],
        events=_events(row, owner),
        tlp=row["tlp"] if is_auditor else None,
        markings=list(row["markings"]) if is_auditor else [],
        condition=row["condition"] if own_condition else None,
        condition_of=row["condition_country"] if own_condition else None,
        question_hash=(row["question_hash"] or None) if is_auditor else None,
        justification=(row["justification"] or None) if is_auditor else None,
    )


def _events(row: Row, owner: str) -> list[DisclosedEvent]:
    columns = ("events", "versions", "events_recorded", "owners", "owning_authorities")
    return [
        DisclosedEvent(
            id=id_,
            version=None if version == NO_VERSION else version,
            recorded_at=to_datetime(recorded_at),
            country=country,
            authority=authority,
        )
        for id_, version, recorded_at, country, authority in zip(
            *(row[column] for column in columns), strict=True
        )
        if owner in ("", country)
    ]
