"""Read from the store which events may have a person, and what analysts decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.cursors import Cursor
from consumers.query.paging import BATCH_SIZE
from consumers.query.persons.released_persons import ReleasedPerson, released_persons
from consumers.query.persons.rule_conditions import TypedRecord
from consumers.query.persons.search_keys import KeySize, SearchKeys, choose_keys
from consumers.query.released_labels import (
    EVENTS,
    EVERY_ROW,
    LINKS,
    OBSERVATIONS,
)
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.store.person_keys import person_keys
from consumers.store.sql import sql
from schemas.model import Reader
from streams.identities.assembly import AUTOMATIC, POSSIBLE
from streams.identities.mention import Pair, PersonMention, Verdict
from streams.matching import PersonRecord


class StoredVerdict(NamedTuple):
    """The last verdict on a pair. `recorded_at`: ms since 1970 UTC; authority may be empty."""

    verdict: Verdict
    reason: str
    person: str
    country: str
    authority: str
    recorded_at: int


class ListWindow(NamedTuple):
    """Which part of a list: `most` items after a place; one end is of `country`, if not empty."""

    after: Cursor | None
    most: int
    country: str = ""


class LinkedPair(NamedTuple):
    """Two events whose persons may be one. `place`: of the pair in the list of all."""

    event: str
    other: str
    records: tuple[TypedRecord, TypedRecord]
    place: Cursor
    probability: float

    @property
    def events(self) -> tuple[str, str]:
        """Return the ids of both events."""
        return self.event, self.other

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> LinkedPair:
        """Read a row of linked_pairs.sql or links_of_events.sql."""
        event, other, *rest = row
        records = (TypedRecord(*rest[:2]), TypedRecord(*rest[2:4]))
        return cls(event, other, records, Cursor(rest[4], rest[5]), rest[6])


class SharedDocument(NamedTuple):
    """The events that name one document. `place`: of the document in the list of all."""

    events: tuple[str, ...]
    place: Cursor


MOST_EVENTS = 200
"""Events that are compared for one record: those that share the most keys with it."""


class PersonStore:
    """The persons of one generation's database, as one reader sees them as of a moment.

    `as_of`: ms since 1970 UTC, None is now. Not for two threads at once.
    """

    def __init__(
        self,
        store: StoreReader,
        secret: bytes,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`secret`: of the keys of things; `asked_by`: the entitled reader, and as of when."""
        self._client, self._store, self._labels = store.client, store, store.labels
        self._secret = secret
        self.asked_by = asked_by
        self._persons: dict[str, list[ReleasedPerson]] = {}
        self._verdicts: dict[str, dict[Pair, StoredVerdict]] = {}
        """By event, as far as they were read."""
        self.is_complete = True
        """Whether no look-up found more events than it compares."""

    def like(self, records: Sequence[PersonRecord]) -> list[ReleasedPerson]:
        """Return every person of the events that share keys with these records."""
        restriction = self._restricted_to(EVENTS, MOST_EVENTS + 1)
        parameters = {"as_of": upper_bound(self.asked_by[1]), **restriction}
        chosen = self._search_keys(person_keys(records, self._secret), parameters)
        self.is_complete &= chosen.is_complete
        parameters["keys"] = chosen.keys
        rows = self._client.execute(sql("person_candidates"), parameters) if chosen.keys else []
        events = self._released([event for event, _shared in rows], MOST_EVENTS + 1)
        is_cut = parameters["limit"] != EVERY_ROW and len(rows) > MOST_EVENTS
        self.is_complete &= len(events) <= MOST_EVENTS and not is_cut
        return self.of_events(events[:MOST_EVENTS])

    def _search_keys(self, keys: Sequence[int], parameters: Mapping[str, Any]) -> SearchKeys:
        """Return the keys to look for. `parameters`: the moment and the released labels.

        Where rows of all labels are fetched, their numbers would tell of hidden ones.
        """
        if not keys or parameters["all_labels"]:
            return SearchKeys(keys, True)
        rows = self._client.execute(sql("person_key_sizes"), {**parameters, "keys": keys})
        return choose_keys([KeySize(*row) for row in rows])

    def of_events(self, ids: Sequence[str]) -> list[ReleasedPerson]:
        """Return the persons of these events, as far as they are released and in effect."""
        unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._persons]
        for start in range(0, len(unknown), BATCH_SIZE):
            batch = unknown[start : start + BATCH_SIZE]
            self._persons.update((id_, []) for id_ in batch)
            for person in released_persons(
                self._store.current_events(batch, self.asked_by[0], self.asked_by[1])
            ):
                self._persons[person.mention.event].append(person)
        return [person for id_ in dict.fromkeys(ids) for person in self._persons[id_]]

    def verdicts(self, events: Iterable[str]) -> dict[Pair, StoredVerdict]:
        """Return the last verdict on each pair with a person of these events.

        Whether the other end is released is for the assembly to say.
        """
        ids = set(events)
        self._read_verdicts(sorted(ids - self._verdicts.keys()))
        return {pair: verdict for id_ in ids for pair, verdict in self._verdicts[id_].items()}

    def _read_verdicts(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        self._verdicts.update((id_, {}) for id_ in ids)
        parameters = {"ids": ids, "as_of": upper_bound(self.asked_by[1])}
        for row in self._client.execute(sql("verdicts"), parameters):
            pair = (PersonMention(*row[:2]), PersonMention(*row[2:4]))
            for mention in pair:
                if mention.event in self._verdicts:
                    self._verdicts[mention.event][pair] = StoredVerdict(Verdict(row[4]), *row[5:])

    def read_ahead(self, events: Iterable[str]) -> None:
        """Read persons and verdicts of many events at once, so that later questions are quick."""
        ids = list(dict.fromkeys(events))
        self.of_events(ids)
        for start in range(0, len(ids), BATCH_SIZE):
            self.verdicts(ids[start : start + BATCH_SIZE])

    def linked_pairs(self, window: ListWindow, possible_types: Sequence[str]) -> list[LinkedPair]:
        """Return pairs of events whose persons may be one, the newest first.

        `possible_types`: pairs of types whose links count from POSSIBLE on, others from AUTOMATIC.
        """
        strengths = {"least": AUTOMATIC, "possible": POSSIBLE}
        parameters = {
            **{**strengths, "possible_types": list(possible_types), "country": window.country},
            **self._place(window),
            **self._restricted_to(LINKS, window.most),
        }
        rows = self._client.execute(sql("linked_pairs"), parameters)
        return [LinkedPair.of_row(row) for row in rows]

    def links_of(self, events: Sequence[str], most: int) -> list[LinkedPair]:
        """Return the pairs of each of these events that are surely enough one person.

        `most`: of one event, the newest.
        """
        parameters = {
            **{"ids": list(events), "as_of": upper_bound(self.asked_by[1])},
            **{"least": AUTOMATIC, **self._labels.of(LINKS, self.asked_by[0])._asdict()},
            "most": most,
        }
        rows = self._client.execute(sql("links_of_events"), parameters) if events else []
        return [LinkedPair.of_row(row) for row in rows]

    def confirmed_pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of events that an analyst confirmed, where both are released."""
        parameters = {"as_of": upper_bound(self.asked_by[1])}
        return self._released_pairs(self._client.execute(sql("confirmed_pairs"), parameters))

    def _released_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the pairs of which both events have persons for this reader."""
        self.of_events([event for pair in pairs for event in pair])
        return [
            (first, second)
            for first, second in pairs
            if self._persons[first] and self._persons[second]
        ]

    def shared_documents(self, window: ListWindow, of_document: int) -> list[SharedDocument]:
        """Return the documents that several events name, the newest first.

        `of_document`: events of one; where it has more, it is left out.
        """
        parameters = {
            **{"country": window.country, **self._place(window)},
            **self._restricted_to(OBSERVATIONS, window.most),
        }
        parameters["most"] = EVERY_ROW if parameters["all_labels"] else of_document
        rows = self._client.execute(sql("shared_documents"), parameters)
        return [SharedDocument(tuple(events), Cursor(newest, id_)) for events, newest, id_ in rows]

    def documents_of(self, events: Sequence[str], most: int) -> list[SharedDocument]:
        """Return the documents of these events that others name as well, in no certain place.

        `most`: events of one; where it has more, it is left out.
        """
        parameters = {
            **{"ids": list(events), "as_of": upper_bound(self.asked_by[1])},
            **self._labels.of(OBSERVATIONS, self.asked_by[0])._asdict(),
        }
        parameters["most"] = EVERY_ROW if parameters["all_labels"] else most
        rows = self._client.execute(sql("documents_of_events"), parameters) if events else []
        return [SharedDocument(tuple(names), Cursor(0, "")) for (names,) in rows]

    def _place(self, window: ListWindow) -> dict[str, Any]:
        """Return for SQL where a list begins."""
        before = window.after or Cursor(EVERY_ROW, "")
        as_of = upper_bound(self.asked_by[1])
        return {"as_of": as_of, "before": before.recorded_at, "before_id": before.id}

    def _restricted_to(self, table: str, most: int) -> dict[str, Any]:
        """Return the released labels of a table for SQL, and how many rows it gives.

        Where there are too many labels it gives rows of all: then no limit may count them.
        """
        labels = self._labels.of(table, self.asked_by[0])
        return {**labels._asdict(), "limit": EVERY_ROW if labels.all_labels else most}

    def _released(self, events: Sequence[str], most: int) -> list[str]:
        """Return those of the events that have persons for this reader, `most` at most.

        Rows that a restricted statement gave are released already, but for changes since.
        """
        released: list[str] = []
        for start in range(0, len(events), BATCH_SIZE):
            batch = events[start : start + BATCH_SIZE]
            self.of_events(batch)
            released += [event for event in batch if self._persons[event]]
            if len(released) >= most:
                break
        return released[:most]


def words_of_verdicts(verdicts: Mapping[Pair, StoredVerdict]) -> dict[Pair, Verdict]:
    """Return what assembly needs of verdicts."""
    return {pair: stored.verdict for pair, stored in verdicts.items()}
