"""Fold the observations of one partition into evidence and changes of state.

What is written does not depend on how the partitions of the log were interleaved. A thing keeps all
that was ever observed of it, by position. Once two members of it could *ever* have matched a rule,
every row under that rule is written, each at its own position. A thing with very many observations
has all rows under all rules: so no record makes the others be written again. Whether a rule holds
is for `assess` to say.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import assert_never

from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import EvidenceRowRecord, ObservationRecord
from schemas.avro.shared_reader import compile_shared_reader
from schemas.errors import QuipuFormatError
from schemas.model import Message, Output, form_of, thing_partitions_of
from streams.correlation.evidence_rows import EvidenceScope, erase_rows, evidence_rows
from streams.correlation.stored_observation import (
    OBSERVATIONS,
    StoredObservation,
    stored_observation,
)
from streams.correlation.thing_classes import (
    CROWD,
    SUMMARY,
    ThingClasses,
    ThingSummary,
    without,
)
from streams.folding.outputs import reject, row_output, split_messages
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.folding.slices import NEVER_HEAVY, Slice, SlicedWork, merge_slices
from streams.rules import Grading, RuleHistory

SUMMARY_PREFIX = b"s"
"""State key: SUMMARY_PREFIX + thing key; value: SUMMARY."""
OBSERVATION_PREFIX = b"o"
"""State key: OBSERVATION_PREFIX + thing key + event id; value: OBSERVATIONS."""
ERASED_PREFIX = b"x"
"""State key: ERASED_PREFIX + event id, of an event that was erased; value: b"1".

It names no thing: nothing says what an erased event was about. The prefix alone is a key, too, once
an event was erased: before that, nobody looks.
"""
PENDING_PREFIX = b"p"
"""State key: PENDING_PREFIX + event id, of an erased event whose rows are still in the topics.

