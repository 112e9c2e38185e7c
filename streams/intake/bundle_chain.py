"""Does a bundle fit its cord? Every sequence once, every hash as the next bundle says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from streams.folding.packing import pack, unpack

ZEROS = bytes(32)
NAMED = 1000  # missing sequences named in one receipt; the rest is named once these are heard


class Link(NamedTuple):
    """A bundle taken: SHA-256 of its body, and of the body before it as it said."""

    hash: bytes
    previous: bytes


@dataclass(frozen=True, slots=True)
class CordState:
    """How far a cord has been heard. `missing`: ranges (first, last) of sequences below `last`, in
    order.
    """

    last: int = -1
    hash: bytes = ZEROS
    missing: tuple[tuple[int, int], ...] = ()

    def named(self) -> list[int]:
        """The missing sequences, the lowest thousand."""
        sequences: list[int] = []
        for first, last in self.missing:
            sequences.extend(range(first, min(last + 1, first + NAMED - len(sequences))))
            if len(sequences) >= NAMED:
                break
        return sequences


def write(state: CordState) -> bytes:
    """For the state."""
    return pack((state.last, state.hash, state.missing))


def read(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is None:
        return CordState()
    return CordState(*unpack(data))


def follow(
    state: CordState, sequence: int, link: Link, taken: Callable[[int], Link | None]
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


def _ahead(state: CordState, sequence: int, link: Link) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def _late(
    state: CordState, sequence: int, link: Link, taken: Callable[[int], Link | None]
) -> tuple[str, CordState]:
    before = Link(ZEROS, ZEROS) if sequence == 0 else taken(sequence - 1)
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
