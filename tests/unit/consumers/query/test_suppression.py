"""Small counts that are hidden: nothing that is published gives one of them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.query.figures.suppression import TOTAL, Cell, publish, with_totals

SMALL = st.integers(0, 7)
TABLES = st.lists(SMALL, min_size=1, max_size=4).map(lambda row: [row]) | st.lists(
    st.lists(SMALL, min_size=2, max_size=2), min_size=2, max_size=2
)
"""At most four counts, so that every other table can be tried."""
LARGE = st.dictionaries(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("vwxyz")),
    st.integers(0, 60),
    max_size=30,
)
HIGHEST = 11
"""More than any count of the small tables, so that the search leaves out nothing that matters."""


def counts_of(rows: list[list[int]]) -> dict[Cell, int]:
    return {
        (f"r{at}", f"c{place}"): count
        for at, row in enumerate(rows)
        for place, count in enumerate(row)
    }


def possible_tables(shown: Mapping[Cell, int | None]) -> Iterator[dict[Cell, int]]:
    """Yield every table with totals that fits what is published, by trying all of them."""
    inside = [cell for cell in shown if TOTAL not in cell]
    hidden = [cell for cell in inside if shown[cell] is None]
    for values in product(range(1, HIGHEST), repeat=len(hidden)):
        tried = {cell: shown[cell] or 0 for cell in inside} | dict(zip(hidden, values, strict=True))
        every = with_totals(tried)
        if all(count is None or every.get(cell, 0) == count for cell, count in shown.items()):
            yield every


@settings(deadline=None)
@given(TABLES, st.integers(2, 6))
def test_every_hidden_count_could_be_another(rows: list[list[int]], threshold: int) -> None:
    table = publish(counts_of(rows), threshold)
    hidden = {cell for cell, count in table.counts.items() if count is None}
    seen: dict[Cell, set[int]] = {cell: set() for cell in hidden}
    for possible in possible_tables(table.counts):
        for cell in hidden:
            seen[cell].add(possible[cell])
    assert all(len(values) > 1 for values in seen.values())


@given(LARGE, st.integers(1, 9))
def test_no_small_count_is_published_and_what_is_published_is_true(
    counts: dict[Cell, int], threshold: int
) -> None:
    table, every = publish(counts, threshold), with_totals(counts)
    assert table.counts.keys() == every.keys()
    for cell, count in table.counts.items():
        assert count is None or count == every[cell]
        assert count is None or count == 0 or count >= threshold


@given(LARGE)
def test_a_table_without_small_counts_is_published_whole(counts: dict[Cell, int]) -> None:
    table = publish(counts, 1)
    assert None not in table.counts.values()


def test_one_small_count_hides_another_of_its_row_and_of_its_column() -> None:
    counts = counts_of([[2, 20, 30], [40, 50, 60], [70, 80, 90]])
    hidden = {cell for cell, count in publish(counts).counts.items() if count is None}
    assert hidden == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}


def test_counts_of_one_that_their_totals_would_give_away_hide_the_totals_too() -> None:
    table = publish(counts_of([[1, 1], [1, 1]]), 2)
    assert table.counts["r0", "c0"] is None
    assert table.counts["r0", TOTAL] is None or table.counts[TOTAL, "c0"] is None


def test_nothing_to_count_is_an_empty_table() -> None:
    assert publish({}).counts == {}
