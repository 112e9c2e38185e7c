"""Stop the queries of clients that cancelled them or disconnected.

A session that runs a query is busy in the engine and cannot look at its socket; one thread does
that for all of them.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from infra.clickhouse.embedded.errors import EngineError
from infra.clickhouse.embedded.protocol import FromClient

PERIOD_SECONDS = 0.05

log = structlog.get_logger()


@dataclass(eq=False)
class Running:
    """A query under way: whose socket, and by which `log_comment` the engine knows it."""

    socket: socket.socket
    comment: str
    pending: Callable[[], int | None]
    """The first byte that the session has read from the socket but not looked at."""
    stopped: str = ""
    """Why it was stopped: `cancelled`, `vanished`, or empty."""


class DisconnectWatch:
    """Looks at the sockets of running queries, until closed."""

    def __init__(self, kill: Callable[[str], None]) -> None:
        """Start the thread; `kill` stops the queries with a given comment."""
        self._kill = kill
        self._running: set[Running] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="clickhouse-watch", daemon=True)
        self._thread.start()

    def add(self, running: Running) -> None:
        """Watch a query that starts now."""
        with self._changed:
            self._running.add(running)
            self._changed.notify()

    def remove(self, running: Running) -> None:
        """Stop watching a query that has ended."""
        with self._changed:
            self._running.discard(running)

    def close(self) -> None:
        """Stop watching; queries under way go on."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._running)
                self._changed.wait_for(lambda: self._closed, timeout=PERIOD_SECONDS)
                if self._closed:
                    return
                # under the lock: once `remove` has returned, no late kill hits the next query
                for query in self._running:
                    self._look(query)

    def _look(self, query: Running) -> None:
        reason = query.stopped or _reason(query)
        if not reason:
            return
        if not query.stopped:
            log.info("clickhouse.query_stopped", reason=reason, client=query.comment)
        query.stopped = reason
        try:
            self._kill(
                query.comment
            )  # again each time: the query may not have reached the engine when it was first asked
        except EngineError as error:
            log.warning("clickhouse.kill_failed", client=query.comment, code=error.code)


def _reason(query: Running) -> str:
    pending = query.pending()
    if pending is None:
        try:
            first_byte = query.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return ""
        except OSError:
            return "vanished"
        if not first_byte:
            return "vanished"
        pending = first_byte[0]
    return "cancelled" if pending == FromClient.CANCEL else ""
