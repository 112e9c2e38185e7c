"""Keep the tables that follow from other tables, each in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from clickhouse_driver.errors import ServerException

from infra.clickhouse.client import LOST_CONNECTION

log = structlog.get_logger(__name__)

EVERY_S = 1.0
IDLE_EVERY_S = 10.0
"""How often a keeper looks while the sink writes nothing: others write too, and time passes."""


class TableKeeper(Protocol):
    """Brings a derived table up to date. For one thread."""

    @property
    def name(self) -> str:
        """The name of its table."""

    def step(self, is_stopped: Callable[[], bool]) -> int:
        """Do what is due until stopped; return how much was done."""

    def disconnect(self) -> None:
        """Close the connections to ClickHouse."""


@dataclass(slots=True)
class LookTimes:
    """When a keeper looks: after the sink has written, after it did something, or once in a while.

    `written`: how many batches the sink has written.
    """

    written: Callable[[], int]
    clock: Callable[[], float] = time.monotonic
    _seen: int = -1
    _looked_at: float = field(default=0.0)

    def is_due(self) -> bool:
        """Return whether to look now, and take it that this is done."""
        written, now = self.written(), self.clock()
        if written == self._seen and now - self._looked_at < IDLE_EVERY_S:
            return False
        self._seen, self._looked_at = written, now
        return True

    def look_again(self) -> None:
        """Look again next time, whatever was written."""
        self._seen = -1


@contextmanager
def tables_kept(
    keepers: Sequence[TableKeeper], is_busy: Callable[[], bool], written: Callable[[], int]
) -> Iterator[None]:
    """Keep derived tables while the block runs.

    `is_busy`: whether the sink has so much to write that they would be of no use yet; `written`:
    how many batches it has written.
    """
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=_keep, args=(own, is_busy, LookTimes(written), stop), name=own.name, daemon=True
        )
        for own in keepers
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)


def _keep(
    keeper: TableKeeper, is_busy: Callable[[], bool], times: LookTimes, stop: threading.Event
) -> None:
    while not stop.wait(EVERY_S):
        if is_busy() or not times.is_due():
            continue
        try:
            if keeper.step(lambda: stop.is_set() or is_busy()):
                times.look_again()
        except (ServerException, *LOST_CONNECTION) as error:
            log.warning("table_not_kept", table=keeper.name, error=repr(error)[:500])
            keeper.disconnect()
            times.look_again()
    keeper.disconnect()
