"""How long a test waits: longer on a machine that has more to do than it has processors."""

from __future__ import annotations

import os


def patience(seconds: float) -> float:
    """Return how many seconds to wait for what takes so many at most on an idle machine.

    Each process that waits for a processor makes the others as much slower: the load of the last
    minute, by processor, says how many there are.
    """
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
