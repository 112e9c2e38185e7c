"""Attacks on the embedded ClickHouse (findings A1, A5, P4): a process without a password gets
nothing, a user only what its work needs, and idle sockets lock nobody out.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from clickhouse_driver import Client, connection
from clickhouse_driver.errors import Error, ServerException
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infra.clickhouse.client import connect
from infra.clickhouse.embedded import places, session
from infra.clickhouse.embedded.locked_settings import LOCKED_SETTINGS, OPEN_TEXT_SETTINGS
from infra.clickhouse.users import StoreUser
from infra.errors import KeyringError, SettingsError
from infra.settings import load
from tests.support.connections import is_closed
from tests.support.engines import eventually
from tests.support.native_servers import DATABASE, EmbeddedServer, code_of

ACCESS_DENIED, AUTHENTICATION_FAILED, TOO_MANY, LOCKED = 497, 516, 203, 452


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """An embedded server with one table, `quipu_contract.secrets`, of one row."""
    with EmbeddedServer(tmp_path_factory.mktemp("clickhouse") / "data") as process:
        with process.client() as migrator:
            migrator.execute("CREATE TABLE secrets (a String) ENGINE = MergeTree ORDER BY a")
            migrator.execute("INSERT INTO secrets VALUES", [("seen",)])
        yield process


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A file of the server's own user that no client may read."""
    path = tmp_path / "signing.pem"
    path.write_text("PRIVATE KEY\n")
    return path


def test_a_process_without_a_password_gets_nothing(server: EmbeddedServer) -> None:
    """A1: `default` without a password was everybody, and could do everything."""
    password = server.password(StoreUser.READER)
    for user, attempt in [
        ("default", ""),
        ("", ""),
        ("quipu_reader", ""),
        ("quipu_reader", password[:-1]),
        ("quipu_reader", f"{password}\0"),
        ("quipu_writer", password),
        ("QUIPU_READER", password),
        ("quipu_reader' OR 1", password),
        ("reader", password),
    ]:
        stranger = Client(server.host, port=server.port, user=user or "x", password=attempt)
        assert refusal(stranger, "SELECT 1") == AUTHENTICATION_FAILED
    log = server.log.read_text()
    assert "login_refused" in log and password not in log and password[:-1] not in log


def test_queries_before_the_greeting_are_not_answered(server: EmbeddedServer) -> None:
    with socket.create_connection((server.host, server.port), timeout=10) as line:
        line.sendall(b"\x01\x00\x01\x00" * 20)
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert b"Exception" in answer or not answer


READS_A_FILE = """
SELECT file('{key}')
SELECT FILE ( '{key}' )
SELECT `file`('{key}')
SELECT "file"('{key}')
SELECT/**/file/* ( */('{key}')
SELECT /* /* */ 1 -- */ file('{key}')
SELECT length(upper(file('{key}')))
SELECT a FROM secrets WHERE a IN (SELECT file('{key}'))
WITH file('{key}') AS x SELECT x
WITH x AS (SELECT file('{key}') AS y) SELECT y FROM x
EXPLAIN SELECT file('{key}')
DESCRIBE TABLE (SELECT file('{key}'))
SELECT arrayMap(x -> file(x), ['{key}'])
SELECT * FROM file('{key}', 'LineAsString')
SELECT * FROM `file`('{key}', 'LineAsString')
SELECT * FROM secrets JOIN file('{key}', 'LineAsString') ON 1
SELECT * FROM secrets WHERE a IN file('{key}', 'LineAsString')
SELECT * FROM view(SELECT file('{key}'))
SELECT * FROM `{key}`
SELECT * FROM default.`{key}`
EXISTS TABLE default.`{key}`
SHOW CREATE TABLE default.`{key}`
DESCRIBE TABLE default.`{key}`
SELECT * FROM eval('SELECT file(\\'{key}\\')')
SELECT * FROM Python(sql)
SELECT * FROM python(self)
SELECT * FROM executable('cat {key}', 'TSV', 'a String')
SELECT * FROM filesystem('{key}')
SELECT * FROM fileCluster('default', '{key}', 'LineAsString')
SELECT * FROM merge('default', '.*')
SELECT * FROM loop(file('{key}', 'LineAsString'))
SELECT * FROM sqlite('{key}', 't')
SELECT * FROM input('a String')
SELECT formatRow('Template', 1) SETTINGS format_template_row = '{key}'
SELECT formatRow('Template', 1) SETTINGS format_template_resultset = '{key}'
SELECT formatRow('Protobuf', 1 AS a) SETTINGS format_schema = '{key}:A'
SELECT 1 SETTINGS disk = disk(type = local, path = '{key}')
""".strip().splitlines()

