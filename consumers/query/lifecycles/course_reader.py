"""Read the events of courses from the store, as far as they are released to a reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from consumers.query.lifecycles.course_acts import (
    COURSE_TYPES,
    REFERENCE,
    CourseEvents,
    about_of,
    as_seen,
    gather,
    references_of,
)
from consumers.query.paging import BATCH_SIZE
from consumers.query.released_labels import EVENTS, EVERY_ROW
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.use_acceptances import opened_reader
from consumers.query.views import EventHistory, EventView
from consumers.store.sql import sql
from schemas.model import Reader

CONTACT_POINT = "contact_point"
MOST_OPENINGS = 1_000
"""The newest openings that a list is made of."""
MOST_LEVELS = 64
"""How often the steps of steps are looked up: a chain of updates may be long."""


class CourseReader:
    """The courses of one generation's database. It raises what clickhouse-driver raises."""

    def __init__(self, store: StoreReader) -> None:
        """`store`: of one generation; its labels choose rows before they are judged."""
        self._client, self._store, self._labels = store.client, store, store.labels

    def newest(
        self, types: Collection[str], reader: Reader, as_of: int | None
    ) -> tuple[list[CourseEvents], bool]:
        """Return the courses of the newest openings of these types, and whether these are all."""
        ids, is_complete = self._newest_ids(types, reader, as_of)
        return self.courses(ids, reader, as_of), is_complete

    def courses(self, ids: Iterable[str], reader: Reader, as_of: int | None) -> list[CourseEvents]:
        """Return the courses that these events are of, whether they open them or are steps."""
        histories = self._up(ids, reader, as_of)
        frontier = dict(histories)
        for _level in range(MOST_LEVELS):
            about = sorted(_names(frontier))
            gathered = set(self._steps(about, reader, as_of)) - histories.keys() if about else set()
            frontier = self._histories(gathered, reader, as_of)
            if not frontier:
                break
            histories |= frontier
        return gather(histories)

    def contacts(self, reader: Reader, as_of: int | None) -> list[EventView]:
        """Return the events of contact points that are in effect and released to the reader."""
        ids, _is_complete = self._newest_ids({CONTACT_POINT}, reader, as_of)
        return [
            history.current
            for history in self._histories(ids, reader, as_of).values()
            if history.status == "current" and history.current.exercise == reader.exercise
        ]

    def newest_histories(
        self, types: Collection[str], reader: Reader, as_of: int | None
    ) -> tuple[dict[str, EventHistory], bool]:
        """Return the newest events of these types by id, withdrawn ones too; whether it is all."""
        ids, is_complete = self._newest_ids(types, reader, as_of)
        return self._histories(ids, reader, as_of), is_complete

    def _newest_ids(
        self, types: Collection[str], reader: Reader, as_of: int | None
    ) -> tuple[list[str], bool]:
        labels = self._labels.of(EVENTS, self._opened(reader))
        limit = EVERY_ROW if labels.all_labels else MOST_OPENINGS
        parameters = {"types": sorted(types), "as_of": upper_bound(as_of), "limit": limit}
        rows = self._client.execute(sql("course_openings"), {**parameters, **labels._asdict()})
        return list(dict.fromkeys(row[0] for row in rows)), len(rows) < limit

    def _steps(self, about: list[str], reader: Reader, as_of: int | None) -> list[str]:
        parameters = {"about": about, "as_of": upper_bound(as_of)}
        labels = self._labels.of(EVENTS, reader)._asdict()
        return [row[0] for row in self._client.execute(sql("course_steps"), parameters | labels)]

    def _up(self, ids: Iterable[str], reader: Reader, as_of: int | None) -> dict[str, EventHistory]:
        """Return these events and what they are about, up to the openings."""
        histories = self._histories(ids, reader, as_of)
        frontier = histories
        for _level in range(MOST_LEVELS):
            parents = {about_of(history.current) for history in frontier.values()}
            named = {about for about in parents if about and not about.startswith(REFERENCE)}
            missing = named - histories.keys()
            frontier = self._histories(missing, reader, as_of)
            if not frontier:
                break
            histories |= frontier
        return histories

    def _histories(
        self, ids: Iterable[str], reader: Reader, as_of: int | None
    ) -> dict[str, EventHistory]:
        """Return what the reader sees of these events.

        Of spontaneous information whose conditions wait for the reader's authority, that is what
        `withheld` leaves of it.
        """
        ordered, opened = sorted(set(ids)), self._opened(reader)
        histories: dict[str, EventHistory] = {}
        for start in range(0, len(ordered), BATCH_SIZE):
            batch = ordered[start : start + BATCH_SIZE]
            batch_histories = self._store.histories(batch, opened, as_of)
            hidden = self._store.hidden_today((item.id for item in batch_histories), reader, as_of)
            for history in batch_histories:
                seen = as_seen(history, reader, history.id in hidden)
                if seen is not None and seen.current.type in {*COURSE_TYPES, CONTACT_POINT}:
                    histories[history.id] = seen
        return histories

    def _opened(self, reader: Reader) -> Reader:
        return opened_reader(self._store.waiting_labels(reader), reader)


def _names(histories: dict[str, EventHistory]) -> set[str]:
    """Return how further steps may name these events."""
    references = {
        reference for history in histories.values() for reference in references_of(history.current)
    }
    return histories.keys() | references
