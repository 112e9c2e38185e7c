"""Parse what a client of ClickHouse's native protocol sends; encode what a server sends.

Written after clickhouse-driver 0.2.11 (`connection.py`, `clientinfo.py`, `progress.py`) and
ClickHouse's src/Core/ProtocolDefines.h. Pure: values in, bytes out, apart from the `Wire` that is
read.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain

from infra.clickhouse.embedded.columns import column_type
from infra.clickhouse.embedded.errors import (
    NOT_IMPLEMENTED,
    ClickHouseError,
    ProtocolError,
    RefusedStatementError,
)
from infra.clickhouse.embedded.wire import ByteSink, Wire, text, varint

REVISION = 54460
"""The newest revision spoken here: server-side parameters (54459), before password rules and
chunking (54461 and later).
"""
OLDEST_REVISION = 54429
"""Settings as strings; clients are of 2020 or younger."""

WITH_INTERSERVER_SECRET = 54441
WITH_OPENTELEMETRY = 54442
WITH_DISTRIBUTED_DEPTH = 54448
WITH_QUERY_START_TIME = 54449
WITH_PARALLEL_REPLICAS = 54453
WITH_CUSTOM_SERIALIZATION = 54454
WITH_PROFILE_EVENTS_IN_INSERT = 54456
WITH_ADDENDUM = 54458
WITH_PARAMETERS = 54459
WITH_QUERY_TIME_IN_PROGRESS = 54460

MAX_QUERY_BYTES = 1 << 28
STAGE_COMPLETE = 2
SETTING_IMPORTANT = 1


class FromClient(IntEnum):
    """Packets that a client sends."""

    HELLO = 0
    QUERY = 1
    DATA = 2
    CANCEL = 3
    PING = 4
    TABLES_STATUS = 5


class FromServer(IntEnum):
    """Packets that a server sends."""

    HELLO = 0
    DATA = 1
    EXCEPTION = 2
    PROGRESS = 3
    PONG = 4
    END_OF_STREAM = 5
    PROFILE_INFO = 6
    TABLES_STATUS = 9
    PROFILE_EVENTS = 14


@dataclass(frozen=True)
class Hello:
    """Who connects. The password is not kept in the text form."""

    client: str
    revision: int
    database: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Setting:
    """A setting of one query; an unknown one is an error only if it is important."""

    value: str
    important: bool


@dataclass(frozen=True)
class Query:
    """A query as it came."""

    query_id: str
    sql: str
    settings: dict[str, Setting]
    parameters: dict[str, str]
    """As `{name:Type}` takes them: escaped once."""
    compressed: bool


@dataclass(frozen=True)
class Block:
    """What passed by: the table it is for (external tables), its columns and rows."""

    table: str
    columns: Sequence[tuple[str, str]]
    rows: int

    @property
    def empty(self) -> bool:
        """Whether it is the mark that nothing follows."""
        return not self.columns and not self.rows


def read_hello(wire: Wire) -> Hello:
    """Read the first packet.

    Raises ProtocolError if it is not a client's hello (but a web browser's request, say).
    """
    if (packet := wire.varint()) != FromClient.HELLO:
        raise ProtocolError(
            f"packet {packet} came first, a hello was expected: "
            "this port speaks ClickHouse's native protocol"
        )
    client = wire.string()
    wire.varint()
    wire.varint()
    return Hello(client, wire.varint(), wire.string(), wire.string(), wire.string())


def read_query(wire: Wire, revision: int) -> Query:
    """Read a query packet after its type.

    Raises RefusedStatementError for what a server of a cluster would do.
    """
    query_id = wire.string()
    _skip_client_info(wire, revision)
    settings = {
        name: Setting(value, bool(flags & SETTING_IMPORTANT))
        for name, flags, value in _settings(wire)
    }
    if revision >= WITH_INTERSERVER_SECRET and wire.string():
        raise RefusedStatementError(
            NOT_IMPLEMENTED,
            "queries of other servers of a cluster are not supported by the embedded server",
        )
    if (stage := wire.varint()) != STAGE_COMPLETE:
        raise RefusedStatementError(
            NOT_IMPLEMENTED,
            f"query stage {stage} is not supported by the embedded server: "
            "ask for complete results",
        )
    compressed = bool(wire.varint())
    sql = wire.string(MAX_QUERY_BYTES)
    parameters = _settings(wire) if revision >= WITH_PARAMETERS else []
    return Query(
        query_id, sql, settings, {name: unquote(value) for name, _, value in parameters}, compressed
    )


def _skip_client_info(wire: Wire, revision: int) -> None:
    if not wire.uint8():
        return
    for _ in ("initial user", "initial query id", "initial address"):
        wire.bytes_field()
    if revision >= WITH_QUERY_START_TIME:
        wire.skip(8)
    if (interface := wire.uint8()) != 1:
        raise ProtocolError(f"interface {interface} in the client's description, expected 1 (TCP)")
    for _ in ("system user", "host", "client"):
        wire.bytes_field()
    for _ in ("major", "minor", "revision"):
        wire.varint()
    wire.bytes_field()  # quota key
    if revision >= WITH_DISTRIBUTED_DEPTH:
        wire.varint()
    wire.varint()  # patch
    if revision >= WITH_OPENTELEMETRY and wire.uint8():
        wire.skip(24)
        wire.bytes_field()
        wire.skip(1)
    if revision >= WITH_PARALLEL_REPLICAS:
        for _ in ("collaborate", "count", "number"):
            wire.varint()


def _settings(wire: Wire) -> list[tuple[str, int, str]]:
    settings = []
    while name := wire.string():
        settings.append((name, wire.varint(), wire.string(MAX_QUERY_BYTES)))
    return settings


def unquote(value: str) -> str:
    """Undo the dump of a parameter (`'...'` with backslashes); what is not quoted stays."""
    if len(value) < 2 or value[0] != "'" or value[-1] != "'":
        return value
    return _unescape(value[1:-1])


_ESCAPES = {"b": "\b", "f": "\f", "r": "\r", "n": "\n", "t": "\t", "0": "\0", "a": "\a", "v": "\v"}


def _unescape(value: str) -> str:
    if "\\" not in value:
        return value
    out, rest = [], iter(value)
    for char in rest:
        if char == "\\":
            following = next(rest, "\\")
            out.append(_ESCAPES.get(following, following))
        else:
            out.append(char)
    return "".join(out)


def pass_block(wire: Wire, revision: int, sink: ByteSink) -> Block:
    """Read a data packet after its type; write its rows to `sink` as a block of the Native format.

    Raises RefusedStatementError for a type or serialization not supported; the connection cannot go
    on then, since the block's end is unknown.
    """
    table = wire.string()
    _skip_block_info(wire)
    columns, rows = wire.varint(), wire.varint()
    header: list[tuple[str, str]] = []
    if columns:
        sink.write(varint(columns) + varint(rows))
    for _ in range(columns):
        name, spec = wire.string(), wire.string()
        header.append((name, spec))
        sink.write(text(name) + text(spec))
        if revision >= WITH_CUSTOM_SERIALIZATION and wire.uint8():
            raise RefusedStatementError(
                NOT_IMPLEMENTED,
                "sparse and other custom serializations are not supported by the embedded server",
            )
        if rows:
            wire.capture(sink)
            column_type(spec).start(wire)(wire, rows)
            wire.release()
    return Block(table, header, rows)


def _skip_block_info(wire: Wire) -> None:
    while number := wire.varint():
        match number:
            case 1:
                wire.skip(1)
            case 2:
                wire.skip(4)
            case _:
                raise ProtocolError(f"field {number} of a block's information is unknown")


def read_tables(wire: Wire) -> list[tuple[str, str]]:
    """Read a request for tables' status after its type: (database, table) each."""
    return [(wire.string(), wire.string()) for _ in range(wire.varint())]


