"""Hold the pairs that were found, and group what they join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class PairReason(NamedTuple):
    """Hold by what a pair agrees or differs, and how many bits that weighs."""

    field: str
    level: str
    weight: float


class FoundPairs(NamedTuple):
    """Hold some pairs: their rows in the lists, their log2 odds, and the reasons of each."""

    rows_a: NDArray[np.int64]
    rows_b: NDArray[np.int64]
    odds: NDArray[np.float64]
    reasons: Sequence[Sequence[PairReason]]


class RowGroups:
    """Groups of rows that pairs join (union-find with halving of paths)."""

    def __init__(self, rows: int) -> None:
        self._above = list(range(rows))

    def join(self, a: int, b: int) -> None:
        """Put two rows into one group; its number is that of its first row."""
        low, high = sorted((self.root(a), self.root(b)))
        self._above[high] = low

    def root(self, row: int) -> int:
        """Return the first row of the row's group."""
        above = self._above
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row
