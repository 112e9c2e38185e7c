"""The figures of the sink (and of the hits process) once a second, from a thread of their own, and
its end when it is stuck.

Stuck is: for STALL_S no step ended, or messages wait and no row was written, while Kafka and the
store both answer. Waiting for one of them is no standstill of ours: a restart would only wait
again.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from infra.clickhouse import client as clickhouse
from infra.kafka import topic_admin
from infra.settings import Settings
from infra.telemetry import status_file

log = structlog.get_logger(__name__)

STALL_S = 120.0
"""A batch of 4 MiB is written in seconds; an erasure's mutation in tens of them."""
WINDOW_S = 10.0
CLOSING_S = 2.0


@dataclass(frozen=True, slots=True)
class SinkCounters:
    """What a sink has done since it began. `lag`: messages known to wait; `committed`: when it last
    did, s since 1970 UTC.
    """

    messages: int = 0
    rows: int = 0
    lag: int = 0
    generation: int = 0
    committed: float | None = None


class ConsumerLiveness:
    """`step` is told by the thread that works, after each step; `start` begins telling."""

    def __init__(
        self,
        settings: Settings,
        name: str,
        engines_answer: Callable[[], bool] | None = None,
        kind: str = "sink",
    ) -> None:
        self._settings, self._name, self._kind = settings, name, kind
        self._engines_answer = engines_answer or (
            lambda: topic_admin.reachable(settings.kafka) and clickhouse.answers(settings)
        )
        self._moved = time.monotonic()
        self._stepped = time.monotonic()
        self._taken = SinkCounters()
        self._phase = "starting"
        self._history: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Tell every second from here on, as long as the process lives."""
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Tell no more, and leave nothing that was told."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(CLOSING_S)
        status_file.remove(self._settings, self._name)

    def mark_step(self, taken: SinkCounters) -> None:
        """A step ended."""
        self._stepped = time.monotonic()
        if taken.messages != self._taken.messages or not taken.lag:
            self._moved = self._stepped
        self._taken, self._phase = taken, "running"

    def mark_waiting(self, phase: str) -> None:
        """It waits for something that is not its own work: founding, Kafka."""
        self._stepped = self._moved = time.monotonic()
        self._phase = phase

    def stalled_seconds(self, now: float) -> float:
        """For how many seconds work waited and nothing moved."""
        return now - min(self._moved, self._stepped)

    def _run(self) -> None:
        while not self._stop.wait(status_file.EVERY_S):
            self.tick(time.monotonic())

    def tick(self, now: float) -> None:
        """Write the figures; end the process where it is stuck."""
        stalled_seconds = self.stalled_seconds(now)
        if stalled_seconds > STALL_S and not self._engines_answer():
            self.mark_waiting("engines-away")
            stalled_seconds = 0.0
        status_file.write(self._settings, self._name, now - stalled_seconds, self._values(now))
        if stalled_seconds > STALL_S:
            log.error(
                f"{self._kind}_stalled",
                waiting=self._taken.lag,
                seconds=round(stalled_seconds),
                consequence="the process ends; its supervisor starts it again",
            )
            sys.stderr.flush()
            os._exit(1)

    def _values(self, now: float) -> dict[str, object]:
        taken = self._taken
        self._history.append((now, taken.rows))
        while len(self._history) > 2 and now - self._history[1][0] >= WINDOW_S:
            self._history.popleft()
        (since, former), (_, rows) = self._history[0], self._history[-1]
        speed = max(0, rows - former) / max(now - since, 1e-9)
        told = {
            "messages": taken.messages,
            "rows": taken.rows,
            "rows_per_s": round(speed, 1),
            "lag": taken.lag,
        }
        return {
            "kind": self._kind,
            "generation": taken.generation,
            "phase": self._phase,
            **told,
            "committed_at": taken.committed,
        }
