"""The servers of the native protocol's contract.

`pytest tests/contract --clickhouse HOST:PORT` runs the contract on a server that is already there,
for example a real ClickHouse: the user `default` needs no password and may create tables and the
database `elsewhere`. Without it, an embedded server is started.
"""

import uuid
from collections.abc import Iterator

import pytest
from clickhouse_driver import Client

from tests.support.native_servers import AddressedServer, EmbeddedServer, NativeServer


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[NativeServer]:
    """The server under test: that of `--clickhouse`, or an embedded one."""
    address = pytestconfig.getoption("--clickhouse")
    if address:
        yield AddressedServer(address)
        return
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as process:
        yield process
        assert process.stop() == 0


@pytest.fixture
def embedded(server: NativeServer) -> EmbeddedServer:
    """The embedded server; a test that needs it does not apply to another server."""
    if not isinstance(server, EmbeddedServer):
        pytest.skip("a promise of the embedded server alone")
    return server


@pytest.fixture
def client(server: NativeServer) -> Iterator[Client]:
    """A client of the server under test."""
    with server.client() as client:
        yield client


@pytest.fixture
def table(server: NativeServer, client: Client) -> Iterator[str]:
    """A table of the test's own, with the columns a (number) and b (text)."""
    name = f"t_{uuid.uuid4().hex}"
    client.execute(
        f"CREATE TABLE {name} (a UInt64, b LowCardinality(String)) ENGINE = MergeTree ORDER BY a"
    )
    yield name
    with server.client() as own:
        own.execute(f"DROP TABLE {name} SYNC")
