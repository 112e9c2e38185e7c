"""Things: observations of one partition → evidence, and changes of state.

What is written does not depend on how the partitions of the log were interleaved: a thing keeps all
that was ever said about it, by position, and once two members of it could *ever* have fired a rule,
every row under that rule is written, each at its own position. Whether the rule holds is for
`assess` to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import cast

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import ObservationRecord, ObservationsRecord
from schemas.errors import QuipuFormatError
from schemas.model import Message, Output
from streams.correlation.evidence_rows import POSITION_FIELDS, erase_rows, evidence_rows
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.folding.packing import pack, unpack
from streams.intake.bundle import reject, split_messages
from streams.rules import Grading, RuleBook

CLASSES_PREFIX = (
    b"s"  # state key: CLASSES + thing key; value: the classes of its members, one a line
)
# state key: SAID + thing key + event id; value: the rows of an event by position; None: erased
OBSERVATION_PREFIX = b"o"
CACHE_SIZE = 20_000  # different standings of things: most things stand like many others
MAX_ROWS_PER_MESSAGE = (
    1000  # rows of evidence made before they are written: a hub that fires has very many
)
OPS = frozenset({"add", "withdraw", "erase"})
STORED_FIELDS = (
    *POSITION_FIELDS,
    "op",
    "index",
    "certainty",
    "type",
    "country",
    "label",
    "occurred",
    "subdivision",
    "traits",
)

_stored_values = itemgetter(*STORED_FIELDS)


class EvidenceFold:
    """Pure: decides by its arguments alone. One object serves all partitions."""

    def __init__(self, generation: int, rules: RuleBook) -> None:
        self.generation = generation
        self.rules = rules
        self._fired_cached = lru_cache(CACHE_SIZE)(self._fired_gradings)
        self._newly_fired_cached = lru_cache(CACHE_SIZE)(self._newly_fired)

    def fold(self, messages: Sequence[Message], get: Get, scan: Scan) -> Step:
        """The step of a batch of one partition's messages, in the order of their offsets."""
        overlay = Overlay(get, scan)
        outputs: list[Output] = []
        for message in messages:
            outputs += self._process_message(message, overlay)
        return Step(overlay.changes, outputs)

    def _process_message(self, message: Message, overlay: Overlay) -> list[Output]:
        try:
            record = log_format("observations").read(message.value)
        except QuipuFormatError as error:
            return [reject(self.generation, message, "BROKEN_FORMAT", error.detail)]
        if not all(_is_valid_row(row, message.partition) for row in record["rows"]):
            return [
                reject(
                    self.generation,
                    message,
                    "BROKEN_FORMAT",
                    "an unknown op, an add without label, or a thing of another partition",
                )
            ]
        evidence = self._process_rows(record, overlay)
        topic = topics.evidence(self.generation)
        return [
            Output(topic, message.partition, None, value)
            for rows in iter(lambda: list(islice(evidence, MAX_ROWS_PER_MESSAGE)), [])
            for value in split_messages("evidence", {}, rows)
        ]

    def _process_rows(self, record: ObservationsRecord, overlay: Overlay) -> Iterator[Record]:
        place = {
            "appended_at": record["appended_at"],
            "topic": record["topic"],
            "partition": record["partition"],
            "offset": record["offset"],
        }
        # the rows are this function's own: they become stored rows in place, without a copy
        for row in cast("list[Record]", record["rows"]):
            row.update(place)
            yield from self._process_row(row, overlay)

    def _process_row(self, row: Record, overlay: Overlay) -> Iterable[Record]:
        where = OBSERVATION_PREFIX + row["key"] + row["event_id"]
        value = overlay.get(where)
        said = [] if value is None else _unpack_observations(value)
        if said is None:
            return []  # erased: whatever is heard of it since is an echo
        if row["op"] == "erase":
            return self._erase(row, said, overlay)
        if any(_position(there) == _position(row) for there in said) or (
            row["op"] == "withdraw" and not said
        ):
            return []  # heard before, or nothing to withdraw
        member = self._class_of(row["kind"], row) if row["op"] == "add" else ""
        if not member and all(_position(row) < _position(there) for there in said):
            # it fills no role, and takes none back: the store knows of it, the rules need not
            return []
        said.append(row)
        overlay.put(where, _pack_observations(said))
        return self._evidence_of(row, member, said, overlay)

    def _evidence_of(
        self, row: Record, member: str, said: list[Record], overlay: Overlay
    ) -> Iterator[Record]:
        """The newest row under what has fired before; everything under what fires now. `member`:
        its class.
        """
        kind, thing = row["kind"], row["key"]
        classes = overlay.get(CLASSES_PREFIX + thing)
        for grading in self._fired_cached(kind, classes):
            yield from evidence_rows(grading, kind, thing, row["event_id"], said, len(said) - 1)
        after, new = self._newly_fired_cached(kind, classes, member)
        if after != classes:
            overlay.put(CLASSES_PREFIX + thing, after)
        if new:
            for event_id, rows in _members(overlay, thing):
                for grading in new:
                    yield from evidence_rows(grading, kind, thing, event_id, rows)

    def _class_of(self, kind: str, row: Record) -> str:
        return self.rules.class_of(
            kind, row["type"], row["country"], row["certainty"], row["occurred"], row["traits"]
        )

    def _fired_gradings(self, kind: str, classes: bytes | None) -> tuple[Grading, ...]:
        """What members of these classes could fire."""
        return self.rules.possible_gradings(kind, _read_classes(classes))

    def _newly_fired(
        self, kind: str, classes: bytes | None, member: str
    ) -> tuple[bytes | None, Sequence[Grading]]:
        """The classes with that of a new member, and what could fire only now."""
        there = _read_classes(classes)
        if not member or member in there:
            return classes, ()
        after = there | {member}
        return _write_classes(after), _without(
            self.rules.possible_gradings(kind, after), self.rules.possible_gradings(kind, there)
        )

    def _erase(self, row: Record, said: list[Record], overlay: Overlay) -> Iterator[Record]:
        """Takes the event out of the set: what it said, and what only it made evidence, is to be
        forgotten.
        """
        kind, thing = row["kind"], row["key"]
        there = _read_classes(overlay.get(CLASSES_PREFIX + thing))
        before = self.rules.possible_gradings(kind, there)
        overlay.put(OBSERVATION_PREFIX + thing + row["event_id"], pack(None))
        for grading in before:
            yield from erase_rows(grading, kind, thing, row["event_id"], said, row)
        left = there - self._unique_classes(
            self._classes_of(kind, said), _members(overlay, thing), kind
        )
        overlay.put(CLASSES_PREFIX + thing, _write_classes(left))
        gone = _without(before, self.rules.possible_gradings(kind, left))
        if gone:
            for event_id, rows in _members(overlay, thing):
                for grading in gone:
                    yield from erase_rows(grading, kind, thing, event_id, rows, row)

    def _classes_of(self, kind: str, said: Sequence[Record]) -> frozenset[str]:
        return frozenset(self._class_of(kind, one) for one in said if one["op"] == "add") - {""}

    def _unique_classes(
        self, classes: frozenset[str], rest: Iterable[tuple[bytes, list[Record]]], kind: str
    ) -> frozenset[str]:
        """Reads no further than it must: of a hub's members, mostly the first few are of all its
        classes.
        """
        alone = classes
        for _event, rows in rest if alone else ():
            alone -= self._classes_of(kind, rows)
            if not alone:
                break
        return alone


