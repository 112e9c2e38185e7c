"""Keep the sums of months that figures of now add up (`month_sums`), in a thread of its own.

Each time that a month has changed and stands still, its facts are added up again. So the sums never
depend on what came when, or twice, and an erasure reaches them. A month that has no sums for its
present state costs a question the reading of its facts, and nothing else.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import structlog
from clickhouse_driver.errors import ServerException

from consumers.store.sql import sql
from infra.clickhouse.client import LOST_CONNECTION, Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import Settings

log = structlog.get_logger(__name__)

MONTHS_AT_ONCE = 5
EVERY_S = 2.0
RESUM_S = 30.0
"""A month that changes all the time is added up no more often."""
DROP_EVERY_S = 60.0
IN_USE_S = 60
"""How long sums stay that hold no more: longer than any question takes."""


class MonthState(NamedTuple):
    """A month of a type of event. `run`: of the sums that hold for its state; 0: there are none."""

    type: str
    month: int
    state: int
    is_open: bool
    run: int


@dataclass(slots=True)
class MonthSummer:
    """Adds up the months of one generation's database. For one thread."""

    client: Client
    clock: Callable[[], float] = time.monotonic
    _summed_at: dict[tuple[str, int], float] = field(default_factory=dict)
    _dropped_at: float = 0.0
    _has_old: bool = True

    def step(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Add up months that changed, a few at a time; return how many."""
        states, count = self.states(), 0
        due = iter([state for state in states if self._is_due(state)])
        while (part := list(islice(due, MONTHS_AT_ONCE))) and not is_stopped():
            self._sum(part)
            count += len(part)
        if count:
            log.info("months_summed", months=count, of=len(states))
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
        summed_at = self._summed_at.get((state.type, state.month))
        return summed_at is None or self.clock() - summed_at > RESUM_S

    def _sum(self, states: Sequence[MonthState]) -> None:
        parameters = {
            "types": [state.type for state in states],
            "months": [state.month for state in states],
            "states": [state.state for state in states],
            "run": secrets.randbits(62) + 1,
        }
        self.client.execute(sql("sum_months"), parameters)
        now = self.clock()
        self._summed_at |= {(state.type, state.month): now for state in states}
        self._has_old = True

    def _drop_old(self) -> None:
        holding = [state for state in self.states() if state.run]
        parameters = {
            "types": [state.type for state in holding],
            "months": [state.month for state in holding],
            "runs": [state.run for state in holding],
            "older_s": IN_USE_S,
        }
        self.client.execute(sql("drop_old_sums"), parameters)
        self._dropped_at, self._has_old = self.clock(), False


@contextmanager
def months_summed(
    settings: Settings, generation: int, is_busy: Callable[[], bool]
) -> Iterator[None]:
    """Keep the sums of a generation while the block runs.

    `is_busy`: whether the sink has so much to write that sums would be of no use yet.
    """
    stop = threading.Event()
    thread = threading.Thread(
        target=_keep, args=(settings, generation, is_busy, stop), name="month-sums", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _keep(
    settings: Settings, generation: int, is_busy: Callable[[], bool], stop: threading.Event
) -> None:
    client = connect(settings, StoreUser.WRITER, database_of(generation))
    summer = MonthSummer(client)
    while not stop.wait(EVERY_S):
        if is_busy():
            continue
        try:
            summer.step(lambda: stop.is_set() or is_busy())
        except (ServerException, *LOST_CONNECTION) as error:
            log.warning("months_not_summed", error=repr(error)[:500])
            client.disconnect()
    client.disconnect()