REACHES_OUT = """
SELECT * FROM url('http://{peer}/', 'LineAsString')
SELECT * FROM secrets WHERE a IN url('http://{peer}/', 'LineAsString')
SELECT * FROM urlCluster('default', 'http://{peer}/', 'LineAsString')
SELECT * FROM s3('http://{peer}/bucket/key', 'LineAsString')
SELECT * FROM gcs('http://{peer}/bucket/key', 'LineAsString')
SELECT * FROM azureBlobStorage('http://{peer}/', 'c', 'b')
SELECT * FROM hdfs('hdfs://{peer}/x', 'TSV', 'a String')
SELECT * FROM remote('{peer}', system.one)
SELECT * FROM remoteSecure('{peer}', system.one)
SELECT * FROM cluster('default', system.one)
SELECT * FROM clusterAllReplicas('default', system.one)
SELECT * FROM mysql('{peer}', 'a', 'b', 'c', 'd')
SELECT * FROM postgresql('{peer}', 'a', 'b', 'c', 'd')
SELECT * FROM mongodb('{peer}', 'a', 'b', 'c', 'd', 'x Int32')
SELECT * FROM redis('{peer}', 'k', 'k Int32')
SELECT * FROM odbc('DSN=a', 'b', 'c')
SELECT * FROM jdbc('http://{peer}/', 'b', 'c')
SELECT * FROM deltaLake('http://{peer}/bucket/key')
SELECT * FROM iceberg('http://{peer}/bucket/key')
EXPLAIN TABLE OVERRIDE mysql('{peer}', 'a', 'b', 'c', 'd')
SELECT aiGenerate('x')
SELECT dictGet('default.d', 'a', 1)
SELECT * FROM dictionary('default.d')
""".strip().splitlines()

WRITES_OR_CHANGES = """
SELECT 1 INTO OUTFILE '{out}'
SELECT 1 INTO/**/OUTFILE '{out}' TRUNCATE FORMAT CSV
SELECT 1 AS a FROM system.one SETTINGS output_format_schema = '{out}'
INSERT INTO FUNCTION file('{out}', 'TSV', 'a String') SELECT 'x'
INSERT INTO TABLE FUNCTION `file`('{out}', 'TSV', 'a String') VALUES ('x')
INSERT INTO secrets FROM INFILE '{key}' FORMAT LineAsString
INSERT INTO secrets VALUES (file('{key}'))
CREATE TABLE f (a String) ENGINE = File(TSV, '{key}')
CREATE TABLE f (a String) ENGINE = URL('http://{peer}/', TSV)
CREATE TABLE f (a String) ENGINE = Executable('x', TSV)
CREATE TABLE f (a String) ENGINE = Merge(default, '.*')
CREATE TABLE f (a String) ENGINE = Distributed('default', system, one)
CREATE TABLE f AS file('{key}', 'LineAsString')
CREATE TABLE f (a String DEFAULT file('{key}')) ENGINE = Memory
CREATE TABLE f (a String) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = local, path = '{out}')
CREATE DATABASE quipu_x ENGINE = Filesystem('/')
CREATE DATABASE other
CREATE VIEW v AS SELECT 1
CREATE VIEW v DEFINER = default SQL SECURITY DEFINER AS SELECT 1
CREATE MATERIALIZED VIEW v ENGINE = Memory AS SELECT 1 AS a
CREATE DICTIONARY d (a UInt64) PRIMARY KEY a SOURCE(FILE(path '{key}' format 'TSV')) LAYOUT(FLAT())
CREATE FUNCTION f AS x -> x
CREATE FUNCTION table AS x -> x
CREATE USER intruder
CREATE NAMED COLLECTION n AS a = 1
GRANT ALL ON *.* TO default
SET ROLE ALL
SET ROLE NONE
SET ROLE quipu_migrator
SET/**/ROLE quipu_writer
SET DEFAULT ROLE ALL TO default
SET dialect = 'kusto'
SET format_template_row = '{key}'
EXECUTE AS default SELECT 1
KILL QUERY WHERE 1
SYSTEM SHUTDOWN
SYSTEM RELOAD CONFIG
BACKUP TABLE secrets TO File('{out}')
RESTORE TABLE secrets FROM File('{out}')
ATTACH TABLE z FROM '{out}' (a String) ENGINE = MergeTree ORDER BY a
DETACH TABLE secrets
ALTER TABLE secrets FREEZE
ALTER TABLE secrets FETCH PARTITION tuple() FROM '/x'
ALTER TABLE secrets MODIFY SETTING disk = 'x'
ALTER TABLE secrets MODIFY SETTING storage_policy = 'x'
SHOW PROCESSLIST
SHOW USERS
SELECT * FROM system.users
SELECT * FROM "system"."server_settings"
SELECT * FROM system . `query_log`
SELECT * FROM information_schema.tables
USE system
SELECT 1; SELECT 2
SELECT 1; SET ROLE ALL
INSERT INTO secrets SELECT 'x'; SET ROLE ALL
""".strip().splitlines()

