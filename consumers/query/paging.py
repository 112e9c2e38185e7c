"""Newest first, a page at a time, where each reader's own view decides what is on it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from consumers.query.cursors import Cursor

View = TypeVar("View")

BATCH_SIZE = 1000
"""Candidates judged together."""
MAX_OFFSET = 10_000
"""How many may be left out; a cursor leads further, at the cost of one page."""
LOOKAHEAD = 132
"""Candidates beyond a page that the first question asks for: those that the reader does not see,
and a bundle that came in one moment.
"""


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
    as new as one of its parts, so once enough is visible that is newer than every further
    candidate, the page is complete: neither its content nor its order reveals what is hidden.
    """
    limit, offset, after = page
    views: list[View] = []
    judged: set[str] = set()
    size, end = first or offset + limit + LOOKAHEAD, offset + limit
    while True:
        batch = candidates(size)
        new = [
            id_ for id_ in dict.fromkeys(candidate.id for candidate in batch) if id_ not in judged
        ]
        judged.update(new)
        for start in range(0, len(new), BATCH_SIZE):
            seen = visible(new[start : start + BATCH_SIZE])
            views += [view for view in seen if is_after(rank(view), after)]
        if len(batch) < size or sum(rank(view)[0] > batch[-1].recorded_at for view in views) >= end:
            break
        size *= 2
    views.sort(key=lambda view: (-rank(view)[0], rank(view)[1]))
    return views[offset:end]


def is_after(rank: tuple[int, str], after: Cursor | None) -> bool:
    """Say whether an item comes after a place in the list, where newer items come first."""
    return after is None or (-rank[0], rank[1]) > (-after.recorded_at, after.id)
