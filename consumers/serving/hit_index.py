"""Know which live records name a thing: an index on disk, folded from the topic of observations.

It answers what the store answers about things, in microseconds. It can be dropped at any time, and
is read again from the topic. Keys of things are HMACs, so it holds no identifier in clear.

Rows: `p` + partition is the next offset; `l` + number a label; `e` + thing + event the newest
state of an event on a thing; `t` + thing + label + sureness + event a live one, which answers read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from rocksdict import (
    BlockBasedOptions,
    BottommostLevelCompaction,
    Cache,
    CompactOptions,
    Options,
    Rdict,
    WriteBatch,
)

from consumers.query.disclosed import DisclosedVersion
from consumers.query.hit_lookup.answers import AnsweringRecord
from consumers.query.hit_lookup.records import Records
from schemas.avro.codec import log_format
from schemas.avro.log_records import ObservationRecord, ObservationsRecord
from schemas.ids import to_uuid_text
from schemas.model import Label, Reader
from schemas.release import label_codec
from schemas.release.label_table import label_of
from schemas.release.rules import release

OFFSET, LABEL, EVENT, LIVE = b"p", b"l", b"e", b"t"
ID_BYTES = 16
MOST_OF_LABEL = 20
"""Records of one label on one thing that an answer names, certain ones first."""
MEBIBYTE = 1024 * 1024
CACHE_BYTES = 128 * MEBIBYTE
MOST_ASKERS = 1_000
_number = struct.Struct(">I")
_moment = struct.Struct(">q")
_Place = tuple[int, str, int, int, int]


class _EventState(NamedTuple):
    """The newest state of an event on a thing. `place`: of the row in the log."""

    place: _Place
    label: int
    is_certain: bool
    is_live: bool


class ReadObservations(NamedTuple):
    """A message of the topic, and the framed label of each of its rows."""

    message: ObservationsRecord
    labels: tuple[bytes | None, ...]


def read_observations(value: bytes) -> ReadObservations:
    """Read a message and each label in it, so that folding it can fail no more.

    Raises BrokenFormatError, UnknownFormatError.
    """
    message: ObservationsRecord = log_format("observations").read(value)
    labels = tuple(label_of(message["labels"], row) for row in message["rows"])
    for row, framed in zip(message["rows"], labels, strict=True):
        if row["op"] == "add":
            label_codec.read(framed or b"")
    return ReadObservations(message, labels)


class HitIndex:
    """The index of one generation. One thread writes; any may ask."""

    def __init__(self, folder: Path) -> None:
        """Open the index, or begin one. Raises what RocksDB raises, where another has it open."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._db: Any = Rdict(str(folder), _options())
        self._labels: dict[int, Label] = {
            _number.unpack(key[1:])[0]: label_codec.read(value) for key, value in self._scan(LABEL)
        }
        self._numbers = {label: number for number, label in self._labels.items()}
        self._released: dict[Reader, tuple[int, frozenset[int]]] = {}
        self._lock = Lock()
        self._erased = False

    def offset(self, partition: int) -> int:
        """Return the offset of the next message of a partition."""
        value = self._db.get(OFFSET + _number.pack(partition))
        return 0 if value is None else int(_moment.unpack(value)[0])

    def of_things(self, ids: Sequence[str], asker: Reader) -> Records:
        """Return the records that answer this asker, for each thing that has any."""
        released = self._released_to(asker)
        records_of = {id_: list(self._of_thing(UUID(id_).bytes, released)) for id_ in ids}
        return {id_: records for id_, records in records_of.items() if records}

    def apply(self, read: Sequence[ReadObservations], partition: int, offset: int) -> None:
        """Fold messages of a partition, and go to `offset`: all of it or nothing."""
        changes: dict[bytes, bytes | None] = {}
        for message, labels in read:
            for row, label in zip(message["rows"], labels, strict=True):
                self._fold(message, row, label, changes)
        changes[OFFSET + _number.pack(partition)] = _moment.pack(offset)
        batch = WriteBatch(raw_mode=True)
        for key, content in changes.items():
            if content is None:
                batch.delete(key)
            else:
                batch.put(key, content)
        self._db.write(batch)

    def compact(self) -> None:
        """Take what an erasure removed off the disk, if there was one since the last time."""
        if self._erased:
            self._erased = False
            force = CompactOptions()
            force.set_bottommost_level_compaction(BottommostLevelCompaction.force())
            self._db.flush(True)
            self._db.compact_range(None, None, force)

    def close(self) -> None:
        """Close the database; nothing may be asked of it from then on."""
        self._db.close()

    def _fold(
        self,
        message: ObservationsRecord,
        row: ObservationRecord,
        framed: bytes | None,
        changes: dict[bytes, bytes | None],
    ) -> None:
        """Take one row in; one that is older than what is known of its event changes nothing."""
        ids = row["key"] + row["event_id"]
        former = self._state(ids, changes)
        if row["op"] == "erase":
            self._erased = True
            changes[EVENT + ids] = None
            self._end(ids, former, changes)
            return
        place = (
            message["appended_at"],
            message["topic"],
            message["partition"],
            message["offset"],
            row["index"],
        )
        if former is not None and former.place >= place:
            return
        self._end(ids, former, changes)
        label, is_live = 0, row["op"] == "add"
        if is_live:
            label = self._label_number(framed or b"", changes)
        state = _EventState(place, label, row["certainty"] == "certain", is_live)
        changes[EVENT + ids] = msgspec.msgpack.encode(state)
        if is_live:
            changes[_live_key(ids, state)] = _moment.pack(place[0])

    def _state(self, ids: bytes, changes: Mapping[bytes, bytes | None]) -> _EventState | None:
        key = EVENT + ids
        value = changes[key] if key in changes else self._db.get(key)
        return None if value is None else msgspec.msgpack.decode(value, type=_EventState)

    def _end(
        self, ids: bytes, former: _EventState | None, changes: dict[bytes, bytes | None]
    ) -> None:
        if former is not None and former.is_live:
            changes[_live_key(ids, former)] = None

    def _label_number(self, framed: bytes, changes: dict[bytes, bytes | None]) -> int:
        label = label_codec.read(framed)
        number = self._numbers.get(label)
        if number is None:
            number = len(self._labels) + 1
            self._labels[number] = label
            self._numbers[label] = number
            changes[LABEL + _number.pack(number)] = framed
        return number

    def _released_to(self, asker: Reader) -> frozenset[int]:
        """Return the numbers of the labels that answer this asker."""
        known = len(self._labels)
        count, released = self._released.get(asker, (-1, frozenset[int]()))
        if count != known:
            labels = list(self._labels.items())
            released = frozenset(
                number for number, label in labels if release(label, asker).released
            )
            with self._lock:
                if len(self._released) >= MOST_ASKERS:
                    self._released.clear()
                self._released[asker] = known, released
        return released

    def _of_thing(self, thing: bytes, released: frozenset[int]) -> Iterator[AnsweringRecord]:
        """Yield some records of each released label; of another label one row is looked at."""
        rows, begin = self._db.iter(), LIVE + thing
        rows.seek(begin)
        number, count = 0, 0
        while rows.valid() and (key := rows.key()).startswith(begin):
            of_label = _number.unpack_from(key, len(begin))[0]
            number, count = of_label, count + 1 if of_label == number else 1
            if number not in released or count > MOST_OF_LABEL:
                rows.seek(begin + _number.pack(number + 1))
                continue
            yield self._record(key[len(begin) :], rows.value(), self._labels[number])
            rows.next()

    def _record(self, rest: bytes, value: bytes, label: Label) -> AnsweringRecord:
        event = to_uuid_text(rest[-ID_BYTES:])
        recorded_at = int(_moment.unpack(value)[0])
        shown = DisclosedVersion(event, "", recorded_at, label.country, label.authority)
        return AnsweringRecord(shown, rest[_number.size] == 0)

    def _scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        rows = self._db.iter()
        rows.seek(prefix)
        while rows.valid() and (key := rows.key()).startswith(prefix):
            yield key, rows.value()
            rows.next()


def _live_key(ids: bytes, state: _EventState) -> bytes:
    thing, event = ids[:ID_BYTES], ids[ID_BYTES:]
    possible = b"\0" if state.is_certain else b"\1"
    return b"".join((LIVE, thing, _number.pack(state.label), possible, event))


def _options() -> Options:
    blocks = BlockBasedOptions()
    blocks.set_block_cache(Cache(CACHE_BYTES))
    blocks.set_bloom_filter(10, False)
    blocks.set_cache_index_and_filter_blocks(False)
    options = Options(raw_mode=True)
    options.create_if_missing(True)
    options.set_block_based_table_factory(blocks)
    options.set_write_buffer_size(16 * MEBIBYTE)
    options.set_max_open_files(256)
    options.set_max_background_jobs(2)
    options.set_recycle_log_file_num(0)  # a recycled write-ahead log would keep what was erased
    options.set_keep_log_file_num(2)
    options.set_max_log_file_size(MEBIBYTE)
    return options