def hello(name: str, version: tuple[int, int, int], timezone: str) -> bytes:
    """The server's hello; `name` is shown to people."""
    major, minor, patch = version
    numbers = varint(major) + varint(minor) + varint(REVISION)
    return (
        varint(FromServer.HELLO)
        + text("ClickHouse")
        + numbers
        + text(timezone)
        + text(name)
        + varint(patch)
    )


def exception(error: ClickHouseError) -> bytes:
    """An exception, named and worded as a server's."""
    code = struct.pack("<i", error.code)
    message = text(f"DB::Exception: {error.message}")
    return varint(FromServer.EXCEPTION) + code + text("DB::Exception") + message + text("") + b"\0"


def pong() -> bytes:
    """The answer to a ping."""
    return varint(FromServer.PONG)


def end_of_stream() -> bytes:
    """The end of an answer."""
    return varint(FromServer.END_OF_STREAM)


def progress(revision: int, read: Sequence[int], written: Sequence[int], nanoseconds: int) -> bytes:
    """Encode what was done since the last such packet.

    `read`: rows, bytes, total rows; `written`: rows, bytes.
    """
    numbers = [*read, *written, *([nanoseconds] if revision >= WITH_QUERY_TIME_IN_PROGRESS else [])]
    return varint(FromServer.PROGRESS) + b"".join(map(varint, numbers))


