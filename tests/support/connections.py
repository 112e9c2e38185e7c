"""Say what became of a connection to a server under attack."""

from __future__ import annotations

import socket


def is_closed(connection: socket.socket, within_s: float = 0.01) -> bool:
    """Whether the server closed a connection, after what it may have answered.

    `within_s`: how long the connection must be silent to count as open.
    """
    connection.settimeout(within_s)
    try:
        while connection.recv(4096):
            pass
        return True
    except TimeoutError:
        return False
    except OSError:
        return True
