"""Newest first, a page at a time, where each reader's own view decides what is on it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from consumers.query.cursors import Cursor

View = TypeVar("View")

DEFAULT_LIMIT = 50
"""Items of a page where nobody says how many."""
BATCH_SIZE = 1000
"""Candidates judged together."""
MAX_OFFSET = 10_000
"""How many may be left out; a cursor leads further, at the cost of one page."""
LOOKAHEAD = 132
"""Candidates beyond a page that the first question asks for: those that the reader does not see,
and a bundle that came in one moment.
"""
SPARE = 8
"""Candidates beyond a page that are judged at first."""


class PageRange(NamedTuple):
    """Which part of a list: `limit` items at most, after `offset` that are left out.

    `after`: the place where the list begins; None is its start.
    """

    limit: int
    offset: int = 0
    after: Cursor | None = None


class Page(NamedTuple, Generic[View]):
    """A part of a list. `next`: where the next part begins; None where there is no more."""

    items: list[View]
    next: Cursor | None


class Candidate(NamedTuple):
    """A part of an item that may be shown, whoever may see it.

    `recorded_at`: when the log took that part, ms since 1970 UTC.
    """

    id: str
    recorded_at: int


def read_page(
    candidates: Callable[[int], Sequence[Candidate]],
    visible: Callable[[Sequence[str]], Sequence[View]],
    rank: Callable[[View], tuple[int, str]],
    page: PageRange,
) -> Page[View]:
    """Return a page as `visible_page` does, and where the next one begins."""
    one_more = page._replace(limit=page.limit + 1)
    views = visible_page(candidates, visible, rank, one_more)
    items = views[: page.limit]
    has_more = len(views) > page.limit
    return Page(items, Cursor(*rank(items[-1])) if has_more else None)


def visible_page(
    candidates: Callable[[int], Sequence[Candidate]],
    visible: Callable[[Sequence[str]], Sequence[View]],
    rank: Callable[[View], tuple[int, str]],
    page: PageRange,
    first: int | None = None,
) -> list[View]:
    """Return the page of what is visible, newest first by `rank` (ms, id).

    It is computed from what the reader sees alone. `candidates(n)` returns the n newest, an id at
    least once, of the parts recorded up to `page.after`; `visible(ids)` returns what the reader
    sees of them; `first`: how many are read at first, then twice as many. The view of an item is
    as new as one of its parts, so once enough is visible that comes before every further
    candidate, the page is complete: neither its content nor its order reveals what is hidden. To
    judge an item costs far more than to find it, so no more are judged than the page needs.
    """
    limit, offset, after = page
    views: list[View] = []
    judged: set[str] = set()
    size, end = first or offset + limit + LOOKAHEAD, offset + limit
    while True:
        batch = candidates(size)
        is_whole = len(batch) < size
        places = _places(batch, is_whole, judged)
        start, step = 0, min(BATCH_SIZE, max(1, end - len(views)) + SPARE)
        while start < len(places):
            ids = [id_ for _, id_ in places[start : start + step]]
            judged.update(ids)
            views += [view for view in visible(ids) if is_after(rank(view), after)]
            start, step = start + step, min(BATCH_SIZE, step * 2)
            if start < len(places) and _are_before(views, rank, places[start]) >= end:
                return _cut(views, rank, page)
        if is_whole or _are_before(views, rank, (-batch[-1].recorded_at, "")) >= end:
            return _cut(views, rank, page)
        size *= 2


def _places(batch: Sequence[Candidate], is_whole: bool, judged: set[str]) -> list[tuple[int, str]]:
    """Return the places of what is not judged, in the order of the list.

    Of the last moment of a batch that is not whole some candidates may be missing: they wait.
    """
    last = None if is_whole else batch[-1].recorded_at
    newest: dict[str, int] = {}
    for id_, recorded_at in batch:
        if recorded_at != last and id_ not in judged:
            newest.setdefault(id_, recorded_at)
    return sorted((-recorded_at, id_) for id_, recorded_at in newest.items())


def _are_before(
    views: Sequence[View], rank: Callable[[View], tuple[int, str]], place: tuple[int, str]
) -> int:
    """Count the views that come before a place."""
    return sum((-rank(view)[0], rank(view)[1]) < place for view in views)


def _cut(
    views: Sequence[View], rank: Callable[[View], tuple[int, str]], page: PageRange
) -> list[View]:
    ordered = sorted(views, key=lambda view: (-rank(view)[0], rank(view)[1]))
    return ordered[page.offset : page.offset + page.limit]


def is_after(rank: tuple[int, str], after: Cursor | None) -> bool:
    """Say whether an item comes after a place in the list, where newer items come first."""
    return after is None or (-rank[0], rank[1]) > (-after.recorded_at, after.id)
