"""Bound the connections of a web server: who connects must ask, and soon.

uvicorn waits without end for the first request of a connection, and for the rest of one that has
begun. So a process that opens sockets and says nothing, or a byte now and then, takes the files
that the server may open, and nobody else gets in.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from uvicorn.protocols.http.h11_impl import H11Protocol

log = structlog.get_logger(__name__)

HEAD_WITHIN_S, BODY_WITHIN_S = 10.0, 60.0
"""How long a connection may take to send a request to the end of its head, and of its body."""
MOST_CONNECTIONS = 512
"""With one more the connection whose request is awaited for longest makes room."""


class BoundedProtocol(H11Protocol):
    """HTTP on a connection that is closed where no request comes."""

    _waits_since = 0.0
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where there are too many connections, close another."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_CONNECTIONS:
            every = [own for own in self.connections if isinstance(own, BoundedProtocol)]
            waiting = [own for own in every if own.is_waiting]  # this one at least
            min(waiting, key=lambda own: own._waits_since).drop("too many connections")

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for no request any more."""
        if self._clock is not None:
            self._clock.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request of the connection."""
        self._waits_since = self.loop.time()
        super().on_response_complete()

    @property
    def is_waiting(self) -> bool:
        """Whether this connection owes the rest of a request: its head or its body."""
        return self._is_idle or str(self.conn.their_state) == "SEND_BODY"

    @property
    def _is_idle(self) -> bool:
        return self.cycle is None or bool(self.cycle.response_complete)

    def drop(self, reason: str) -> None:
        """Close the connection at once, whatever it was about to send."""
        log.info("connection_dropped", reason=reason)
        self.transport.abort()

    def _wait(self) -> None:
        self._waits_since = self.loop.time()
        self._clock = self.loop.call_later(HEAD_WITHIN_S, self._look)

    def _look(self) -> None:
        within_s = HEAD_WITHIN_S if self._is_idle else BODY_WITHIN_S
        left_s = within_s - (self.loop.time() - self._waits_since)
        if self.is_waiting and left_s <= 0:
            self.drop("no whole request came")
            return
        self._clock = self.loop.call_later(max(left_s, 0) or HEAD_WITHIN_S, self._look)


SERVER_OPTIONS: dict[str, Any] = {
    "http": BoundedProtocol,
    "log_config": None,
    "proxy_headers": False,
    "server_header": False,
}
"""Of uvicorn, for the API and for a node's intake.

Headers of a proxy (X-Forwarded-For) could be anybody's: an address that guesses passwords would be
another one each time.
"""
