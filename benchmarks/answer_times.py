"""Print how long answers took."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def print_times(kind: str, times: Sequence[float]) -> float:
    """Print percentiles in ms; return the 95th. Raises IndexError where nothing was asked."""
    ordered = sorted(times)
    p95 = ordered[max(0, round(len(ordered) * 0.95) - 1)]
    median = statistics.median(ordered)
    print(
        f"{kind}: {len(times)} asked, median {median:.0f} ms, p95 {p95:.0f}, max {ordered[-1]:.0f}"
    )
    return p95
