"""Answer how far a reader is in the training course of the exercise that the reader is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from consumers.query.answer_context import AnswerContext
from consumers.query.filters import EventFilter
from consumers.query.hit_lookup.asked import AskedHit
from consumers.query.hit_lookup.queries import HitLookupQueries
from consumers.query.lifecycles.course_queries import CourseQueries
from consumers.query.lifecycles.course_views import CourseView
from consumers.query.paging import PageRange
from consumers.query.store_reader import StoreReader, newest_candidate
from consumers.query.training.tasks import TaskName, TaskProgress, TrainingFacts, check_tasks
from consumers.query.views import EventHistory, to_epoch_ms
from consumers.query.work.work_queries import WorkQueries
from consumers.query.work.work_views import CaseView
from schemas.model import Reader
from schemas.release.rules import sees_content
from streams.lifecycles.library import ALERT, ASSISTANCE, INFORMATION

KINDS = (ALERT.name, ASSISTANCE.name, INFORMATION.name)
MOST_RECORDS, MOST_CASES, MOST_LOOKUPS = 1_000, 20, 100
"""The newest ones that are looked at."""


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """Say how far a reader is in the course of an exercise."""

    exercise: Annotated[
        str | None, Field(description="that the reader is in; null: there is no course")
    ]
    tasks: list[TaskProgress]
    done: Annotated[int, Field(description="tasks that are done")]
    next: Annotated[TaskName | None, Field(description="the first task that is not done")]


NO_COURSE = TrainingProgress(None, [], 0, None)


class TrainingQueries:
    """The question about training over one generation's database. It keeps nothing."""

    def __init__(
        self,
        store: StoreReader,
        courses: CourseQueries,
        hit_lookups: HitLookupQueries,
        work: WorkQueries,
        answer: AnswerContext,
    ) -> None:
        """`answer`: what this is a part of."""
        self._store, self._courses = store, courses
        self._hit_lookups, self._work = hit_lookups, work
        self._answer = answer

    def progress(self, reader: Reader, as_of: int | None = None) -> TrainingProgress:
        """Return the tasks of the reader's exercise, computed from what is released to the reader.

        `as_of`: ms since 1970 UTC, None is now.
        """
        if reader.exercise is None:
            return NO_COURSE
        facts = TrainingFacts()
        if sees_content(reader):
            facts = TrainingFacts(
                self._records(reader, as_of),
                self._opened(reader, as_of),
                self._lookups(reader, as_of),
                self._cases(reader, as_of),
            )
        tasks = check_tasks(facts)
        ahead = [task.name for task in tasks if task.done_at is None]
        return TrainingProgress(
            reader.exercise, tasks, len(tasks) - len(ahead), next(iter(ahead), None)
        )

    def _records(self, reader: Reader, as_of: int | None) -> list[EventHistory]:
        """Return the records that the reader's authority published in the exercise."""
        entitled, disclosed = self._answer.begin("training", reader, as_of)
        parameters = {
            **EventFilter(country=reader.country).parameters(),
            "as_of": newest_candidate(as_of, None),
        }
        rows = self._store.candidates("event_candidates", parameters, MOST_RECORDS, entitled)
        ids = list(dict.fromkeys(row.id for row in rows))
        histories = self._store.histories(ids, entitled, as_of)
        own = [history for history in histories if _is_own(history, reader)]
        for history in own:
            disclosed.add_events(history.versions)
        return own

    def _opened(self, reader: Reader, as_of: int | None) -> list[CourseView]:
        """Return the alerts, requests and information that the reader's authority opened."""
        return [
            view
            for view in self._courses.in_full("", reader, as_of)[0]
            if view.summary.kind in KINDS
            and view.summary.country == reader.country
            and reader.authority in (None, view.summary.authority)
        ]

    def _lookups(self, reader: Reader, as_of: int | None) -> list[AskedHit]:
        lookups = self._hit_lookups.look_ups(reader, "asker", PageRange(MOST_LOOKUPS)).items
        return [
            lookup
            for lookup in lookups
            if as_of is None or to_epoch_ms(lookup.recorded_at) <= as_of
        ]

    def _cases(self, reader: Reader, as_of: int | None) -> list[CaseView]:
        """Return the cases that the reader opened."""
        own = [
            summary.id
            for summary in self._work.cases(reader, as_of)
            if summary.owner.person == reader.person and summary.owner.country == reader.country
        ]
        cases = (self._work.case(id_, reader, as_of) for id_ in own[:MOST_CASES])
        return [case for case in cases if case is not None]


def _is_own(history: EventHistory, reader: Reader) -> bool:
    event = history.current
    return (
        event.exercise == reader.exercise
        and event.country == reader.country
        and reader.authority in (None, event.authority)
    )
