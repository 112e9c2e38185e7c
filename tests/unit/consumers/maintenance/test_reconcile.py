"""The proof of the pipeline: every equality of the node's and the mechanism's numbers, and the
first difference named.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.maintenance.reconcile import (
    ZERO,
    OutboxCounts,
    StoredCounts,
    reconcile_cord,
)
from schemas.checksum import item_checksum, to_hex

SUM, PART = "0" * 31 + "7", "0" * 31 + "5"
NODE = OutboxCounts(12, 2, 10, 6, 2, 1, 1, SUM, PART)
MECHANISM = StoredCounts(10, 6, 2, 1, 1, SUM, PART, 6, PART)


def test_what_agrees_holds() -> None:
    assert reconcile_cord("n/routine/1", NODE, MECHANISM).holds


def test_a_cord_whose_node_is_elsewhere_is_proved_by_what_the_mechanism_has() -> None:
    assert reconcile_cord("n/routine/1", None, MECHANISM).holds
    assert not reconcile_cord("n/routine/1", None, replace(MECHANISM, stored=5)).holds


@pytest.mark.parametrize(
    ("node", "mechanism", "first"),
    [
        (replace(NODE, submitted=13), MECHANISM, "taken = refused + sealed"),
        (replace(NODE, accepted=5), MECHANISM, "sealed = answered"),
        (NODE, StoredCounts(), "sealed at the node = at the mechanism"),
        (
            NODE,
            replace(MECHANISM, accepted=5, rejected=2),
            "accepted at the node = at the mechanism",
        ),
        (NODE, replace(MECHANISM, sealed_sum=PART), "checksum of sealed items"),
        (
            NODE,
            replace(MECHANISM, accepted_sum=SUM, stored_sum=SUM),
            "checksum of accepted items",
        ),
        (NODE, replace(MECHANISM, stored=7), "accepted = stored"),
        (NODE, replace(MECHANISM, stored_sum=SUM), "checksum of stored items"),
    ],
)
def test_the_first_difference_is_named_with_what_to_do(
    node: OutboxCounts, mechanism: StoredCounts, first: str
) -> None:
    proof = reconcile_cord("n/routine/1", node, mechanism)
    assert str(proof.differences[0].what) == first
    assert proof.differences[0].remedy.in_language("es")


def test_the_sum_of_nothing_is_nought() -> None:
    assert to_hex(item_checksum([])) == ZERO


@given(
    st.lists(
        st.tuples(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16)),
        min_size=1,
        unique=True,
    )
)
def test_the_sum_knows_no_order_and_misses_no_item(items: list[tuple[bytes, bytes]]) -> None:
    assert item_checksum(items) == item_checksum(reversed(items))
    assert item_checksum(items) != item_checksum(items[1:])
