"""Count how courses kept their deadlines: the service-level report. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Annotated

from pydantic import Field

from streams.lifecycles.model import Course, Deadline, DeadlineStatus

HOUR_MS = 3_600_000
_ANSWERED = (DeadlineStatus.KEPT, DeadlineStatus.LATE)


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """How a country kept one deadline of a kind of course, among what the reader may see."""

    kind: str
    deadline: str
    country: str
    is_urgent: bool
    in_time: int
    late: int
    missed: Annotated[int, Field(description="not done, and over")]
    running: int
    median_hours: Annotated[
        float | None, Field(description="from the opening to what kept it; null for none")
    ]


def answer_times(courses: Iterable[Course]) -> list[AnswerTimes]:
    """Return the figures by kind, deadline, country and urgency."""
    groups: dict[tuple[str, str, str, bool], list[tuple[int, Deadline]]] = defaultdict(list)
    for course in courses:
        opening = course.opening
        for item in course.deadlines:
            key = (course.lifecycle, item.name, item.party.country, opening.is_urgent)
            groups[key].append((opening.at, item))
    return [_figures(key, items) for key, items in sorted(groups.items())]


def _figures(key: tuple[str, str, str, bool], items: list[tuple[int, Deadline]]) -> AnswerTimes:
    counts = {status: sum(item.status is status for _, item in items) for status in DeadlineStatus}
    hours = [
        (item.at - begin) / HOUR_MS
        for begin, item in items
        if item.status in _ANSWERED and item.at is not None
    ]
    return AnswerTimes(
        *key,
        in_time=counts[DeadlineStatus.KEPT],
        late=counts[DeadlineStatus.LATE],
        missed=counts[DeadlineStatus.MISSED],
        running=counts[DeadlineStatus.RUNNING],
        median_hours=round(median(hours), 2) if hours else None,
    )
