"""What somebody did in an exercise, task by task, as the query layer finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.lifecycles.course_views import (
    CourseSummary,
    CourseView,
    GapView,
    PartyView,
    StepView,
)
from consumers.query.training.tasks import TaskName, TrainingFacts
from consumers.query.views import ControlEvent, EventHistory, EventView
from consumers.query.work.work_views import CaseView, ItemView, NoteView, WorkSummary
from schemas.practice import guides

BEGIN = datetime(2026, 11, 30, 8, tzinfo=UTC)
View = TypeVar("View")


def at(minute: int) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def view_of(type_: type[View], **values: object) -> View:
    """A view with these values, and empty texts in every other field."""
    names: Mapping[str, Any] = type_.__dataclass_fields__  # type: ignore[attr-defined]
    return type_(**{**dict.fromkeys(names, ""), **values})


def version(minute: int, payload: Mapping[str, object], reason: str | None = None) -> EventView:
    return view_of(
        EventView,
        **{"id": f"rec{minute:05d}", "type": "environmental_crime", "payload": dict(payload)},
        **{"correction_reason": reason, "recorded_at": at(minute)},
    )


def record(*versions: EventView, retracted: int | None = None) -> EventHistory:
    """A record with its versions, newest first."""
    acts = [] if retracted is None else [ControlEvent("r", "retraction", at(retracted))]
    return EventHistory(versions[0].id, "current", versions[0], list(versions), acts, [])


def course(
    kind: str, minute: int, to: str = "PE", lacks: Sequence[str] = (), **summary: Any
) -> CourseView:
    """A course that CO/PONAL opened. `lacks`: fields that a request must have."""
    ends = summary.pop("ended", None)
    steps = [] if ends is None else [view_of(StepView, word="ENDED", at=at(ends), refusal=None)]
    values = {"id": f"{kind}-{minute}", "kind": kind, "state": "SENT", "opened_at": at(minute)}
    parties = [view_of(PartyView, country=to)]
    whole = view_of(CourseSummary, **{**values, "country": "CO", "parties": parties, **summary})
    gaps = [GapView("c", name, is_required=True) for name in lacks]
    return view_of(CourseView, summary=whole, steps=steps, gaps=gaps, events=[], next_steps=[])


def case(minute: int, items: int = 1, notes: int = 1) -> CaseView:
    """A case with its first item a minute after it was opened, and its first note after two."""
    return view_of(
        CaseView,
        summary=view_of(WorkSummary, id=f"case-{minute}"),
        items=[view_of(ItemView, added_at=at(minute + 1))] * items,
        notes=[view_of(NoteView, written_at=at(minute + 2))] * notes,
    )


def whole_report() -> dict[str, object]:
    return {question.field: ["x"] for question in guides()["environment"].questions}


def done_facts() -> dict[TaskName, TrainingFacts]:
    """What does each task alone, as far as one can be done alone."""
    some = {"site": "Río"}
    return {
        TaskName.RECORD: TrainingFacts(records=[record(version(1, some))]),
        TaskName.CORRECTION: TrainingFacts(
            records=[record(version(3, some, "WRONG"), version(2, some))]
        ),
        TaskName.REPORT: TrainingFacts(records=[record(version(4, whole_report()))]),
        TaskName.RETRACTION: TrainingFacts(records=[record(version(5, some), retracted=6)]),
        TaskName.ALERT: TrainingFacts(courses=[course("alert", 7)]),
        TaskName.ALERT_END: TrainingFacts(courses=[course("alert", 8, ended=9)]),
        TaskName.REQUEST: TrainingFacts(courses=[course("assistance", 10)]),
        TaskName.INFORMATION: TrainingFacts(
            courses=[course("information", 11, conditions=["CONFIDENTIAL"])]
        ),
        TaskName.LOOKUP: TrainingFacts(lookups=[view_of(AskedHit, recorded_at=at(12))]),
        TaskName.CASE: TrainingFacts(cases=[case(13)]),
    }


def merged(parts: Sequence[TrainingFacts]) -> TrainingFacts:
    """All of these together, in their order."""
    return TrainingFacts(
        [item for part in parts for item in part.records],
        [item for part in parts for item in part.courses],
        [item for part in parts for item in part.lookups],
        [item for part in parts for item in part.cases],
    )
