"""Find in the store which records answer a hit look-up of a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consumers.query.disclosed import DisclosedVersion
from consumers.query.hit_lookup.answers import AnsweringRecord
from consumers.query.persons.person_queries import scored_persons
from consumers.query.persons.person_store import PersonStore
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_epoch_ms
from consumers.store.stored_evidence import parse_label
from schemas.model import Reader
from streams.identities.assembly import POSSIBLE
from streams.matching import PersonRecord

Records = Mapping[str, Sequence[AnsweringRecord]]
"""By the id of a thing."""


def asking_for_hits(entitled: Reader) -> Reader:
    """Return the reader as one of hit look-ups.

    `entitled`: with the conditions that the reader accepted. To this one more is released, so
    nothing but what `consumers.query.hit_lookup` makes of it may go out.
    """
    return replace(entitled, use="hit")


class StoredThings:
    """What the store knows of things. `as of` is now."""

    def __init__(self, store: StoreReader) -> None:
        """`store`: of the generation that serves."""
        self._store = store

    def of_things(self, ids: Sequence[str], asker: Reader) -> Records:
        """Return the records that answer this asker, for each thing that has any."""
        records: dict[str, list[AnsweringRecord]] = {}
        for row in self._store.observations(ids, asker, None) if ids else ():
            label = parse_label(row["label"])
            shown = DisclosedVersion(
                row["event_id"], "", row["recorded_at"], label.country, label.authority
            )
            record = AnsweringRecord(shown, row["certainty"] == "certain")
            records.setdefault(row["thing"], []).append(record)
        return records


class KnownPersons:
    """Which records name a person like another."""

    def __init__(self, store: StoreReader, secret: bytes) -> None:
        """`secret`: of the keys of things."""
        self._store, self._secret = store, secret

    def like(self, person: PersonRecord, asker: Reader) -> list[AnsweringRecord]:
        """Return the records with a person who is likely this one.

        None is certain: two persons may have one name and be born on one day.
        """
        store = PersonStore(self._store, self._secret, (asker, None))
        records: dict[str, AnsweringRecord] = {}
        for item in scored_persons(person, store):
            event = item.person.event
            if item.score.probability >= POSSIBLE:
                recorded_at = to_epoch_ms(event.recorded_at)
                shown = DisclosedVersion(
                    event.id, event.version, recorded_at, event.country, event.authority
                )
                records[event.id] = AnsweringRecord(shown, is_certain=False)
        return list(records.values())
