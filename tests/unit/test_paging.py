"""Pages tell nothing of what is hidden: they equal those of an oracle that filters first and cuts afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from consumers.paging import Candidate, page

# Of each thing: how new all of it is, and how new what this reader may see of it is (never newer; None: nothing).
THINGS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.integers(0, 9).flatmap(lambda newest: st.tuples(st.just(newest), st.none() | st.integers(0, newest))),
    max_size=30,
)


@given(THINGS, st.integers(1, 6), st.integers(0, 8), st.integers(1, 5))
def test_a_page_is_what_is_seen_newest_first(things: dict[str, tuple[int, int | None]], limit: int, offset: int, chunk: int) -> None:
    every = sorted((Candidate(id_, newest) for id_, (newest, _) in things.items()), key=lambda one: (-one.newest, one.id))

    def judge(ids: Sequence[str]) -> list[tuple[int, str]]:
        return [(seen, id_) for id_ in ids if (seen := things[id_][1]) is not None]

    told = page(lambda number, start: every[start : start + number], judge, lambda one: one, limit, offset, chunk)
    oracle = sorted(judge(list(things)), key=lambda one: (-one[0], one[1]))
    assert told == oracle[offset : offset + limit]
