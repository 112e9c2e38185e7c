"""Tell the time. Tests replace what they are given, never this module."""

import time

from schemas.model import EpochMs


def now_ms() -> EpochMs:
    """Return the machine's time, in milliseconds since 1970 UTC."""
    return EpochMs(time.time_ns() // 1_000_000)
