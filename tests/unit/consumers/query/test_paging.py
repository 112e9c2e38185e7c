"""Pages tell nothing of what is hidden: they equal those of an oracle that filters first and cuts
afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from consumers.query.cursors import Cursor
from consumers.query.paging import Candidate, PageRange, read_page, visible_page

# Of each thing: how new each of its parts is, and how new what this reader may see of it is (never
# newer than all of it; None: nothing).
THINGS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.lists(st.integers(0, 9), min_size=1, max_size=5).flatmap(
        lambda parts: st.tuples(st.just(parts), st.none() | st.integers(0, max(parts)))
    ),
    max_size=30,
)


@given(THINGS, st.integers(1, 6), st.integers(0, 8), st.integers(1, 5), st.randoms())
def test_a_page_is_what_is_seen_newest_first(
    things: dict[str, tuple[list[int], int | None]],
    limit: int,
    offset: int,
    first: int,
    random: Random,
) -> None:
    parts = [Candidate(id_, newest) for id_, (all_, _) in things.items() for newest in all_]
    judged: list[str] = []

    def candidates(number: int) -> list[Candidate]:
        random.shuffle(
            parts
        )  # among equally new ones the store may say any first, and another the next time
        return sorted(parts, key=lambda candidate: -candidate.recorded_at)[:number]

    def judge(ids: Sequence[str]) -> list[tuple[int, str]]:
        judged.extend(ids)
        return [(seen, id_) for id_ in ids if (seen := things[id_][1]) is not None]

    pairs = visible_page(candidates, judge, lambda pair: pair, PageRange(limit, offset), first)
    assert len(judged) == len(set(judged)), "nothing is judged twice"
    oracle = sorted(judge(list(things)), key=lambda pair: (-pair[0], pair[1]))
    assert pairs == oracle[offset : offset + limit]


@given(THINGS, st.integers(1, 6))
def test_cursors_lead_through_the_whole_list(
    things: dict[str, tuple[list[int], int | None]], limit: int
) -> None:
    """What a reader sees of a thing is as new as one of its parts: so it is in the list after it."""
    seen = {
        id_: max(part for part in parts if part <= newest)
        for id_, (parts, newest) in things.items()
        if newest is not None and min(parts) <= newest
    }
    parts = [Candidate(id_, at) for id_, (all_, _) in things.items() for at in all_]

    def part_of_list(after: Cursor | None) -> tuple[list[tuple[int, str]], Cursor | None]:
        bound = 9 if after is None else after.recorded_at

        def candidates(number: int) -> list[Candidate]:
            older = [part for part in parts if part.recorded_at <= bound]
            return sorted(older, key=lambda part: -part.recorded_at)[:number]

        return read_page(
            candidates,
            lambda ids: [(seen[id_], id_) for id_ in ids if id_ in seen],
            lambda pair: pair,
            PageRange(limit, after=after),
        )

    pairs, after = part_of_list(None)
    while after is not None:
        more, after = part_of_list(after)
        assert 0 < len(more) <= limit
        pairs += more
    assert pairs == sorted(
        ((at, id_) for id_, at in seen.items()), key=lambda pair: (-pair[0], pair[1])
    )
