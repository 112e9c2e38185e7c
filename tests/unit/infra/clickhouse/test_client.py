"""What a client does when its server goes away, with real sockets."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from consumers.store.sql import sql
from infra.clickhouse import client as client_module
from infra.clickhouse.client import LOST_CONNECTION, Client, connect
from infra.clickhouse.users import ENGINE, StoreUser
from infra.keys.credentials import password_file
from infra.settings import load

PAUSES_S = (0.0, 0.0, 0.0)


class LeavingServer:
    """A server that takes each connection and closes it at once."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, and wait until its thread has ended."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                connection.close()


@pytest.fixture
def server() -> Iterator[LeavingServer]:
    leaving_server = LeavingServer()
    yield leaving_server
    leaving_server.close()


@pytest.fixture
def client(
    server: LeavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    monkeypatch.setattr(client_module, "_PAUSES_S", PAUSES_S)
    passwords = tmp_path / "passwords"
    passwords.mkdir(mode=0o700)
    path = password_file(passwords, ENGINE, StoreUser.WRITER)
    path.write_text("secret")
    path.chmod(0o600)
    settings = load(
        {
            "QUIPU_HOME": str(tmp_path / "home"),
            "QUIPU_CLICKHOUSE": f"127.0.0.1:{server.port}",
            "QUIPU_CLICKHOUSE_PASSWORD_FILE": str(path),
        }
    )
    client = connect(settings, StoreUser.WRITER)
    yield client
    client.disconnect()


@pytest.mark.parametrize(
    "query",
    [
        sql("erased_events"),
        sql("hits_unfinished"),
        "SELECT 1",
        "  -- why\n/* and\nhow */ (SELECT 1)",
        "WITH 1 AS one SELECT one",
    ],
)
def test_a_read_is_repeated_also_behind_a_comment(
    client: Client, server: LeavingServer, query: str
) -> None:
    with pytest.raises(LOST_CONNECTION):
        client.execute(query)
    assert server.connections == len(PAUSES_S) + 1


@pytest.mark.parametrize(
    "query", [sql("hits_from_ledger"), "-- select\nTRUNCATE TABLE hits", "INSERT INTO a SELECT 1"]
)
def test_what_writes_is_sent_once(client: Client, server: LeavingServer, query: str) -> None:
    with pytest.raises(LOST_CONNECTION):
        client.execute(query)
    assert server.connections == 1


@pytest.mark.parametrize("first", ["infra.clickhouse.client", "consumers.api.errors"])
def test_the_driver_makes_no_table_of_all_dates(first: str) -> None:
    code = (
        f"import {first}\n"
        "from clickhouse_driver.columns import datecolumn\n"
        "print(len(datecolumn._date_lut), datecolumn._date_lut[1])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.split() == ["0", "1970-01-02"]
