"""Does a bundle fit its cord? Every sequence once, every hash as the next bundle says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from streams.folding.packing import pack, unpack

GENESIS_HASH = bytes(32)
MAX_NAMED = 1000  # missing sequences named in one receipt; the rest is named once these are heard


class BundleHashes(NamedTuple):
    """A bundle taken: SHA-256 of its body, and of the body before it as it said."""

    hash: bytes
    previous: bytes


@dataclass(frozen=True, slots=True)
class CordState:
    """How far a cord has been heard. `missing`: ranges (first, last) of sequences below `last`, in
    order.
    """

    last: int = -1
    hash: bytes = GENESIS_HASH
    missing: tuple[tuple[int, int], ...] = ()

    def missing_sequences(self) -> list[int]:
        """The missing sequences, the lowest thousand."""
        sequences: list[int] = []
        for first, last in self.missing:
            sequences.extend(range(first, min(last + 1, first + MAX_NAMED - len(sequences))))
            if len(sequences) >= MAX_NAMED:
                break
        return sequences


def pack_cord(state: CordState) -> bytes:
    """For the state."""
    return pack((state.last, state.hash, state.missing))


def unpack_cord(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is None:
        return CordState()
    return CordState(*unpack(data))


def accept_next(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def _ahead(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def _late(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = []
    for first, last in state.missing:
        if first <= sequence <= last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))
