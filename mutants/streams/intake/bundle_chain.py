"""Does a bundle fit its cord? Every sequence once, every hash as the next bundle says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from streams.folding.packing import pack, unpack

GENESIS_HASH = bytes(32)
MAX_NAMED = 1000  # missing sequences named in one receipt; the rest is named once these are heard


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


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
mutants_x_pack_cord__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_pack_cord__mutmut)
def pack_cord(state: CordState) -> bytes:
    """For the state."""
    return pack((state.last, state.hash, state.missing))


def x_pack_cord__mutmut_orig(state: CordState) -> bytes:
    """For the state."""
    return pack((state.last, state.hash, state.missing))


def x_pack_cord__mutmut_1(state: CordState) -> bytes:
    """For the state."""
    return pack(None)

mutants_x_pack_cord__mutmut['_mutmut_orig'] = x_pack_cord__mutmut_orig # type: ignore # mutmut generated
mutants_x_pack_cord__mutmut['x_pack_cord__mutmut_1'] = x_pack_cord__mutmut_1 # type: ignore # mutmut generated
mutants_x_unpack_cord__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_unpack_cord__mutmut)
def unpack_cord(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is None:
        return CordState()
    return CordState(*unpack(data))


def x_unpack_cord__mutmut_orig(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is None:
        return CordState()
    return CordState(*unpack(data))


def x_unpack_cord__mutmut_1(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is not None:
        return CordState()
    return CordState(*unpack(data))


def x_unpack_cord__mutmut_2(data: bytes | None) -> CordState:
    """From the state; None: a cord never heard."""
    if data is None:
        return CordState()
    return CordState(*unpack(None))

mutants_x_unpack_cord__mutmut['_mutmut_orig'] = x_unpack_cord__mutmut_orig # type: ignore # mutmut generated
mutants_x_unpack_cord__mutmut['x_unpack_cord__mutmut_1'] = x_unpack_cord__mutmut_1 # type: ignore # mutmut generated
mutants_x_unpack_cord__mutmut['x_unpack_cord__mutmut_2'] = x_unpack_cord__mutmut_2 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_accept_next__mutmut)
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


def x_accept_next__mutmut_orig(
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


def x_accept_next__mutmut_1(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence >= state.last:
        return _ahead(state, sequence, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_2(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(None, sequence, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_3(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, None, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_4(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, None)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_5(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(sequence, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_6(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, link)
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_7(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, )
    there = taken(sequence)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_8(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, link)
    there = None
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_9(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, link)
    there = taken(None)
    if there is not None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_10(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    """Code and new state. The code is empty where the bundle is taken, perhaps leaving a gap; else
    it is REPEAT, FORK or BROKEN_CHAIN, and the state is as it was.

    `taken`: the link of a sequence, None where it was not heard.
    """
    if sequence > state.last:
        return _ahead(state, sequence, link)
    there = taken(sequence)
    if there is None:
        return ("REPEAT" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_11(
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
        return ("XXREPEATXX" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_12(
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
        return ("repeat" if there.hash == link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_13(
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
        return ("REPEAT" if there.hash != link.hash else "FORK"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_14(
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
        return ("REPEAT" if there.hash == link.hash else "XXFORKXX"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_15(
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
        return ("REPEAT" if there.hash == link.hash else "fork"), state
    return _late(state, sequence, link, taken)


def x_accept_next__mutmut_16(
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
    return _late(None, sequence, link, taken)


def x_accept_next__mutmut_17(
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
    return _late(state, None, link, taken)


def x_accept_next__mutmut_18(
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
    return _late(state, sequence, None, taken)


def x_accept_next__mutmut_19(
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
    return _late(state, sequence, link, None)


def x_accept_next__mutmut_20(
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
    return _late(sequence, link, taken)


def x_accept_next__mutmut_21(
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
    return _late(state, link, taken)


def x_accept_next__mutmut_22(
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
    return _late(state, sequence, taken)


def x_accept_next__mutmut_23(
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
    return _late(state, sequence, link, )

mutants_x_accept_next__mutmut['_mutmut_orig'] = x_accept_next__mutmut_orig # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_1'] = x_accept_next__mutmut_1 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_2'] = x_accept_next__mutmut_2 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_3'] = x_accept_next__mutmut_3 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_4'] = x_accept_next__mutmut_4 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_5'] = x_accept_next__mutmut_5 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_6'] = x_accept_next__mutmut_6 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_7'] = x_accept_next__mutmut_7 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_8'] = x_accept_next__mutmut_8 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_9'] = x_accept_next__mutmut_9 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_10'] = x_accept_next__mutmut_10 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_11'] = x_accept_next__mutmut_11 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_12'] = x_accept_next__mutmut_12 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_13'] = x_accept_next__mutmut_13 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_14'] = x_accept_next__mutmut_14 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_15'] = x_accept_next__mutmut_15 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_16'] = x_accept_next__mutmut_16 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_17'] = x_accept_next__mutmut_17 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_18'] = x_accept_next__mutmut_18 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_19'] = x_accept_next__mutmut_19 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_20'] = x_accept_next__mutmut_20 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_21'] = x_accept_next__mutmut_21 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_22'] = x_accept_next__mutmut_22 # type: ignore # mutmut generated
mutants_x_accept_next__mutmut['x_accept_next__mutmut_23'] = x_accept_next__mutmut_23 # type: ignore # mutmut generated
mutants_x__ahead__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__ahead__mutmut)
def _ahead(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_orig(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_1(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = None
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_2(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last - 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_3(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 2
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_4(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence != following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_5(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("XXXX", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_6(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(None, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_7(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, None, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_8(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, None))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_9(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_10(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_11(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, ))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_12(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous != state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_13(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("XXBROKEN_CHAINXX", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_14(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("broken_chain", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_15(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "XXXX", CordState(sequence, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_16(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(None, link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_17(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, None, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_18(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, None)


def x__ahead__mutmut_19(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(link.hash, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_20(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, (*state.missing, (following, sequence - 1)))


def x__ahead__mutmut_21(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, )


def x__ahead__mutmut_22(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence + 1)))


def x__ahead__mutmut_23(state: CordState, sequence: int, link: BundleHashes) -> tuple[str, CordState]:
    following = state.last + 1
    if sequence == following:
        return (
            ("", CordState(sequence, link.hash, state.missing))
            if link.previous == state.hash
            else ("BROKEN_CHAIN", state)
        )
    return "", CordState(sequence, link.hash, (*state.missing, (following, sequence - 2)))

mutants_x__ahead__mutmut['_mutmut_orig'] = x__ahead__mutmut_orig # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_1'] = x__ahead__mutmut_1 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_2'] = x__ahead__mutmut_2 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_3'] = x__ahead__mutmut_3 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_4'] = x__ahead__mutmut_4 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_5'] = x__ahead__mutmut_5 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_6'] = x__ahead__mutmut_6 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_7'] = x__ahead__mutmut_7 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_8'] = x__ahead__mutmut_8 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_9'] = x__ahead__mutmut_9 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_10'] = x__ahead__mutmut_10 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_11'] = x__ahead__mutmut_11 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_12'] = x__ahead__mutmut_12 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_13'] = x__ahead__mutmut_13 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_14'] = x__ahead__mutmut_14 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_15'] = x__ahead__mutmut_15 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_16'] = x__ahead__mutmut_16 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_17'] = x__ahead__mutmut_17 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_18'] = x__ahead__mutmut_18 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_19'] = x__ahead__mutmut_19 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_20'] = x__ahead__mutmut_20 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_21'] = x__ahead__mutmut_21 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_22'] = x__ahead__mutmut_22 # type: ignore # mutmut generated
mutants_x__ahead__mutmut['x__ahead__mutmut_23'] = x__ahead__mutmut_23 # type: ignore # mutmut generated
mutants_x__late__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__late__mutmut)
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


def x__late__mutmut_orig(
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


def x__late__mutmut_1(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = None
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


def x__late__mutmut_2(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(None, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
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


def x__late__mutmut_3(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, None) if sequence == 0 else taken(sequence - 1)
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


def x__late__mutmut_4(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
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


def x__late__mutmut_5(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, ) if sequence == 0 else taken(sequence - 1)
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


def x__late__mutmut_6(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence != 0 else taken(sequence - 1)
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


def x__late__mutmut_7(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 1 else taken(sequence - 1)
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


def x__late__mutmut_8(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(None)
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


def x__late__mutmut_9(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence + 1)
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


def x__late__mutmut_10(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 2)
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


def x__late__mutmut_11(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = None
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


def x__late__mutmut_12(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(None)
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


def x__late__mutmut_13(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence - 1)
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


def x__late__mutmut_14(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 2)
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


def x__late__mutmut_15(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) and (after and after.previous != link.hash):
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


def x__late__mutmut_16(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before or before.hash != link.previous) or (after and after.previous != link.hash):
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


def x__late__mutmut_17(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash == link.previous) or (after and after.previous != link.hash):
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


def x__late__mutmut_18(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after or after.previous != link.hash):
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


def x__late__mutmut_19(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous == link.hash):
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


def x__late__mutmut_20(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "XXBROKEN_CHAINXX", state
    missing = []
    for first, last in state.missing:
        if first <= sequence <= last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_21(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "broken_chain", state
    missing = []
    for first, last in state.missing:
        if first <= sequence <= last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_22(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = None
    for first, last in state.missing:
        if first <= sequence <= last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_23(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = []
    for first, last in state.missing:
        if first < sequence <= last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_24(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = []
    for first, last in state.missing:
        if first <= sequence < last:
            missing += [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_25(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = []
    for first, last in state.missing:
        if first <= sequence <= last:
            missing = [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_26(
    state: CordState, sequence: int, link: BundleHashes, taken: Callable[[int], BundleHashes | None]
) -> tuple[str, CordState]:
    before = BundleHashes(GENESIS_HASH, GENESIS_HASH) if sequence == 0 else taken(sequence - 1)
    after = taken(sequence + 1)
    if (before and before.hash != link.previous) or (after and after.previous != link.hash):
        return "BROKEN_CHAIN", state
    missing = []
    for first, last in state.missing:
        if first <= sequence <= last:
            missing -= [
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_27(
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
                part for part in ((first, sequence + 1), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_28(
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
                part for part in ((first, sequence - 2), (sequence + 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_29(
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
                part for part in ((first, sequence - 1), (sequence - 1, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_30(
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
                part for part in ((first, sequence - 1), (sequence + 2, last)) if part[0] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_31(
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
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[1] <= part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_32(
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
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] < part[1]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_33(
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
                part for part in ((first, sequence - 1), (sequence + 1, last)) if part[0] <= part[2]
            ]
        else:
            missing.append((first, last))
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_34(
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
            missing.append(None)
    return "", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_35(
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
    return "XXXX", CordState(state.last, state.hash, tuple(missing))


def x__late__mutmut_36(
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
    return "", CordState(None, state.hash, tuple(missing))


def x__late__mutmut_37(
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
    return "", CordState(state.last, None, tuple(missing))


def x__late__mutmut_38(
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
    return "", CordState(state.last, state.hash, None)


def x__late__mutmut_39(
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
    return "", CordState(state.hash, tuple(missing))


def x__late__mutmut_40(
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
    return "", CordState(state.last, tuple(missing))


def x__late__mutmut_41(
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
    return "", CordState(state.last, state.hash, )


def x__late__mutmut_42(
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
    return "", CordState(state.last, state.hash, tuple(None))

mutants_x__late__mutmut['_mutmut_orig'] = x__late__mutmut_orig # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_1'] = x__late__mutmut_1 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_2'] = x__late__mutmut_2 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_3'] = x__late__mutmut_3 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_4'] = x__late__mutmut_4 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_5'] = x__late__mutmut_5 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_6'] = x__late__mutmut_6 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_7'] = x__late__mutmut_7 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_8'] = x__late__mutmut_8 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_9'] = x__late__mutmut_9 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_10'] = x__late__mutmut_10 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_11'] = x__late__mutmut_11 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_12'] = x__late__mutmut_12 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_13'] = x__late__mutmut_13 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_14'] = x__late__mutmut_14 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_15'] = x__late__mutmut_15 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_16'] = x__late__mutmut_16 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_17'] = x__late__mutmut_17 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_18'] = x__late__mutmut_18 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_19'] = x__late__mutmut_19 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_20'] = x__late__mutmut_20 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_21'] = x__late__mutmut_21 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_22'] = x__late__mutmut_22 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_23'] = x__late__mutmut_23 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_24'] = x__late__mutmut_24 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_25'] = x__late__mutmut_25 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_26'] = x__late__mutmut_26 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_27'] = x__late__mutmut_27 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_28'] = x__late__mutmut_28 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_29'] = x__late__mutmut_29 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_30'] = x__late__mutmut_30 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_31'] = x__late__mutmut_31 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_32'] = x__late__mutmut_32 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_33'] = x__late__mutmut_33 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_34'] = x__late__mutmut_34 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_35'] = x__late__mutmut_35 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_36'] = x__late__mutmut_36 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_37'] = x__late__mutmut_37 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_38'] = x__late__mutmut_38 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_39'] = x__late__mutmut_39 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_40'] = x__late__mutmut_40 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_41'] = x__late__mutmut_41 # type: ignore # mutmut generated
mutants_x__late__mutmut['x__late__mutmut_42'] = x__late__mutmut_42 # type: ignore # mutmut generated
