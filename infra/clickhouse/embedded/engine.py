"""Run statements on the engine in this process: one data folder that no other process may use.

Each chDB connection has its own default database, settings and temporary tables, and connections
run at the same time. So each client gets a connection of its own, and nothing of it reaches another
client. (chDB 4.4; a single connection runs one query at a time.)
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from infra.clickhouse.embedded.engine_users import engine_users
from infra.clickhouse.embedded.errors import DataFolderError, EngineError
from infra.clickhouse.users import StoreUser

os.environ["TZ"] = "UTC"  # the engine reads its time zone once, when it is loaded

from chdb import _chdb

DEFAULT_DATABASE = "default"
"""Every connection begins there; none of our users may read or write anything in it."""
NOT_STREAMED = "Streaming query is not supported"

SESSION_SETTINGS = {
    "async_insert": "0",
    "output_format_native_write_json_as_string": "1",
}
"""For what clickhouse-local does otherwise than a server, and JSON in a form all clients read."""


SERVER_SETTINGS = {
    "timezone": "UTC",
    "max_server_memory_usage": 3_000_000_000,
    "max_server_memory_usage_to_ram_ratio": 0.4,
    "mark_cache_size": 1 << 26,
    "index_mark_cache_size": 1 << 24,
    "uncompressed_cache_size": 0,
    "background_pool_size": 2,
    "background_merges_mutations_concurrency_ratio": 2,
    "background_schedule_pool_size": 4,
    "background_common_pool_size": 2,
    "background_move_pool_size": 1,
    "background_fetches_pool_size": 1,
}
"""A laptop that also runs Kafka, a worker and an API: sizes in bytes, pools in threads."""


@dataclass(frozen=True)
class Version:
    """The engine's version, as announced to clients."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        """Write the version as people do, with dots."""
        return f"{self.major}.{self.minor}.{self.patch}"


