"""Keep who is in a block, and whether each publisher's part of it is within its cap.

A block is the events that share a blocking key. Its part of one publisher counts as long as that
part is within its cap, so whoever publishes too many of a kind loses their own links and
nobody else's. Whether it is within its cap depends on the set of its members alone, not on the
order in which they came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from streams.folding.overlay import Overlay
from streams.folding.packing import Packing
from streams.linking.comparers import CAPS

BLOCK = b"b"
"""State key: BLOCK + block; value: its parts, a list of BlockPart."""
SPILLED = b"c"
"""State key: SPILLED + hash of block and publisher (16 bytes) + event id; value: is it current?"""
FORMER_TIMES = 4
"""How many times the cap of former members (corrected, retracted) a part may have besides."""


class BlockPart(Struct, frozen=True, array_like=True):
    """The members of one publisher in a block.

    `members`: event ids, and whether their newest version is in the block; none where they are too
    many, and then `spilled` counts the current and the former ones.
    """

    publisher: str
    members: dict[bytes, bool]
    spilled: tuple[int, int] | None = None

    def counts(self) -> tuple[int, int]:
        """Count the current and the former members."""
        if self.spilled is not None:
            return self.spilled
        current = sum(self.members.values())
        return current, len(self.members) - current


BLOCKS = Packing[list[BlockPart]](list[BlockPart])
CapOf = Callable[[bytes], int]


def cap_of(block: bytes) -> int:
    """Say how many events of one publisher a block may have."""
    return CAPS.get(block[:1], min(CAPS.values()))


class Blocks:
    """The blocks of a partition as they will be once the changes so far are written."""

    def __init__(self, overlay: Overlay, cap: CapOf = cap_of) -> None:
        """Read and write through an overlay. `cap`: of a block."""
        self._overlay = overlay
        self._cap = cap
        self._parts_of: dict[bytes, dict[str, BlockPart]] = {}

    def is_within_cap(self, block: bytes, publisher: str) -> bool:
        """Say whether a publisher's part of a block counts."""
        part = self._parts(block).get(publisher)
        return part is not None and part.spilled is None

    def counting(self, block: bytes) -> Iterator[bytes]:
        """Yield the events, current and former, of the parts that are within their cap."""
        for part in self._parts(block).values():
            yield from part.members

    def change(
        self, block: bytes, publisher: str, event_id: bytes, current: bool | None
    ) -> list[bytes]:
        """Set whether an event is a current member; None: it never was one.

        Gives the events of the part where it goes beyond its cap or comes back within it: their
        links may change.
        """
        parts = self._parts(block)
        part = parts.get(publisher) or BlockPart(publisher, {})
        changed, touched = self._changed(block, part, event_id, current)
        others = {name: other for name, other in parts.items() if name != publisher}
        remaining = {**others, publisher: changed} if any(changed.counts()) else others
        ordered = self._parts_of[block] = dict(sorted(remaining.items()))
        packed = BLOCKS.pack(list(ordered.values())) if ordered else None
        self._overlay.put(BLOCK + block, packed)
        return touched

    def _changed(
        self, block: bytes, part: BlockPart, event_id: bytes, current: bool | None
    ) -> tuple[BlockPart, list[bytes]]:
        cap = self._cap(block)
        if part.spilled is None:
            members = {event: flag for event, flag in part.members.items() if event != event_id}
            if current is not None:
                members[event_id] = current
            changed = BlockPart(part.publisher, members)
            if _fits(changed.counts(), cap):
                return changed, []
            rows = _rows_of(block, part.publisher)
            for event, flag in members.items():
                self._overlay.put(rows + event, _flag(flag))
            return BlockPart(part.publisher, {}, changed.counts()), list(members)
        rows = _rows_of(block, part.publisher)
        before = self._overlay.get(rows + event_id)
        self._overlay.put(rows + event_id, None if current is None else _flag(current))
        counts = list(part.spilled)
        if before is not None:
            counts[before == _flag(False)] -= 1
        if current is not None:
            counts[not current] += 1
        if not _fits((counts[0], counts[1]), cap):
            return replace(part, spilled=(counts[0], counts[1])), []
        return self._restored(part.publisher, rows)

    def _restored(self, publisher: str, rows: bytes) -> tuple[BlockPart, list[bytes]]:
        """Take a part back in that is within its cap again."""
        members = {
            key[len(rows) :]: value == _flag(True) for key, value in self._overlay.scan(rows)
        }
        for event in members:
            self._overlay.put(rows + event, None)
        return BlockPart(publisher, members), list(members)

    def _parts(self, block: bytes) -> Mapping[str, BlockPart]:
        """Read the parts of a block by publisher, each block once in a batch."""
        parts = self._parts_of.get(block)
        if parts is None:
            packed = self._overlay.get(BLOCK + block)
            stored = [] if packed is None else BLOCKS.unpack(packed)
            parts = self._parts_of[block] = {part.publisher: part for part in stored}
        return parts


def _fits(counts: tuple[int, int], cap: int) -> bool:
    return counts[0] <= cap and counts[1] <= cap * FORMER_TIMES


def _rows_of(block: bytes, publisher: str) -> bytes:
    """Say how the state keys of a part begin whose members have rows of their own."""
    return SPILLED + hashlib.sha256(block + publisher.encode()).digest()[:16]


def _flag(current: bool) -> bytes:
    return b"\x01" if current else b"\x00"
