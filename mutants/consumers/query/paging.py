"""Newest first, a page at a time, when what is shown is decided row by row for each reader. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Seen = TypeVar("Seen")

BATCH_SIZE = 1000
"""Candidates judged together."""
LOOKAHEAD = 132
"""Candidates looked at beyond a page: those that the reader does not see, and a bundle that came in
one moment.
"""


class Candidate(NamedTuple):
    """A part of something that may be shown, and how new that part is, whoever may see it (ms since
    1970 UTC).
    """

    id: str
    newest: int


def visible_page(
    candidates: Callable[[int], Sequence[Candidate]],
    judge: Callable[[Sequence[str]], Sequence[Seen]],
    rank: Callable[[Seen], tuple[int, str]],
    limit: int,
    offset: int,
    first: int | None = None,
) -> list[Seen]:
    """The page of what `judge` lets through, newest first by `rank` (ms, id), computed from what
    the reader sees alone.

    `candidates(n)`: the n newest, one id as often as it has parts; `first`: how many are asked for
    at first, then twice as many. What is seen of something is never newer than all of it, so once
    enough is seen that is newer than every candidate left, the page is complete: neither its
    content nor its order tells of what is hidden.
    """
    seen: list[Seen] = []
    judged: set[str] = set()
    size, end = first or offset + limit + LOOKAHEAD, offset + limit
    while True:
        found = candidates(size)
        new = [id_ for id_ in dict.fromkeys(one.id for one in found) if id_ not in judged]
        judged.update(new)
        for start in range(0, len(new), BATCH_SIZE):
            seen += judge(new[start : start + BATCH_SIZE])
        if len(found) < size or sum(rank(one)[0] > found[-1].newest for one in seen) >= end:
            break
        size *= 2
    seen.sort(key=lambda one: (-rank(one)[0], rank(one)[1]))
    return seen[offset:end]
