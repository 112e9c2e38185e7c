"""Give each connection a place: few for newcomers, the rest for who has logged in.

An idle socket takes only a newcomer's place, and the oldest newcomer makes room. Readers cannot
take all places, so the sink, hits and migrations always find one.
"""

from __future__ import annotations

import socket
import threading
from collections import Counter

import structlog

from infra.clickhouse.embedded.errors import TOO_MANY_CONNECTIONS, RefusedStatementError
from infra.clickhouse.users import StoreUser

MAX_NEWCOMERS = 64
MAX_CLIENTS = 256
MAX_READERS = 224

log = structlog.get_logger(__name__)


class ClientPlaces:
    """The places of one server. Its methods may be called by any thread."""

    def __init__(self) -> None:
        """Begin with all places free."""
        self._lock = threading.Lock()
        self._newcomers: dict[socket.socket, None] = {}
        self._clients: dict[socket.socket, StoreUser] = {}

    def arrive(self, client: socket.socket) -> None:
        """Place a newcomer; the oldest loses its connection where there are too many."""
        with self._lock:
            self._newcomers[client] = None
            oldest = next(iter(self._newcomers)) if len(self._newcomers) > MAX_NEWCOMERS else None
            if oldest is not None:
                del self._newcomers[oldest]
        if oldest is not None:
            _drop(oldest)

    def admit(self, client: socket.socket, user: StoreUser) -> None:
        """Give a newcomer that has logged in a place of its own.

        Raises RefusedStatementError 203 where there is none.
        """
        with self._lock:
            self._newcomers.pop(client, None)
            readers = Counter(self._clients.values())[StoreUser.READER]
            full = len(self._clients) >= MAX_CLIENTS
            if full or (user is StoreUser.READER and readers >= MAX_READERS):
                raise RefusedStatementError(
                    TOO_MANY_CONNECTIONS,
                    f"Too many connections: {MAX_CLIENTS} are served, {MAX_READERS} to readers",
                )
            self._clients[client] = user

    def leave(self, client: socket.socket) -> None:
        """Free the place of a client that has gone."""
        with self._lock:
            self._newcomers.pop(client, None)
            self._clients.pop(client, None)


def _drop(client: socket.socket) -> None:
    """End a connection; its own thread closes the socket."""
    log.info("clickhouse.newcomer_dropped", reason="too many connections that say nothing")
    try:
        client.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        log.debug("clickhouse.client_already_gone", reason=str(error))
