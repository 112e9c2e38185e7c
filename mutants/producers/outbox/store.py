"""The outbox of a node: what was taken in, sealed, sent and answered, in one SQLite file. It
survives crash, full disk and Kafka's absence.

Taken in means sealed: bundle, key list and items are committed together before anything is sent, or
nothing of them is there. Tables, states and the view `reconcile` are told in outbox.sql. What came
back, and erasures, are in `producers.outbox.verdicts`, hits in `producers.outbox.hits`.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from infra.errors import Words
from producers.errors import OutboxError
from producers.events.sealing import GENESIS, Sealed
from producers.model import Refusal
from schemas.model import Cord, EventId, Version

VERSION = 3
_FROM_VERSION = {
    1: """
    ALTER TABLE bundles ADD COLUMN recorded_at INTEGER;
    ALTER TABLE items ADD COLUMN told INTEGER;
    UPDATE items SET told = number WHERE verdict IS NOT NULL;
    CREATE INDEX items_told ON items (told) WHERE told IS NOT NULL;
    CREATE INDEX items_open ON items (number) WHERE verdict IS NULL;
    """,
    2: """
    CREATE TABLE hits (
        indicator BLOB NOT NULL, exercise TEXT NOT NULL, live INTEGER NOT NULL, hit BLOB NOT NULL, heard_at INTEGER NOT NULL,
        told INTEGER NOT NULL UNIQUE, PRIMARY KEY (indicator, exercise)
    ) WITHOUT ROWID;
    """,
}
"""By the version of an older outbox, what makes the next one of it."""
MODULUS = 1 << 128
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bundle to be sent, and its key list; `list_changed`: the list has to be sent (first, or
    again).
    """

    cord: str
    sequence: int
    bundle: bytes
    key_list: bytes
    list_changed: bool

    @property
    def list_key(self) -> bytes:
        """The Kafka key of the key list."""
        return f"{self.cord}/{self.sequence}".encode()


@dataclass(frozen=True, slots=True)
class Taking:
    """What one transaction takes in: rows read, those of them refused (with the reasons worth
    keeping), the rest sealed.
    """

    cord: Cord
    file: str
    rows: int
    refused: int
    reasons: Sequence[Refusal]
    sealed: Sequence[Sealed]
    why: str | None = None
    """Of corrections: the code of their reason."""


