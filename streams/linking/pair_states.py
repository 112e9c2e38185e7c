"""Remember which links of two events were written, so that only what changed is written again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from schemas.avro.log_records import GoneLinkRecord, LinkRowRecord
from streams.folding.overlay import Overlay
from streams.folding.packing import Packing
from streams.linking.members import Place, position_record

PAIR = b"l"
"""State key: PAIR + format byte of the comparer + smaller and larger event id; value: PairState."""
PARTNER = b"p"
"""State key: PARTNER + event id + other event id, of two events with a PairState; value: empty."""
DIGEST_BYTES = 8

RowKey = tuple[int, int, Place]
"""What tells a row of two events from the others: the numbers of both records, and its position."""


class PairState(Struct, frozen=True, array_like=True):
    """What was written of two events.

    `digest`: of the rows that hold; `held`: their keys. `gone`: keys of rows that held once. The
    topic keeps the newest message of a pair alone, so each message names all of them.
    """

    digest: bytes
    held: list[RowKey]
    gone: list[RowKey]


PAIR_STATE = Packing[PairState](PairState)


class PairStates:
    """The pairs of a partition as they will be once the changes so far are written."""

    def __init__(self, overlay: Overlay) -> None:
        """Read and write through an overlay."""
        self._overlay = overlay

    def partners(self, event_id: bytes) -> list[bytes]:
        """List the events with which an event has or had links."""
        prefix = PARTNER + event_id
        return [key[len(prefix) :] for key, _value in self._overlay.scan(prefix)]

    def update(
        self, pair: tuple[bytes, bytes], format_byte: bytes, rows: Sequence[LinkRowRecord]
    ) -> list[GoneLinkRecord] | None:
        """Note the rows of a comparer that hold of a pair now.

        Gives the rows that hold no more; None where nothing changed, so that nothing is written.
        `pair`: the smaller event id first.
        """
        key = PAIR + format_byte + pair[0] + pair[1]
        packed = self._overlay.get(key)
        if packed is None and not rows:
            return None
        state = PairState(b"", [], []) if packed is None else PAIR_STATE.unpack(packed)
        digest = _digest(rows)
        if state.digest == digest:
            return None
        held = [_key_of(row) for row in rows]
        gone = [key for key in dict.fromkeys((*state.gone, *state.held)) if key not in held]
        self._overlay.put(key, PAIR_STATE.pack(PairState(digest, held, gone)))
        if packed is None:
            self._overlay.put(PARTNER + pair[0] + pair[1], b"")
            self._overlay.put(PARTNER + pair[1] + pair[0], b"")
        return [_gone_record(key) for key in gone]

    def forget(self, event_id: bytes, formats: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Forget all pairs of an event, which is erased.

        Yields each partner with the format byte of each comparer that had links of the two.
        `formats`: of all comparers.
        """
        for other in self.partners(event_id):
            first, second = sorted((event_id, other))
            for format_byte in formats:
                key = PAIR + format_byte + first + second
                if self._overlay.get(key) is not None:
                    self._overlay.put(key, None)
                    yield other, format_byte
            self._overlay.put(PARTNER + event_id + other, None)
            self._overlay.put(PARTNER + other + event_id, None)


def _digest(rows: Sequence[LinkRowRecord]) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode(rows)).digest()[:DIGEST_BYTES]


def _key_of(row: LinkRowRecord) -> RowKey:
    position = row["position"]
    place = (
        position["appended_at"],
        position["topic"],
        position["partition"],
        position["offset"],
        position["item"],
    )
    return row["first"]["person"], row["second"]["person"], place


def _gone_record(key: RowKey) -> GoneLinkRecord:
    first, second, place = key
    return {"first": first, "second": second, "position": position_record(place)}
