"""Answer the questions about events: lists, and one event with its versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from consumers.query.answer_context import AnswerContext
from consumers.query.dates import check_past
from consumers.query.empty_lookups import EmptyLookup
from consumers.query.explanation_reader import ExplanationReader
from consumers.query.filters import EventFilter
from consumers.query.known_names import KnownNames, check_country, check_node, check_place
from consumers.query.paging import DEFAULT_LIMIT, Page, PageRange, read_page
from consumers.query.store_reader import StoreReader, newest_candidate
from consumers.query.views import EventHistory, EventView, to_epoch_ms
from schemas.model import Reader
from schemas.release.rules import sees_content

ANY_EVENT = EventFilter()


class EventQueries:
    """The questions about events over one generation's database, for one answer at a time.

    `as_of`: ms since 1970 UTC, None is now. They raise what clickhouse-driver raises.
    """

    def __init__(
        self,
        store: StoreReader,
        names: KnownNames,
        explanations: ExplanationReader,
        nodes: Collection[str],
        answer: AnswerContext,
    ) -> None:
        """`nodes`: that there are; `answer`: what this is a part of."""
        self._store = store
        self._names = names
        self._explanations = explanations
        self._nodes = nodes
        self._answer = answer

    def newest(
        self,
        reader: Reader,
        filter_: EventFilter,
        as_of: int | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> list[EventView]:
        """List current versions, newest first, `limit` at most. Raises as `page` does."""
        return self.page(reader, filter_, as_of, PageRange(limit)).items

    def page(
        self, reader: Reader, filter_: EventFilter, as_of: int | None, page: PageRange
    ) -> Page[EventView]:
        """Return a part of the list of current versions, newest first.

        Those that are retracted or erased are left out. Raises UnknownNameError for a type of
        event, a country, a place or a node that does not exist, DatesRefusedError for a moment of
        the log that has not come.
        """
        self._names.check_type(filter_.type)
        check_country(filter_.country)
        check_place(filter_.place)
        check_past(filter_.since, "since")
        lookup = EmptyLookup(reader, as_of, "events", asdict(filter_))
        if not sees_content(reader):
            self._answer.add_empty(lookup)
            return Page([], None)
        entitled, disclosed = self._answer.begin("events", reader, as_of)
        events = self._read(entitled, filter_, as_of, page)
        disclosed.add_events(events.items)
        if not events.items:
            if filter_ != ANY_EVENT:
                self._answer.add_empty(lookup)
            check_node(filter_.node, self._nodes)
        return events

    def event(self, id_: str, reader: Reader, as_of: int | None = None) -> EventHistory | None:
        """Return one event with its versions; None where its current version is not released."""
        return next(iter(self.histories([id_], reader, as_of)), None)

    def histories(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventHistory]:
        """Return several events with their versions, as far as they are released."""
        entitled, disclosed = self._answer.begin("event", reader, as_of)
        if not ids:
            return []
        histories = self._store.histories(ids, entitled, as_of, with_things=True)
        for history in histories:
            disclosed.add_events(history.versions)
        if not histories:
            self._answer.add_empty(EmptyLookup(reader, as_of, "event", sorted(ids)))
        return self._explanations.title_things_of(histories)

    def current(
        self, ids: Sequence[str], reader: Reader, as_of: int | None = None
    ) -> list[EventView]:
        """Return the current versions of these events that are released.

        Retracted and erased events are left out.
        """
        entitled, disclosed = self._answer.begin("events", reader, as_of)
        events = self._store.current_events(ids, entitled, as_of)
        disclosed.add_events(events)
        return events

    def _read(
        self, entitled: Reader, filter_: EventFilter, as_of: int | None, page: PageRange
    ) -> Page[EventView]:
        parameters = {**filter_.parameters(), "as_of": newest_candidate(as_of, page.after)}

        def visible(ids: Sequence[str]) -> list[EventView]:
            events = self._store.current_events(ids, entitled, as_of)
            return [event for event in events if filter_.matches(event)]

        return read_page(
            lambda size: self._store.candidates("event_candidates", parameters, size, entitled),
            visible,
            lambda event: (to_epoch_ms(event.recorded_at), event.id),
            page,
        )