class Outbox:
    """One process writes at a time (the node's lock); any may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._told():
            self.connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
            path.chmod(0o600)
            self._prepare()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on the disk when the block ends. Raises OutboxError."""
        with self._told():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query. Raises OutboxError."""
        with self._told():
            return self.connection.execute(sql, parameters).fetchall()

    def fact(self, name: str) -> str | None:
        found = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_fact(self, name: str, value: str) -> None:
        with self.transaction() as connection:
            put_fact(connection, name, value)

    def tail(self, cord: Cord) -> tuple[int, bytes]:
        """The next sequence of a cord, and the hash that it must name as its previous."""
        found = self.rows(
            "SELECT sequence, hash FROM bundles WHERE cord = ? ORDER BY sequence DESC LIMIT 1",
            (str(cord),),
        )
        return (found[0][0] + 1, bytes(found[0][1])) if found else (0, GENESIS)

    def versions(self, ids: Iterable[EventId]) -> dict[bytes, list[Version]]:
        """By event id, the versions sealed here that may stand, oldest first: those rejected or
        abandoned do not.
        """
        known: dict[bytes, list[Version]] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            sql = f"SELECT id, version FROM items WHERE id IN ({','.join('?' * len(part))}) AND {STANDS} ORDER BY number"
            for id_, version in self.rows(sql, part):
                known.setdefault(bytes(id_), []).append(Version(bytes(version)))
        return known

    def take(self, taking: Taking, now: int) -> None:
        """Commit what was taken in. Raises OutboxError: then nothing of it was."""
        with self.transaction() as connection:
            file = _file(connection, taking.file)
            connection.execute("INSERT OR IGNORE INTO cords (cord) VALUES (?)", (str(taking.cord),))
            sealed_sum = sum_of(
                (one.id, one.version) for bundle in taking.sealed for one in bundle.drafts
            )
            add_to_cord(
                connection,
                str(taking.cord),
                taken=taking.rows,
                refused=taking.refused,
                sealed_sum=sealed_sum,
            )
            reasons = [
                (file, each.line, each.code, each.field, each.column, each.detail)
                for each in taking.reasons
            ]
            connection.executemany(
                "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?, ?, ?)", reasons
            )
            for bundle in taking.sealed:
                _put_bundle(connection, bundle, file, taking.why, now)

    def waiting(self, limit: int, cords: Sequence[str]) -> list[Waiting]:
        """Sealed bundles of these cords, in the order in which they must be sent. Raises
        OutboxError.
        """
        sql = (
            "SELECT cord, sequence, bundle, key_list, list_state = 'changed' FROM bundles JOIN contents USING (cord, sequence) "
            f"WHERE state = 'sealed' AND cord IN ({','.join('?' * len(cords))}) "
            "ORDER BY cord LIKE '%/urgent/%' DESC, cord, sequence LIMIT ?"
        )
        found = self.rows(sql, [*cords, limit])
        return [
            Waiting(cord, sequence, bundle, keys, bool(changed))
            for cord, sequence, bundle, keys, changed in found
        ]

    def changed_lists(self, limit: int) -> list[Waiting]:
        """Key lists that changed after their bundle was sent: with keys erased."""
        sql = (
            "SELECT cord, sequence, bundle, key_list FROM bundles JOIN contents USING (cord, sequence) "
            "WHERE list_state = 'changed' AND state IN ('sent', 'answered') LIMIT ?"
        )
        return [
            Waiting(cord, sequence, bundle, keys, True)
            for cord, sequence, bundle, keys in self.rows(sql, (limit,))
        ]

    def lists_published(self, waiting: Iterable[Waiting]) -> None:
        """These very key lists are in Kafka."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE bundles SET list_state = 'current' WHERE cord = ? AND sequence = ?",
                [(one.cord, one.sequence) for one in waiting],
            )

    def sent(self, keys: Iterable[tuple[str, int]], facts: Mapping[str, str]) -> None:
        """These bundles are in Kafka; `facts` remember up to where the log is ours."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE bundles SET state = 'sent' WHERE cord = ? AND sequence = ? AND state = 'sealed'",
                list(keys),
            )
            for name, value in facts.items():
                put_fact(connection, name, value)

    def unsent(self) -> int:
        """Bundles not yet in Kafka."""
        return int(self.rows("SELECT count(*) FROM bundles WHERE state = 'sealed'")[0][0])

    def unanswered(self) -> int:
        """Items without any verdict yet."""
        return int(self.rows("SELECT count(*) FROM items WHERE verdict IS NULL")[0][0])

    def _prepare(self) -> None:
        found = self._version()
        if found > VERSION:
            raise OutboxError(
                Words(
                    f"El buzón {self.path} es de una versión más nueva ({found}).",
                    f"The outbox {self.path} is of a newer release ({found}).",
                ),
                Words("Actualice Quipu; nada se ha tocado.", "Update Quipu; nothing was touched."),
                "OUTBOX_NEWER",
            )
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA secure_delete = ON")
        while (found := self._version()) < VERSION:
            script = _FROM_VERSION.get(found) or files("producers.outbox").joinpath(
                "schema.sql"
            ).read_text(encoding="utf-8")
            becomes = found + 1 if found else VERSION
            try:
                self.connection.executescript(
                    f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {becomes}; COMMIT;"
                )
            except sqlite3.Error:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                if self._version() == found:  # else another process did the same just now
                    raise

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise OutboxError(
                Words(
                    f"El buzón {self.path} no se puede usar: {error}.",
                    f"The outbox {self.path} cannot be used: {error}.",
                ),
                Words(
                    "No se ha perdido nada de lo ya tomado. Libere espacio o revise el disco y repita la orden.",
                    "Nothing that was taken in is lost. Free space or check the disk, and repeat the command.",
                ),
            ) from error


STANDS = "(verdict IS NULL OR verdict NOT IN ('rejected', 'abandoned'))"


def sum_of(items: Iterable[tuple[bytes, bytes]]) -> int:
    """Σ SHA-256(id‖version) mod 2^128: the digest's first 16 bytes as a little-endian number
    (ClickHouse's reinterpretAsUInt128).
    """
    return (
        sum(
            int.from_bytes(hashlib.sha256(id_ + version).digest()[:16], "little")
            for id_, version in items
        )
        % MODULUS
    )


def put_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def add_to_cord(
    connection: sqlite3.Connection,
    cord: str,
    taken: int = 0,
    refused: int = 0,
    sealed_sum: int = 0,
    accepted_sum: int = 0,
) -> None:
    """Add to a cord's counters and sums (modulo 2^128; negative ones take away)."""
    before = connection.execute(
        "SELECT sealed_sum, accepted_sum FROM cords WHERE cord = ?", (cord,)
    ).fetchone()
    sums = [
        f"{(int(text, 16) + more) % MODULUS:032x}"
        for text, more in zip(before, (sealed_sum, accepted_sum), strict=True)
    ]
    sql = "UPDATE cords SET taken = taken + ?, refused = refused + ?, sealed_sum = ?, accepted_sum = ? WHERE cord = ?"
    connection.execute(sql, (taken, refused, *sums, cord))


def _file(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO files (name) VALUES (?)", (name,))
    return int(connection.execute("SELECT file FROM files WHERE name = ?", (name,)).fetchone()[0])


def _put_bundle(
    connection: sqlite3.Connection, one: Sealed, file: int, why: str | None, now: int
) -> None:
    cord = str(one.cord)
    connection.execute(
        "INSERT INTO bundles (cord, sequence, hash, key_id, sealed_at) VALUES (?, ?, ?, ?, ?)",
        (cord, one.sequence, one.hash, one.key_id, now),
    )
    connection.execute(
        "INSERT INTO contents VALUES (?, ?, ?, ?)", (cord, one.sequence, one.bundle, one.key_list)
    )
    connection.executemany(
        "INSERT INTO items (cord, sequence, item, id, version, type, file, line, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                cord,
                one.sequence,
                index,
                each.id,
                each.version,
                each.envelope["type"],
                file,
                each.line,
                why,
            )
            for index, each in enumerate(one.drafts)
        ],
    )