class Engine:
    """The data folder, locked and open.

    It holds `engine/` (ClickHouse's own), `spool/` (inserts under way), `server.lock`,
    `config.xml` and `users.xml`.
    """

    def __init__(self, folder: Path) -> None:
        """Lock the folder and start the engine on it.

        Raises DataFolderError if another process has it.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = _lock(folder / "server.lock")
        self.spool = folder / "spool"
        shutil.rmtree(self.spool, ignore_errors=True)
        self.spool.mkdir(mode=0o700)
        config, users = folder / "config.xml", folder / "users.xml"
        users.write_text(engine_users())
        config.write_text(server_config({**SERVER_SETTINGS, "users_config": users.resolve()}))
        self._address = f"{folder.resolve() / 'engine'}?config-file={config.resolve()}"
        self._keeper = self._open()
        self._parser, self._parsing = self._open(), threading.Lock()
        self._parser.set({"max_query_size": str(1 << 30)})
        names = self._keeper.scalar("SELECT name FROM system.table_functions")
        self.table_functions = frozenset(names.split("\n"))
        major, minor, patch = self._keeper.scalar("SELECT version()").split(".")[:3]
        self.version = Version(int(major), int(minor), int(patch))

    def connect(self, user: StoreUser, comment: str = "") -> "EngineConnection":
        """Open a connection with settings, database and temporary tables of its own.

        It has the rights of `user` and no others. `comment` names its queries for `kill`.
        """
        return self._open(user.account, comment)

    def _open(self, role: str = "NONE", comment: str = "") -> "EngineConnection":
        settings = {**SESSION_SETTINGS, "log_comment": comment}
        return EngineConnection(lambda: _open(self._address), settings, role)

    def canonical(self, sql: str) -> str:
        """Return a statement as the engine's parser reads it, on one line, without comments.

        Raises EngineError 62 where it cannot be read, or where there are several.
        """
        with self._parsing:
            try:
                return self._parser.scalar(f"SELECT formatQuerySingleLine({quoted(sql)})")
            except EngineError as error:
                raise EngineError(error.code, error.message.partition(": In scope ")[0]) from error

    def kill(self, comment: str) -> None:
        """Ask the queries that carry this `log_comment` to stop; returns at once."""
        self._keeper.query(f"KILL QUERY WHERE Settings['log_comment'] = {quoted(comment)} ASYNC")

    def kill_all(self) -> None:
        """Ask all queries but this one to stop; returns at once."""
        self._keeper.query("KILL QUERY WHERE query_id != queryID() ASYNC")

    def close(self) -> None:
        """Close the engine; the folder may then be opened by another process."""
        self._parser.close()
        self._keeper.close()
        self._lock.close()


class EngineConnection:
    """Runs statements. Not thread-safe.

    Every method raises EngineError with the engine's own code and message.
    """

    def __init__(
        self, connect: Callable[[], Any], settings: Mapping[str, str], role: str = "NONE"
    ) -> None:
        """Open a connection of chDB that starts with these settings, narrowed to one role."""
        self._connect, self._settings, self._role = connect, settings, role
        self.progress: Mapping[str, int] = {}
        self._open()

    def _open(self) -> None:
        self._raw = self._connect()
        self._raw.set_progress_callback(self._take_progress)
        self.set(self._settings)
        self.query(f"SET ROLE {self._role}")

    def reopen(self) -> None:
        """Start afresh with the same database.

        For settings that cannot be put back, such as `readonly`.
        """
        database = self.scalar("SELECT currentDatabase()")
        self.close()
        self._open()
        if database != DEFAULT_DATABASE:
            self.query(f"USE {identifier(database)}")

    def _take_progress(self, values: Mapping[str, int]) -> None:
        self.progress = values

    def query(
        self, sql: str, params: Mapping[str, str] | None = None, output: str = "Native"
    ) -> bytes:
        """Run a statement to its end; return its whole result in the required format."""
        self.progress = {}
        try:
            return bytes(self._raw.query(sql, output, params=dict(params or {})).bytes())
        except RuntimeError as error:
            raise EngineError.parse(str(error)) from error

    def scalar(self, sql: str) -> str:
        """The one value a query gives, as text."""
        return self.query(sql, output="TabSeparatedRaw").decode().rstrip("\n")

    def stream(
        self, sql: str, params: Mapping[str, str] | None = None
    ) -> Generator[bytes, None, None]:
        """Run a SELECT; yield its Native blocks as they come.

        Close the generator before the connection: that cancels what is not read yet.
        """
        self.progress = {}
        try:
            result = self._raw.send_query(sql, "Native", params=dict(params or {}))
        except RuntimeError as error:
            if NOT_STREAMED not in str(error):
                raise EngineError.parse(str(error)) from error
            yield from filter(None, [self.query(sql, params)])
            return
        yield from self._fetch(result)

    def _fetch(self, result: Any) -> Generator[bytes, None, None]:
        done = False
        try:
            while chunk := self._next(result):
                yield chunk
            done = True
        except EngineError:
            done = True
            raise
        finally:
            if not done:
                self._raw.streaming_cancel_query(result)

    def _next(self, result: Any) -> bytes:
        try:
            chunk = self._raw.streaming_fetch_result(result)
        except RuntimeError as error:
            raise EngineError.parse(str(error)) from error
        return bytes(chunk.bytes()) if chunk is not None and chunk.rows_read() else b""

    def insert(self, statement: str, chunks: Iterable[bytes]) -> int:
        """Run `INSERT INTO t (a, b)` with rows in Native format; return how many.

        Nothing is inserted if it fails at the start.
        """
        self.progress = {}
        try:
            inserter = self._raw.send_insert(statement, "Native")
            try:
                for chunk in chunks:
                    self._raw.insert_append(inserter, chunk)
            except BaseException:
                self._raw.insert_cancel(inserter)
                raise
            return int(self._raw.insert_done(inserter).rows_written())
        except RuntimeError as error:
            raise EngineError.parse(str(error)) from error

    def set(self, settings: Mapping[str, str]) -> None:
        """Set settings of this connection."""
        self.query(
            "SET " + ", ".join(f"{name} = {quoted(value)}" for name, value in settings.items())
        )

    def close(self) -> None:
        """End the connection to the engine."""
        self._raw.set_progress_callback(None)
        self._raw.close()


def server_config(settings: Mapping[str, object]) -> str:
    """ClickHouse's server configuration as XML."""
    lines = [f"    <{name}>{value}</{name}>" for name, value in settings.items()]
    return "\n".join(["<clickhouse>", *lines, "</clickhouse>", ""])


def quoted(value: str) -> str:
    """Write text as a string literal of SQL."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def identifier(name: str) -> str:
    """Write a name within backticks, as SQL wants it."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _open(address: str) -> Any:
    try:
        return _chdb.connect(address)  # type: ignore[attr-defined]
    except RuntimeError as error:
        raise DataFolderError(
            f"the engine cannot open {address.partition('?')[0]}: {error}"
        ) from error


def _lock(path: Path) -> IO[str]:
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise DataFolderError(
            f"the data folder {path.parent} is in use by process {holder}: "
            "stop that one first, or use another folder"
        ) from error
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file
