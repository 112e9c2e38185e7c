"""The one way in which a long-running process shows that it is alive, and ends when it is stuck.

A process writes its status file each second (`infra.telemetry.status_file`). Work that waits while
nothing moves is a stall; a process that stalls ends itself, and its supervisor starts it again.
Waiting for Kafka or the store is no stall: a restart would only wait again.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import structlog

from infra.settings import Settings
from infra.telemetry import status_file

log = structlog.get_logger(__name__)

T = TypeVar("T")
WINDOW_S = 10.0
CLOSE_TIMEOUT_S = 2.0


class SlidingWindow(Generic[T]):
    """Remember the values of the last WINDOW_S seconds, to tell how fast a sum grows.

    Times are seconds of any one clock. At least two values are kept once two were recorded.
    """

    def __init__(self, start: T, now: float) -> None:
        """Begin with one value at `now`."""
        self._values: deque[tuple[float, T]] = deque([(now, start)])

    def record(self, value: T, now: float) -> None:
        """Add the newest value, and drop those that the window does not need any more."""
        self._values.append((now, value))
        while len(self._values) > 2 and now - self._values[1][0] >= WINDOW_S:
            self._values.popleft()

    def ends(self) -> tuple[float, T, T]:
        """Return the window's length in seconds (above 0), its oldest and its newest value."""
        (since, oldest), (until, newest) = self._values[0], self._values[-1]
        return max(until - since, 1e-9), oldest, newest


class StallClock:
    """Measure for how long work has waited while nothing moved.

    Times are seconds of `time.monotonic()`.
    """

    def __init__(self, now: float) -> None:
        """Begin at `now`, as if a step had just ended."""
        self._step_at = now
        self._moved_at = now

    def record_step(self, moved: bool, now: float) -> None:
        """Note that a step of the work ended. `moved`: it got on, or nothing waits."""
        self._step_at = now
        if moved:
            self._moved_at = now

    def reset(self, now: float) -> None:
        """Count from now on: what the process waits for is not its own work."""
        self._step_at = self._moved_at = now

    def stalled_seconds(self, now: float) -> float:
        """Return the seconds since the last step ended or, with work waiting, since it got on."""
        return now - min(self._moved_at, self._step_at)


class StatusReporter:
    """Call `tick` each second from a thread of its own, as long as the process lives.

    A thread of its own, so that the file stays young while one step of the work is long.
    """

    def __init__(self, settings: Settings, name: str, tick: Callable[[float], None]) -> None:
        """`tick` is given the monotonic time and writes the status file."""
        self._settings, self._name, self._tick = settings, name, tick
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="liveness", daemon=True)

    def start(self) -> None:
        """Begin to call `tick` each second."""
        self._thread.start()

    def close(self) -> None:
        """Stop reporting, and remove the status file."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(CLOSE_TIMEOUT_S)
        status_file.remove(self._settings, self._name)

    def _run(self) -> None:
        while not self._stop.wait(status_file.EVERY_S):
            self._tick(time.monotonic())


def report_idle(settings: Settings, name: str, values: Mapping[str, object]) -> StatusReporter:
    """Return a reporter for a process that cannot stall. `values`: what its file holds."""
    return StatusReporter(
        settings, name, lambda now: status_file.write(settings, name, now, values)
    )


def end_stalled_process(event: str, waiting: int, seconds: float) -> None:
    """Log the stall and end the process at once, whatever its other threads do.

    `event`: of the log; `waiting`: messages that wait; `seconds`: for how long nothing moved.
    """
    log.error(
        event,
        waiting=waiting,
        seconds=round(seconds),
        consequence="the process ends; its supervisor starts it again",
    )
    sys.stderr.flush()
    os._exit(1)
