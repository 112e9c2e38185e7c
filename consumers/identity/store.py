"""Keep accounts, sessions and tokens in one SQLite file of the data folder: access/identity.sqlite.

The file has mode 0600 from its first byte on. The API, `quipu up` and the command line open it at
the same time. The statements are in queries/, the tables in migrations/.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import RLock
from typing import Any

import structlog

from infra.clock import now_ms
from infra.errors import QuipuError
from infra.migration_files import Migration, read_migrations
from infra.settings import Settings
from infra.sql_files import SqlFiles
from schemas.i18n import _

log = structlog.get_logger(__name__)

BUSY_TIMEOUT_S = 10.0
STORE_NAME = "identity.sqlite"
FORM_KEY = "forms"
sql = SqlFiles(Path(__file__).with_name("queries"))


class IdentityStoreError(QuipuError):
    """The file of accounts cannot be used."""

    code = "IDENTITY_STORE"


@cache
def migrations() -> tuple[Migration, ...]:
    """Read what makes the file, and brings an older one up to date, in order."""
    return tuple(read_migrations(Path(__file__).with_name("migrations")))


class IdentityStore:
    """The file of accounts at a path; threads may share it.

    Every method raises IdentityStoreError where the file cannot be used.
    """

    def __init__(self, path: Path, clock: Callable[[], int] = now_ms) -> None:
        """Open the file, make it where it is missing. `clock`: ms since 1970 UTC."""
        self.path = path
        self.now = clock
        self._lock = RLock()
        self._form_key: bytes | None = None
        with self._sqlite_errors():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _create(path)
            path.chmod(0o600)
            self._connection = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
            self._prepare()

    def close(self) -> None:
        """Close the file of the accounts."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing of the block; it is on the disk when the block ends."""
        with self._lock, self._sqlite_errors():
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, name: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query of queries/."""
        with self._lock, self._sqlite_errors():
            return self._connection.execute(sql(name), parameters).fetchall()

    def change(self, name: str, parameters: Sequence[Any] = ()) -> int:
        """Run a statement of queries/ that changes rows; return how many."""
        with self._lock, self._sqlite_errors():
            return self._connection.execute(sql(name), parameters).rowcount

    def note(self, name: str, parameters: Sequence[Any]) -> None:
        """Run a statement of queries/ whose failure stops nobody, such as a last use."""
        try:
            self.change(name, parameters)
        except IdentityStoreError as error:
            log.warning("identity_not_noted", statement=name, error=repr(error))

    def audit(
        self, actor: str, act: str, subject: str, address: str = "", detail: str = ""
    ) -> None:
        """Append a line to the audit, and to the log. `address`: where it came from."""
        values = (self.now(), actor[:200], act, subject[:200], address[:100], detail[:500])
        self.change("add_audit", values)
        log.info("identity_audit", actor=actor, act=act, subject=subject[:200], address=address)

    def form_key(self) -> bytes:
        """Return the random key of this store that makes the tokens of forms."""
        if self._form_key is not None:
            return self._form_key
        rows = self.rows("store_key", (FORM_KEY,))
        if not rows:
            self.change("add_store_key", (FORM_KEY, os.urandom(32)))
            rows = self.rows("store_key", (FORM_KEY,))
        self._form_key = bytes(rows[0][0])
        return self._form_key

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if self._version() > migrations()[-1].number:
            raise IdentityStoreError(
                _("A newer release of Quipu wrote {path}.", path=self.path),
                _("Update Quipu; nothing was touched."),
                "IDENTITY_NEWER",
            )
        for migration in migrations():
            if migration.number > self._version():
                self._migrate(migration)

    def _migrate(self, migration: Migration) -> None:
        try:
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {migration.text} "
                f"PRAGMA user_version = {migration.number}; COMMIT;"
            )
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if self._version() < migration.number:  # else another process did the same just now
                raise

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _sqlite_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise IdentityStoreError(
                _(
                    "The file of accounts {path} cannot be used: {error}.",
                    path=self.path,
                    error=error,
                ),
                _("Check the disk and the owner of the file, then repeat it."),
            ) from error


def _create(path: Path) -> None:
    """Make an empty file of mode 0600 where there is none.

    One that is there is not opened: closing it would drop the locks that SQLite holds on it in this
    process, and another process would remove the write-ahead log beneath us.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def open_store(settings: Settings, clock: Callable[[], int] = now_ms) -> IdentityStore:
    """Open the accounts of a data folder, and make the file where it is missing."""
    return IdentityStore(settings.access_dir / STORE_NAME, clock)
