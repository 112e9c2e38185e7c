"""Say how a child ended, so that health can name the reason: a signal, the kernel's memory, itself.

Linux does not tell a parent that the kernel killed a child for memory. It counts such kills, and a
child that ends by SIGKILL while that count rises was one of them.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Literal, TypedDict

from infra.supervisor.start_errors import how_it_ended

KEPT_ENDS = 10
"""So many of the last ends of a child are kept."""
EndCause = Literal["exit", "signal", "memory", "stuck"]
_COUNTERS = (Path("/sys/fs/cgroup/memory.events"), Path("/proc/vmstat"))
"""Where Linux counts kills for memory: of this container, else of the machine."""


class ChildEnd(TypedDict):
    """Tell of an end of a child that nobody ordered.

    `at`: s since 1970 UTC; `code`: as of subprocess; `recovered_s`: until it was ready again, None
    where it is not yet.
    """

    at: float
    cause: EndCause
    code: int
    recovered_s: float | None


class ChildState(TypedDict):
    """Tell what a child does now; `pid` is None while it is not running."""

    pid: int | None
    restarts: int
    ends: list[ChildEnd]


def child_end(code: int, is_stuck: bool, lacked_memory: bool, at: float) -> ChildEnd:
    """Make the end of a child. `is_stuck`: the supervisor killed it, since it stood still. Pure."""
    cause: EndCause = "exit"
    if is_stuck:
        cause = "stuck"
    elif code == -signal.SIGKILL and lacked_memory:
        cause = "memory"
    elif code < 0:
        cause = "signal"
    return {"at": at, "cause": cause, "code": code, "recovered_s": None}


def describe_end(end: ChildEnd) -> str:
    """Write the end for the log and the terminal: `signal SIGKILL, out of memory`."""
    suffix = {"memory": ", out of memory", "stuck": ", stood still"}.get(end["cause"], "")
    return how_it_ended(end["code"]) + suffix


def count_memory_kills(counters: tuple[Path, ...] = _COUNTERS) -> int:
    """Return how many processes the kernel killed for memory so far; 0 where it does not say."""
    for path in counters:
        try:
            lines = path.read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        for line in lines:
            name, _, count = line.partition(" ")
            if name == "oom_kill" and count.isdecimal():
                return int(count)
    return 0
