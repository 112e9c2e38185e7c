"""Newest first, a page at a time, when what is shown is decided row by row for each reader. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Seen = TypeVar("Seen")

CHUNK = 400
BEYOND = 132  # candidates judged beyond a page: those that the reader does not see, and a bundle that came in one moment


class Candidate(NamedTuple):
    """Something that may be shown, and how new its newest part is, whoever may see that (ms since 1970 UTC)."""

    id: str
    newest: int


def page(
    candidates: Callable[[int, int], Sequence[Candidate]],
    judge: Callable[[Sequence[str]], Sequence[Seen]],
    rank: Callable[[Seen], tuple[int, str]],
    limit: int,
    offset: int,
    chunk_size: int | None = None,
) -> list[Seen]:
    """The page of what `judge` lets through, newest first by `rank` (ms, id), computed from what the reader sees alone.

    `candidates(limit, offset)`: newest first. What is seen of one is never newer than all of it, so once enough is seen that is newer
    than every candidate left, the page is complete: neither its content nor its order tells of what is hidden.
    """
    seen: list[Seen] = []
    at, size = 0, chunk_size or min(CHUNK, offset + limit + BEYOND)
    while chunk := candidates(size, at):
        at += len(chunk)
        seen += judge([candidate.id for candidate in chunk])
        if len(chunk) < size or sum(rank(one)[0] > chunk[-1].newest for one in seen) >= offset + limit:
            break
    seen.sort(key=lambda one: (-rank(one)[0], rank(one)[1]))
    return seen[offset : offset + limit]
