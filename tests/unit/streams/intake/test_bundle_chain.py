"""A cord's chain: each bundle once, in any order, only where its hashes fit."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.bounds import MAX_GAP_RANGES, MAX_SEQUENCE_STEP
from streams.intake.bundle_chain import (
    CORD_STATE,
    GENESIS_HASH,
    MAX_NAMED,
    BundleHashes,
    CordState,
    accept_next,
    unpack_cord,
)

LOW, MIDDLE, HIGH = (bytes([byte]) * 32 for byte in (1, 2, 3))


def body_hash(sequence: int) -> bytes:
    return sha256(str(sequence).encode()).digest() if sequence >= 0 else bytes(32)


def honest(sequence: int) -> BundleHashes:
    return BundleHashes(body_hash(sequence), body_hash(sequence - 1))


class Cord:
    """A cord as the intake keeps it: its state, and the hashes of what was accepted."""

    def __init__(self, *sequences: int) -> None:
        self.state = CordState()
        self.accepted: dict[int, BundleHashes] = {}
        for sequence in sequences:
            assert self.receive(sequence) == ""

    def receive(self, sequence: int, hashes: BundleHashes | None = None) -> str:
        hashes = hashes or honest(sequence)
        before = self.state
        code, self.state = accept_next(before, sequence, hashes, self.accepted.get)
        if code:
            assert self.state is before
        else:
            self.accepted[sequence] = hashes
        return code


def ranges(missing: set[int]) -> tuple[tuple[int, int], ...]:
    """Write a set of sequences as ranges, without the code under test."""
    firsts = sorted(n for n in missing if n - 1 not in missing)
    lasts = sorted(n for n in missing if n + 1 not in missing)
    return tuple(zip(firsts, lasts, strict=True))


@given(st.lists(st.integers(0, 12), max_size=40))
def test_in_any_order_each_bundle_counts_once_and_what_is_missing_is_known(
    sequences: list[int],
) -> None:
    cord, arrived = Cord(), set[int]()
    for sequence in sequences:
        assert cord.receive(sequence) == ("REPEAT" if sequence in arrived else "")
        arrived.add(sequence)
        missing = set(range(max(arrived))) - arrived
        assert cord.state == CordState(max(arrived), body_hash(max(arrived)), ranges(missing))
        assert cord.state.missing_sequences() == sorted(missing)


def test_a_cord_begins_after_thirty_two_zero_bytes() -> None:
    assert unpack_cord(None) == CordState(-1, bytes(32), ())
    assert bytes(32) == GENESIS_HASH
    assert Cord().receive(0, BundleHashes(HIGH, bytes(32))) == ""
    assert Cord().receive(0, BundleHashes(HIGH, LOW)) == "BROKEN_CHAIN"


@pytest.mark.parametrize("other", [LOW, HIGH])
def test_another_body_at_an_accepted_place_is_a_fork(other: bytes) -> None:
    cord = Cord()
    assert cord.receive(0, BundleHashes(MIDDLE, bytes(32))) == ""
    assert cord.receive(0, BundleHashes(MIDDLE, LOW)) == "REPEAT"
    assert cord.receive(0, BundleHashes(other, bytes(32))) == "FORK"


@pytest.mark.parametrize("other", [LOW, HIGH])
def test_the_next_bundle_names_the_hash_of_the_last(other: bytes) -> None:
    cord = Cord()
    cord.receive(0, BundleHashes(MIDDLE, bytes(32)))
    assert cord.receive(1, BundleHashes(HIGH, other)) == "BROKEN_CHAIN"
    assert cord.receive(1, BundleHashes(HIGH, MIDDLE)) == ""


@pytest.mark.parametrize("other", [LOW, HIGH])
def test_a_late_bundle_fits_the_hashes_on_both_sides(other: bytes) -> None:
    cord = Cord()
    cord.receive(3, BundleHashes(MIDDLE, LOW))
    cord.receive(5, BundleHashes(LOW, MIDDLE))
    for code, hashes in (
        ("BROKEN_CHAIN", BundleHashes(MIDDLE, other)),
        ("BROKEN_CHAIN", BundleHashes(other, MIDDLE)),
        ("", BundleHashes(MIDDLE, MIDDLE)),
    ):
        assert cord.receive(4, hashes) == code
    assert cord.state.missing == ((0, 2),)


@pytest.mark.parametrize("other", [LOW, HIGH])
def test_a_late_bundle_with_one_neighbour_fits_that_one(other: bytes) -> None:
    cord = Cord()
    cord.receive(3, BundleHashes(MIDDLE, LOW))
    cord.receive(9, BundleHashes(MIDDLE, MIDDLE))
    assert cord.receive(4, BundleHashes(HIGH, other)) == "BROKEN_CHAIN"
    assert cord.receive(8, BundleHashes(other, HIGH)) == "BROKEN_CHAIN"
    assert cord.receive(6, BundleHashes(other, other)) == ""


def test_a_late_first_bundle_names_the_beginning() -> None:
    cord = Cord(2)
    assert cord.receive(0, BundleHashes(body_hash(0), LOW)) == "BROKEN_CHAIN"
    assert cord.receive(0) == ""
    assert cord.state.missing == ((1, 1),)


def test_a_receipt_names_the_lowest_thousand_that_are_missing() -> None:
    assert MAX_NAMED == 1000
    ahead = CordState(5_000_000, LOW, ((3, 5), (10, 600), (700, 4_999_999)))
    lowest = [3, 4, 5, *range(10, 601), *range(700, 5_000)]
    assert ahead.missing_sequences() == lowest[:1000]
    assert CordState(1003, LOW, ((3, 1002),)).missing_sequences() == list(range(3, 1003))
    assert CordState(1004, LOW, ((3, 1003),)).missing_sequences() == list(range(3, 1003))


@given(st.lists(st.integers(0, 12), max_size=20))
def test_the_state_is_kept_without_the_names_of_its_fields(sequences: list[int]) -> None:
    state = Cord(*dict.fromkeys(sequences)).state
    data = CORD_STATE.pack(state)
    assert unpack_cord(data) == state
    assert b"missing" not in data


def test_a_state_never_changes() -> None:
    with pytest.raises(AttributeError):
        CordState().last = 3  # type: ignore[misc]


def split(count: int) -> CordState:
    """A cord of which every third bundle came, with so many gaps of two."""
    gaps = tuple((3 * number, 3 * number + 1) for number in range(count))
    return CordState(3 * count - 1, MIDDLE, gaps)


def code_of(state: CordState, sequence: int) -> str:
    hashes = BundleHashes(MIDDLE, MIDDLE)
    code, after = accept_next(state, sequence, hashes, lambda _: None)
    assert code == "" or after is state
    return code


@pytest.mark.parametrize("last", [-1, 0, 25_000_000])
def test_a_bundle_is_at_most_ten_million_ahead(last: int) -> None:
    assert MAX_SEQUENCE_STEP == 10_000_000
    state = CordState(last, LOW, ())
    assert code_of(state, last + 5) == ""
    assert code_of(state, last + MAX_SEQUENCE_STEP) == ""
    assert code_of(state, last + MAX_SEQUENCE_STEP + 1) == "TOO_FAR"


def test_a_cord_has_at_most_a_thousand_gaps() -> None:
    assert MAX_GAP_RANGES == 1000
    for gaps, ahead in ((999, ""), (1000, "TOO_FAR"), (1001, "TOO_FAR")):
        assert code_of(split(gaps), 3 * gaps + 7) == ahead
        assert code_of(split(gaps), 3 * gaps) == ""
    for gaps, late in ((998, ""), (999, ""), (1000, "TOO_FAR"), (1001, "TOO_FAR")):
        first = 10_000
        wide = CordState(20_000, MIDDLE, (*split(gaps - 1).missing, (first, first + 9)))
        assert code_of(wide, first + 4) == late
    assert code_of(split(1000), 3) == ""
