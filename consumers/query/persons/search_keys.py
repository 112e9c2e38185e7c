"""Choose the keys by which a person is looked for: the rare ones lead to few records. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_ROWS = 20_000
"""Rows of the store that the keys of one person may have together."""


class KeySize(NamedTuple):
    """How many released rows a key has."""

    key: int
    size: int


class SearchKeys(NamedTuple):
    """The keys to look for. `is_complete`: whether no key that has rows was left out."""

    keys: Sequence[int]
    is_complete: bool


def choose_keys(sizes: Sequence[KeySize], most: int = MOST_ROWS) -> SearchKeys:
    """Return the rarest keys, as many as have `most` rows together, but one at least.

    A key of half of all records names nobody, and looking at its rows takes a second at a million.
    """
    ordered = sorted(sizes, key=lambda known: (known.size, known.key))
    keys: list[int] = []
    rows = 0
    for known in ordered:
        rows += known.size
        if keys and rows > most:
            break
        keys.append(known.key)
    return SearchKeys(keys, len(keys) == len(ordered))
