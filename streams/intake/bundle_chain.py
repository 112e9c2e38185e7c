"""Check that a bundle fits its cord: every sequence once, every hash as the next names it."""

from collections.abc import Callable
from itertools import chain, islice
from typing import NamedTuple

from msgspec import Struct

from schemas.bounds import MAX_GAP_RANGES, MAX_SEQUENCE_STEP
from streams.folding.packing import Packing

GENESIS_HASH = bytes(32)
MAX_NAMED = 1000
"""Missing sequences named in one receipt; the rest is named once these have come."""


class BundleHashes(NamedTuple):
    """The hashes of an accepted bundle: SHA-256 of its body, and the previous body's as it says."""

    hash: bytes
    previous: bytes


class CordState(Struct, frozen=True, array_like=True):
    """How far a cord is known.

    `missing`: ranges (first, last) of missing sequences below `last`, in order.
    """

    last: int = -1
    hash: bytes = GENESIS_HASH
    missing: tuple[tuple[int, int], ...] = ()

    def missing_sequences(self) -> list[int]:
        """List the lowest missing sequences, at most a thousand."""
        ranges = (range(first, last + 1) for first, last in self.missing)
        return list(islice(chain.from_iterable(ranges), MAX_NAMED))


CORD_STATE = Packing(CordState)


def unpack_cord(data: bytes | None) -> CordState:
    """Decode a cord's state; None stands for a cord that was never seen."""
    return CordState() if data is None else CORD_STATE.unpack(data)


def accept_next(
    state: CordState,
    sequence: int,
    hashes: BundleHashes,
    accepted: Callable[[int], BundleHashes | None],
) -> tuple[str, CordState]:
    """Decide on a bundle: a code, and the state of its cord then.

    The code is empty where the bundle is accepted, perhaps leaving a gap. Else it is REPEAT, FORK,
    BROKEN_CHAIN or TOO_FAR, and the state is unchanged. `accepted` gives the hashes of an accepted
    sequence, None for any other.
    """
    if sequence > state.last:
        return _accept_ahead(state, sequence, hashes)
    duplicate = accepted(sequence)
    if duplicate is not None:
        return ("REPEAT" if duplicate.hash == hashes.hash else "FORK"), state
    return _accept_late(state, sequence, hashes, accepted)


def _accept_ahead(state: CordState, sequence: int, hashes: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence > following:
        if sequence - state.last > MAX_SEQUENCE_STEP or len(state.missing) >= MAX_GAP_RANGES:
            return "TOO_FAR", state
        gap = (following, sequence - 1)
        return "", CordState(sequence, hashes.hash, (*state.missing, gap))
    if hashes.previous != state.hash:
        return "BROKEN_CHAIN", state
    return "", CordState(sequence, hashes.hash, state.missing)


def _accept_late(
    state: CordState,
    sequence: int,
    hashes: BundleHashes,
    accepted: Callable[[int], BundleHashes | None],
) -> tuple[str, CordState]:
    """Decide on a bundle that fills a gap, or a part of it."""
    genesis = BundleHashes(GENESIS_HASH, GENESIS_HASH)
    before = accepted(sequence - 1) if sequence else genesis
    after = accepted(sequence + 1)
    if (before and before.hash != hashes.previous) or (after and after.previous != hashes.hash):
        return "BROKEN_CHAIN", state
    missing: list[tuple[int, int]] = []
    for first, last in state.missing:
        if first <= sequence <= last:
            parts = ((first, sequence - 1), (sequence + 1, last))
            missing += [part for part in parts if part[0] <= part[1]]
        else:
            missing.append((first, last))
    if len(missing) > MAX_GAP_RANGES:
        return "TOO_FAR", state
    return "", CordState(state.last, state.hash, tuple(missing))
