"""Read what explanations and titles need, for a whole answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from consumers.query.disclosed import Disclosed
from consumers.query.explanations.explain import ReleasedContent, events_of, explain
from consumers.query.explanations.titles import records_to_read, title_thing, title_things_of
from consumers.query.indicators import IndicatorView
from consumers.query.paging import BATCH_SIZE
from consumers.query.store_reader import StoreReader
from consumers.query.things import Thing
from consumers.query.views import EventHistory
from schemas.model import Reader
from streams.rules import RuleBook


class ExplanationReader:
    """Explains indicators and titles things for one reader, with one question for a page of a list.

    Its methods raise what clickhouse-driver raises. `as_of`: ms since 1970 UTC, None is now. What
    they read is added to what the answer discloses.
    """

    def __init__(self, store: StoreReader, rules: RuleBook, thing_secret: bytes | None) -> None:
        """`thing_secret`: the mechanism's; None where its keys are not."""
        self._store = store
        self._rules = rules
        self._secret = thing_secret

    def explain(
        self, views: Sequence[IndicatorView], reader: Reader, as_of: int | None, shown: Disclosed
    ) -> list[IndicatorView]:
        """Return the indicators, each with its explanation."""
        rules = self._rules.at(as_of).by_id
        content = self._read(events_of(views, rules), reader, as_of, shown)
        return [explain(view, rules[view.rule], content) for view in views]

    def title(
        self, things: Sequence[Thing], reader: Reader, as_of: int | None, shown: Disclosed
    ) -> list[Thing]:
        """Return the things, each with its title and its indicators explained."""
        rules = self._rules.at(as_of).by_id
        indicators = list(chain.from_iterable(thing.indicators for thing in things))
        ids = chain(
            events_of(indicators, rules),
            chain.from_iterable(map(records_to_read, things)),
        )
        content = self._read(list(dict.fromkeys(ids)), reader, as_of, shown)
        return [
            title_thing(
                replace(
                    thing,
                    indicators=[
                        explain(view, rules[view.rule], content) for view in thing.indicators
                    ],
                ),
                content.events,
                self._secret,
            )
            for thing in things
        ]

    def title_alone(
        self, things: Sequence[Thing], reader: Reader, as_of: int | None, shown: Disclosed
    ) -> list[Thing]:
        """Return the things, each with its title; their indicators are not explained."""
        ids = dict.fromkeys(chain.from_iterable(map(records_to_read, things)))
        content = self._read(list(ids), reader, as_of, shown)
        return [title_thing(thing, content.events, self._secret) for thing in things]

    def title_things_of(self, histories: Sequence[EventHistory]) -> list[EventHistory]:
        """Return the histories with their things titled; nothing more is read."""
        return title_things_of(histories, self._secret)

    def _read(
        self, ids: Sequence[str], reader: Reader, as_of: int | None, shown: Disclosed
    ) -> ReleasedContent:
        events = [
            event
            for start in range(0, len(ids), BATCH_SIZE)
            for event in self._store.content_of_evidence(
                ids[start : start + BATCH_SIZE], reader, as_of
            )
        ]
        shown.add_events(events)
        by_id = {event.id: event for event in events}
        return ReleasedContent(by_id, self._secret, reader.exercise)
