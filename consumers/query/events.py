"""Turn the stored rows of an event into what a reader sees of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from consumers.query.views import (
    ControlEvent,
    Evaluation,
    EventHistory,
    EventView,
    ObservedThing,
    Status,
    to_datetime,
    to_datetime_or_none,
)
from consumers.store.stored_evidence import label_of
from schemas.model import Reader
from schemas.release.rules import release
from streams.intake.event_versions import EventVersions

Row = Mapping[str, Any]

_AS_STORED = (
    "id",
    "version",
    "supersedes",
    "correction_reason",
    "type",
    "country",
    "authority",
    "node",
    "tlp",
    "condition",
    "purpose",
    "legal_basis",
    "urgency",
    "justification",
    "crime",
    "case_reference",
    "exercise",
    "occurred_precision",
    "place_country",
    "subdivision",
    "language",
    "review_date",
    "cord",
)


def current_version(rows: Sequence[Row]) -> Row:
    """Return the current one of an event's versions, at least one, in any order.

    It is the head of `supersedes`, by the same rule as intake's.
    """
    versions = EventVersions()
    ordered = sorted(
        rows, key=lambda row: (row["topic"], row["partition"], row["offset"], row["item"])
    )
    for row in ordered:
        former = row["supersedes"]
        versions.add(UUID(row["version"]).bytes, UUID(former).bytes if former else None, [])
    head = str(UUID(bytes=versions.head)) if versions.head else ordered[-1]["version"]
    return next(row for row in ordered if row["version"] == head)


def to_history(
    rows: Sequence[Row],
    control_events: Sequence[ControlEvent],
    reader: Reader,
    things: Sequence[ObservedThing] = (),
) -> EventHistory | None:
    """Return what the reader sees of one event; None where its current version is not released.

    `rows`: its versions up to the moment of the question; `control_events`: its retractions and
    erasures up to then.
    """
    head = current_version(rows)
    decision = release(label_of(head), reader)
    if not decision.released:
        return None
    status = _status(control_events)
    return EventHistory(
        id=str(head["id"]),
        status=status,
        current=_event(head, status, decision.markings, reader),
        versions=_versions(rows, head, status, reader),
        acts=list(control_events),
        things=list(things),
    )


def _versions(rows: Sequence[Row], head: Row, status: Status, reader: Reader) -> list[EventView]:
    """Return the versions that are released to the reader, newest first."""
    versions = []
    for row in sorted(
        rows, key=lambda row: (row["recorded_at"], row["offset"], row["item"]), reverse=True
    ):
        decision = release(label_of(row), reader)
        if decision.released:
            is_former = row is not head and status == "current"
            version_status: Status = "corrected" if is_former else status
            versions.append(_event(row, version_status, decision.markings, reader))
    return versions


def _status(control_events: Sequence[ControlEvent]) -> Status:
    types = {control_event.type for control_event in control_events}
    if "erasure" in types:
        return "erased"
    return "retracted" if "retraction" in types else "current"


def _event(row: Row, status: Status, markings: Sequence[str], reader: Reader) -> EventView:
    is_owner = row["country"] == reader.country
    return EventView(
        **{name: row[name] for name in _AS_STORED},
        sequence=row["sequence"] if is_owner else None,
        item=row["item"] if is_owner else None,
        recipients=list(row["recipients"]),
        handling=list(row["handling"]),
        evaluation=Evaluation(
            row["evaluation_scheme"], row["evaluation_source"], row["evaluation_information"]
        ),
        occurred_from=to_datetime_or_none(row["occurred_from"]),
        occurred_until=to_datetime_or_none(row["occurred_until"]),
        reported_at=to_datetime(row["reported_at"]),
        recorded_at=to_datetime(row["recorded_at"]),
        status=status,
        markings=list(markings),
        payload=orjson.loads(row["payload"]) if row["payload"] else None,
    )
