"""A person is looked for by the rarest keys, within a bound, and never by none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.persons.search_keys import KeySize, choose_keys

SIZES = st.lists(
    st.builds(KeySize, st.integers(0, 99), st.integers(1, 500)), unique_by=lambda known: known.key
)


@given(SIZES, st.integers(1, 1_000))
def test_the_chosen_keys_are_the_rarest_and_stay_within_the_bound(
    sizes: list[KeySize], most: int
) -> None:
    chosen = choose_keys(sizes, most)
    size_of = {known.key: known.size for known in sizes}
    rows = sum(size_of[key] for key in chosen.keys)
    others = [known.size for known in sizes if known.key not in chosen.keys]
    assert len(chosen.keys) >= min(1, len(sizes))
    assert rows <= most or len(chosen.keys) == 1
    assert all(size_of[key] <= size for key in chosen.keys for size in others)
    assert chosen.is_complete == (not others)
    assert not others or rows + min(others) > most


def test_a_key_of_half_of_all_records_is_left_out() -> None:
    chosen = choose_keys([KeySize(1, 500_000), KeySize(2, 40), KeySize(3, 900)])
    assert chosen.keys == [2, 3] and not chosen.is_complete
