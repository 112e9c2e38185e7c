"""Decide when a child that lives counts as stuck. Pure.

It is stuck if it gives no sign of life, or says itself that it does not progress. A child that is
idle, catches up for hours or waits for Kafka gives its sign each second and is left alone; one that
is stopped (SIGSTOP), or whose event loop is blocked, gives none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SILENT_S = 60.0
"""Far above what the longest step takes that holds up a worker's event loop: closing a state waits
for its compaction, seconds.
"""
STALLED_S = 180.0
"""The child's own watchdog ends it sooner (60 s, 120 s); this is for one that cannot end itself."""


@dataclass(frozen=True)
class LivenessReading:
    """Hold the last sign of life of a child.

    `silent_s`: its age in seconds. `stalled_s`: for how long work had waited then without progress.
    """

    silent_s: float
    stalled_s: float


@dataclass(frozen=True)
class Watchdog:
    """Decide by a process's last sign of life; `pulse(pid)` returns it, None if there is none.

    `silent`, `stalled`: the limits in seconds.
    """

    pulse: Callable[[int], LivenessReading | None]
    silent: float = SILENT_S
    stalled: float = STALLED_S

    def stuck_reason(self, pid: int) -> str:
        """Return why the process should be ended; empty while it is well.

        No sign of life yet is no reason, because it may still be starting.
        """
        pulse = self.pulse(pid)
        if pulse is None:
            return ""
        if pulse.silent_s > self.silent:
            return f"no sign of life for {pulse.silent_s:.0f} s"
        if pulse.stalled_s > self.stalled:
            return f"work waits and nothing moved for {pulse.stalled_s:.0f} s"
        return ""

    def is_progressing(self, pid: int) -> bool:
        """Say whether it has given a sign of life and nothing is wrong with it.

        Then becoming ready may take as long as it takes.
        """
        return self.pulse(pid) is not None and not self.stuck_reason(pid)