READER_ONLY = """
INSERT INTO secrets SELECT 'x'
ALTER TABLE secrets DELETE WHERE 1
DELETE FROM secrets WHERE 1
TRUNCATE TABLE secrets
DROP TABLE secrets
DROP DATABASE quipu_contract
CREATE TABLE t (a String) ENGINE = Memory
CREATE TEMPORARY TABLE t (a String)
RENAME TABLE secrets TO others
OPTIMIZE TABLE secrets FINAL
SELECT * FROM system.processes
""".strip().splitlines()


def refusal(client: Client, sql: str, **options: Any) -> int:
    """Return the code with which the server refuses a statement."""
    return code_of(lambda: client.execute(sql, **options))


def attempt(server: EmbeddedServer, user: StoreUser, sql: str, **options: Any) -> object:
    """Run one statement as a user, on a connection of its own."""
    with server.client(user=user) as client:
        return client.execute(sql, **options)


@pytest.mark.parametrize("user", list(StoreUser))
def test_no_user_leaves_the_database(
    server: EmbeddedServer, user: StoreUser, key: Path, tmp_path: Path
) -> None:
    """A1: file, url, remote, OUTFILE, other engines and the like are refused to every user."""
    out = tmp_path / "out"
    with socket.create_server(("127.0.0.1", 0)) as peer:
        peer.settimeout(0.0)
        values = {"key": key, "out": out, "peer": f"127.0.0.1:{peer.getsockname()[1]}"}
        answered = []
        for form in READS_A_FILE + REACHES_OUT + WRITES_OR_CHANGES:
            try:
                answered.append((form, attempt(server, user, form.format(**values))))
            except ServerException as error:
                assert "PRIVATE" not in str(error), form
        assert answered == []
        with pytest.raises(BlockingIOError):
            peer.accept()
    assert not out.exists()
    assert attempt(server, user, "SELECT a FROM secrets") == [("seen",)]


def test_a_reader_only_reads(server: EmbeddedServer) -> None:
    for sql in READER_ONLY:
        with server.client(user=StoreUser.READER) as client:
            assert refusal(client, sql) == ACCESS_DENIED, sql
    with server.client(user=StoreUser.READER) as client:
        rows = [("x",)]
        assert code_of(lambda: client.execute("INSERT INTO secrets VALUES", rows)) == ACCESS_DENIED


def test_a_writer_changes_rows_but_no_tables(server: EmbeddedServer) -> None:
    for sql in READER_ONLY[3:9]:
        with server.client(user=StoreUser.WRITER) as client:
            assert refusal(client, sql) == ACCESS_DENIED, sql
    attempt(
        server, StoreUser.MIGRATOR, "CREATE TABLE sunk (a String) ENGINE = MergeTree ORDER BY a"
    )
    with server.client(user=StoreUser.WRITER) as writer:
        writer.execute("INSERT INTO sunk VALUES", [("a",), ("b",)])
        writer.execute("ALTER TABLE sunk DELETE WHERE a = 'a' SETTINGS mutations_sync = 1")
        assert writer.execute("SELECT a FROM sunk") == [("b",)]


