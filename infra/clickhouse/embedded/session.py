"""One client's connection: greeting, then query after query until it leaves."""

import os
import socket
import struct
import threading
import time
from collections.abc import Hashable
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO, NoReturn

import structlog

from infra.clickhouse.embedded import protocol
from infra.clickhouse.embedded.described import Columns, DescribedStatements, statement_key
from infra.clickhouse.embedded.engine import (
    DEFAULT_DATABASE,
    Engine,
    EngineConnection,
    identifier,
    quoted,
)
from infra.clickhouse.embedded.errors import (
    ACCESS_DENIED,
    LOGICAL_ERROR,
    NOT_IMPLEMENTED,
    QUERY_WAS_CANCELLED,
    QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING,
    UNEXPECTED_PACKET_FROM_CLIENT,
    ClickHouseError,
    EngineError,
    ProtocolError,
    RefusedStatementError,
)
from infra.clickhouse.embedded.inserts import open_spool, pieces, requested_columns
from infra.clickhouse.embedded.logins import Logins
from infra.clickhouse.embedded.places import ClientPlaces
from infra.clickhouse.embedded.protocol import Block, FromClient, Query
from infra.clickhouse.embedded.query_watch import DisconnectWatch, Running
from infra.clickhouse.embedded.results import packets, result_columns
from infra.clickhouse.embedded.session_settings import QuerySettings
from infra.clickhouse.embedded.statement_guard import StatementGuard
from infra.clickhouse.embedded.statements import InsertOfData, Statement, classify
from infra.clickhouse.embedded.wire import Wire
from infra.clickhouse.users import StoreUser

SEND_TIMEOUT_SECONDS = 300
GREETING_SECONDS = 5.0
"""How long a newcomer may take to say who it is, however it spreads its bytes."""
SESSION_TIMEZONE = "UTC"
SESSION = "quipu-session-"
"""Begins the `log_comment` by which a session's own queries are found, to be stopped."""
CRASHED = 70
"""Exit code; EX_SOFTWARE of sysexits.h."""
DRAIN_SECONDS = 1.0

log = structlog.get_logger()


@dataclass
class Shared:
    """What all sessions of a server share."""

    engine: Engine
    watch: DisconnectWatch
    logins: Logins
    places: ClientPlaces
    guard: StatementGuard
    described: DescribedStatements = field(default_factory=DescribedStatements)
    name: str = "quipu"
    running: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopping: bool = False

    def give_up(self) -> NoReturn:
        """End the process: its engine has crashed, and nothing can be closed in order any more."""
        log.critical(
            "clickhouse.engine_crashed",
            remedy="start the server again; rows that were confirmed are on disk",
        )
        os._exit(CRASHED)


