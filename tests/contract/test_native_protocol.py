"""What clickhouse-driver programs may rely on from any ClickHouse server, with real clients.

The server is the embedded one, in a process of its own, or the one at the address given with
`--clickhouse HOST:PORT` (see conftest.py). The same promises hold for both.
"""

import datetime as dt
import ipaddress
import socket
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from clickhouse_driver import Client

from infra.clickhouse.embedded import wire
from tests.support.engines import eventually
from tests.support.native_servers import (
    DATABASE,
    OTHER_DATABASE,
    NativeServer,
    code_of,
    raw_connection,
    running,
)

UTC = dt.UTC


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


def test_an_empty_answer_has_the_columns_that_a_table_has_now(client: Client) -> None:
    def columns() -> object:
        return client.execute("SELECT * FROM changing WHERE a = 1", with_column_types=True)[1]

    client.execute("CREATE OR REPLACE TABLE changing (a UInt8) ENGINE = MergeTree ORDER BY a")
    assert columns() == columns() == [("a", "UInt8")]
    client.execute("ALTER TABLE changing ADD COLUMN b DateTime('America/Lima')")
    assert columns() == [("a", "UInt8"), ("b", "DateTime('America/Lima')")]
    client.execute("CREATE OR REPLACE TABLE changing (a String) ENGINE = MergeTree ORDER BY a")
    assert client.execute("SELECT * FROM changing WHERE a = '1'", with_column_types=True)[1] == [
        ("a", "String")
    ]


def test_columns_in_and_out_and_blocks_of_many_sizes(client: Client, table: str) -> None:
    count = 200_001
    words = ["", "CO", "x" * 200, "y" * 130_000]
    columns: list[list[Any]] = [list(range(count)), [words[i % 3] for i in range(count)]]
    columns[1][70_000] = words[3]
    settings = {"insert_block_size": 65_000}
    assert (
        client.execute(f"INSERT INTO {table} VALUES", columns, columnar=True, settings=settings)
        == count
    )
    out = client.execute(f"SELECT a, b FROM {table} ORDER BY a", columnar=True)
    assert [list(column) for column in out] == columns


def test_insert_takes_defaults_settings_and_selects(client: Client) -> None:
    client.execute(
        "CREATE OR REPLACE TABLE defaults (a UInt8, b String DEFAULT 'k',"
        " c UInt8 MATERIALIZED a + 1, e UInt8 EPHEMERAL,"
        " f UInt8 DEFAULT e) ENGINE = MergeTree ORDER BY a"
    )
    client.execute("INSERT INTO defaults VALUES", [(1, "z", 4)])
    client.execute(
        "-- a comment; with 'a quote\n"
        "INSERT INTO defaults (`a`, e) SETTINGS async_insert = 0 FORMAT Native",
        [(2, 5)],
    )
    client.execute("INSERT INTO defaults (* EXCEPT(b, f)) VALUES", [(3,)])
    client.execute("INSERT INTO defaults (a, b) SELECT 4, 'in;line' UNION ALL SELECT 5, 'VALUES'")
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
    server: NativeServer, client: Client, table: str
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


def test_a_failed_statement_leaves_the_connection_usable(server: NativeServer, table: str) -> None:
    with raw_connection(server) as line:
        for sql in (
            "SELECT nope",
            f"INSERT INTO {table} (zz) VALUES",
            "SELECT 1 SETTINGS no_such = 1",
        ):
            line.send_query(sql)
            line.send_external_tables([])
            assert line.receive_packet().exception is not None
        assert line.ping()