def test_a_temporary_table_of_a_client_carries_no_statement(server: EmbeddedServer) -> None:
    """The types of an external table become part of a statement of the server's own."""
    for spec in ("Int8) AS SELECT 1 --", "Int8); SET ROLE quipu_migrator; SELECT (1", "Int8"):
        table = {"name": "t", "structure": [("x", spec)], "data": []}
        with server.client(user=StoreUser.READER) as client, pytest.raises((Error, EOFError)):
            client.execute("SELECT 1", external_tables=[table])


def test_settings_that_come_with_a_query_open_nothing(server: EmbeddedServer, key: Path) -> None:
    for database in ("system", "information_schema", "default`; SET ROLE ALL; USE `system"):
        with server.client(user=StoreUser.READER, database=database) as client:
            assert refusal(client, "SELECT * FROM processes") in (ACCESS_DENIED, 81)
    for name in ("format_template_row", "format_schema", "output_format_schema"):
        with server.client(user=StoreUser.READER) as client:
            assert refusal(client, "SELECT 1", settings={name: str(key)}) == LOCKED


def test_every_text_setting_of_the_engine_is_locked(server: EmbeddedServer) -> None:
    """A newer engine may bring more of them."""
    engine_names = _engine_settings()
    assert engine_names - OPEN_TEXT_SETTINGS <= set(LOCKED_SETTINGS)


