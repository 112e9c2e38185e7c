"""What the embedded server does in its own way: what it refuses, its process, its memory."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import pytest
from clickhouse_driver import Client, defines
from clickhouse_driver.errors import Error

from infra.clickhouse.embedded import protocol
from tests.support.engines import eventually
from tests.support.native_servers import (
    ROOT,
    EmbeddedServer,
    code_of,
    raw_connection,
    running,
)


def test_what_is_not_supported_is_refused_with_a_code(
    embedded: EmbeddedServer, client: Client
) -> None:
    client.execute(
        "CREATE OR REPLACE TABLE states (u AggregateFunction(uniq, UInt8)) ENGINE = Memory"
    )
    client.execute("INSERT INTO states SELECT uniqState(1::UInt8)")
    assert code_of(lambda: client.execute("SELECT u FROM states")) == 48
    assert code_of(lambda: client.execute("SELECT 1 GROUP BY 1 WITH TOTALS")) == 48
    assert code_of(lambda: client.execute("SELECT 1; SELECT 2")) == 62
    stranger = Client(embedded.host, port=embedded.port, user="ana", password="x")
    assert code_of(lambda: stranger.execute("SELECT 1")) == 516
    assert code_of(lambda: embedded.client(password="x").execute("SELECT 1")) == 516
    assert code_of(lambda: embedded.client(database="quipu_nowhere").execute("SELECT 1")) == 81
    assert code_of(lambda: embedded.client(client_revision=54058).execute("SELECT 1")) == 48


def test_compression_is_refused_clearly(embedded: EmbeddedServer) -> None:
    line = raw_connection(embedded)
    line.compression = 1
    line.send_query("SELECT 1")
    line.socket.sendall(b"\x02\x00" + b"?" * 100_000)
    refusal = line.receive_packet().exception
    assert refusal.code == 48 and "compression" in str(refusal)


def test_a_result_larger_than_memory_is_streamed(embedded: EmbeddedServer, client: Client) -> None:
    before = memory_of(embedded)
    rows = client.execute_iter(
        "SELECT number, repeat('x', 4000) FROM numbers(200000)", settings={"max_block_size": 2000}
    )
    peak = 0
    for number, _ in enumerate(rows):
        if number % 50_000 == 0:
            peak = max(peak, memory_of(embedded))
    assert number == 199_999
    assert peak - before < 300, f"800 MB of rows took {peak - before} MB"


def memory_of(embedded: EmbeddedServer) -> int:
    """Measure the resident memory of a process, in megabytes."""
    pages = int(Path(f"/proc/{embedded.child.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def test_a_client_that_vanishes_within_an_insert_inserts_nothing(
    embedded: EmbeddedServer, client: Client, table: str
) -> None:
    def rows() -> Iterator[tuple[int, str]]:
        for number in range(250_000):
            if number == 200_000:
                raise KeyboardInterrupt
            yield number, "x"

    with pytest.raises(KeyboardInterrupt):
        embedded.client().execute(
            f"INSERT INTO {table} VALUES", rows(), settings={"insert_block_size": 50_000}
        )
    half = raw_connection(embedded)
    half.send_query(f"INSERT INTO {table} VALUES")
    half.send_external_tables([])
    half.receive_packet()
    half.socket.sendall(b"\x02\x00\x01\x00\x02\xff\xff\xff\xff\x00\x02\x05\x01a")
    half.disconnect()
    time.sleep(0.1)
    assert client.execute(f"SELECT count() FROM {table}") == [(0,)]


def test_a_second_process_on_the_folder_is_refused_and_says_who_has_it(
    embedded: EmbeddedServer,
) -> None:
    command = [
        sys.executable,
        "-m",
        "infra.clickhouse.embedded.server",
        "--data",
        str(embedded.data),
        "--credentials",
        str(embedded.credentials),
    ]
    second = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert second.returncode == 1
    assert f"in use by process {embedded.child.pid}" in second.stderr


def test_a_crashed_engine_ends_the_process_instead_of_answering_nothing(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "data") as server:
        assert server.client().execute("SELECT 1") == [(1,)]
        server.child.send_signal(signal.SIGSEGV)

        def question_was_asked() -> bool:
            with contextlib.suppress(OSError, EOFError, Error):
                server.client(send_receive_timeout=2).execute("SELECT 1")
            return server.child.poll() is not None

        eventually(question_was_asked, "the question arrives", 10)
        assert server.child.returncode != 0


def test_one_insert_becomes_one_part(client: Client, table: str) -> None:
    rows = [(i, "x") for i in range(300_000)]
    client.execute(f"INSERT INTO {table} VALUES", rows, settings={"insert_block_size": 40_000})
    assert client.execute(
        "SELECT level, rows FROM system.parts WHERE table = %(t)s", {"t": table}
    ) == [(0, 300_000)]


def test_rows_outlive_a_kill_and_a_stop_finishes_the_query(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path / "data") as server:
        client = server.client()
        client.execute("CREATE DATABASE quipu_kept")
        client.execute(
            "CREATE TABLE quipu_kept.rows (a UInt64) ENGINE = ReplacingMergeTree ORDER BY a"
        )
        for turn in range(20):
            client.execute(
                "INSERT INTO quipu_kept.rows VALUES", [(turn * 1000 + i,) for i in range(1000)]
            )
        server.stop(signal.SIGKILL)
        server.start()
        client = server.client()
        assert client.execute("SELECT count(), uniqExact(a) FROM quipu_kept.rows FINAL") == [
            (20_000, 20_000)
        ]
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(
                server.client().execute,
                "SELECT sum(sleepEachRow(0.25)) FROM numbers(4) SETTINGS max_block_size = 1",
            )
            eventually(lambda: running(client, "sleepEachRow"), "the query runs", 10)
            assert server.stop(signal.SIGINT) == 0
            assert slow.result() == [(0,)]
        server.start()
        assert server.client().execute("SELECT count() FROM quipu_kept.rows") == [(20_000,)]
        assert server.stop() == 0
        assert not list((tmp_path / "data" / "spool").iterdir())


def test_the_driver_speaks_the_revisions_that_this_server_was_written_after() -> None:
    """A newer driver may speak a newer protocol: read its changes before the numbers here change."""
    assert metadata.version("clickhouse-driver") == "0.2.11"
    assert defines.CLIENT_REVISION == 54468
    assert (protocol.OLDEST_REVISION, protocol.REVISION) == (54429, 54460)
