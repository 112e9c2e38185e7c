"""Ask ClickHouse for an answer that somebody waits for: within a budget, and without patience.

An unavailable server is noticed within seconds. A question that takes too long, or whose asker has
gone, ends in the engine too.
"""

from __future__ import annotations

import math
import socket
import time
from contextlib import suppress
from typing import Any, Protocol

import structlog
from clickhouse_driver.errors import ServerException, SocketTimeoutError

from infra.clickhouse.client import LOST_CONNECTION, Client, driver_options
from infra.clickhouse.users import StoreUser
from infra.settings import Settings

log = structlog.get_logger(__name__)

GREETING_S = 1.5
"""How long a server may take to accept a connection, to greet, or to answer a ping."""
PAUSE_S = 0.1
REPLY_MARGIN_S = 1.0
"""How much later than the engine's own deadline its word of it may come."""
TIMEOUT_EXCEEDED = 159


class TimeBudget(Protocol):
    """How long a question may still take."""

    def remaining_s(self) -> float:
        """Return the seconds that are left; raise the question's own error where none are."""
        ...

    def too_long(self) -> Exception:
        """Return the error for a question that the engine has ended in time."""
        ...


class AnswerClient(Client):
    """A client whose queries keep to the budget of the question that they belong to.

    A lost connection is made again once; a server that is silent is not asked again.
    """

    budget: TimeBudget

    def execute(self, query: str, *args: Any, **kwargs: Any) -> Any:
        """Run a query as :class:`Client` does, within the budget.

        Raises the budget's error, NetworkError where the server does not answer.
        """
        self.budget.remaining_s()
        try:
            return super().execute(query, *args, **kwargs)
        except ServerException as error:
            self.budget.remaining_s()
            if error.code == TIMEOUT_EXCEEDED:
                raise self.budget.too_long() from error
            raise
        except LOST_CONNECTION:
            self.budget.remaining_s()
            raise

    def interrupt(self) -> None:
        """End the query under way, from another thread: the engine notices and stops it."""
        running: socket.socket | None = self.connection.socket
        if running is not None:
            with suppress(OSError):  # it may have ended meanwhile
                running.shutdown(socket.SHUT_RDWR)

    def establish_connection(self, settings: Any) -> None:
        """Connect, or see by a ping that the connection lives; then wait as long as the budget."""
        self.connection.send_receive_timeout = GREETING_S
        super().establish_connection(settings)
        wait_s = self.budget.remaining_s() + REPLY_MARGIN_S
        self.connection.socket.settimeout(wait_s)

    def make_query_settings(self, settings: dict[str, Any] | None) -> None:
        """Give the engine the same deadline as the question."""
        limit_s = math.ceil(self.budget.remaining_s())
        super().make_query_settings({**(settings or {}), "max_execution_time": limit_s})

    def _again(self, call: Any) -> Any:
        try:
            return call()
        except SocketTimeoutError:
            raise
        except LOST_CONNECTION as error:
            self.budget.remaining_s()
            log.warning("clickhouse_connection_lost", error=repr(error), again_in_s=PAUSE_S)
            self.disconnect()
            time.sleep(PAUSE_S)
        return call()


def connect_for_answers(settings: Settings, database: str, budget: TimeBudget) -> AnswerClient:
    """Make a client that reads a database for people who wait. Raises what `connect` raises."""
    options = driver_options(
        settings,
        StoreUser.READER,
        database,
        connect_timeout=GREETING_S,
        sync_request_timeout=GREETING_S,
    )
    client = AnswerClient(**options)
    client.budget = budget
    return client
