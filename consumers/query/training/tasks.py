"""Check the ten tasks of the training course by what the log and the ledger hold. Pure.

Nothing remembers that a task was done: each check looks for the record, step, look-up or case that
the task asks for, within one exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.lifecycles.course_views import CourseView
from consumers.query.views import EventHistory, EventView
from consumers.query.work.work_views import CaseView
from schemas.practice import guide_of_type
from streams.lifecycles.library import ALERT, ASSISTANCE, INFORMATION


class TaskName(StrEnum):
    """Name the tasks, in their order."""

    RECORD = "record"
    CORRECTION = "correction"
    REPORT = "report"
    RETRACTION = "retraction"
    ALERT = "alert"
    ALERT_END = "alert-end"
    REQUEST = "request"
    INFORMATION = "information"
    LOOKUP = "look-up"
    CASE = "case"


class Lack(StrEnum):
    """Name what a task still lacks."""

    NO_RECORD = "NO_RECORD"
    NO_CORRECTION = "NO_CORRECTION"
    NO_REPORT = "NO_REPORT"
    REPORT_INCOMPLETE = "REPORT_INCOMPLETE"
    NO_RETRACTION = "NO_RETRACTION"
    NO_ALERT = "NO_ALERT"
    ALERT_AT_HOME = "ALERT_AT_HOME"
    ALERT_OPEN = "ALERT_OPEN"
    NO_REQUEST = "NO_REQUEST"
    REQUEST_DRAFT = "REQUEST_DRAFT"
    REQUEST_INCOMPLETE = "REQUEST_INCOMPLETE"
    NO_INFORMATION = "NO_INFORMATION"
    NO_CONDITIONS = "NO_CONDITIONS"
    NO_LOOKUP = "NO_LOOKUP"
    NO_CASE = "NO_CASE"
    CASE_EMPTY = "CASE_EMPTY"
    NO_NOTE = "NO_NOTE"


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Hold what one person and their authority did in an exercise.

    `records`: of the authority, requests and alerts too; `courses`: that it opened; `lookups`: of
    the person; `cases`: that the person owns.
    """

    records: Sequence[EventHistory] = ()
    courses: Sequence[CourseView] = ()
    lookups: Sequence[AskedHit] = ()
    cases: Sequence[CaseView] = ()


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """Say whether a task is done, and what it lacks."""

    name: TaskName
    done_at: Annotated[datetime | None, Field(description="null where it is not done")] = None
    lack: Annotated[Lack | None, Field(description="what is missing; null where it is done")] = None
    fields: Annotated[
        list[str], Field(description="fields that are missing, of a report or request")
    ] = field(default_factory=list)
    about: Annotated[
        str | None, Field(description="id of the record or case that lacks something")
    ] = None


Check = Callable[[TrainingFacts], TaskProgress]


def check_tasks(facts: TrainingFacts) -> list[TaskProgress]:
    """Check every task, in their order."""
    return [_CHECKS[name](facts) for name in TaskName]


def _record(facts: TrainingFacts) -> TaskProgress:
    times = (history.versions[-1].recorded_at for history in facts.records)
    return _done(TaskName.RECORD, times, Lack.NO_RECORD)


def _correction(facts: TrainingFacts) -> TaskProgress:
    corrected = (version for version in _versions(facts) if version.correction_reason)
    times = (version.recorded_at for version in corrected)
    return _done(TaskName.CORRECTION, times, Lack.NO_CORRECTION)


def _report(facts: TrainingFacts) -> TaskProgress:
    lacking = [
        (gaps, version) for version in _versions(facts) if (gaps := _gaps(version)) is not None
    ]
    whole = [version.recorded_at for gaps, version in lacking if not gaps]
    if whole or not lacking:
        return _done(TaskName.REPORT, whole, Lack.NO_REPORT)
    fewest = min(len(gaps) for gaps, _version in lacking)
    gaps, version = max(
        (pair for pair in lacking if len(pair[0]) == fewest),
        key=lambda pair: (pair[1].recorded_at, pair[1].id),
    )
    return TaskProgress(TaskName.REPORT, None, Lack.REPORT_INCOMPLETE, gaps, version.id)


def _retraction(facts: TrainingFacts) -> TaskProgress:
    acts = (act for history in facts.records for act in history.acts if act.type == "retraction")
    return _done(TaskName.RETRACTION, (act.recorded_at for act in acts), Lack.NO_RETRACTION)


def _alert(facts: TrainingFacts) -> TaskProgress:
    alerts = _of_kind(facts, ALERT.name)
    abroad = [alert for alert in alerts if _is_abroad(alert)]
    if alerts and not abroad:
        return TaskProgress(
            TaskName.ALERT, None, Lack.ALERT_AT_HOME, about=_newest(alerts).summary.id
        )
    return _done(TaskName.ALERT, _openings(abroad), Lack.NO_ALERT)


