"""Connect to ClickHouse, embedded or server, through clickhouse-driver.

Every client of the product is made here, and each says as whom it connects. The server fills in the
parameters. A client is not thread-safe and runs one query at a time, as the driver itself does: use
one client a thread.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

import structlog
from clickhouse_driver import Client as Driver
from clickhouse_driver.errors import NetworkError, SocketTimeoutError

from infra.clickhouse.column_stream import write_whole_columns
from infra.clickhouse.users import ENGINE, StoreUser
from infra.errors import SettingsError
from infra.keys.credentials import password_file, read_password
from infra.settings import Settings
from schemas.i18n import _

log = structlog.get_logger(__name__)

LOST_CONNECTION = (EOFError, NetworkError, SocketTimeoutError, ConnectionError)
"""What a client raises when the server goes away; the driver raises EOFError bare."""

_PAUSES_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)
_READ = re.compile(
    r"(?:\s|--[^\n]*|/\*.*?\*/|\()*+(?:select|with|show|describe|desc|exists|explain)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A statement that reads: its first word stands behind comments and opening brackets."""


class Client(Driver):  # type: ignore[misc]
    """The driver's client, which repeats reads and inserts when the connection is lost.

    Only inserts by :meth:`insert` are repeated.
    """

    writes_whole_columns = False
    """Whether inserts are written by `infra.clickhouse.column_stream`: for text as bytes."""

    def execute(self, query: str, *args: Any, **kwargs: Any) -> Any:
        """Run a query as the driver does; repeat a read when the connection is lost.

        Parameters are written ``{name:Type}`` and given as a dictionary.
        """
        if not _READ.match(query):
            return self.execute_once(query, *args, **kwargs)
        return self._again(lambda: self.execute_once(query, *args, **kwargs))

    def execute_once(self, query: str, *args: Any, **kwargs: Any) -> Any:
        """Run a query as the driver does.

        Raises one of LOST_CONNECTION, whatever the system's own error, when the connection is lost.
        """
        try:
            return super().execute(query, *args, **kwargs)
        except TimeoutError as error:
            raise SocketTimeoutError(str(error)) from error
        except OSError as error:
            raise NetworkError(str(error)) from error

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
        sent = self._again(lambda: self.execute_once(query, data, columnar=True, settings=settings))
        return int(sent or 0)

    def send_data(self, *args: Any, **kwargs: Any) -> Any:
        """Send the rows of an INSERT, as the driver does; in whole columns if asked to."""
        if self.writes_whole_columns:
            write_whole_columns(self.connection)
        return super().send_data(*args, **kwargs)

    def _again(self, call: Any) -> Any:
        for pause in _PAUSES_S:
            try:
                return call()
            except LOST_CONNECTION as error:
                log.warning("clickhouse_connection_lost", error=repr(error), again_in_s=pause)
                self.disconnect()
                time.sleep(pause)
        return call()


def connect(
    settings: Settings, user: StoreUser, database: str = "default", **options: Any
) -> Client:
    """Make a client of the engine that the settings name, for one of its users.

    `options`: more of the driver's own, such as `settings`. Nothing is sent before the first query.
    Raises NotRunningError where no address is known, KeyringError CREDENTIAL where the password
    cannot be read, SettingsError where it would cross a network in the clear.
    """
    return Client(**driver_options(settings, user, database, **options))


def driver_options(
    settings: Settings, user: StoreUser, database: str, **options: Any
) -> dict[str, Any]:
    """Return what the driver's client takes. Raises what `connect` raises."""
    query_settings = {"server_side_params": True, **options.pop("settings", {})}
    return {
        "host": settings.clickhouse_host,
        "port": settings.clickhouse_port,
        "database": database,
        "settings": query_settings,
        "client_name": "quipu",
        "connect_timeout": 5,
        "send_receive_timeout": 300,
        **_login(settings, user),
        **options,
    }


def answers(settings: Settings, user: StoreUser) -> bool:
    """Say whether the engine answers ``SELECT 1`` now, asked once."""
    client = connect(settings, user)
    try:
        return bool(client.execute_once("SELECT 1") == [(1,)])
    except LOST_CONNECTION as error:
        log.debug("clickhouse_not_reachable", error=repr(error))
        return False
    finally:
        client.disconnect()


def _login(settings: Settings, user: StoreUser) -> dict[str, Any]:
    """Return user, password and TLS as the driver takes them.

    The embedded engine listens on loopback and has the generated passwords of the data folder.
    """
    own_file = password_file(settings.credentials_dir, ENGINE, user)
    if settings.configured.clickhouse is None:
        return {"user": user.account, "password": read_password(own_file)}
    access = settings.clickhouse_access
    if not access.tls and not _is_loopback(settings.clickhouse_host):
        raise SettingsError(
            _(
                "The password for ClickHouse would cross the network to {host} unencrypted.",
                host=settings.clickhouse_host,
            ),
            _("Set clickhouse_tls = true and the server's TLS port, usually 9440."),
        )
    login = {
        "user": access.user_of(user),
        "password": read_password(access.password_file_of(user) or own_file),
    }
    tls_files = {
        "ca_certs": access.ca_file,
        "certfile": access.cert_file,
        "keyfile": access.key_file,
    }
    files = {name: str(path) for name, path in tls_files.items() if path is not None}
    return {**login, "secure": True, "verify": True, **files} if access.tls else login


def _is_loopback(host: str) -> bool:
    """Say whether the host is this machine by its own word; names are not looked up."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
