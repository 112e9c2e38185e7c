"""The proof of the pipeline: every equality of the node's and the mechanism's numbers, and the
first difference named.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.cli.render_reconcile import print_report
from consumers.maintenance.reconcile import OutboxCounts, ReconcileReport, reconcile_cord
from consumers.maintenance.rejects import RejectCount
from consumers.runtime.consumer_lag import standing_groups
from consumers.store.stored_counts import ZERO, StoredCounts
from infra.terminal import make_console
from schemas.checksum import item_checksum, to_hex

SUM, PART = "0" * 31 + "7", "0" * 31 + "5"
NODE = OutboxCounts(12, 2, 10, 6, 2, 1, 1, SUM, PART)
MECHANISM = StoredCounts(10, 6, 2, 1, 1, SUM, PART, 6, PART)


def report(
    *, rejected: int = 0, messages: int = 0, waiting: dict[str, int] | None = None
) -> ReconcileReport:
    cord = reconcile_cord("n/routine/1", None, replace(MECHANISM, rejected=rejected))
    codes = [RejectCount("n", "rejected", "UNKNOWN_KEY", messages)] if messages else []
    return ReconcileReport([cord], codes, waiting or {})


def shown(of: ReconcileReport) -> str:
    console = make_console(file=(out := io.StringIO()), width=80, highlight=False)
    print_report(console, "en", of)
    return out.getvalue()


def test_only_what_agrees_moves_and_was_not_rejected_is_proved() -> None:
    assert report().is_proved
    assert "Proved" in shown(report())


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (report(rejected=60), "60 items"),
        (report(messages=3), "3 whole messages (UNKNOWN_KEY)"),
        (report(waiting={"quipu.g1.sink": 7}), "7 messages wait for quipu.g1.sink"),
    ],
)
def test_what_was_rejected_or_stands_still_is_counted_and_nothing_is_called_proved(
    case: ReconcileReport, words: str
) -> None:
    assert not case.is_proved
    assert "Proved" not in shown(case)
    assert words in shown(case)
    assert case.holds == (not case.waiting)


def test_an_event_that_no_total_counts_is_a_difference() -> None:
    counted = replace(MECHANISM, countable=6, counted=6)
    assert reconcile_cord("n/routine/1", NODE, counted).holds
    (difference,) = reconcile_cord("n/routine/1", NODE, replace(counted, counted=5)).differences
    assert (difference.amount, difference.other_amount) == ("6", "5")
    assert "quipu rebuild" in difference.remedy.in_language("en")


class Turns:
    """A clock that sleeping turns."""

    now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_a_group_stands_still_only_if_nothing_moves(waiting: list[int]) -> None:
    turns, left = Turns(), iter(sorted(waiting, reverse=True))
    last = min(waiting)
    groups = standing_groups(
        lambda: {"a": next(left, last), "b": 0}, lambda: turns.now, turns.sleep
    )
    assert groups == {"a": last}
    assert standing_groups(lambda: {"a": 0}, lambda: turns.now, turns.sleep) == {}


def test_a_group_that_catches_up_does_not_stand_still() -> None:
    turns, left = Turns(), iter([9, 9, 5, 5, 1])
    groups = standing_groups(lambda: {"a": next(left, 0)}, lambda: turns.now, turns.sleep)
    assert groups == {}


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
