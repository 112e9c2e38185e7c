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

from producers.errors import OutboxError
from producers.events.sealing import GENESIS_HASH, SealedBundle
from producers.model import Refusal
from producers.node_config import NodeConfig
from schemas.i18n import _
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
BUSY_TIMEOUT_S = 30.0
_CONFIG_SETTING = "standing"


@dataclass(frozen=True, slots=True)
class PendingBundle:
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
class IngestBatch:
    """What one transaction takes in: rows read, those of them refused (with the reasons worth
    keeping), the rest sealed.
    """

    cord: Cord
    file: str
    rows: int
    refused: int
    reasons: Sequence[Refusal]
    sealed: Sequence[SealedBundle]
    why: str | None = None
    """Of corrections: the code of their reason."""


class Outbox:
    """One process writes at a time (the node's lock); any may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._config: tuple[str, NodeConfig] | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._sqlite_errors():
            self.connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            path.chmod(0o600)
            self._prepare()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on the disk when the block ends. Raises OutboxError."""
        with self._sqlite_errors():
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
        with self._sqlite_errors():
            return self.connection.execute(sql, parameters).fetchall()

    def setting(self, name: str) -> str | None:
        found = self.rows("SELECT value FROM facts WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_setting(self, name: str, value: str) -> None:
        with self.transaction() as connection:
            put_setting(connection, name, value)

    def node_config(self) -> NodeConfig | None:
        """What config says of the node as far as the outbox remembers it. None before the first time.

        The object stays the same as long as the text does. Raises OutboxError.
        """
        text = self.setting(_CONFIG_SETTING)
        if text is None:
            return None
        if self._config is None or self._config[0] != text:
            self._config = (text, NodeConfig.from_json(text))
        return self._config[1]

    def save_node_config(self, config: NodeConfig) -> None:
        """Remember what config says of the node. Raises OutboxError."""
        self.set_setting(_CONFIG_SETTING, config.to_json())

    def next_link(self, cord: Cord) -> tuple[int, bytes]:
        """The next sequence of a cord, and the hash that it must name as its previous."""
        found = self.rows(
            "SELECT sequence, hash FROM bundles WHERE cord = ? ORDER BY sequence DESC LIMIT 1",
            (str(cord),),
        )
        return (found[0][0] + 1, bytes(found[0][1])) if found else (0, GENESIS_HASH)

    def sealed_versions(self, ids: Iterable[EventId]) -> dict[bytes, list[Version]]:
        """By event id, the versions sealed here that may stand, oldest first: those rejected or
        abandoned do not.
        """
        known: dict[bytes, list[Version]] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            sql = f"SELECT id, version FROM items WHERE id IN ({','.join('?' * len(part))}) AND {NOT_REJECTED_SQL} ORDER BY number"
            for id_, version in self.rows(sql, part):
                known.setdefault(bytes(id_), []).append(Version(bytes(version)))
        return known

    def commit_batch(self, taking: IngestBatch, now: int) -> None:
        """Commit what was taken in. Raises OutboxError: then nothing of it was."""
        with self.transaction() as connection:
            file = _file(connection, taking.file)
            connection.execute("INSERT OR IGNORE INTO cords (cord) VALUES (?)", (str(taking.cord),))
            sealed_sum = item_checksum(
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
                (file, each.line, each.code, each.field, each.column, str(each.detail))
                for each in taking.reasons
            ]
            connection.executemany(
                "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?, ?, ?)", reasons
            )
            for bundle in taking.sealed:
                _put_bundle(connection, bundle, file, taking.why, now)

    def pending_bundles(self, limit: int, cords: Sequence[str]) -> list[PendingBundle]:
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
            PendingBundle(cord, sequence, bundle, keys, bool(changed))
            for cord, sequence, bundle, keys, changed in found
        ]

    def pending_key_lists(self, limit: int) -> list[PendingBundle]:
        """Key lists that changed after their bundle was sent: with keys erased."""
        sql = (
            "SELECT cord, sequence, bundle, key_list FROM bundles JOIN contents USING (cord, sequence) "
            "WHERE list_state = 'changed' AND state IN ('sent', 'answered') LIMIT ?"
        )
        return [
            PendingBundle(cord, sequence, bundle, keys, True)
            for cord, sequence, bundle, keys in self.rows(sql, (limit,))
        ]

    def mark_lists_published(self, pending_bundles: Iterable[PendingBundle]) -> None:
        """These very key lists are in Kafka."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE bundles SET list_state = 'current' WHERE cord = ? AND sequence = ?",
                [(one.cord, one.sequence) for one in pending_bundles],
            )

    def mark_sent(self, keys: Iterable[tuple[str, int]], facts: Mapping[str, str]) -> None:
        """These bundles are in Kafka; `facts` remember up to where the log is ours."""
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE bundles SET state = 'sent' WHERE cord = ? AND sequence = ? AND state = 'sealed'",
                list(keys),
            )
            for name, value in facts.items():
                put_setting(connection, name, value)

    def count_unsent(self) -> int:
        """Bundles not yet in Kafka."""
        return int(self.rows("SELECT count(*) FROM bundles WHERE state = 'sealed'")[0][0])

    def count_unanswered(self) -> int:
        """Items without any verdict yet."""
        return int(self.rows("SELECT count(*) FROM items WHERE verdict IS NULL")[0][0])

    def _prepare(self) -> None:
        found = self._version()
        if found > VERSION:
            raise OutboxError(
                _(
                    "The outbox {path} is of a newer release ({actual}).",
                    path=self.path,
                    actual=found,
                ),
                _("Update Quipu; nothing was touched."),
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
    def _sqlite_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise OutboxError(
                _("The outbox {path} cannot be used: {error}.", path=self.path, error=error),
                _(
                    "Nothing that was taken in is lost. Free space or check the disk, and "
                    "repeat the command."
                ),
            ) from error


NOT_REJECTED_SQL = "(verdict IS NULL OR verdict NOT IN ('rejected', 'abandoned'))"


def item_checksum(items: Iterable[tuple[bytes, bytes]]) -> int:
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


def put_setting(connection: sqlite3.Connection, name: str, value: str) -> None:
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
    connection: sqlite3.Connection, one: SealedBundle, file: int, why: str | None, now: int
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
