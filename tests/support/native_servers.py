"""ClickHouse servers for the contract of the native protocol: the embedded one, or one by address."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

from infra.clickhouse.users import ENGINE, StoreUser
from infra.keys.credentials import password_file, read_password
from tests.support.engines import eventually
from tests.support.patience import patience

ROOT = Path(__file__).parents[2]
DATABASE = "quipu_contract"
"""The database in which the contract's clients begin, and another for them."""
OTHER_DATABASE = "quipu_elsewhere"


class NativeServer(Protocol):
    """A server that speaks ClickHouse's native protocol."""

    host: str
    port: int

    def client(self, **options: Any) -> Client:
        """Make a client that is not connected yet."""


class AddressedServer:
    """A server that somebody else runs, without a password for the user `default`."""

    def __init__(self, address: str) -> None:
        """Take `host:port`. Raises ValueError for another form."""
        self.host, _, port = address.rpartition(":")
        self.port = int(port)
        self.client(database="default").execute(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")

    def client(self, **options: Any) -> Client:
        """Make a client that is not connected yet."""
        return Client(self.host, port=self.port, **{"database": DATABASE, **options})


class EmbeddedServer:
    """The embedded server as a child process on a free port."""

    host = "127.0.0.1"

    def __init__(self, data: Path) -> None:
        """Start it on a data folder, and wait until it listens."""
        self.data = data
        self.credentials = data.with_name(f"{data.name}.credentials")
        self.ready = data.with_name(f"{data.name}.ready")
        self.log = data.with_name(f"{data.name}.log")
        self.start()

    def start(self) -> None:
        """Start the process, and wait until it listens."""
        self.ready.unlink(missing_ok=True)
        module = ("-m", "infra.clickhouse.embedded.server")
        folders = ("--data", str(self.data), "--credentials", str(self.credentials))
        command = [sys.executable, *module, *folders, "--ready", str(self.ready)]
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        eventually(self.ready.exists, lambda: f"the server starts: {self.log.read_text()}", 10)
        pid, self.port = map(int, self.ready.read_text().split())
        assert pid == self.child.pid
        self.client(database="default").execute(f"CREATE DATABASE IF NOT EXISTS {DATABASE}")

    def client(self, user: StoreUser = StoreUser.MIGRATOR, **options: Any) -> Client:
        """Make a client that is not connected yet, by default of the user that makes tables."""
        login = {"user": user.account, "password": self.password(user), "database": DATABASE}
        return Client(self.host, port=self.port, **{**login, **options})

    def password(self, user: StoreUser) -> str:
        """Read the password that the server has made for a user."""
        return read_password(password_file(self.credentials, ENGINE, user))

    def __enter__(self) -> EmbeddedServer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.stop(signal.SIGKILL)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop the process with a signal; its exit code."""
        self.child.send_signal(number)
        return self.child.wait(patience(15))


def code_of(run: Callable[[], object]) -> int:
    """Run what a server refuses; the code of its refusal."""
    with pytest.raises(ServerException) as caught:
        run()
    return int(caught.value.code)


def raw_connection(server: NativeServer) -> Any:
    """Open a connection below the driver's client, to send packets by hand."""
    client = server.client()
    client.execute("SELECT 1")
    connection = client.connection
    connection.__class__.__enter__ = lambda self: self
    connection.__class__.__exit__ = lambda self, *_: self.disconnect()
    return connection


def running(client: Client, mark: str) -> int:
    """Count the queries under way whose text holds this mark."""
    sql = (
        f"SELECT count() FROM system.processes WHERE query LIKE '%{mark}%' "
        "AND query NOT LIKE '%system.processes%'"
    )
    return int(client.execute(sql)[0][0])
