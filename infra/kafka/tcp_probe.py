"""Check whether a broker takes a connection, without Kafka's client.

Kafka's clients would wait half a minute before they report that none does.
"""

from __future__ import annotations

import socket

from infra.kafka_access import KafkaAccess


def require_tcp(access: KafkaAccess, timeout: float) -> None:
    """Raise OSError where none of the servers takes a connection within `timeout` seconds each."""
    failed: OSError | None = None
    for server in access.bootstrap.split(","):
        host, _, port = server.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=timeout).close()
            return
        except OSError as error:
            failed = error
    raise failed or OSError(access.bootstrap)
