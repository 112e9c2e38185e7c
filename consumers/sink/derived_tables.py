"""Keep the tables that follow from other tables, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import structlog
from clickhouse_driver.errors import ServerException

from infra.clickhouse.client import LOST_CONNECTION

log = structlog.get_logger(__name__)

EVERY_S = 1.0


class TableKeeper(Protocol):
    """Brings a derived table up to date. For one thread."""

    @property
    def name(self) -> str:
        """The name of its table."""

    def step(self, is_stopped: Callable[[], bool]) -> int:
        """Do what is due until stopped; return how much was done."""

    def disconnect(self) -> None:
        """Close the connections to ClickHouse."""


@contextmanager
def tables_kept(keepers: Sequence[TableKeeper], is_busy: Callable[[], bool]) -> Iterator[None]:
    """Keep derived tables while the block runs.

    `is_busy`: whether the sink has so much to write that they would be of no use yet.
    """
    stop = threading.Event()
    threads = [
        threading.Thread(target=_keep, args=(own, is_busy, stop), name=own.name, daemon=True)
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


def _keep(keeper: TableKeeper, is_busy: Callable[[], bool], stop: threading.Event) -> None:
    while not stop.wait(EVERY_S):
        if is_busy():
            continue
        try:
            keeper.step(lambda: stop.is_set() or is_busy())
        except (ServerException, *LOST_CONNECTION) as error:
            log.warning("table_not_kept", table=keeper.name, error=repr(error)[:500])
            keeper.disconnect()
    keeper.disconnect()
