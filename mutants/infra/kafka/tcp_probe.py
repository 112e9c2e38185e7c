"""Whether a broker takes a connection: Kafka's clients would wait half a minute to say that none
does.
"""

from __future__ import annotations

import socket


def require_tcp(bootstrap: str, timeout: float) -> None:
    """Raises OSError where none of the servers takes a connection within so many seconds each."""
    failed: OSError | None = None
    for server in bootstrap.split(","):
        host, _, port = server.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=timeout).close()
            return
        except OSError as error:
            failed = error
    raise failed or OSError(bootstrap)
