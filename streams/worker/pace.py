"""Give the partitions of a process their turns, and slow down whoever makes heavy work.

Pace changes when something is done, never what is decided.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from streams.folding.slices import Slice

PAUSE_FACTOR = 4.0
"""Pause after heavy work, in times of what it took, of all partitions of a process together.

So heavy intake takes a fifth of the process at most, on a slow machine too. Correlation of what it
gives takes about as much. Without this, one country's observations fill the queue in front of
correlation, and every other country's wait behind them.
"""


class Pace:
    """Is shared by the partitions of a process."""

    def __init__(self, pause_factor: float = PAUSE_FACTOR) -> None:
        """Set how long a pause is, in times of the heavy work before it."""
        self._pause_factor = pause_factor
        self._heavy = asyncio.Lock()

    async def wait(self, heavy_s: float) -> None:
        """Wait for the next turn: at once, or after heavy work for as long as its pause is (s)."""
        if not heavy_s:
            await asyncio.sleep(0)
            return
        async with self._heavy:
            await asyncio.sleep(heavy_s * self._pause_factor)


def timed(slices: Iterator[Slice]) -> Iterator[tuple[Slice, float]]:
    """Give each slice with the seconds that it took."""
    began = time.monotonic()
    for part in slices:
        yield part, time.monotonic() - began
        began = time.monotonic()
