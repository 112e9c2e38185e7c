"""Connect to ClickHouse, embedded or server, through clickhouse-driver.

The server fills in the parameters. A client is not thread-safe and runs one query at a time, as the
driver itself does: use one client a thread.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import structlog
from clickhouse_driver import Client as Driver
from clickhouse_driver.errors import NetworkError, SocketTimeoutError

from infra.settings import Settings

log = structlog.get_logger(__name__)

LOST_CONNECTION = (EOFError, NetworkError, SocketTimeoutError, ConnectionError)
"""What the driver raises when the server goes away; it raises EOFError bare."""

_PAUSES_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)
_READS = ("select", "with", "show", "describe", "desc", "exists", "explain")


class Client(Driver):  # type: ignore[misc]
    """The driver's client, which repeats reads and inserts when the connection is lost.

    Only inserts by :meth:`insert` are repeated.
    """

    def execute(self, query: str, *args: Any, **kwargs: Any) -> Any:
        """Run a query as the driver does; repeat a read when the connection is lost.

        Parameters are written ``{name:Type}`` and given as a dictionary.
        """
        if not query.lstrip().lower().startswith(_READS):
            return super().execute(query, *args, **kwargs)
        return self._again(lambda: super(Client, self).execute(query, *args, **kwargs))

    def insert(
        self, table: str, columns: Sequence[str], data: Sequence[Sequence[Any]], token: str = ""
    ) -> int:
        """Insert columns of equal length; return the number of rows sent.

        They are sent again when the connection is lost, so rows may come twice: use it only for
        tables in which equal rows collapse. ``token``: ClickHouse's ``insert_deduplication_token``,
        equal for equal batches.
        """
        query = f"INSERT INTO {table} ({', '.join(f'`{column}`' for column in columns)}) VALUES"
        settings = {"insert_deduplication_token": token} if token else None
        sent = self._again(
            lambda: super(Client, self).execute(query, data, columnar=True, settings=settings)
        )
        return int(sent or 0)

    def _again(self, call: Any) -> Any:
        for pause in _PAUSES_S:
            try:
                return call()
            except LOST_CONNECTION as error:
                log.warning("clickhouse_connection_lost", error=repr(error), again_in_s=pause)
                self.disconnect()
                time.sleep(pause)
        return call()


def connect(settings: Settings, database: str = "default", **options: Any) -> Client:
    """Make a client of the engine that the settings name.

    ``options``: more of the driver's own, such as ``settings``. Nothing is sent before the first
    query. Raises NotRunningError where no address is known.
    """
    query_settings = {"server_side_params": True, **options.pop("settings", {})}
    return Client(
        host=settings.clickhouse_host,
        port=settings.clickhouse_port,
        database=database,
        settings=query_settings,
        client_name="quipu",
        connect_timeout=5,
        send_receive_timeout=300,
        **options,
    )


def answers(settings: Settings) -> bool:
    """Say whether the engine answers ``SELECT 1`` now, asked once."""
    client = connect(settings)
    try:
        return bool(Driver.execute(client, "SELECT 1") == [(1,)])
    except LOST_CONNECTION as error:
        log.debug("clickhouse_not_reachable", error=repr(error))
        return False
    finally:
        client.disconnect()
