"""Look for capped blocks among the records that are released to a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from consumers.query.disclosed import Disclosed
from consumers.query.filters import EventFilter
from consumers.query.noise.capped_blocks import (
    LEAST_CAP,
    PublisherBlock,
    blocking_keys_of,
    cap_of_key,
    capped_parts,
    left_out_block,
)
from consumers.query.noise.noise_views import LeftOut
from consumers.query.paging import BATCH_SIZE
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.query.views import EventView
from consumers.store.person_keys import key_numbers
from consumers.store.sql import sql
from schemas.event.event_type import released_types
from schemas.model import Reader
from streams.correlation.crowding import Publisher

MOST_KEYS = 300
"""Keys of persons that are looked at: those with the most records of one publisher."""
MOST_OF_KEY = 1_000
MOST_READ = 3_000
"""Records of persons that are read in all."""
MOST_OBJECTS = 1_000
"""Newest records of each type with objects or ways of acting."""
SAMPLE = 3
WAY_OF_ACTING, CULTURAL = "modus_operandi", "cultural_object"


class _SharedKey(NamedTuple):
    """A hashed key that many records of one publisher share."""

    number: int
    publisher: Publisher
    size: int
    events: Sequence[str]


class BlockSearch:
    """Finds capped blocks for one reader as of one moment. Not for two threads at once."""

    def __init__(
        self,
        store: StoreReader,
        secret: bytes | None,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`secret`: of the keys of persons; None where the mechanism's keys are not."""
        self._client, self._store, self._labels = store.client, store, store.labels
        self._secret, self._asked_by = secret, asked_by
        self._events: dict[str, EventView] = {}
        self.is_complete = True

    def left_out(self, disclosed: Disclosed) -> list[LeftOut]:
        """Return the capped blocks; their records are noted as disclosed."""
        capped: dict[PublisherBlock, Mapping[str, int]] = {
            **self._of_persons(),
            **self._of_objects(),
        }
        for times in capped.values():
            disclosed.add_events(self._events[id_] for id_ in times)
        return [left_out_block(part, times) for part, times in capped.items()]

    def _of_persons(self) -> dict[PublisherBlock, dict[str, int]]:
        if self._secret is None:
            self.is_complete = False
            return {}
        shared = list(self._blocks_of(self._shared_keys(), self._secret))
        ids: dict[str, None] = {}
        for key in shared:
            if len(ids) + len(key.events) > MOST_READ:
                self.is_complete = False
                break
            self.is_complete &= key.size <= MOST_OF_KEY
            ids.update(dict.fromkeys(key.events))
        return capped_parts(self._read(list(ids)), "person")

    def _shared_keys(self) -> list[_SharedKey]:
        labels = self._labels.events_released_to(self._asked_by[0])
        publishers = {
            id_: Publisher(label.country, label.authority) for id_, label in labels.items()
        }
        numbers = {name: place for place, name in enumerate(sorted(set(publishers.values())), 1)}
        names = {place: name for name, place in numbers.items()}
        parameters = {
            "labels": list(publishers),
            "publishers": [numbers[name] for name in publishers.values()],
            "as_of": upper_bound(self._asked_by[1]),
            "least": LEAST_CAP,
            "most": MOST_OF_KEY,
            "limit": MOST_KEYS,
        }
        rows = self._client.execute(sql("person_blocks"), parameters) if labels else []
        self.is_complete &= len(rows) < MOST_KEYS
        return [_SharedKey(key, names[place], size, ids) for key, place, size, ids in rows]

    def _blocks_of(self, shared: Sequence[_SharedKey], secret: bytes) -> Iterator[_SharedKey]:
        """Yield the keys that make blocks, and that too many share; others only serve searches."""
        samples = [id_ for key in shared for id_ in key.events[:SAMPLE]]
        events = {event.id: event for event in self._read(samples)}
        for key in shared:
            sample = (events[id_] for id_ in key.events[:SAMPLE] if id_ in events)
            texts = {text for event in sample for text in blocking_keys_of(event, "person")}
            numbers = dict(zip(key_numbers(texts, secret), texts, strict=True))
            text = numbers.get(key.number)
            if text is not None and key.size > cap_of_key(text):
                yield key

    def _of_objects(self) -> dict[PublisherBlock, dict[str, int]]:
        capped: dict[PublisherBlock, dict[str, int]] = {}
        for kind, types in (("object", [CULTURAL]), ("method", _types_with_ways_of_acting())):
            for type_ in types:
                capped |= capped_parts(self._newest(type_), kind)
        return capped

    def _newest(self, type_: str) -> list[EventView]:
        reader, as_of = self._asked_by
        parameters = {**EventFilter(type=type_).parameters(), "as_of": upper_bound(as_of)}
        rows = self._store.candidates("event_candidates", parameters, MOST_OBJECTS, reader)
        self.is_complete &= len(rows) < MOST_OBJECTS
        return self._read([row.id for row in rows])

    def _read(self, ids: Sequence[str]) -> list[EventView]:
        distinct = list(dict.fromkeys(ids))
        unknown = [id_ for id_ in distinct if id_ not in self._events]
        for start in range(0, len(unknown), BATCH_SIZE):
            batch = unknown[start : start + BATCH_SIZE]
            for event in self._store.current_events(batch, *self._asked_by):
                self._events[event.id] = event
        return [self._events[id_] for id_ in distinct if id_ in self._events]


@cache
def _types_with_ways_of_acting() -> Sequence[str]:
    """Return the types of event that say how something was done."""
    return sorted(
        type_.name
        for type_ in released_types().values()
        if any(part["name"] == WAY_OF_ACTING for part in type_.format.definition["fields"])
    )
