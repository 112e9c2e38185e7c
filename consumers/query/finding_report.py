"""Read what of a finding, a thing or a person may be passed on, and refuse where nothing may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from consumers.query.figures.marking import FigureMarking
from consumers.query.indicators import IndicatorView
from consumers.query.lifecycles.course_views import CourseView
from consumers.query.persons.person_views import Person
from consumers.query.query_layer import QueryLayer
from consumers.query.things import Thing
from consumers.query.use_acceptances import label_of_view
from consumers.query.views import EventHistory, EventView
from infra.clock import now_ms
from infra.errors import QuipuError
from schemas.i18n import _
from schemas.model import Reader, Use
from schemas.release.rules import combine_labels
from streams.lifecycles.library import ASSISTANCE

MOST_RECORDS = 1_000
"""Records that one file describes; a list as CSV has any number."""
Subject = TypeVar("Subject", IndicatorView, Thing, Person, CourseView)


class NotPassedOnError(QuipuError):
    """What a reader sees rests on records that may not be passed on."""

    code = "NOT_PASSED_ON"


@dataclass(frozen=True, slots=True)
class Report(Generic[Subject]):
    """What may be passed on. `at`: ms since 1970 UTC; `records`: in the order of the subject.

    `reader`: for whom it was read, with what becomes of it; `left_out`: for how many records there
    was no room.
    """

    subject: Subject
    records: Sequence[EventHistory]
    at: int
    reader: Reader
    left_out: int = 0

    @property
    def marking(self) -> FigureMarking:
        """What all its records together demand of who has the file."""
        return marking_of(history.current for history in self.records)


FindingReport = Report[IndicatorView]
ThingReport = Report[Thing]
PersonReport = Report[Person]
RequestReport = Report[CourseView]


def marking_of(events: Iterable[EventView]) -> FigureMarking:
    """Return what events demand together of everybody, their owners' own country too.

    An owner sees its own records unmarked. To whom a file is passed on, every code applies.
    """
    marking = combine_labels(map(label_of_view, events))
    codes = [code for code in marking.handling if code != "H3"]
    return FigureMarking(
        marking.tlp, [*codes, *(f"H3: {condition}" for condition in marking.conditions)]
    )


def finding_report(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, use: Use
) -> FindingReport | None:
    """Return what of a finding may be passed on; None where the reader sees no such finding.

    `as_of`: ms since 1970 UTC, None is now; `use`: file or court. Raises NotPassedOnError.
    """
    ask = queries.indicators.indicator
    view, asker, at = _passable(lambda who, then: ask(id_, who, then), reader, as_of, use)
    if view is None:
        return None
    events = [piece.event for piece in view.evidence]
    return Report(view, *_records(queries, events, asker, at))


def thing_report(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, use: Use
) -> ThingReport | None:
    """Return what of a thing may be passed on; as `finding_report` does."""
    ask = queries.things.thing
    view, asker, at = _passable(lambda who, then: ask(id_, who, then), reader, as_of, use)
    if view is None:
        return None
    events = [sighting.event for sighting in view.members]
    return Report(view, *_records(queries, events, asker, at))


def person_report(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, use: Use
) -> PersonReport | None:
    """Return what of a person may be passed on; as `finding_report` does."""
    ask = queries.persons.person
    view, asker, at = _passable(lambda who, then: ask(id_, who, then), reader, as_of, use)
    if view is None:
        return None
    events = [mention.event for mention in (*view.mentions, *view.others)]
    return Report(view, *_records(queries, events, asker, at))


def request_report(
    queries: QueryLayer, id_: str, reader: Reader, as_of: int | None, use: Use
) -> RequestReport | None:
    """Return a request for judicial assistance; as `finding_report` does.

    Raises QuipuError PARAMETER for a course that is none.
    """
    ask = queries.courses.course
    view, asker, at = _passable(lambda who, then: ask(id_, who, then), reader, as_of, use)
    if view is None:
        return None
    if view.summary.kind != ASSISTANCE.name:
        raise QuipuError(
            _("Only a request for judicial assistance has a form to print."),
            _("List them with `quipu request list --kind assistance`."),
            "PARAMETER",
        )
    return Report(view, *_records(queries, [view.summary.id], asker, at))


def _passable(
    ask: Callable[[Reader, int], Subject | None], reader: Reader, as_of: int | None, use: Use
) -> tuple[Subject | None, Reader, int]:
    """Return what remains for this use, who asks for it, and as of when.

    A file has one moment. Something that the reader may not see is as if it were not there.
    """
    at = now_ms() if as_of is None else as_of
    asker = replace(reader, use=use)
    view = ask(asker, at)
    if view is None and ask(reader, at) is not None:
        raise NotPassedOnError(
            _("Without the records that may not be passed on, nothing of this remains."),
            _("Ask the owner of the records marked H1 or H2 for permission."),
        )
    return view, asker, at


def _records(
    queries: QueryLayer, events: Iterable[str], asker: Reader, at: int
) -> tuple[list[EventHistory], int, Reader, int]:
    """Return the last values of a report: records in their order, the moment, who asks, left out.

    The first records are taken, since their subject has them in a meaningful order.
    """
    ids = list(dict.fromkeys(events))
    released = {
        history.id: history for history in queries.events.histories(ids[:MOST_RECORDS], asker, at)
    }
    records = [released[id_] for id_ in ids if id_ in released]
    return records, at, asker, max(0, len(ids) - MOST_RECORDS)