def _is_valid_row(row: ObservationRecord, partition: int) -> bool:
    return (
        row["op"] in OPS
        and (row["op"] == "add") == (row["label"] is not None)
        and topics.thing_partition(row["key"]) == partition
    )


def _read_classes(value: bytes | None) -> frozenset[str]:
    return frozenset(value.decode().split("\n")) if value else frozenset()


def _write_classes(classes: frozenset[str]) -> bytes | None:
    return "\n".join(sorted(classes)).encode() if classes else None


def _members(overlay: Overlay, thing: bytes) -> Iterator[tuple[bytes, list[Record]]]:
    """What each event ever said about a thing, one after the other: a hub's members may be very
    many.
    """
    prefix = OBSERVATION_PREFIX + thing
    return (
        (key[len(prefix) :], said)
        for key, value in overlay.scan(prefix)
        if (said := _unpack_observations(value)) is not None
    )


def _without(gradings: Sequence[Grading], others: Sequence[Grading]) -> list[Grading]:
    there = {(grading.rule.id, grading.grade) for grading in others}
    return [grading for grading in gradings if (grading.rule.id, grading.grade) not in there]


_position = itemgetter(*POSITION_FIELDS, "index")


def _pack_observations(said: Sequence[Record]) -> bytes:
    return pack([_stored_values(row) for row in said])


def _unpack_observations(data: bytes) -> list[Record] | None:
    rows = unpack(data)
    return None if rows is None else [dict(zip(STORED_FIELDS, row, strict=True)) for row in rows]
