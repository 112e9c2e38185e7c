"""What clickhouse-driver programs may rely on from the embedded server: real clients, real engine,
a process of its own.
"""

import contextlib
import datetime as dt
import io
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import Error, ServerException

from infra.clickhouse.embedded import wire
from infra.clickhouse.embedded.statements import InsertOfData, Statement, classify

UTC = dt.UTC
ROOT = Path(__file__).parents[2]


class Process:
    """The server as a child process on a free port."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.ready = data.with_name(f"{data.name}.ready")
        self.log = data.with_name(f"{data.name}.log")
        self.start()

    def start(self) -> None:
        self.ready.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "infra.clickhouse.embedded.server",
            "--data",
            str(self.data),
            "--ready",
            str(self.ready),
        ]
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        until(self.ready.exists, f"the server did not start: {self.log.read_text()}")
        pid, self.port = map(int, self.ready.read_text().split())
        assert pid == self.child.pid

    def client(self, **options: Any) -> Client:
        return Client("127.0.0.1", port=self.port, **options)

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.stop(signal.SIGKILL)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.child.send_signal(number)
        return self.child.wait(15)


def until(
    condition: Callable[[], object], otherwise: str = "did not happen", seconds: float = 10.0
) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with Process(tmp_path_factory.mktemp("clickhouse") / "data") as process:
        yield process
        assert process.stop() == 0


@pytest.fixture
def client(server: Process) -> Iterator[Client]:
    with server.client() as client:
        yield client


@pytest.fixture
def table(client: Client) -> str:
    name = f"t_{uuid.uuid4().hex}"
    client.execute(
        f"CREATE TABLE {name} (a UInt64, b LowCardinality(String)) ENGINE = MergeTree ORDER BY a"
    )
    return name


def code_of(run: Callable[[], object]) -> int:
    with pytest.raises(ServerException) as caught:
        run()
    return int(caught.value.code)


AT = dt.datetime(2018, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
VALUES: list[tuple[str, list[Any]]] = [
    *[
        (f"Int{bits}", [-(2 ** (bits - 1)), 0, 2 ** (bits - 1) - 1])
        for bits in (8, 16, 32, 64, 128, 256)
    ],
    *[(f"UInt{bits}", [0, 1, 2**bits - 1]) for bits in (8, 16, 32, 64, 128, 256)],
    ("Float32", [0.5, -2.0, float("inf")]),
    ("Float64", [0.1, -1e300, float("-inf")]),
    *[(f"Decimal({p}, 2)", [Decimal("1.25"), Decimal("-3.50")]) for p in (9, 18, 38, 76)],
    ("Bool", [True, False]),
    ("String", ["", "ñandú", "x" * 127, "y" * 128, "z" * 20_000, "\0'\\\n"]),
    ("FixedString(3)", ["abc", "def"]),
    ("Date", [dt.date(2018, 1, 1)]),
    ("Date32", [dt.date(1950, 1, 1)]),
    ("DateTime('UTC')", [AT.replace(microsecond=0)]),
    ("DateTime64(6, 'UTC')", [AT]),
    ("DateTime64(3, 'America/Lima')", [AT.replace(microsecond=123000)]),
    ("UUID", [uuid.UUID(int=2**127 + 5)]),
    ("IPv4", [ipaddress.IPv4Address("10.1.2.3")]),
    ("IPv6", [ipaddress.IPv6Address("2001:db8::1")]),
    ("Enum8('a)\\'(' = -1, 'b, c' = 2)", ["a)'(", "b, c"]),
    ("Enum16('x' = 300)", ["x"]),
    ("Nullable(String)", ["a", None, ""]),
    ("Nullable(Decimal(18, 3))", [None, Decimal("1.125")]),
    ("LowCardinality(String)", ["a", "b", "a"]),
    ("LowCardinality(Nullable(String))", ["a", None, ""]),
    ("Array(String)", [[], ["a", "bb"], [""]]),
    ("Array(Array(Nullable(Int32)))", [[], [[1, None], []], [[]]]),
    ("Array(LowCardinality(Nullable(String)))", [["a", None], [], ["a"]]),
    ("Map(String, UInt64)", [{}, {"a": 1, "b": 2}]),
    ("Map(LowCardinality(String), Array(UInt8))", [{"a": [1, 2]}, {}]),
    ("Tuple(UInt8, String)", [(1, "a"), (2, "")]),
    ("Tuple(a UInt8, c DateTime64(3, 'UTC'))", [(1, AT.replace(microsecond=0))]),
    ("Array(Tuple(String, Nullable(Float64)))", [[("a", None), ("b", 1.5)], []]),
    ("JSON", [{"a": {"b": 1}, "c": ["x", "y"]}, {}, {"d": "text"}, {"d": 5}]),
    ("SimpleAggregateFunction(max, UInt64)", [7]),
]


@pytest.mark.parametrize(("spec", "values"), VALUES, ids=[spec for spec, _ in VALUES])
def test_every_type_of_the_driver_comes_back_as_it_went_in(
    client: Client, spec: str, values: list[Any]
) -> None:
    client.execute(
        f"CREATE OR REPLACE TABLE kinds (n UInt32, v {spec}) ENGINE = MergeTree ORDER BY n"
    )
    rows = list(enumerate(values * 3))
    assert client.execute("INSERT INTO kinds (n, v) VALUES", rows) == len(rows)
    assert client.execute("SELECT n, v FROM kinds ORDER BY n") == rows
    names = client.execute("SELECT n, v FROM kinds WHERE n > 99", with_column_types=True)[1]
    assert [name for name, _ in names] == ["n", "v"]


def test_columns_in_and_out_and_blocks_of_many_sizes(client: Client, table: str) -> None:
    count = 200_001
    words = ["", "CO", "x" * 200, "y" * 130_000]
    columns = [list(range(count)), [words[i % 3] for i in range(count)]]
    columns[1][70_000] = words[3]
    settings = {"insert_block_size": 65_000}
    assert (
        client.execute(f"INSERT INTO {table} VALUES", columns, columnar=True, settings=settings)
        == count
    )
    out = client.execute(f"SELECT a, b FROM {table} ORDER BY a", columnar=True)
    assert [list(column) for column in out] == columns


def test_insert_takes_defaults_inline_values_settings_and_selects(client: Client) -> None:
    client.execute(
        "CREATE OR REPLACE TABLE defaults (a UInt8, b String DEFAULT 'k', c UInt8 MATERIALIZED a + 1, e UInt8 EPHEMERAL,"
        " f UInt8 DEFAULT e) ENGINE = MergeTree ORDER BY a"
    )
    client.execute("INSERT INTO defaults VALUES", [(1, "z", 4)])
    client.execute(
        "-- a comment; with 'a quote\nINSERT INTO defaults (`a`, e) SETTINGS async_insert = 0 FORMAT Native",
        [(2, 5)],
    )
    client.execute("INSERT INTO defaults (* EXCEPT(b, f)) VALUES", [(3,)])
    client.execute("INSERT INTO defaults (a, b) VALUES (4, 'in;line'), (5, 'VALUES')")
    client.execute("INSERT INTO defaults (a) SELECT 6")
    client.execute("INSERT INTO defaults (a) VALUES", [])
    expected = [
        (1, "z", 2, 4),
        (2, "k", 3, 5),
        (3, "k", 4, 0),
        (4, "in;line", 5, 0),
        (5, "VALUES", 6, 0),
        (6, "k", 7, 0),
    ]
    assert client.execute("SELECT a, b, c, f FROM defaults ORDER BY a") == expected


def test_an_unknown_table_column_setting_or_name_keeps_clickhouses_code(
    server: Process, client: Client, table: str
) -> None:
    strict = server.client(settings_is_important=True)
    assert code_of(lambda: client.execute("SELECT nope")) == 47
    assert code_of(lambda: client.execute("SELEC 1")) == 62
    assert code_of(lambda: client.execute("INSERT INTO nope VALUES", [(1,)])) == 60
    assert code_of(lambda: client.execute(f"INSERT INTO {table} (zz) VALUES", [(1,)])) == 16
    assert code_of(lambda: strict.execute("SELECT 1", settings={"no_such": 1})) == 115
    assert code_of(lambda: client.execute("SELECT 1", settings={"max_threads": "many"})) == 27
    assert code_of(lambda: client.execute("SELECT 1 SETTINGS no_such = 1")) == 115
    assert (
        code_of(
            lambda: client.execute(
                "SELECT throwIf(number = 500000, 'far in') FROM numbers(1000000)"
            )
        )
        == 395
    )
    assert client.execute("SELECT 1", settings={"no_such": 1}) == [(1,)], (
        "a server ignores unknown settings not marked important"
    )


def test_what_is_not_supported_is_refused_with_a_code(server: Process, client: Client) -> None:
    client.execute(
        "CREATE OR REPLACE TABLE states (u AggregateFunction(uniq, UInt8)) ENGINE = Memory"
    )
    client.execute("INSERT INTO states SELECT uniqState(1::UInt8)")
    assert code_of(lambda: client.execute("SELECT u FROM states")) == 48
    assert code_of(lambda: client.execute("SELECT 1 GROUP BY 1 WITH TOTALS")) == 48
    assert code_of(lambda: client.execute("SELECT 1; SELECT 2")) == 62
    assert code_of(lambda: server.client(user="ana", password="x").execute("SELECT 1")) == 516
    assert code_of(lambda: server.client(password="x").execute("SELECT 1")) == 516
    assert code_of(lambda: server.client(database="nowhere").execute("SELECT 1")) == 81
    assert code_of(lambda: server.client(client_revision=54058).execute("SELECT 1")) == 48


def test_compression_is_refused_clearly(server: Process) -> None:
    line = raw_connection(server)
    line.compression = 1
    line.send_query("SELECT 1")
    line.socket.sendall(b"\x02\x00" + b"?" * 100_000)
    refusal = line.receive_packet().exception
    assert refusal.code == 48 and "compression" in str(refusal)


def test_a_failed_statement_leaves_the_connection_usable(server: Process, table: str) -> None:
    with raw_connection(server) as line:
        for sql in (
            "SELECT nope",
            f"INSERT INTO {table} (zz) VALUES",
            "SELECT 1 GROUP BY 1 WITH TOTALS",
        ):
            line.send_query(sql)
            line.send_external_tables([])
            assert line.receive_packet().exception is not None
        assert line.ping()


def raw_connection(server: Process) -> Any:
    client = server.client()
    client.execute("SELECT 1")
    connection = client.connection
    connection.__class__.__enter__ = lambda self: self
    connection.__class__.__exit__ = lambda self, *_: self.disconnect()
    return connection


def test_parameters_on_the_server_side_carry_any_text(server: Process) -> None:
    client = server.client(settings={"server_side_params": True})
    hard = "a'b\\ \t\n\\N {x:UInt8} ñ"
    record = {
        "n": 7,
        "s": hard,
        "l": ["x", "y'"],
        "t": dt.datetime(2020, 1, 2, 3, 4, 5),
        "u": uuid.UUID(int=3),
    }
    sql = "SELECT {n:UInt8}, {s:String}, {l:Array(String)}, {t:DateTime}, {u:UUID}"
    assert client.execute(sql, record) == [(7, hard, ["x", "y'"], record["t"], record["u"])]
    assert client.execute("SELECT {n:UInt8} AS x WHERE 0", record, with_column_types=True) == (
        [],
        [("x", "UInt8")],
    )
    assert code_of(lambda: client.execute(sql, {**record, "n": "many"})) == 457


def test_settings_and_database_of_one_client_never_reach_another(
    server: Process, client: Client
) -> None:
    client.execute("CREATE DATABASE IF NOT EXISTS elsewhere")
    ask = "SELECT currentDatabase(), getSetting('max_block_size')"
    item, two = (
        server.client(database="elsewhere", settings={"max_block_size": 111}),
        server.client(),
    )
    assert item.execute(ask) == [("elsewhere", 111)]
    normal = two.execute(ask)
    assert normal[0][0] == "default" and normal[0][1] != 111
    assert two.execute(ask, settings={"max_block_size": 222}) == [("default", 222)]
    assert two.execute(ask) == normal, "a query's settings end with it"
    two.execute("SET max_block_size = 333")
    assert two.execute(ask, settings={"max_block_size": 444}) == [("default", 444)]
    assert two.execute(ask) == [("default", 333)], "what SET has set stays"
    two.execute("USE elsewhere")
    assert two.execute("SELECT currentDatabase()", settings={"readonly": 1}) == [("elsewhere",)]
    assert two.execute("SELECT currentDatabase(), getSetting('readonly')") == [("elsewhere", 0)]
    assert item.execute(ask) == [("elsewhere", 111)]
    assert client.execute("SELECT currentDatabase()") == [("default",)]


def test_external_tables_live_as_long_as_their_query(client: Client) -> None:
    record = {
        "name": "asked",
        "structure": [("x", "Int32"), ("y", "Array(String)")],
        "data": [{"x": i, "y": ["a"] * i} for i in range(4)],
    }
    assert client.execute("SELECT x, y FROM asked WHERE x > 2", external_tables=[record]) == [
        (3, ["a"] * 3)
    ]
    assert code_of(lambda: client.execute("SELECT x FROM asked")) == 60


def test_several_clients_work_at_once_and_none_waits_for_a_slow_one(
    server: Process, client: Client, table: str
) -> None:
    def work(number: int) -> int:
        with server.client() as own:
            for turn in range(5):
                own.execute(f"INSERT INTO {table} VALUES", [(number * 100 + turn, "x")] * 100)
                assert own.execute(f"SELECT {number}") == [(number,)]
            return int(
                own.execute(f"SELECT count() FROM {table} WHERE intDiv(a, 100) = {number}")[0][0]
            )

    slow = threading.Thread(
        target=lambda: server.client().execute(
            "SELECT sleepEachRow(0.5) FROM numbers(3) SETTINGS max_block_size = 1"
        )
    )
    slow.start()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [500] * 8
    assert slow.is_alive(), "the slow query was waited for"
    slow.join()
    assert client.execute(f"SELECT count() FROM {table}") == [(4000,)]


def test_a_result_larger_than_memory_is_streamed(server: Process, client: Client) -> None:
    before = memory_of(server)
    rows = client.execute_iter(
        "SELECT number, repeat('x', 4000) FROM numbers(200000)", settings={"max_block_size": 2000}
    )
    peak = 0
    for number, _ in enumerate(rows):
        if number % 50_000 == 0:
            peak = max(peak, memory_of(server))
    assert number == 199_999
    assert peak - before < 300, f"800 MB of rows took {peak - before} MB"


def memory_of(server: Process) -> int:
    """Measure the resident memory of a process, in megabytes."""
    pages = int(Path(f"/proc/{server.child.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def running(client: Client, mark: str) -> int:
    sql = f"SELECT count() FROM system.processes WHERE query LIKE '%{mark}%' AND query NOT LIKE '%system.processes%'"
    return int(client.execute(sql)[0][0])


def test_a_cancelled_query_stops_and_the_connection_goes_on(
    server: Process, client: Client
) -> None:
    own = server.client()
    rows = own.execute_iter("SELECT number AS cancelled_one FROM numbers(100000000000)")
    assert next(rows) == (0,)
    own.cancel()
    assert own.execute("SELECT 5") == [(5,)]
    until(lambda: not running(client, "cancelled_one"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(sipHash64(number)) AS gone FROM numbers(100000000000)",
        "SELECT number AS gone FROM numbers(100000000000)",
    ],
)
def test_the_query_of_a_client_that_vanished_is_stopped(
    server: Process, client: Client, sql: str
) -> None:
    own = raw_connection(server)
    own.send_query(sql)
    own.send_external_tables([])
    until(lambda: running(client, "gone"))
    own.socket.close()
    own.fin = own.fout = None
    until(lambda: not running(client, "gone"))


def test_a_client_that_vanishes_within_an_insert_inserts_nothing(
    server: Process, client: Client, table: str
) -> None:
    def rows() -> Iterator[tuple[int, str]]:
        for number in range(250_000):
            if number == 200_000:
                raise KeyboardInterrupt
            yield number, "x"

    with pytest.raises(KeyboardInterrupt):
        server.client().execute(
            f"INSERT INTO {table} VALUES", rows(), settings={"insert_block_size": 50_000}
        )
    half = raw_connection(server)
    half.send_query(f"INSERT INTO {table} VALUES")
    half.send_external_tables([])
    half.receive_packet()
    half.socket.sendall(b"\x02\x00\x01\x00\x02\xff\xff\xff\xff\x00\x02\x05\x01a")
    half.disconnect()
    time.sleep(0.1)
    assert client.execute(f"SELECT count() FROM {table}") == [(0,)]


def test_a_query_id_is_used_by_one_query_at_a_time(server: Process, client: Client) -> None:
    own = server.client()
    rows = own.execute_iter(
        "SELECT number AS holder FROM numbers(100000000000)", query_id="the-one"
    )
    next(rows)
    assert code_of(lambda: client.execute("SELECT 1", query_id="the-one")) == 216
    own.cancel()
    assert client.execute("SELECT 1", query_id="the-one") == [(1,)]


def test_noise_on_the_port_harms_nobody(server: Process, client: Client) -> None:
    for noise in (b"GET / HTTP/1.1\r\n\r\n", b"\x00" + b"\xff" * 64, b"\x00\x05abc", b""):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            line.sendall(noise)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
    assert client.execute("SELECT 1") == [(1,)]


def test_progress_and_profile_are_told(client: Client) -> None:
    client.execute("SELECT number FROM numbers(1000)")
    assert client.last_query.progress.rows == 1000
    assert client.last_query.profile_info.rows == 1000
    steps = client.execute_with_progress("SELECT sum(number) FROM numbers(3000000)")
    assert [done for done, _ in steps][-1] == 3_000_000
    assert steps.get_result() == [(4499998500000,)]


def test_a_second_process_on_the_folder_is_refused_and_says_who_has_it(server: Process) -> None:
    command = [sys.executable, "-m", "infra.clickhouse.embedded.server", "--data", str(server.data)]
    second = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert second.returncode == 1
    assert f"in use by process {server.child.pid}" in second.stderr


def test_a_crashed_engine_ends_the_process_instead_of_answering_nothing(tmp_path: Path) -> None:
    with Process(tmp_path / "data") as server:
        assert server.client().execute("SELECT 1") == [(1,)]
        server.child.send_signal(signal.SIGSEGV)

        def question_was_asked() -> bool:
            with contextlib.suppress(OSError, EOFError, Error):
                server.client(send_receive_timeout=2).execute("SELECT 1")
            return server.child.poll() is not None

        until(question_was_asked)
        assert server.child.returncode != 0


def test_date_times_keep_their_zone_in_results_of_one_block_and_of_many(client: Client) -> None:
    for count in (1, 200_000):
        sql = f"SELECT toDateTime(number, 'America/Lima') AS d, toDateTime(number) AS e FROM numbers({count})"
        rows, types = client.execute(sql, with_column_types=True)
        assert types == [("d", "DateTime('America/Lima')"), ("e", "DateTime")]
        assert len(rows) == count and rows[0][0].utcoffset() == dt.timedelta(hours=-5)


def test_an_abandoned_result_holds_up_nobody(server: Process, client: Client, table: str) -> None:
    abandoned = server.client()
    next(
        abandoned.execute_iter(
            "SELECT number, repeat('x', 100) AS left_alone FROM numbers(100000000)"
        )
    )
    client.execute(f"INSERT INTO {table} VALUES", [(1, "x")])
    assert client.execute(f"SELECT count() FROM {table}") == [(1,)]
    abandoned.disconnect()
    until(lambda: not running(client, "left_alone"))


def test_tables_status_names_the_tables_that_exist(server: Process, table: str) -> None:
    line = raw_connection(server)
    pairs = [("default", table), ("default", "nope")]
    line.socket.sendall(b"\x05\x02" + b"".join(wire.text(part) for pair in pairs for part in pair))
    reader = wire.Wire(line.socket.recv_into)
    assert [reader.varint(), reader.varint(), reader.string(), reader.string(), reader.uint8()] == [
        9,
        1,
        "default",
        table,
        0,
    ]
    line.disconnect()


@pytest.mark.parametrize(
    ("sql", "statement", "names"),
    [
        ("INSERT INTO t VALUES", "INSERT INTO t", None),
        (
            "insert  into\n d.`t x` ( a, `b c` ) /* VALUES */ values ;",
            "INSERT INTO d.`t x` ( a, `b c` )",
            ["a", "b c"],
        ),
        (
            "INSERT INTO t (a) SETTINGS x = 'VALUES', y=2 FORMAT Native",
            "INSERT INTO t (a) SETTINGS x = 'VALUES', y=2",
            ["a"],
        ),
        (
            "INSERT INTO FUNCTION null('a UInt8, b Array(String)') VALUES",
            "INSERT INTO FUNCTION null('a UInt8, b Array(String)')",
            None,
        ),
        ("INSERT INTO TABLE t (* EXCEPT(b)) VALUES", "INSERT INTO t (* EXCEPT(b))", None),
    ],
)
def test_an_insert_of_data_is_told_from_its_text(
    sql: str, statement: str, names: list[str] | None
) -> None:
    matches = classify(sql)
    assert isinstance(matches, InsertOfData)
    assert (matches.statement, matches.names) == (statement, names)


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("INSERT INTO t VALUES (1)", False),
        ("INSERT INTO t SELECT 'FORMAT x' AS values", False),
        ("INSERT INTO t FORMAT CSV 1,2;3", False),
        ("-- ;\n/* ; */ SELECT ';', 'it''s; \\'; -- '", True),
        ("((SELECT 1) UNION ALL (SELECT 2));", True),
        ("WITH x AS (SELECT 1) SELECT * FROM x", True),
        ("SHOW TABLES", False),
        ("CREATE TABLE t AS SELECT 1", False),
    ],
)
def test_any_other_statement_goes_to_the_engine(sql: str, reads: bool) -> None:
    matches = classify(sql)
    assert isinstance(matches, Statement)
    assert matches.reads == reads


def test_one_insert_becomes_one_part(client: Client, table: str) -> None:
    client.execute(f"SYSTEM STOP MERGES {table}")
    rows = [(i, "x") for i in range(300_000)]
    client.execute(f"INSERT INTO {table} VALUES", rows, settings={"insert_block_size": 40_000})
    assert client.execute(
        "SELECT count() FROM system.parts WHERE table = %(t)s AND active", {"t": table}
    ) == [(1,)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4096])
def test_skipping_strings_lands_where_reading_them_does_for_any_arrival(size: int) -> None:
    words = (
        [b"", b"CO", b"CO", b"x" * 127, b"y" * 128, b"z" * 300]
        + [b"PE"] * 700
        + [b"q" * i for i in range(200)]
    )
    data = b"".join(map(wire.text, words))
    source, caught = io.BytesIO(data + b"!"), io.BytesIO()
    reader = wire.Wire(source.readinto, size)
    reader.capture(caught)
    reader.skip_strings(len(words))
    reader.release()
    assert caught.getvalue() == data
    assert reader.read(1) == b"!"


def test_rows_outlive_a_kill_and_a_stop_finishes_the_query(tmp_path: Path) -> None:
    with Process(tmp_path / "data") as server:
        client = server.client()
        client.execute("CREATE DATABASE kept")
        client.execute("CREATE TABLE kept.rows (a UInt64) ENGINE = ReplacingMergeTree ORDER BY a")
        for turn in range(20):
            client.execute(
                "INSERT INTO kept.rows VALUES", [(turn * 1000 + i,) for i in range(1000)]
            )
        server.stop(signal.SIGKILL)
        server.start()
        client = server.client()
        assert client.execute("SELECT count(), uniqExact(a) FROM kept.rows FINAL") == [
            (20_000, 20_000)
        ]
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(
                server.client().execute,
                "SELECT sum(sleepEachRow(0.25)) FROM numbers(4) SETTINGS max_block_size = 1",
            )
            until(lambda: running(client, "sleepEachRow"))
            assert server.stop(signal.SIGINT) == 0
            assert slow.result() == [(0,)]
        server.start()
        assert server.client().execute("SELECT count() FROM kept.rows") == [(20_000,)]
        assert server.stop() == 0
        assert not list((tmp_path / "data" / "spool").iterdir())
