"""Define what is answered about border operations: own plans, whom to call, and results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.lifecycles.course_views import ContactView, CourseView
from consumers.query.views import EventView, Tlp


@dataclass(frozen=True, slots=True)
class PlanCheckView:
    """A plan of the reader's own authority, compared with those of others.

    Of the others it shows nothing but whom to call.
    """

    id: str
    title: str
    reference: str
    state: str
    starts: str
    ends: str
    standing: Annotated[
        str,
        Field(
            description="CLEAR, CONFLICT; not compared: NOT_LIVE, NO_TIME, NO_PLACE, TOO_WIDE, "
            "OVER_LIMIT"
        ),
    ]
    contacts: Annotated[list[ContactView], Field(description="whom to call, in force now")]
    tlp: Tlp
    exercise: str | None


@dataclass(frozen=True, slots=True)
class PlanChecks:
    """The plans of the reader's own authority, those with a conflict at the top."""

    plans: list[PlanCheckView]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class ResultTotal:
    """How many of something the results of an operation report, such as arrests."""

    what: Annotated[str, Field(description="a code of the list operation_measure")]
    count: int


@dataclass(frozen=True, slots=True)
class AttachedRecord:
    """A seizure, arrest or other record that a result names, where it is released to the reader."""

    event: str
    type: str
    country: str
    authority: str
    relation: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """An operation with its results. `check`: null where it is not of the reader's authority."""

    course: CourseView
    check: PlanCheckView | None
    totals: list[ResultTotal]
    records: list[AttachedRecord]


def totals_of(results: Iterable[EventView]) -> list[ResultTotal]:
    """Add up what results report, by what they count."""
    counts: Counter[str] = Counter()
    for result in results:
        for part in _parts(result, "results"):
            what, count = part.get("what"), part.get("count")
            if isinstance(what, str) and isinstance(count, int):
                counts[what] += count
    return [ResultTotal(what, count) for what, count in sorted(counts.items())]


def attached_to(results: Iterable[EventView]) -> dict[str, str]:
    """Return the ids of the records that results name, each with how it belongs there."""
    return {
        str(part["event"]): str(part.get("relation") or "")
        for result in results
        for part in _parts(result, "records")
        if part.get("event")
    }


def sort_key(check: PlanCheckView) -> tuple[bool, str, str]:
    """Order plans with a conflict first, then by when they begin."""
    return check.standing != "CONFLICT", check.starts, check.id


def _parts(result: EventView, name: str) -> Iterable[Mapping[str, object]]:
    values = (result.payload or {}).get(name)
    listed = values if isinstance(values, list) else []
    return [part for part in listed if isinstance(part, Mapping)]
