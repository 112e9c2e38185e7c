"""Fold the rows of one partition of blocking keys into links and changes of state.

What is written is a function of the set of rows: of two events, all their links are one message,
whose newest one counts. A link depends on the two comparison records, on the version of the model,
and on which blocks are within their cap now. A row whose event was erased does not open, and
counts as if it had never come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from schemas import topics
from schemas.avro.codec import log_format
from schemas.errors import CannotOpenError, QuipuFormatError
from schemas.model import Message, Output
from schemas.release import label_codec
from streams.folding.erasure_mark import ROLL_KEY, mark_erasure, take_due_mark
from streams.folding.outputs import reject
from streams.folding.overlay import Get, Overlay, Scan, Step
from streams.folding.slices import NEVER_HEAVY, Slice, SlicedWork, merge_slices
from streams.linking.blocks import Blocks, CapOf, cap_of
from streams.linking.comparers import BY_FORMAT
from streams.linking.members import (
    ERASED,
    LinkedEvent,
    LinkedEvents,
    RecordsVersion,
)
from streams.linking.pair_rows import pair_rows
from streams.linking.pair_states import PairStates
from streams.linking.parsed_rows import ComparisonRow, ParsedRows, SealedRef, parse_rows, ref_of
from streams.linking.sealed_records import link_key, link_secret, open_records

PAIRS_PER_UNIT = 4
"""Pairs compared that are as much work as one observation."""
TOMBSTONE = b""
"""Value of a message that ends all links of two events, one of which was erased."""


EventKeys = Mapping[SealedRef, bytes]
"""The keys of events; those that were erased are not there."""


class _LinkBatch(NamedTuple):
    """One batch: the state as it will be, and what it is folded with."""

    overlay: Overlay
    events: LinkedEvents
    blocks: Blocks
    pairs: PairStates
    keys: EventKeys


_EventPair = tuple[bytes, bytes]
"""Two events, the one with the smaller id first."""


class LinkFold:
    """Decides by its arguments alone. One object serves all partitions."""

    def __init__(self, generation: int, cap: CapOf = cap_of) -> None:
        """Prepare for one generation of derived topics. `cap`: of a block."""
        self.generation = generation
        self._cap = cap

    def fold(self, messages: Sequence[Message], get: Get, scan: Scan, keys: EventKeys) -> Step:
        """Compute the step of a batch of one partition's messages, in the order of their offsets.

        `keys`: of the events in `sealed_refs` of these messages.
        """
        return merge_slices(self.fold_slices(parse_rows(messages), get, scan, keys))

    def fold_slices(
        self, messages: Sequence[ParsedRows], get: Get, scan: Scan, keys: EventKeys
    ) -> Iterator[Slice]:
        """Compute what `fold` computes, in slices."""
        overlay = Overlay(get, scan)
        batch = _LinkBatch(
            overlay, LinkedEvents(overlay), Blocks(overlay, self._cap), PairStates(overlay), keys
        )
        work = SlicedWork(overlay, NEVER_HEAVY)
        for number, parsed in enumerate(messages):
            message = parsed.message
            work.add(self._roll_if_due(message.partition, message.appended_at, overlay))
            yield from self._process_message(parsed, batch, work)
            yield from work.complete(number + 1)
        yield work.hand_over()

    def fold_idle(self, partition: int, heard_until: int, get: Get, scan: Scan) -> Step:
        """Compute what is due at `heard_until` (ms since 1970 UTC) though no message comes."""
        overlay = Overlay(get, scan)
        outputs = self._roll_if_due(partition, heard_until, overlay)
        return Step(overlay.take_changes(), outputs)

    def _roll_if_due(self, partition: int, now: int, overlay: Overlay) -> list[Output]:
        """Make Kafka begin another segment where links were erased in the one before.

        Compaction never touches the segment that is written to, and without another message it
        would stay that one.
        """
        if not take_due_mark(overlay, now):
            return []
        return [Output(topics.links(self.generation), partition, ROLL_KEY, TOMBSTONE)]

    def _process_message(
        self, parsed: ParsedRows, batch: _LinkBatch, work: SlicedWork
    ) -> Iterator[Slice]:
        try:
            rows = parsed.rows()
        except QuipuFormatError as error:
            work.add([reject(self.generation, parsed.message, "BROKEN_FORMAT", error.detail)])
            return
        for row in rows:
            if work.count(1):
                yield work.turn()
            for number, outputs in enumerate(self._row_outputs(row, batch), 1):
                work.add(outputs)
                if number % PAIRS_PER_UNIT == 0 and work.count(1):
                    yield work.turn()

    def _row_outputs(self, row: ComparisonRow, batch: _LinkBatch) -> Iterator[list[Output]]:
        """Yield what is to be written of one pair of events after the other."""
        event_id = row.record["event_id"]
        member = batch.events.find(event_id)
        if row.record["op"] == "erase":
            yield from self._erase(row, member, batch)
            return
        if batch.overlay.get(ERASED + event_id) is not None:
            return  # a repetition
        changed = _changed_member(row, member, batch.keys)
        if changed is None:
            return
        batch.events.put(event_id, changed)
        before = {} if member is None else member.memberships()
        pairs = _move(event_id, before, changed.memberships(), batch)
        if member is not None:
            pairs |= {_pair(event_id, other) for other in batch.pairs.partners(event_id)}
        newest = changed.versions[-1]
        for block in newest.by_block:
            if batch.blocks.is_within_cap(block, newest.publisher):
                pairs |= {_pair(event_id, other) for other in batch.blocks.counting(block)}
        for pair in sorted(pairs):
            is_new = member is None and event_id in pair
            yield from self._links_of(pair, row.partition, batch, is_new)

    def _erase(
        self, row: ComparisonRow, member: LinkedEvent | None, batch: _LinkBatch
    ) -> Iterator[list[Output]]:
        """Forget an event: end its links, and take it out of its blocks."""
        event_id = row.record["event_id"]
        batch.overlay.put(ERASED + event_id, b"")
        if member is None:
            return
        topic = topics.links(self.generation)
        for other, format_byte in batch.pairs.forget(event_id, BY_FORMAT):
            partner = batch.events.find(other)
            if partner is not None:
                key = _link_key((event_id, member), (other, partner), format_byte)
                mark_erasure(batch.overlay, row.appended_at)
                yield [Output(topic, row.partition, key, TOMBSTONE)]
        batch.events.put(event_id, None)
        for pair in sorted(_move(event_id, member.memberships(), {}, batch)):
            yield from self._links_of(pair, row.partition, batch)

    def _links_of(
        self, pair: _EventPair, partition: int, batch: _LinkBatch, is_new: bool = False
    ) -> Iterator[list[Output]]:
        """Write the links of two events, a message for each comparer whose links changed.

        `is_new`: no link of the two was ever written, because one of them has just come.
        """
        first, second = (batch.events.find(event) for event in pair)
        if first is None or second is None or pair[0] == pair[1]:
            yield []
            return
        for format_byte in sorted(first.formats & second.formats):
            comparer = BY_FORMAT[format_byte]
            rows = pair_rows(first, second, batch.blocks.is_within_cap, comparer)
            unchanged = is_new and not rows
            gone = None if unchanged else batch.pairs.update(pair, format_byte, rows)
            if gone is None:
                yield []
                continue
            record = {
                "kind": comparer.kind,
                "model": comparer.version,
                "first": pair[0],
                "second": pair[1],
                "rows": rows,
                "gone": gone,
            }
            key = link_key(first.secret, second.secret, format_byte)
            topic = topics.links(self.generation)
            yield [Output(topic, partition, key, log_format("link").write(record))]


def _changed_member(
    row: ComparisonRow, member: LinkedEvent | None, keys: EventKeys
) -> LinkedEvent | None:
    """Add what a row says to what is known of its event; None where it changes nothing."""
    record, sealed = row.record, row.record["sealed"]
    if member is not None and row.place <= member.versions[-1].place:
        return None  # a repetition
    if record["op"] == "withdraw":
        if member is None:
            return None
        version = RecordsVersion(row.place, record["type"], record["country"], "", None, [])
        return LinkedEvent(member.secret, [*member.versions, version])
    assert sealed is not None and row.label is not None, "a valid add has both"  # noqa: S101
    key = keys.get(ref_of(row.message, sealed))
    if key is None:
        return None  # erased
    try:
        records = open_records(sealed["content"], key, record["event_id"])
    except CannotOpenError:
        return None  # its owner replaced the key
    label = label_codec.read(row.label)
    publisher = f"{label.country} {label.authority}"
    version = RecordsVersion(
        row.place, record["type"], record["country"], publisher, row.label, records
    )
    if member is None:
        return LinkedEvent(link_secret(key), [version])
    return LinkedEvent(member.secret, [*member.versions, version])


def _move(
    event_id: bytes,
    before: Mapping[tuple[bytes, str], bool],
    after: Mapping[tuple[bytes, str], bool],
    batch: _LinkBatch,
) -> set[_EventPair]:
    """Put an event into its blocks and take it out of others.

    Gives the pairs whose links may change because a block goes beyond its cap, or comes back.
    """
    pairs: set[_EventPair] = set()
    for block, publisher in sorted(before.keys() | after.keys()):
        current = after.get((block, publisher))
        if current == before.get((block, publisher)):
            continue
        for other in batch.blocks.change(block, publisher, event_id, current):
            partners = batch.pairs.partners(other)
            if batch.blocks.is_within_cap(block, publisher):
                partners.extend(batch.blocks.counting(block))
            pairs |= {_pair(other, partner) for partner in partners}
    return pairs


def _pair(event_id: bytes, other: bytes) -> _EventPair:
    return (event_id, other) if event_id < other else (other, event_id)


def _link_key(
    member: tuple[bytes, LinkedEvent], other: tuple[bytes, LinkedEvent], format_byte: bytes
) -> bytes:
    first, second = sorted((member, other), key=itemgetter(0))
    return link_key(first[1].secret, second[1].secret, format_byte)
