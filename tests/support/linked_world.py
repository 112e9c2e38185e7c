"""A made-up log of persons, objects and ways of acting: what a few nodes say of them over time, folded in any order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, cast

from consumers.sink.link_rows import link_rows, without_events
from consumers.sink.tables import LINKS
from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import EnvelopeRecord
from schemas.model import (
    NEWEST_FORM,
    Cord,
    EpochMs,
    Message,
    ObservationOp,
    Offset,
    Output,
    PartitionNumber,
)
from schemas.release.label_table import tabulate_labels
from streams.intake.event_versions import ThingLink, withdrawal_record
from streams.linking import BY_KIND, PERSONS, LinkFold, SealedItemRef, SealedRef, comparison_rows
from streams.linking.comparer import Comparer, PackedRecord
from streams.linking.comparison_rows import PARTITION_KEYS
from streams.matching import PersonRecord
from streams.matching.objects import ObjectRecord
from tests.support.derived import envelope
from tests.support.pipeline import Memory

SECRET = b"s" * 32
COUNTRIES = ("CO", "EC", "PE")

Table = frozenset[tuple[object, ...]]
"""Rows of links, but for where the topic says them."""


class Statement(NamedTuple):
    """What a node says: `op` add (with records), withdraw or erase of an event; empty: nothing."""

    event: int
    op: str
    records: tuple[PersonRecord | ObjectRecord, ...] = ()


def comparer_of(record: PersonRecord | ObjectRecord) -> Comparer[Any]:
    """Who compares a record; a described one without a type is a way of acting."""
    if isinstance(record, PersonRecord):
        return BY_KIND["person"]
    return BY_KIND["object" if record.type else "method"]


def number_of(place: int, record: PersonRecord | ObjectRecord) -> int:
    """The number of a record that stands at a place of its statement."""
    return comparer_of(record).first_number + place


def packed(record: PersonRecord | ObjectRecord) -> bytes:
    return comparer_of(record).pack(record)


def keys_of(record: PersonRecord | ObjectRecord) -> Sequence[str]:
    return comparer_of(record).keys(record)


def node_of(event: int) -> int:
    """Which node publishes an event: it alone speaks of it."""
    return event % len(COUNTRIES)


def event_id(event: int) -> bytes:
    return hashlib.sha256(b"event %d" % event).digest()[:16]


def event_key(event: int, place: int) -> bytes:
    return hashlib.sha256(b"key %d %d" % (event, place)).digest()


@dataclass
class LinkedWorld:
    """A log, its messages by partition of blocking keys and node, and the keys of its events."""

    statements: Sequence[Statement]
    form: int = NEWEST_FORM
    keys: dict[SealedRef, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.messages: dict[int, list[list[bytes]]] = {
            partition: [[] for _ in COUNTRIES] for partition in range(topics.COMPARED_PARTITIONS)
        }
        seen: dict[int, set[int]] = {}
        for place, statement in enumerate(self.statements):
            for partition, row in self._rows(
                statement, place, seen.setdefault(statement.event, set())
            ):
                message = self._message(statement, place, row)
                self.messages[partition][node_of(statement.event)].append(message)

    def _rows(
        self, statement: Statement, place: int, partitions: set[int]
    ) -> Iterator[tuple[int, Mapping[str, object]]]:
        if not statement.op:
            return
        country = COUNTRIES[node_of(statement.event)]
        written: set[int] = set()
        if statement.op == "add":
            fields = envelope(statement.event, id=event_id(statement.event), country=country)
            head = cast(EnvelopeRecord, fields)
            cord = Cord(f"{country.lower()}-node", "routine", 1)
            ref = SealedItemRef(cord, place, 0, event_key(statement.event, place))
            records = [
                PackedRecord(number_of(place, record), packed(record), keys_of(record))
                for place, record in enumerate(statement.records)
            ]
            self.keys[SealedRef(country, 0, str(cord), place, 0)] = ref.key
            for row in comparison_rows(head, records, SECRET, ref, self.form):
                written.add(PARTITION_KEYS.index(row["key"]))
                yield PARTITION_KEYS.index(row["key"]), dict(row)
        op: ObservationOp = "erase" if statement.op == "erase" else "withdraw"
        for partition in sorted(partitions - written):
            link = ThingLink(PERSONS, PARTITION_KEYS[partition], "certain")
            row = withdrawal_record(op, link, "person_notice")
            yield partition, {**row, "event_id": event_id(statement.event), "country": country}
        partitions |= written

    def _message(self, statement: Statement, place: int, row: Mapping[str, object]) -> bytes:
        head = {
            "appended_at": place,
            "topic": topics.bundles(COUNTRIES[node_of(statement.event)]),
            "partition": 0,
            "offset": place,
        }
        return log_format("observations").write({**head, **tabulate_labels([row])})

    def without(self, events: Iterable[int]) -> LinkedWorld:
        """The same log, in which nobody ever spoke of these events."""
        gone = set(events)
        return LinkedWorld(
            [
                Statement(statement.event, "") if statement.event in gone else statement
                for statement in self.statements
            ],
            self.form,
        )

    def without_keys_of(self, events: Iterable[int]) -> dict[SealedRef, bytes]:
        """The keys that are left once the owners erased those of these events."""
        gone = {
            event_key(statement.event, place)
            for place, statement in enumerate(self.statements)
            if statement.event in set(events)
        }
        return {ref: key for ref, key in self.keys.items() if key not in gone}


@dataclass
class Reading:
    """What reading a log gave: the messages of the topic of links, and the state."""

    written: list[Message]
    memories: Sequence[Memory]

    def newest(self) -> list[Message]:
        """What compaction leaves, without what only ends links."""
        by_key = {(message.partition, message.key): message for message in self.written}
        return [message for message in by_key.values() if message.value]

    def table(self, erased: set[bytes], compacted: bool = False) -> Table:
        """The rows that the store has."""
        messages = self.newest() if compacted else self.written
        rows: dict[tuple[object, ...], tuple[object, ...]] = {}
        for row in without_events(
            [row for message in messages for row in link_rows(message)], erased
        ):
            named = dict(zip(LINKS.columns, row, strict=True))
            ends = [named[name] for name in ("event_id", "person", "other_event", "other_person")]
            place = [named[name] for name in ("place", "recorded_at", "topic", "offset")]
            content = {name: named[name] for name in LINKS.columns if name != "revision"}
            rows[(*ends, *place)] = (named["gone"], repr(content))
        return frozenset((*at, content) for at, (gone, content) in rows.items() if not gone)


def read(
    world: LinkedWorld,
    cap: int,
    chance: Random | None = None,
    keys: Mapping[SealedRef, bytes] | None = None,
) -> Reading:
    """Fold every partition; with `chance`, the nodes' messages interleaved and doubled at random."""
    memories, written = [], list[Message]()
    for partition, by_node in world.messages.items():
        fold, memory = LinkFold(1, lambda _block: cap), Memory()
        for batch in _batches(by_node, chance):
            messages = [
                Message("p", PartitionNumber(partition), Offset(0), EpochMs(0), None, value)
                for value in batch
            ]
            step = fold.fold(
                messages, memory.get, memory.scan, world.keys if keys is None else keys
            )
            if chance is None or chance.random() < 0.8:  # else it dies before it writes its state
                memory.write(step)
            else:
                _append(written, step.outputs)
                step = fold.fold(
                    messages, memory.get, memory.scan, world.keys if keys is None else keys
                )
                memory.write(step)
            _append(written, step.outputs)
        memories.append(memory)
    return Reading(written, memories)


def _batches(by_node: Sequence[Sequence[bytes]], chance: Random | None) -> Iterator[list[bytes]]:
    if chance is None:
        everything = sorted(
            (log_format("observations").read(value)["appended_at"], value)
            for values in by_node
            for value in values
        )
        yield [value for _at, value in everything]
        return
    waiting = [list(values) for values in by_node]
    while any(waiting):
        values = chance.choice([values for values in waiting if values])
        count = chance.randint(1, 2)
        batch = values[:count]
        del values[:count]
        yield batch
        if chance.random() < 0.2:
            yield batch


def _append(written: list[Message], outputs: Sequence[Output]) -> None:
    for output in outputs:
        offset = sum(message.partition == output.partition for message in written)
        written.append(
            Message(
                output.topic,
                PartitionNumber(output.partition),
                Offset(offset),
                EpochMs(0),
                output.key,
                output.value,
            )
        )