Value: when its erasure was read, ms since 1970 UTC (8 bytes).
"""
CROWDS_FORM = 2
"""From this form of generations on, a thing can be crowded."""
MAX_ROWS_PER_MESSAGE = 1000
"""Rows made before they are written: a hub that matches a rule has very many."""
OPS = frozenset({"add", "withdraw", "erase"})
ALIKE = {"certainty": "label_index", "subdivision": "traits"}
"""Stretches of an observation that hardly differ between those of a node."""
_read_observations = compile_shared_reader(log_format("observations"), ALIKE)
INVALID_ROW = "an unknown op, an add without label, or a thing of another partition"


class EvidenceFold:
    """Decides by its arguments alone. One object serves all partitions."""

    def __init__(self, generation: int, crowd: int = CROWD) -> None:
        """Prepare for one generation of derived topics.

        `crowd`: observations of a thing from which on all rows are written.
        """
        self.generation = generation
        self._crowd = crowd if form_of(generation) >= CROWDS_FORM else sys.maxsize
        self._partitions = thing_partitions_of(generation)
        self._scrubs = form_of(generation) >= topics.ERASURE_FORM
        self._classes: tuple[RuleHistory, ThingClasses] | None = None

    def fold(self, messages: Sequence[Message], get: Get, scan: Scan, rules: RuleHistory) -> Step:
        """Compute the step of a batch of one partition's messages, in the order of their offsets.

        `rules` must know every rule that took effect before the newest of the observations.
        """
        return merge_slices(self.fold_slices(messages, get, scan, rules))

    def fold_slices(
        self, messages: Sequence[Message], get: Get, scan: Scan, rules: RuleHistory
    ) -> Iterator[Slice]:
        """Compute what `fold` computes, in slices."""
        if self._classes is None or self._classes[0] is not rules:
            self._classes = rules, ThingClasses(rules, self._crowd)
        overlay = Overlay(get, scan)
        batch, work = _BatchFold(rules, self._classes[1], overlay), SlicedWork(overlay, NEVER_HEAVY)
        for number, message in enumerate(messages):
            yield from self._process_message(message, batch, work)
            yield from work.complete(number + 1)
        yield work.hand_over()

    def _process_message(
        self, message: Message, batch: "_BatchFold", work: SlicedWork
    ) -> Iterator[Slice]:
        if not message.value:
            return  # the end of a key, or of a segment
        try:
            record = _read_observations(message.value)
        except QuipuFormatError as error:
            work.add([reject(self.generation, message, "BROKEN_FORMAT", error.detail)])
            return
        labels = len(record["labels"])
        if not all(
            topics.thing_partition(row["key"], self._partitions) == message.partition
            and _is_valid_row(row, labels)
            for row in record["rows"]
        ):
            work.add([reject(self.generation, message, "BROKEN_FORMAT", INVALID_ROW)])
            return
        rows: list[EvidenceRowRecord] = []
        for row in record["rows"]:
            if row["op"] == "erase" and self._scrubs:
                note_pending(batch.overlay, row["event_id"], message.appended_at)
            for evidence_row in batch.process_row(row, stored_observation(record, row)):
                rows.append(evidence_row)
                if len(rows) == MAX_ROWS_PER_MESSAGE:
                    work.add(self._outputs(message.partition, rows))
                    rows = []
                    if work.count(MAX_ROWS_PER_MESSAGE):
                        yield work.turn()
            if work.count(1):
                yield work.turn()
        work.add(self._outputs(message.partition, rows))

    def _outputs(self, partition: int, rows: Sequence[EvidenceRowRecord]) -> list[Output]:
        """Write rows; what erases an event's rows is in messages of this event alone.

        So a message that is written again (`streams.correlation.scrub`) never moves an erasure of
        other rows behind what was added since.
        """
        topic = topics.evidence(self.generation)
        runs = groupby(rows, _erased_event) if self._scrubs else [(b"", iter(rows))]
        return [
            row_output(self.generation, topic, partition, value)
            for _event, run in runs
            for value in split_messages("evidence", {}, list(run))
        ]


class _BatchFold:
    """The fold of one batch, under one history of rules."""

    def __init__(self, rules: RuleHistory, classes: ThingClasses, overlay: Overlay) -> None:
        self._rules = rules
        self._classes = classes
        self.overlay = overlay
        self._may_be_erased = overlay.get(ERASED_PREFIX) is not None

    def process_row(
        self, row: ObservationRecord, new: StoredObservation
    ) -> Iterable[EvidenceRowRecord]:
        """Make the evidence that an observation gives; the rows are made when they are read."""
        where = OBSERVATION_PREFIX + row["key"] + row["event_id"]
        value = self.overlay.get(where)
        observations = [] if value is None else OBSERVATIONS.unpack(value)
        match new.op:
            case "erase":
                return self._erase(row, new, observations)
            case "withdraw" if not observations:
                return ()  # nothing to take back
            case "add" | "withdraw":
                pass
            case _:
                assert_never(new.op)
        if any(new.position == observation.position for observation in observations):
            return ()  # a repetition
        member = self._class_of(row["kind"], new)
        if not member and all(new.position < other.position for other in observations):
            # it fills no role, and takes none back: the store knows of it, the rules need not
            return ()
        if not observations and self._is_erased(row["event_id"]):
            return ()  # ignored
        packed = self.overlay.get(SUMMARY_PREFIX + row["key"])
        observations.append(new)
        # a message that was written again comes late when the topic is read from its beginning
        observations.sort(key=attrgetter("position"))
        self.overlay.put(where, OBSERVATIONS.pack(observations))
        newest = observations.index(new)
        return self._evidence_of(row, (packed, newest), member, observations)

    def _evidence_of(
        self,
        row: ObservationRecord,
        before_it: tuple[bytes | None, int],
        member: str,
        observations: list[StoredObservation],
    ) -> Iterator[EvidenceRowRecord]:
        """Make the newest row under what was evidence before, and every row under what is only now.

        `before_it`: the summary before, and how many observations come before the newest one.
        `member`: the class of the newest observation, empty where it fills no role.
        """
        packed, since = before_it
        kind, thing, event_id = row["kind"], row["key"], row["event_id"]
        before = self._classes.gradings(kind, packed)
        for grading in before:
            scope = self._scope(grading, kind, thing, event_id)
            yield from evidence_rows(scope, observations, since)
        joined = self._classes.join(packed, member)
        self.overlay.put(SUMMARY_PREFIX + thing, joined)
        newly_possible = without(self._classes.gradings(kind, joined), before)
        if newly_possible:
            for other_id, others in _members(self.overlay, thing):
                for grading in newly_possible:
                    scope = self._scope(grading, kind, thing, other_id)
                    yield from evidence_rows(scope, others)

    def _erase(
        self,
        row: ObservationRecord,
        erasing: StoredObservation,
        observations: list[StoredObservation],
    ) -> Iterator[EvidenceRowRecord]:
        """Take an event out of a thing: erase what it observed, and what only it made evidence."""
        kind, thing, event_id = row["kind"], row["key"], row["event_id"]
        self.overlay.put(ERASED_PREFIX, b"1")
        self.overlay.put(ERASED_PREFIX + event_id, b"1")
        self._may_be_erased = True
        if not observations:
            return
        packed = self.overlay.get(SUMMARY_PREFIX + thing)
        self.overlay.put(OBSERVATION_PREFIX + thing + event_id, None)
        before = self._classes.gradings(kind, packed)
        for grading in before:
            scope = self._scope(grading, kind, thing, event_id)
            yield from erase_rows(scope, observations, erasing)
        summary = self._classes.read(packed)
        remaining = self._leave(kind, thing, summary, observations)
        left = SUMMARY.pack(remaining) if remaining.observations else None
        self.overlay.put(SUMMARY_PREFIX + thing, left)
        impossible = without(before, self._classes.gradings(kind, left))
        if impossible:
            for other_id, others in _members(self.overlay, thing):
                for grading in impossible:
                    scope = self._scope(grading, kind, thing, other_id)
                    # at a position of their own: that of the erasure would say what it erased
                    yield from erase_rows(scope, others, others[-1])

    def _leave(
        self,
        kind: str,
        thing: bytes,
        summary: ThingSummary,
        observations: Sequence[StoredObservation],
    ) -> ThingSummary:
        """Take an event's observations out of the summary of a thing; the state has them no more.

        Members are read where classes are needed: those of a crowd that ends, all of them; else
        mostly the first few, until all classes of the event were found.
        """
        left = summary.observations - len(observations)
        if left >= self._classes.crowd:
            return ThingSummary(left)
        if self._classes.is_crowded(summary):
            members = (others for _, others in _members(self.overlay, thing))
            classes = {name for others in members for name in self._classes_of(kind, others)}
            return ThingSummary(left, tuple(sorted(classes)))
        unique = self._unique_classes(kind, thing, self._classes_of(kind, observations))
        return ThingSummary(left, tuple(sorted(set(summary.classes) - unique)))

    def _is_erased(self, event_id: bytes) -> bool:
        return self._may_be_erased and self.overlay.get(ERASED_PREFIX + event_id) is not None

    def _scope(self, grading: Grading, kind: str, thing: bytes, event_id: bytes) -> EvidenceScope:
        return EvidenceScope(grading, kind, thing, event_id, self._rules.applies)

    def _class_of(self, kind: str, observation: StoredObservation) -> str:
        return self._rules.class_of(kind, observation) if observation.op == "add" else ""

    def _classes_of(self, kind: str, observations: Sequence[StoredObservation]) -> frozenset[str]:
        classes = {self._class_of(kind, observation) for observation in observations}
        return frozenset(classes - {""})

    def _unique_classes(self, kind: str, thing: bytes, classes: frozenset[str]) -> frozenset[str]:
        """Find which of these classes no member of the thing has.

        Reads no further than it must.
        """
        unique = classes
        for _event, observations in _members(self.overlay, thing) if unique else ():
            unique -= self._classes_of(kind, observations)
            if not unique:
                break
        return unique


def _is_valid_row(row: ObservationRecord, labels: int) -> bool:
    """Check a row of a message with so many labels."""
    index = row["label_index"]
    has_label = row["label"] is not None if index is None else 0 <= index < labels
    return row["op"] in OPS and (row["op"] == "add") == has_label


def note_pending(overlay: Overlay, event_id: bytes, moment: int) -> None:
    """Note that rows of an erased event are still in the topics (ms since 1970 UTC)."""
    overlay.put(PENDING_PREFIX + event_id, moment.to_bytes(8, "big"))


def _erased_event(row: EvidenceRowRecord) -> bytes:
    return row["event_id"] if row["op"] == "erase" else b""


def _members(overlay: Overlay, thing: bytes) -> Iterator[tuple[bytes, Sequence[StoredObservation]]]:
    """Read each event's observations on a thing, one event after the other: a hub has very many."""
    prefix = OBSERVATION_PREFIX + thing
    return ((key[len(prefix) :], OBSERVATIONS.unpack(value)) for key, value in overlay.scan(prefix))
