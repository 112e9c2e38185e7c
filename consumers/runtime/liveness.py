"""Write the status file of a consumer (the sink, the hits process), and end it when it is stuck.

Stuck means: for STALL_S no step ended, or messages wait and none was taken, while Kafka and the
store both answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infra.clickhouse import client as clickhouse
from infra.clickhouse.users import StoreUser
from infra.kafka import topic_admin
from infra.settings import Settings
from infra.telemetry import status_file
from infra.telemetry.liveness import (
    SlidingWindow,
    StallClock,
    StatusReporter,
    end_stalled_process,
)

STALL_S = 120.0
"""A batch of 4 MiB is written in seconds; an erasure's mutation in tens of them."""


@dataclass(frozen=True, slots=True)
class SinkCounters:
    """What a consumer has done since it began.

    `lag`: messages known to wait; `committed`: when it last committed, s since 1970 UTC. `broken`:
    parts of the log that are not what was signed.
    """

    messages: int = 0
    rows: int = 0
    lag: int = 0
    generation: int = 0
    committed: float | None = None
    broken: Sequence[str] = ()


class ConsumerLiveness:
    """Report a consumer's counters each second. The thread that works calls `mark_step`."""

    def __init__(
        self,
        settings: Settings,
        name: str,
        engines_answer: Callable[[], bool] | None = None,
        kind: str = "sink",
    ) -> None:
        """`kind`: sink or hits; `engines_answer` returns whether Kafka and the store answer now."""
        self._settings, self._name, self._kind = settings, name, kind
        self._engines_answer = engines_answer or (
            lambda: (
                topic_admin.reachable(settings.kafka)
                and clickhouse.answers(settings, StoreUser.WRITER)
            )
        )
        self._clock = StallClock(time.monotonic())
        self._rows = SlidingWindow(0, time.monotonic())
        self._counters = SinkCounters()
        self._phase = "starting"
        self._reporter = StatusReporter(settings, name, self.tick)

    def start(self) -> None:
        """Report each second from here on, as long as the process lives."""
        self._reporter.start()

    def close(self) -> None:
        """Stop reporting, and remove the status file."""
        self._reporter.close()

    def mark_step(self, counters: SinkCounters) -> None:
        """Note that a step ended, with what has been done by now."""
        moved = counters.messages != self._counters.messages or not counters.lag
        self._clock.record_step(moved, time.monotonic())
        self._counters, self._phase = counters, "running"

    def mark_waiting(self, phase: str) -> None:
        """Note that it waits for something that is not its own work: founding, Kafka."""
        self._clock.reset(time.monotonic())
        self._phase = phase

    def stalled_seconds(self, now: float) -> float:
        """Return for how many seconds work waited and nothing moved. `now`: monotonic, seconds."""
        return self._clock.stalled_seconds(now)

    def tick(self, now: float) -> None:
        """Write the status file; end the process where it is stuck. `now`: monotonic, seconds."""
        stalled = self.stalled_seconds(now)
        if stalled > STALL_S and not self._engines_answer():
            self.mark_waiting("engines-away")
            stalled = 0.0
        status_file.write(self._settings, self._name, now - stalled, self._values(now))
        if stalled > STALL_S:
            end_stalled_process(f"{self._kind}_stalled", self._counters.lag, stalled)

    def _values(self, now: float) -> dict[str, object]:
        counters = self._counters
        self._rows.record(counters.rows, now)
        seconds, oldest, newest = self._rows.ends()
        return {
            "kind": self._kind,
            "generation": counters.generation,
            "phase": self._phase,
            "messages": counters.messages,
            "rows": counters.rows,
            "rows_per_s": round(max(0, newest - oldest) / seconds, 1),
            "lag": counters.lag,
            "committed_at": counters.committed,
            "broken": [*counters.broken],
        }
