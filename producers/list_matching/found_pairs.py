"""Hold the pairs that were found, and group what they join."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
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
        self._above = array("q", range(rows))

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


def take_texts(texts: pa.Array | pa.ChunkedArray, places: NDArray[np.integer]) -> list[str]:
    """Return the texts at these places. Arrow is not asked to read numpy, which imports pandas."""
    indices = np.ascontiguousarray(places, dtype=np.int64)
    buffers = [None, pa.py_buffer(indices)]
    taken = texts.take(pa.Array.from_buffers(pa.int64(), len(indices), buffers))
    chosen: list[str] = taken.to_pylist()
    return chosen
