"""Keep the facts that figures count, each with the time in which it counts (`lasting_facts`).

Each time that a month has changed and stands still, its facts are copied again. So the copy never
depends on what came when, or twice, and an erasure reaches it. A month that has no copy for its
present state costs a question a slower reading of its facts, and nothing else.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import structlog

from consumers.store.sql import sql
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import Settings

log = structlog.get_logger(__name__)

MONTHS_AT_ONCE = 5
FOREVER_MS = 10_400_000_000_000
"""The end of what counts now: later than any moment that somebody asks for (year 2299)."""
COPY_EVERY_S = 30.0
"""A month that changes all the time is copied no more often."""
DROP_EVERY_S = 60.0
IN_USE_S = 60
"""How long a copy stays that holds no more: longer than any question takes."""


class MonthState(NamedTuple):
    """A month of a type of event. `run`: of the copy that holds for its state; 0: none."""

    type: str
    month: int
    state: int
    is_open: bool
    run: int


@dataclass(slots=True)
class FactKeeper:
    """Copies the facts of one generation's database. For one thread."""

    client: Client
    clock: Callable[[], float] = time.monotonic
    name: str = "lasting-facts"
    _copied_at: dict[tuple[str, int], float] = field(default_factory=dict)
    _dropped_at: float = 0.0
    _has_old: bool = True

    def step(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Copy months that changed, a few at a time; return how many."""
        states, count = self.states(), 0
        due = iter([state for state in states if self._is_due(state)])
        while (part := list(islice(due, MONTHS_AT_ONCE))) and not is_stopped():
            self._copy(part)
            count += len(part)
        if count:
            log.info("months_copied", months=count, of=len(states))
        if self._has_old and self.clock() - self._dropped_at > DROP_EVERY_S:
            self._drop_old()
        return count

    def states(self) -> list[MonthState]:
        """Return the state of every month that ever had facts."""
        rows = self.client.execute(sql("month_states"))
        return [MonthState(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows]

    def _is_due(self, state: MonthState) -> bool:
        if state.run or state.is_open:
            return False
        copied_at = self._copied_at.get((state.type, state.month))
        return copied_at is None or self.clock() - copied_at > COPY_EVERY_S

    def _copy(self, states: Sequence[MonthState]) -> None:
        runs = [secrets.randbits(62) + 1 for _state in states]
        types, months = [state.type for state in states], [state.month for state in states]
        parameters = {"types": types, "months": months, "runs": runs, "forever": FOREVER_MS}
        self.client.execute(sql("copy_months"), parameters)
        columns: dict[str, Sequence[Any]] = {
            "type": types,
            "month": months,
            "run": runs,
            "state": [state.state for state in states],
            "copied_at": [datetime.now(UTC)] * len(states),
        }
        self.client.insert("lasting_months", tuple(columns), list(columns.values()))
        now = self.clock()
        self._copied_at |= {(state.type, state.month): now for state in states}
        self._has_old = True

    def _drop_old(self) -> None:
        parameters = {
            "runs": [state.run for state in self.states() if state.run],
            "older_s": IN_USE_S,
        }
        self.client.execute(sql("drop_old_facts"), parameters)
        self.client.execute(sql("drop_old_months"), parameters)
        self._dropped_at, self._has_old = self.clock(), False

    def disconnect(self) -> None:
        """Close the connection to ClickHouse."""
        self.client.disconnect()


def open_fact_keeper(settings: Settings, generation: int) -> FactKeeper:
    """Open what keeps the facts of a generation."""
    return FactKeeper(connect(settings, StoreUser.WRITER, database_of(generation)))
