"""Log in to Kafka once, to learn quickly and exactly why it refuses.

The clients themselves treat a refused login as an unavailable broker, and repeat it.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from aiokafka.conn import AIOKafkaConnection, create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    IllegalSaslStateError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

from infra.kafka.errors import KafkaAccessError, login_demanded, login_refused, tls_failed
from infra.kafka_access import KafkaAccess

TIMEOUT_MS = 3000
ATTEMPTS = 3
"""How often a server may hang up before it means that it demands another protocol."""
PAUSE_S = 0.3
STANDS_S = 10.0
"""How long a login stands for those of other clients of the process."""

_REFUSED = (
    SaslAuthenticationFailed,
    AuthenticationFailedError,
    UnsupportedSaslMechanismError,
    IllegalSaslStateError,
)
_HUNG_UP = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, KafkaConnectionError)


def check(access: KafkaAccess, options: Mapping[str, object]) -> bool:
    """Log in with the options of a client at the first server that takes a connection.

    Returns False where no server does: the client waits for them. Raises KafkaAccessError.
    """
    with ThreadPoolExecutor(1) as thread:  # the caller's own thread may run an event loop
        return thread.submit(lambda: asyncio.run(_check(access, options))).result()


class RecentLogin:
    """Log in once for the clients that a process opens within seconds, as when it starts.

    For any number of threads: at worst one logs in once too often.
    """

    def __init__(
        self,
        log_in: Callable[[KafkaAccess, Mapping[str, object]], bool] = check,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin without a login. `clock`: seconds."""
        self._log_in = log_in
        self._clock = clock
        self._last: tuple[KafkaAccess, object, float] | None = None

    def check(self, access: KafkaAccess, options: Mapping[str, object]) -> None:
        """Log in as `check` does, unless the same login succeeded a moment ago.

        Raises KafkaAccessError.
        """
        password, now = options.get("sasl_plain_password"), self._clock()
        if self._last is not None:
            known_access, known_password, at = self._last
            is_same = (known_access, known_password) == (access, password)
            if is_same and now - at < STANDS_S:
                return
        self._last = (access, password, now) if self._log_in(access, options) else None


async def _check(access: KafkaAccess, options: Mapping[str, object]) -> bool:
    arguments = {key: value for key, value in options.items() if key != "bootstrap_servers"}
    for server in access.bootstrap.split(","):
        host, _, port = server.strip().rpartition(":")
        address = (host.strip("[]"), int(port))
        for attempt in range(ATTEMPTS):
            try:
                await _log_in(address, arguments)
                return True
            except _REFUSED as error:
                raise login_refused(access, _reason(error)) from error
            except ssl.SSLError as error:
                raise tls_failed(access, error) from error
            except _HUNG_UP as error:
                if attempt == ATTEMPTS - 1:
                    raise _protocol_error(access, error) from error
                await asyncio.sleep(PAUSE_S)
            except (OSError, TimeoutError, KafkaError):
                break
    return False


async def _log_in(address: tuple[str, int], arguments: Mapping[str, object]) -> None:
    connection: AIOKafkaConnection = await create_conn(
        *address, request_timeout_ms=TIMEOUT_MS, **arguments
    )
    try:
        # a listener that demands a login answers only the first question without one
        await connection._do_version_lookup()
    finally:
        connection.close()


def _protocol_error(access: KafkaAccess, error: Exception) -> KafkaAccessError:
    if access.security.security_protocol.has_tls:
        return tls_failed(access, error)
    return login_demanded(access)


def _reason(error: Exception) -> str:
    """Return what the broker says; a mechanism it does not know comes without words."""
    words = [text for text in error.args if isinstance(text, str)]
    return words[0] if words else type(error).__name__
