"""Ask for joint investigations with their exhibits, for a reader."""

from __future__ import annotations

from consumers.query.investigations.investigation_views import (
    InvestigationList,
    InvestigationView,
    to_investigation,
    to_line,
)
from consumers.query.lifecycles.course_queries import CourseFilter, CourseQueries
from schemas.model import Reader
from streams.lifecycles.library import INVESTIGATION

MOST = 200
"""Investigations of a list at most: of each one everything is read."""


class InvestigationQueries:
    """The questions over one generation's database, for one answer at a time.

    It raises what clickhouse-driver raises.
    """

    def __init__(self, courses: CourseQueries) -> None:
        """`courses`: answers for the reader, and notes what it disclosed."""
        self._courses = courses

    def investigations(
        self, reader: Reader, state: str = "open", as_of: int | None = None
    ) -> InvestigationList:
        """Return the investigations in a state (open, ended, all), open and newest ones first.

        Raises UnknownNameError for a state that is none.
        """
        filter_ = CourseFilter(state=state)
        views, is_complete = self._courses.in_full(
            INVESTIGATION.name, reader, as_of, filter_, MOST + 1
        )
        lines = [to_line(view, reader) for view in views[:MOST]]
        return InvestigationList(lines, is_complete and len(views) <= MOST)

    def investigation(
        self, id_: str, reader: Reader, as_of: int | None = None
    ) -> InvestigationView | None:
        """Return the investigation that an event opens, or is a step of; None for none."""
        course = self._courses.course(id_, reader, as_of)
        if course is None or course.summary.kind != INVESTIGATION.name:
            return None
        return to_investigation(course, reader)