class Session:
    """Serves one client, on a thread of its own, with a connection to the engine of its own."""

    def __init__(self, shared: Shared, client: socket.socket, number: int) -> None:
        """Serve `client`; `number` names the session in logs."""
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        client.setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_TIMEOUT_SECONDS, 0)
        )
        self._shared, self._socket, self._comment = shared, client, f"{SESSION}{number}"
        self._wire = Wire(self._receive)
        self._greet_until: float | None = time.monotonic() + GREETING_SECONDS
        self._user = StoreUser.READER
        self._context: Hashable = None
        self._revision = protocol.REVISION
        self._log = log.bind(session=number)

    def serve(self) -> None:
        """Serve until the client leaves, the server stops, or what comes cannot be understood."""
        try:
            self._greet_and_serve()
        except EOFError:
            self._log.debug("clickhouse.client_left")
        except TimeoutError:
            self._log.info("clickhouse.greeting_timed_out", after_seconds=GREETING_SECONDS)
        except OSError as error:
            self._log.info("clickhouse.connection_ended", reason=str(error))
        except ProtocolError as error:
            self._log.info("clickhouse.connection_refused", reason=error.message)
            self._drain()
        except Exception:  # noqa: BLE001 -- other clients continue
            self._log.exception("clickhouse.session_failed")
            self._send(
                protocol.exception(
                    ClickHouseError(LOGICAL_ERROR, "the embedded server failed; its log says where")
                )
            )

    def _receive(self, view: memoryview) -> int:
        """Fill the view from the socket. Raises TimeoutError once the greeting has lasted."""
        if self._greet_until is not None:
            self._socket.settimeout(max(0.001, self._greet_until - time.monotonic()))
        return self._socket.recv_into(view)

    def _drain(self) -> None:
        """Take what the client is still sending.

        A socket closed on unread bytes is reset, and the error packet is lost.
        """
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(DRAIN_SECONDS)
        deadline = time.monotonic() + DRAIN_SECONDS
        try:
            while self._socket.recv(1 << 16) and time.monotonic() < deadline:
                pass
        except OSError as error:
            self._log.debug("clickhouse.drain_ended", reason=str(error))

    def _greet_and_serve(self) -> None:
        greeting = protocol.read_hello(self._wire)
        engine: EngineConnection | None = None
        try:
            self._admit(greeting)
            engine = self._shared.engine.connect(self._user, self._comment)
            if greeting.database not in ("", DEFAULT_DATABASE):
                use = f"USE {identifier(greeting.database)}"
                self._shared.guard.check(self._user, use)
                engine.query(use)
        except ClickHouseError as error:
            self._tell(error)
            if engine is not None:
                engine.close()
            return
        self._context = self._user, greeting.database
        try:
            self._welcome()
            self._serve_packets(engine, QuerySettings(engine))
        finally:
            engine.close()

    def _admit(self, greeting: protocol.Hello) -> None:
        self._revision = min(greeting.revision, protocol.REVISION)
        if self._revision < protocol.OLDEST_REVISION:
            raise RefusedStatementError(
                NOT_IMPLEMENTED,
                f"the client's protocol revision {greeting.revision} is older than "
                f"{protocol.OLDEST_REVISION}: use a newer client",
            )
        self._user = self._shared.logins.check(greeting.user, greeting.password)
        self._shared.places.admit(self._socket, self._user)
        self._greet_until = None
        self._socket.settimeout(None)
        self._log = self._log.bind(user=str(self._user))

    def _welcome(self) -> None:
        version = self._shared.engine.version
        numbers = (version.major, version.minor, version.patch)
        self._send(protocol.hello(self._shared.name, numbers, SESSION_TIMEZONE))
        if self._revision >= protocol.WITH_ADDENDUM:
            self._wire.string()

    def _serve_packets(self, engine: EngineConnection, settings: QuerySettings) -> None:
        while not self._shared.stopping:
            match self._wire.varint():
                case FromClient.PING:
                    self._send(protocol.pong())
                case FromClient.QUERY:
                    self._answer(engine, settings)
                case FromClient.TABLES_STATUS:
                    self._send(
                        protocol.tables_status(_existing(engine, protocol.read_tables(self._wire)))
                    )
                case FromClient.CANCEL:
                    continue  # the query it meant has ended
                case packet:
                    error = ProtocolError(
                        f"packet {packet} came between queries", UNEXPECTED_PACKET_FROM_CLIENT
                    )
                    self._send(protocol.exception(error))
                    raise error

    def _answer(self, engine: EngineConnection, settings: QuerySettings) -> None:
        """Read one query and answer it.

        An error before the query's end is read ends the connection, any other does not.
        """
        try:
            query = protocol.read_query(self._wire, self._revision)
            if query.compressed:
                raise RefusedStatementError(
                    NOT_IMPLEMENTED,
                    "compression is not supported by the embedded server: connect without it",
                )
            tables = self._read_tables(engine)
        except ClickHouseError as error:
            self._tell(error)
            raise ProtocolError(error.message, error.code) from error
        try:
            self._run(engine, settings, query, has_tables=bool(tables))
            self._send(protocol.end_of_stream())
        except ClickHouseError as error:
            self._log.info("clickhouse.query_failed", code=error.code, query_id=query.query_id)
            self._tell(error)
            if isinstance(error, ProtocolError):
                raise
        finally:
            for table in tables:
                engine.query(f"DROP TEMPORARY TABLE IF EXISTS {identifier(table)}")

    def _run(
        self,
        engine: EngineConnection,
        settings: QuerySettings,
        query: Query,
        *,
        has_tables: bool,
    ) -> None:
        statement = classify(query.sql)
        self._check(statement)
        comment = self._comment_of(query)
        settings.apply(
            {} if isinstance(statement, Statement) and statement.sets else query.settings
        )
        with self._named(query.query_id):
            if isinstance(statement, InsertOfData):
                self._insert(engine, statement)
                return
            running = Running(self._socket, comment, self._wire.peek)
            self._shared.watch.add(running)
            try:
                self._select(engine, statement, query, has_tables=has_tables)
            except EngineError as error:
                if error.code != QUERY_WAS_CANCELLED or running.stopped != "cancelled":
                    raise
            finally:
                self._shared.watch.remove(running)
                if statement.changes_columns:
                    self._context = object()
                    self._shared.described.forget()

    def _comment_of(self, query: Query) -> str:
        """Return the comment that names the query to `kill`: the client's, or the session's.

        Raises RefusedStatementError 497 for that of another session: it would stop its queries.
        """
        if "log_comment" not in query.settings:
            return self._comment
        comment = query.settings["log_comment"].value
        if comment.startswith(SESSION) and comment != self._comment:
            raise RefusedStatementError(ACCESS_DENIED, "this log_comment is of another session")
        return comment

    def _check(self, statement: InsertOfData | Statement) -> None:
        """Refuse what this user may not send: the text that the engine receives, not the query's.

        Raises what StatementGuard.check raises.
        """
        if isinstance(statement, InsertOfData):
            self._shared.guard.check(self._user, f"{statement.statement} VALUES", rows_follow=True)
            self._shared.guard.check(self._user, statement.describe)
        else:
            self._shared.guard.check(self._user, statement.sql)

    def _select(
        self, engine: EngineConnection, statement: Statement, query: Query, *, has_tables: bool
    ) -> None:
        """Send what a statement gives. `has_tables`: tables came with it, of any columns."""
        sql, parameters = statement.sql, query.parameters
        key = statement_key(self._context, query.settings, sql, parameters)

        def columns_of() -> Columns:
            if has_tables or key is None:
                return result_columns(engine, sql, parameters)
            return self._shared.described.columns(
                key, lambda: result_columns(engine, sql, parameters)
            )

        with closing(packets(engine, statement, parameters, self._revision, columns_of)) as answer:
            for packet in answer:
                self._send(packet)

    def _insert(self, engine: EngineConnection, insert: InsertOfData) -> None:
        """Take all blocks of an INSERT before the engine sees the first.

        So a client that vanishes inserts nothing.
        """
        self._send(protocol.data_header(self._revision, requested_columns(engine, insert)))
        with open_spool(self._shared.engine.spool) as spool:
            while not self._read_block(spool).empty:
                self._send(self._block_taken())
            written = spool.tell()
            rows = engine.insert(insert.statement, pieces(spool)) if written else 0
        self._send(
            self._block_taken() + protocol.progress(self._revision, (0, 0, 0), (rows, written), 0)
        )

    def _block_taken(self) -> bytes:
        return (
            protocol.profile_events()
            if self._revision >= protocol.WITH_PROFILE_EVENTS_IN_INSERT
            else b""
        )

    def _read_tables(self, engine: EngineConnection) -> list[str]:
        """Read the blocks after a query: external tables.

        They become temporary tables of this session; return their names.
        """
        names: list[str] = []
        while True:
            with open_spool(self._shared.engine.spool) as spool:
                block = self._read_block(spool)
                if block.empty:
                    return names
                columns = ", ".join(f"{identifier(name)} {spec}" for name, spec in block.columns)
                if block.table not in names:
                    creation = f"CREATE TEMPORARY TABLE {identifier(block.table)} ({columns})"
                    self._shared.guard.check(self._user, creation)
                    engine.query(creation)
                    names.append(block.table)
                if block.rows:
                    engine.insert(f"INSERT INTO {identifier(block.table)}", pieces(spool))

    def _read_block(self, spool: IO[bytes]) -> Block:
        if (packet := self._wire.varint()) != FromClient.DATA:
            raise ProtocolError(
                f"packet {packet} came, a block of data was expected", UNEXPECTED_PACKET_FROM_CLIENT
            )
        try:
            return protocol.pass_block(self._wire, self._revision, spool)
        except RefusedStatementError as error:
            raise ProtocolError(error.message, error.code) from error

    def _named(self, query_id: str) -> "_QueryId":
        return _QueryId(self._shared, query_id)

    def _tell(self, error: ClickHouseError) -> None:
        self._send(protocol.exception(error))
        if error.fatal:
            self._shared.give_up()

    def _send(self, data: bytes) -> None:
        self._socket.sendall(data)


@dataclass(frozen=True)
class _QueryId:
    """Holds a query id while its query runs; two queries at once cannot have the same."""

    shared: Shared
    query_id: str

    def __enter__(self) -> None:
        with self.shared.lock:
            if self.query_id and self.query_id in self.shared.running:
                message = f"Query with id = {self.query_id} is already running."
                raise RefusedStatementError(QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING, message)
            self.shared.running.add(self.query_id)

    def __exit__(self, *_: object) -> None:
        with self.shared.lock:
            self.shared.running.discard(self.query_id)


def _existing(engine: EngineConnection, tables: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (database, table)
        for database, table in tables
        if engine.scalar(
            "SELECT count() FROM system.tables "
            f"WHERE database = {quoted(database)} AND name = {quoted(table)}"
        )
        != "0"
    ]
