"""Hold the blocking keys of a list in files: by row, and in order of the key.

The keys are put into parts by their size, each part is sorted alone, and the parts one after the
other are in order. So memory holds one part, whatever the length of the list.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
ROWS_AT_A_TIME = 20_000
PARTS = 64
_SHIFT = np.int64(63 - 5)
"""Bits below those that say the part: 64 parts are 6 bits, of which one is the sign."""


class SortedKeys:
    """Keys of the rows of a list. 0 is no key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = [folder / f"part-{number:02}" for number in range(PARTS)]
        self._sorted = np.empty(0, dtype=np.int64)
        self._rows = np.empty(0, dtype=np.int64)

    def add(self, start: int, keys: NDArray[np.int64]) -> None:
        """Add the keys of rows from `start`, one line of keys a row."""
        np.save(self._rows_path(start), keys)
        flat = keys.ravel()
        places = np.flatnonzero(flat)
        own, rows = flat[places], places // keys.shape[1] + start
        part = (own >> _SHIFT) + PARTS // 2
        order = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[order], np.arange(PARTS + 1))
        for number, path in enumerate(self._parts):
            chosen = order[ends[number] : ends[number + 1]]
            with path.open("ab") as stream:
                np.stack([own[chosen], rows[chosen]], axis=1).tofile(stream)

    def _rows_path(self, start: int) -> Path:
        return self._folder / f"rows-{start:012}.npy"

    def finish(self) -> None:
        """Sort what was added, so that keys can be found."""
        files = self._folder / "keys", self._folder / "rows"
        with files[0].open("wb") as keys, files[1].open("wb") as rows:
            for path in self._parts:
                if not path.exists():
                    continue
                part = np.fromfile(path, dtype=np.int64).reshape(-1, 2)
                part = part[np.argsort(part[:, 0], kind="stable")]
                np.ascontiguousarray(part[:, 0]).tofile(keys)
                np.ascontiguousarray(part[:, 1]).tofile(rows)
                path.unlink()
        if files[0].stat().st_size:
            self._sorted, self._rows = (np.memmap(file, np.int64, "r") for file in files)

    def of_rows(self, start: int) -> tuple[Keys, Keys]:
        """Return the keys of ROWS_AT_A_TIME rows from `start`, and the row of each."""
        keys = np.load(self._rows_path(start))
        flat = keys.ravel()
        places = np.flatnonzero(flat)
        return flat[places], places // keys.shape[1] + start

    def find(self, keys: Keys) -> tuple[Keys, Keys]:
        """Return for each key the place of its first row in the order, and how many it has."""
        order = np.argsort(keys, kind="stable")  # in order, so that pages are read once
        ordered = keys[order]
        low, width = np.empty_like(keys), np.empty_like(keys)
        first = np.searchsorted(self._sorted, ordered, "left")
        low[order] = first
        width[order] = np.searchsorted(self._sorted, ordered, "right") - first
        return low, width

    def row_at(self, places: Keys) -> Keys:
        """Return the rows at these places of the order."""
        return np.asarray(self._rows[places], dtype=np.int64)
