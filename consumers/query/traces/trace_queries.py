"""Ask what countries answer to traces of weapons, computed and signed, for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from consumers.query.answer_context import AnswerContext
from consumers.query.known_names import LONGEST_SHOWN, check_word
from consumers.query.lifecycles.course_queries import (
    EVERY_COURSE,
    NEVER,
    CourseFilter,
    CourseQueries,
)
from consumers.query.lifecycles.course_views import CourseView
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.things import Sighting, to_sightings
from consumers.query.traces.trace_figures import DIMENSIONS, TraceFigures, trace_figures
from consumers.query.traces.trace_views import TraceList, TraceView, to_trace, trace_lines
from consumers.query.views import EventView, to_epoch_ms
from schemas.i18n import _
from schemas.model import Reader
from schemas.release.rules import sees_content
from streams.lifecycles.library import TRACE
from streams.lifecycles.model import Party
from streams.lifecycles.tracing import WeaponTrail

WEAPON, CERTAIN = "weapon", "certain"
TRAIL_TYPES = ("weapon_record", "trace_result")
"""Records from which an answer is computed."""


class TraceQueries:
    """The questions over one generation's database, for one answer at a time.

    It raises what clickhouse-driver raises.
    """

    def __init__(self, courses: CourseQueries, store: StoreReader, answer: AnswerContext) -> None:
        """`answer`: what this is a part of."""
        self._courses, self._store = courses, store
        self._answer = answer

    def traces(
        self, reader: Reader, filter_: CourseFilter, as_of: int | None = None, limit: int = NEVER
    ) -> TraceList:
        """Return a line for each country that a trace asks, what is due first at the top.

        `limit`: traces at most. Raises UnknownNameError for a word that is none.
        """
        courses, is_complete = self._courses.in_full(TRACE.name, reader, as_of, filter_, limit)
        traces = self._traced(courses, reader, as_of)
        return TraceList([line for trace in traces for line in trace_lines(trace)], is_complete)

    def trace(self, id_: str, reader: Reader, as_of: int | None = None) -> TraceView | None:
        """Return the trace that an event opens, or is an answer to; None where there is none."""
        course = self._courses.course(id_, reader, as_of)
        if course is None or course.summary.kind != TRACE.name:
            return None
        return self._traced([course], reader, as_of)[0]

    def figures(self, reader: Reader, by: str, as_of: int | None = None) -> list[TraceFigures]:
        """Return the results of traces, by a dimension. Raises UnknownNameError for another one."""
        message = _("There is no column `{name}`.", name=by[:LONGEST_SHOWN])
        check_word(by, DIMENSIONS, message)
        dimension = by or DIMENSIONS[0]
        if not sees_content(reader):
            return []
        courses, _complete = self._courses.in_full(TRACE.name, reader, as_of, EVERY_COURSE)
        return trace_figures(self._traced(courses, reader, as_of), dimension)

    def _traced(
        self, courses: Sequence[CourseView], reader: Reader, as_of: int | None
    ) -> list[TraceView]:
        """Return traces with what the reader's records say of their weapons."""
        if not courses:
            return []
        entitled, disclosed = self._answer.begin("traces", reader, as_of)
        things = self._weapons(courses, as_of)
        sightings = self._sightings(sorted({*things}), entitled, as_of)
        ids = sorted({s.event for own in sightings.values() for s in own if s.type in TRAIL_TYPES})
        events = {e.id: e for e in self._store.current_events(ids, entitled, as_of)}
        traces = []
        for course in courses:
            own = [sightings[thing] for thing in sightings if course.opening.id in things[thing]]
            trail = _trail(course.opening.id, own, events)
            disclosed.add_events(events[item.event] for item in trail)
            traces.append(to_trace(course, trail))
        return traces

    def _weapons(
        self, courses: Sequence[CourseView], as_of: int | None
    ) -> Mapping[str, frozenset[str]]:
        """Return the weapons that these traces ask about, each with the ids of its traces."""
        ids = [course.opening.id for course in courses]
        by_event = self._store.things_of_events(ids, upper_bound(as_of))
        kinds = self._store.kinds_of_things(ids, as_of)
        weapons = {thing for thing, kind in kinds.items() if kind == WEAPON}
        return {
            thing: frozenset(id_ for id_, own in by_event.items() if thing in own)
            for thing in weapons
        }

    def _sightings(
        self, things: Sequence[str], reader: Reader, as_of: int | None
    ) -> dict[str, list[Sighting]]:
        rows = self._store.observations(things, reader, as_of) if things else []
        return {
            thing: to_sightings(own, reader)
            for thing, own in groupby(rows, key=lambda row: str(row["thing"]))
        }


def _trail(
    opening: str, sightings: Sequence[Sequence[Sighting]], events: Mapping[str, EventView]
) -> list[WeaponTrail]:
    """Return the records on the weapons of a trace, each once; certain where any match is."""
    certain: dict[str, bool] = {}
    for own in sightings:
        is_read = any(s.event == opening and s.certainty == CERTAIN for s in own)
        for sighting in own:
            if sighting.event in events:
                is_certain = is_read and sighting.certainty == CERTAIN
                certain[sighting.event] = certain.get(sighting.event, False) or is_certain
    return [_record(events[id_], is_certain) for id_, is_certain in sorted(certain.items())]


def _record(event: EventView, is_certain: bool) -> WeaponTrail:
    moment = event.occurred_from or event.recorded_at
    return WeaponTrail(
        event.id,
        event.type,
        Party(event.country, event.authority),
        f"{moment:%Y-%m-%d}",
        to_epoch_ms(event.recorded_at),
        is_certain,
        event.payload or {},
    )