def test_parameters_on_the_server_side_carry_any_text(server: NativeServer) -> None:
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
    server: NativeServer, client: Client
) -> None:
    client.execute(f"CREATE DATABASE IF NOT EXISTS {OTHER_DATABASE}")
    ask = "SELECT currentDatabase(), getSetting('max_block_size')"
    item, two = (
        server.client(database=OTHER_DATABASE, settings={"max_block_size": 111}),
        server.client(),
    )
    assert item.execute(ask) == [(OTHER_DATABASE, 111)]
    normal = two.execute(ask)
    assert normal[0][0] == DATABASE and normal[0][1] != 111
    assert two.execute(ask, settings={"max_block_size": 222}) == [(DATABASE, 222)]
    assert two.execute(ask) == normal, "a query's settings end with it"
    two.execute("SET max_block_size = 333")
    assert two.execute(ask, settings={"max_block_size": 444}) == [(DATABASE, 444)]
    assert two.execute(ask) == [(DATABASE, 333)], "what SET has set stays"
    two.execute(f"USE {OTHER_DATABASE}")
    assert two.execute("SELECT currentDatabase()", settings={"readonly": 1}) == [(OTHER_DATABASE,)]
    assert two.execute("SELECT currentDatabase(), getSetting('readonly')") == [(OTHER_DATABASE, 0)]
    assert item.execute(ask) == [(OTHER_DATABASE, 111)]
    assert client.execute("SELECT currentDatabase()") == [(DATABASE,)]


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
    server: NativeServer, client: Client, table: str
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


def test_a_cancelled_query_stops_and_the_connection_goes_on(
    server: NativeServer, client: Client
) -> None:
    own = server.client()
    rows = own.execute_iter("SELECT number AS cancelled_one FROM numbers(100000000000)")
    assert next(rows) == (0,)
    own.cancel()
    assert own.execute("SELECT 5") == [(5,)]
    eventually(lambda: not running(client, "cancelled_one"), "the query stops", 10)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(sipHash64(number)) AS gone FROM numbers(100000000000)",
        "SELECT number AS gone FROM numbers(100000000000)",
    ],
)
def test_the_query_of_a_client_that_vanished_is_stopped(
    server: NativeServer, client: Client, sql: str
) -> None:
    own = raw_connection(server)
    own.send_query(sql)
    own.send_external_tables([])
    eventually(lambda: running(client, "gone"), "the query runs", 10)
    own.socket.close()
    own.fin = own.fout = None
    eventually(lambda: not running(client, "gone"), "the query stops", 10)


def test_a_query_id_is_used_by_one_query_at_a_time(server: NativeServer, client: Client) -> None:
    own = server.client()
    rows = own.execute_iter(
        "SELECT number AS holder FROM numbers(100000000000)", query_id="the-one"
    )
    next(rows)
    assert code_of(lambda: client.execute("SELECT 1", query_id="the-one")) == 216
    own.cancel()
    assert client.execute("SELECT 1", query_id="the-one") == [(1,)]


def test_noise_on_the_port_harms_nobody(server: NativeServer, client: Client) -> None:
    for noise in (b"GET / HTTP/1.1\r\n\r\n", b"\x00" + b"\xff" * 64, b"\x00\x05abc", b""):
        with socket.create_connection((server.host, server.port), timeout=5) as line:
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


def test_date_times_keep_their_zone_in_results_of_one_block_and_of_many(client: Client) -> None:
    for count in (1, 200_000):
        sql = (
            "SELECT toDateTime(number, 'America/Lima') AS d, toDateTime(number) AS e "
            f"FROM numbers({count})"
        )
        rows, types = client.execute(sql, with_column_types=True)
        assert types == [("d", "DateTime('America/Lima')"), ("e", "DateTime")]
        assert len(rows) == count and rows[0][0].utcoffset() == dt.timedelta(hours=-5)


def test_an_abandoned_result_holds_up_nobody(
    server: NativeServer, client: Client, table: str
) -> None:
    abandoned = server.client()
    next(
        abandoned.execute_iter(
            "SELECT number, repeat('x', 100) AS left_alone FROM numbers(100000000)"
        )
    )
    client.execute(f"INSERT INTO {table} VALUES", [(1, "x")])
    assert client.execute(f"SELECT count() FROM {table}") == [(1,)]
    abandoned.disconnect()
    eventually(lambda: not running(client, "left_alone"), "the query ends", 10)


def test_tables_status_names_the_tables_that_exist(server: NativeServer, table: str) -> None:
    line = raw_connection(server)
    pairs = [(DATABASE, table), (DATABASE, "nope")]
    line.socket.sendall(b"\x05\x02" + b"".join(wire.text(part) for pair in pairs for part in pair))
    reader = wire.Wire(line.socket.recv_into)
    assert [reader.varint(), reader.varint(), reader.string(), reader.string(), reader.uint8()] == [
        9,
        1,
        DATABASE,
        table,
        0,
    ]
    line.disconnect()
