"""Find the records that a rule over many records may concern, by released label.

They are only where to look: what they show is decided on the records themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from consumers.query.filters import EventFilter
from consumers.query.paging import BATCH_SIZE
from consumers.query.released_labels import EVERY_ROW, OBSERVATIONS, ReleasedLabels
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.views import EventView
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from schemas.model import Reader
from schemas.words import load_table
from streams.rules.detectors.detector_rule import (
    CountForm,
    DetectorRule,
    DistinctForm,
    RunForm,
    SequenceForm,
    SumForm,
    TogetherForm,
)

_THINGS_OF_FIELDS = {"to_account": "account", "from_account": "account"}
"""Fields that are things: where a record has one, it names the thing too."""
MOST_THINGS = 2_000
"""The newest things of a kind that a rule is asked about."""
MOST_EVENTS = 10_000
"""The newest records of each type, for rules that ask about no thing."""


class _ThingSearch(NamedTuple):
    """Which things a rule needs: of a kind, in so many records at least."""

    kind: str
    fewest: int


class RuleCandidates:
    """Reads candidates for one reader as of one moment; each record is read once."""

    def __init__(
        self,
        client: Client,
        store: StoreReader,
        labels: ReleasedLabels,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`asked_by`: the entitled reader, and the moment (ms since 1970 UTC, None is now)."""
        self._client, self._store, self._labels = client, store, labels
        self._asked_by = asked_by
        self._events: dict[str, EventView | None] = {}
        self.is_complete = True

    def events_for(self, rule: DetectorRule) -> list[EventView]:
        """Return the released current records that a rule may concern."""
        search = _thing_search(rule)
        ids = self._by_type(rule) if search is None else self._by_thing(rule, search)
        types = set(rule.types)
        return [event for event in self._read(ids) if event.type in types]

    def events_around(self, rule: DetectorRule, events: Collection[str]) -> list[EventView] | None:
        """Return the released current records of all groups of a rule that some events are in.

        These are all records of a rule whose groups no thing leads to, and None where none of the
        events is of a type that it looks at.
        """
        kind = thing_of_groups(rule)
        if kind is None:
            return self.events_for(rule) if self._has_of(rule, events) else None
        labels = self._labels.of(OBSERVATIONS, self._asked_by[0])
        parameters: Mapping[str, Any] = {
            "kind": kind,
            "types": list(rule.types),
            "most": EVERY_ROW if labels.all_labels else rule.hub + 1,
            "as_of": upper_bound(self._asked_by[1]),
            "ids": sorted(events),
            **labels._asdict(),
        }
        rows = self._client.execute(sql("events_of_things"), parameters) if events else []
        types = set(rule.types)
        return [event for event in self._read(row[0] for row in rows) if event.type in types]

    def _has_of(self, rule: DetectorRule, events: Collection[str]) -> bool:
        """Return whether one of these events is, or was, of a type that a rule looks at."""
        parameters = {"ids": sorted(events), "types": list(rule.types)}
        return bool(events) and bool(
            self._client.execute(sql("has_events_of_types"), parameters)[0][0]
        )

    def _by_thing(self, rule: DetectorRule, search: _ThingSearch) -> list[str]:
        labels = self._labels.of(OBSERVATIONS, self._asked_by[0])
        parameters: Mapping[str, Any] = {
            "kind": search.kind,
            "types": list(rule.types),
            "fewest": search.fewest,
            "most": EVERY_ROW if labels.all_labels else rule.hub + 1,
            "as_of": upper_bound(self._asked_by[1]),
            "limit": EVERY_ROW if labels.all_labels else MOST_THINGS,
            **labels._asdict(),
        }
        rows = self._client.execute(sql("rule_things"), parameters)
        self.is_complete &= bool(labels.all_labels) or len(rows) < MOST_THINGS
        return [event for events, _newest in rows for event in events]

    def _by_type(self, rule: DetectorRule) -> list[str]:
        ids: list[str] = []
        for type_ in rule.types:
            parameters = {
                **EventFilter(type=type_).parameters(),
                "as_of": upper_bound(self._asked_by[1]),
            }
            candidates = self._store.candidates(
                "event_candidates", parameters, MOST_EVENTS, self._asked_by[0]
            )
            self.is_complete &= len(candidates) < MOST_EVENTS
            ids += [candidate.id for candidate in candidates]
        return ids

    def _read(self, ids: Iterable[str]) -> list[EventView]:
        wanted_ids = list(dict.fromkeys(ids))
        unknown = [id_ for id_ in wanted_ids if id_ not in self._events]
        for start in range(0, len(unknown), BATCH_SIZE):
            batch = unknown[start : start + BATCH_SIZE]
            self._events.update(dict.fromkeys(batch))
            for event in self._store.current_events(batch, *self._asked_by):
                self._events[event.id] = event
        read = (self._events[id_] for id_ in wanted_ids)
        return [event for event in read if event is not None]


def thing_of_groups(rule: DetectorRule) -> str | None:
    """Return the kind of thing that all records of a group of a rule name; None if there is none.

    Records of a run, of what is seen together, of a path or a network hang together otherwise.
    """
    if not isinstance(rule.form, CountForm | DistinctForm | SumForm | SequenceForm):
        return None
    kinds = (_THINGS_OF_FIELDS.get(name, name) for name in rule.by)
    return next((kind for kind in kinds if kind in load_table("kinds")), None)


def _thing_search(rule: DetectorRule) -> _ThingSearch | None:
    """Return the things that a rule asks about; None for one that asks about fields alone."""
    form = rule.form
    if isinstance(form, TogetherForm):
        return _ThingSearch(form.kind, form.at_least)
    if isinstance(form, RunForm):
        return _ThingSearch(form.kind, 1)
    kind = next((name for name in rule.by if name in load_table("kinds")), None)
    if kind is None:
        return None
    if isinstance(form, CountForm):
        return _ThingSearch(kind, form.at_least)
    return _ThingSearch(kind, 2 if isinstance(form, SequenceForm) else 1)
