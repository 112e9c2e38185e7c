"""Give the partitions of a process their turns, and slow down whoever makes heavy work.

Pace changes when something is done, never what is decided.
"""

from __future__ import annotations

import asyncio

HEAVY_UNITS_PER_S = 10_000
"""Heavy work of all partitions of a process together.

Intake of so many observations takes about a third of a second, and correlation a sixth. The rest is
for everybody else. Without this, one country's observations fill the queue in front
of correlation, and every other country's wait behind them.
"""


class Pace:
    """Is shared by the partitions of a process."""

    def __init__(self, heavy_units_per_s: float = HEAVY_UNITS_PER_S) -> None:
        """Set how many heavy units all partitions together do in a second."""
        self._seconds_per_unit = 1 / heavy_units_per_s
        self._heavy = asyncio.Lock()

    async def wait(self, heavy: int) -> None:
        """Wait for the next turn: at once, or after the time that heavy units of work take."""
        if not heavy:
            await asyncio.sleep(0)
            return
        async with self._heavy:
            await asyncio.sleep(heavy * self._seconds_per_unit)
