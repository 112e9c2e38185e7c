"""Read from the store which events may have a person, and what analysts decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from consumers.query.paging import BATCH_SIZE
from consumers.query.persons.released_persons import ReleasedPerson, released_persons
from consumers.query.released_labels import (
    EVENTS,
    EVERY_ROW,
    LINKS,
    OBSERVATIONS,
    ReleasedLabels,
)
from consumers.query.store_reader import StoreReader, upper_bound
from consumers.store.person_keys import person_keys
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from schemas.model import Reader
from streams.identities.assembly import AUTOMATIC
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


PERSON = "person"
"""The kind of links between persons."""
MOST_EVENTS = 200
"""Events that are compared for one record: those that share the most keys with it."""


class PersonStore:
    """The persons of one generation's database, as one reader sees them as of a moment.

    `as_of`: ms since 1970 UTC, None is now. Not for two threads at once.
    """

    def __init__(
        self,
        client: Client,
        store: StoreReader,
        labels: ReleasedLabels,
        secret: bytes,
        asked_by: tuple[Reader, int | None],
    ) -> None:
        """`secret`: of the keys of things; `asked_by`: the entitled reader, and as of when."""
        self._client = client
        self._store = store
        self._labels = labels
        self._secret = secret
        self.asked_by = asked_by
        self._persons: dict[str, list[ReleasedPerson]] = {}
        self.is_complete = True
        """Whether no look-up found more events than it compares."""

    def like(self, records: Sequence[PersonRecord]) -> list[ReleasedPerson]:
        """Return every person of the events that share keys with these records."""
        keys = person_keys(records, self._secret)
        parameters = {
            "keys": keys,
            "as_of": upper_bound(self.asked_by[1]),
            **self._restricted_to(EVENTS, MOST_EVENTS + 1),
        }
        rows = self._client.execute(sql("person_candidates"), parameters) if keys else []
        events = self._released([event for event, _shared in rows], MOST_EVENTS + 1)
        is_cut = parameters["limit"] != EVERY_ROW and len(rows) > MOST_EVENTS
        self.is_complete &= len(events) <= MOST_EVENTS and not is_cut
        return self.of_events(events[:MOST_EVENTS])

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
        parameters = {"ids": sorted(set(events)), "as_of": upper_bound(self.asked_by[1])}
        rows = self._client.execute(sql("verdicts"), parameters) if parameters["ids"] else []
        return {
            (PersonMention(*row[:2]), PersonMention(*row[2:4])): StoredVerdict(
                Verdict(row[4]), *row[5:]
            )
            for row in rows
        }

    def strong_links(self, most: int) -> list[tuple[str, str]]:
        """Return the newest pairs of events with persons that are surely enough one."""
        parameters = {
            "as_of": upper_bound(self.asked_by[1]),
            **{"kind": PERSON, "least": AUTOMATIC},
            **self._restricted_to(LINKS, most),
        }
        rows = self._client.execute(sql("strong_links"), parameters)
        self.is_complete &= parameters["limit"] == EVERY_ROW or len(rows) < most
        return self._released_pairs([(event, other) for event, other, _newest in rows])[:most]

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

    def shared_documents(self, most: int, of_document: int) -> list[list[str]]:
        """Return the events of the newest documents that several events name.

        `most`: documents; `of_document`: events of one; where it has more, it is left out.
        """
        parameters = {
            "as_of": upper_bound(self.asked_by[1]),
            **self._restricted_to(OBSERVATIONS, most),
        }
        parameters["most"] = EVERY_ROW if parameters["all_labels"] else of_document
        rows = self._client.execute(sql("shared_documents"), parameters)
        self.is_complete &= parameters["limit"] == EVERY_ROW or len(rows) < most
        documents = [self._released(row[0], of_document + 1) for row in rows]
        return [events for events in documents if 1 < len(events) <= of_document][:most]

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