def _alert_end(facts: TrainingFacts) -> TaskProgress:
    alerts = _of_kind(facts, ALERT.name)
    ends = [
        step.at
        for alert in alerts
        for step in alert.steps
        if step.refusal is None and step.word in ("ENDED", "CANCELLED")
    ]
    if alerts and not ends:
        return TaskProgress(
            TaskName.ALERT_END, None, Lack.ALERT_OPEN, about=_newest(alerts).summary.id
        )
    return _done(TaskName.ALERT_END, ends, Lack.NO_ALERT)


def _request(facts: TrainingFacts) -> TaskProgress:
    requests = _of_kind(facts, ASSISTANCE.name)
    sent = [request for request in requests if request.summary.state != ASSISTANCE.draft]
    whole = [request for request in sent if not _required(request)]
    if whole or not requests:
        return _done(TaskName.REQUEST, _openings(whole), Lack.NO_REQUEST)
    if not sent:
        return TaskProgress(
            TaskName.REQUEST, None, Lack.REQUEST_DRAFT, about=_newest(requests).summary.id
        )
    fewest = min(len(_required(request)) for request in sent)
    nearest = _newest([request for request in sent if len(_required(request)) == fewest])
    return TaskProgress(
        *(TaskName.REQUEST, None, Lack.REQUEST_INCOMPLETE),
        *(_required(nearest), nearest.summary.id),
    )


def _information(facts: TrainingFacts) -> TaskProgress:
    given = _of_kind(facts, INFORMATION.name)
    bound = [item for item in given if item.summary.conditions or item.summary.condition_text]
    if given and not bound:
        return TaskProgress(
            TaskName.INFORMATION, None, Lack.NO_CONDITIONS, about=_newest(given).summary.id
        )
    return _done(TaskName.INFORMATION, _openings(bound), Lack.NO_INFORMATION)


def _lookup(facts: TrainingFacts) -> TaskProgress:
    times = (lookup.recorded_at for lookup in facts.lookups)
    return _done(TaskName.LOOKUP, times, Lack.NO_LOOKUP)


def _case(facts: TrainingFacts) -> TaskProgress:
    whole = [case for case in facts.cases if case.items and case.notes]
    if whole or not facts.cases:
        return _done(TaskName.CASE, (_collected_at(case) for case in whole), Lack.NO_CASE)
    begun = max(facts.cases, key=_begun)
    lack = Lack.NO_NOTE if begun.items else Lack.CASE_EMPTY
    return TaskProgress(TaskName.CASE, None, lack, about=begun.summary.id)


_CHECKS: Mapping[TaskName, Check] = {
    TaskName.RECORD: _record,
    TaskName.CORRECTION: _correction,
    TaskName.REPORT: _report,
    TaskName.RETRACTION: _retraction,
    TaskName.ALERT: _alert,
    TaskName.ALERT_END: _alert_end,
    TaskName.REQUEST: _request,
    TaskName.INFORMATION: _information,
    TaskName.LOOKUP: _lookup,
    TaskName.CASE: _case,
}


def _done(name: TaskName, times: Iterable[datetime], lack: Lack) -> TaskProgress:
    """Return a task as done at the earliest of these times; without one it lacks something."""
    earliest = min(times, default=None)
    return TaskProgress(name, earliest, None if earliest else lack)


def _versions(facts: TrainingFacts) -> Iterable[EventView]:
    return (version for history in facts.records for version in history.versions)


def _gaps(version: EventView) -> list[str] | None:
    """Return what a report of a specialised office lacks; None for another record."""
    guide = guide_of_type(version.type)
    if guide is None or version.payload is None:
        return None
    return [question.field for question in guide.lacking(version.payload)]


def _of_kind(facts: TrainingFacts, kind: str) -> list[CourseView]:
    return [course for course in facts.courses if course.summary.kind == kind]


def _newest(courses: Iterable[CourseView]) -> CourseView:
    """Return the newest course, so that the order in which they were found says nothing."""
    return max(courses, key=lambda course: (course.summary.opened_at, course.summary.id))


def _required(request: CourseView) -> list[str]:
    return [gap.field for gap in request.gaps if gap.is_required]


def _begun(case: CaseView) -> tuple[bool, bool, str]:
    """Return how far a case is, and its id."""
    return bool(case.items), bool(case.notes), case.summary.id


def _openings(courses: Iterable[CourseView]) -> Iterable[datetime]:
    return (course.summary.opened_at for course in courses)


def _is_abroad(course: CourseView) -> bool:
    own = course.summary.country
    return any(party.country != own for party in course.summary.parties)


def _collected_at(case: CaseView) -> datetime:
    """Return when a case had both its first item and its first note."""
    item = min(item.added_at for item in case.items)
    return max(item, min(note.written_at for note in case.notes))