def profile_info(rows: int, blocks: int, size: int) -> bytes:
    """The size of the whole result; LIMIT's part is not known here and left out."""
    return (
        varint(FromServer.PROFILE_INFO)
        + varint(rows)
        + varint(blocks)
        + varint(size)
        + b"\0"
        + varint(0)
        + b"\0"
    )


def profile_events() -> bytes:
    """Encode the answer that a client waits for after each block it sends.

    It holds no events, since the embedded engine gives none.
    """
    return varint(FromServer.PROFILE_EVENTS) + text("") + _BLOCK_INFO + varint(0) + varint(0)


def tables_status(tables: Iterable[tuple[str, str]]) -> bytes:
    """Return which of the named tables exist; none is replicated."""
    rows = [text(database) + text(table) + b"\0" for database, table in tables]
    return varint(FromServer.TABLES_STATUS) + varint(len(rows)) + b"".join(rows)


_BLOCK_INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"


def data_header(revision: int, columns: Sequence[tuple[str, str]]) -> bytes:
    """A data packet without rows: names and types."""
    return _data(revision, 0, [(name.encode(), spec.encode(), b"") for name, spec in columns])


def may_lack_time_zone(native: bytes) -> bool:
    """Say whether a block may have a DateTime column without its time zone.

    Without a revision, ClickHouse's NativeWriter leaves the zone out.
    """
    return text("DateTime") in native


def data_packets(
    revision: int, native: bytes, columns_named: Sequence[tuple[str, str]] | None = None
) -> Iterable[tuple[bytes, int, bytes]]:
    """Turn Native blocks from the engine into data packets: (packet without rows, rows, packet).

    `columns_named` are the columns' true names and types where the client must not see those of
    the blocks.
    """
    wire = Wire.over(native)
    while not wire.exhausted:
        count, rows = wire.varint(), wire.varint()
        columns = []
        for _ in range(count):
            name, spec = wire.bytes_field(len(native)), wire.bytes_field(len(native))
            start = wire.position
            if rows:
                column_type(spec.decode()).start(wire)(wire, rows)
            columns.append((name, spec, native[start : wire.position]))
        if columns_named is not None:
            named = zip(columns_named, columns, strict=True)
            columns = [(name.encode(), spec.encode(), data) for (name, spec), (_, _, data) in named]
        empty = [(name, spec, b"") for name, spec, _ in columns]
        yield _data(revision, 0, empty), rows, _data(revision, rows, columns)


def _data(revision: int, rows: int, columns: Sequence[tuple[bytes, bytes, bytes]]) -> bytes:
    own = b"\0" if revision >= WITH_CUSTOM_SERIALIZATION else b""
    head = varint(FromServer.DATA) + text("") + _BLOCK_INFO + varint(len(columns)) + varint(rows)
    parts = ((text(name), text(spec), own, data) for name, spec, data in columns)
    return b"".join(chain([head], chain.from_iterable(parts)))