def _engine_settings() -> set[str]:
    """Ask the engine in a process of its own: this one must not load it."""
    code = (
        "from chdb import _chdb; print(_chdb.connect(':memory:').query(\"SELECT name FROM "
        "system.settings WHERE type IN ('String', 'URI', 'Dialect')\", 'TSVRaw').bytes().decode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return set(run.stdout.split())


def test_a_connection_keeps_its_role_after_whatever_it_tried(
    server: EmbeddedServer, key: Path, tmp_path: Path
) -> None:
    """The rights of a connection are set once; nothing that fails or is stopped widens them."""
    values = {"key": key, "out": tmp_path / "out", "peer": "127.0.0.1:1"}
    with server.client(user=StoreUser.READER) as client:
        for form in READS_A_FILE + WRITES_OR_CHANGES + READER_ONLY:
            with pytest.raises(ServerException):
                client.execute(form.format(**values))
        next(client.execute_iter("SELECT number FROM numbers(100000000)"))
        client.cancel()
        client.execute("SELECT 1", settings={"readonly": 1})
        assert client.execute("SELECT currentRoles()") == [(["quipu_reader"],)]


def test_a_reader_cannot_stop_the_queries_of_others(server: EmbeddedServer) -> None:
    """A session's queries are found by a comment; nobody may take that of another."""
    with server.client(user=StoreUser.READER) as client:
        foreign = {"log_comment": "quipu-session-1"}
        assert refusal(client, "SELECT 1", settings=foreign) == ACCESS_DENIED
        assert client.execute("SELECT 1", settings={"log_comment": "mine"}) == [(1,)]


NOISE = st.sampled_from(["/**/", " ", "\n", "\t", "/* x */", "-- x\n", "/* /* y */ */"])
CASING = st.lists(st.booleans(), min_size=4, max_size=4)
QUOTES = st.sampled_from(["{}", "`{}`", '"{}"'])


@given(NOISE, CASING, QUOTES, NOISE)
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_writing_of_the_call_passes(
    server: EmbeddedServer, before: str, casing: list[bool], quotes: str, within: str
) -> None:
    """A1: comments, case and quotes, in every combination."""
    letters = zip("file", casing, strict=True)
    name = quotes.format("".join(letter.upper() if up else letter for letter, up in letters))
    sql = f"SELECT{before} {name}{within}('/etc/hostname')"
    with server.client(user=StoreUser.READER) as client, pytest.raises(ServerException):
        client.execute(sql)


def test_256_idle_sockets_lock_nobody_out(server: EmbeddedServer) -> None:
    """A5: 256 connections that say nothing were enough."""
    with ExitStack() as stack:
        idle = [
            stack.enter_context(socket.create_connection((server.host, server.port), timeout=5))
            for _ in range(256)
        ]
        for user in StoreUser:
            assert attempt(server, user, "SELECT 1") == [(1,)]
        oldest = idle[: 256 - places.MAX_NEWCOMERS]
        assert all(is_closed(connection, 1) for connection in oldest), "the oldest make room"


def test_a_newcomer_that_says_little_is_dropped_in_time(server: EmbeddedServer) -> None:
    """A5: a byte now and then keeps no place either."""
    began = time.monotonic()
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        line.sendall(b"\x00")
        line.settimeout(0.5)
        closed = False
        while not closed and time.monotonic() - began < 3 * session.GREETING_SECONDS:
            try:
                line.sendall(b"\x7f")
                closed = not line.recv(1)
            except TimeoutError:
                continue
            except OSError:
                closed = True
    assert closed
    assert time.monotonic() - began < 2 * session.GREETING_SECONDS


def test_readers_cannot_take_every_place(server: EmbeddedServer) -> None:
    """A5: the sink, hits and migrations find a place however many readers there are."""
    with ExitStack() as stack:
        readers = 0
        while readers <= places.MAX_READERS:
            client = stack.enter_context(server.client(user=StoreUser.READER))
            try:
                client.execute("SELECT 1")
            except ServerException as error:
                assert error.code == TOO_MANY
                break
            readers += 1
        assert 0 < readers <= places.MAX_READERS
        for user in (StoreUser.WRITER, StoreUser.MIGRATOR):
            assert attempt(server, user, "SELECT 1") == [(1,)]
    eventually(
        lambda: attempt(server, StoreUser.READER, "SELECT 1") == [(1,)], "places are free again"
    )


@pytest.mark.parametrize(
    "address",
    [
        "quipu:secret@ch1:9440",
        "clickhouse://quipu:secret@ch1:9440",
        "ch1:secret:9440",
        "ch1/secret:9440",
        "ch1:9440?password=secret",
    ],
)
@pytest.mark.parametrize("variable", ["QUIPU_CLICKHOUSE", "QUIPU_API"])
def test_an_address_with_a_password_is_refused_and_not_repeated(
    tmp_path: Path, variable: str, address: str
) -> None:
    """P4: it was taken for a host name and shown by `quipu health`."""
    with pytest.raises(SettingsError) as refusal:
        load({"QUIPU_HOME": str(tmp_path), variable: address})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("host", ["ch1", "10.0.0.7", "127.0.0.1.example.org"])
def test_a_password_does_not_cross_a_network_in_the_clear(tmp_path: Path, host: str) -> None:
    """P4: TLS or loopback, nothing between."""
    settings = load({"QUIPU_HOME": str(tmp_path), "QUIPU_CLICKHOUSE": f"{host}:9000"})
    with pytest.raises(SettingsError, match="clickhouse_tls"):
        connect(settings, StoreUser.READER)


def test_a_server_is_reached_with_the_users_and_files_of_the_settings(tmp_path: Path) -> None:
    """P4: users, password files and TLS are settings, and reach the driver."""
    for role in StoreUser:
        path = tmp_path / f"{role}.secret"
        path.touch(mode=0o600)
        path.write_text(f"{role}-pw\n")
    environ = {
        "QUIPU_HOME": str(tmp_path),
        "QUIPU_CLICKHOUSE": "ch1:9440",
        "QUIPU_CLICKHOUSE_TLS": "1",
        "QUIPU_CLICKHOUSE_USER": "q_{role}",
        "QUIPU_CLICKHOUSE_PASSWORD_FILE": str(tmp_path / "{role}.secret"),
        "QUIPU_CLICKHOUSE_CA_FILE": "/ca.pem",
    }
    settings = load(load(environ).environ())  # what a child of `quipu up` reads
    line: connection.Connection = connect(settings, StoreUser.WRITER).connection
    assert (line.user, line.password, line.secure_socket) == ("q_writer", "writer-pw", True)
    assert line.verify_cert and line.ssl_options["ca_certs"] == "/ca.pem"
    (tmp_path / "reader.secret").unlink()
    with pytest.raises(KeyringError, match=r"reader\.secret"):
        connect(settings, StoreUser.READER)


def test_the_database_of_the_contract_is_one_of_ours(server: EmbeddedServer) -> None:
    """The grants hold for databases of this prefix; the tests' own is one of them."""
    assert DATABASE.startswith("quipu_")
