"""E3: sequences with gaps made the state of a cord grow without bound."""

from __future__ import annotations

import pytest

from schemas import bounds
from streams.intake.bundle_chain import (
    CORD_STATE,
    GENESIS_HASH,
    BundleHashes,
    CordState,
    accept_next,
)
from tests.support.signed_bundles import ExchangeBuilder, Node, colombia, weapon

ANY = BundleHashes(b"h" * 32, b"p" * 32)


@pytest.fixture
def co() -> Node:
    return colombia()


@pytest.fixture
def world(co: Node) -> ExchangeBuilder:
    return ExchangeBuilder(co)


def holes(bundles: int) -> tuple[CordState, list[str]]:
    """Sequences 1, 3, 5, …"""
    state, codes = CordState(), []
    for number in range(bundles):
        code, state = accept_next(state, 2 * number + 1, ANY, lambda _sequence: None)
        codes.append(code)
    return state, codes


def test_a_cord_of_holes_is_refused_once_it_has_too_many() -> None:
    state, codes = holes(bounds.MAX_GAP_RANGES + 500)
    assert codes == [""] * bounds.MAX_GAP_RANGES + ["TOO_FAR"] * 500
    assert len(CORD_STATE.pack(state)) < 10_000, "48 KB after 4,000 bundles before, and growing"


def test_a_gap_cannot_be_split_into_more_ranges_than_there_may_be() -> None:
    state, _ = holes(bounds.MAX_GAP_RANGES - 1)
    code, state = accept_next(state, state.last + 10, ANY, lambda _sequence: None)
    assert code == ""
    assert accept_next(state, state.last - 5, ANY, lambda _sequence: None) == ("TOO_FAR", state)
    code, after = accept_next(state, state.last - 1, ANY._replace(hash=b"p" * 32), lambda _: None)
    assert (code, len(after.missing)) == ("", bounds.MAX_GAP_RANGES)


def test_a_full_cord_goes_on_where_it_stands_and_when_its_gaps_are_filled() -> None:
    state, _ = holes(bounds.MAX_GAP_RANGES)
    follows = BundleHashes(b"n" * 32, state.hash)
    assert accept_next(state, state.last + 1, follows, lambda _sequence: None)[0] == ""
    first = BundleHashes(b"p" * 32, GENESIS_HASH)
    code, filled = accept_next(state, 0, first, lambda _sequence: None)
    assert (code, len(filled.missing)) == ("", bounds.MAX_GAP_RANGES - 1)
    assert accept_next(filled, filled.last + 2, ANY, lambda _sequence: None)[0] == ""


@pytest.mark.parametrize("sequence", [2**62, 2**63 - 1, bounds.MAX_SEQUENCE_STEP])
def test_a_sequence_that_no_node_reaches_is_refused_and_told(
    world: ExchangeBuilder, co: Node, sequence: int
) -> None:
    world.publish(co, weapon("1", "STOLEN"), sequence=sequence, previous=b"\1" * 32)
    line = world.run()
    assert [(record["code"], record["missing"]) for record in line.records("receipt")] == [
        ("TOO_FAR", [])
    ]
    assert [record["code"] for record in line.records("reject")] == ["TOO_FAR"]
    assert not line.records("accepted")
