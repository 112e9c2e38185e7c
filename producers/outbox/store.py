"""The outbox of a node: what was sealed, sent and answered, in one SQLite file.

It survives a crash, a full disk and Kafka's absence. Bundle, key list and items are committed
together before anything is sent, or nothing of them is there. The tables, their states and the view
`reconcile` are described in migrations/. Receipts are in `producers.outbox.verdicts`, erasures in
`producers.outbox.erasures`, hits in `producers.outbox.hits`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producers.errors import OutboxError, OutboxNewerError
from producers.events.sealing import GENESIS_HASH, SealedBundle
from producers.model import Refusal
from producers.node_config import NodeConfig
from producers.outbox.row_history_writes import put_history
from producers.outbox.sql import migrations, sql
from schemas.checksum import add_checksums, item_checksum
from schemas.i18n import _
from schemas.model import Cord, EventId, Version

BUSY_TIMEOUT_S = 30.0
_CONFIG_SETTING = "standing"
_MAX_PLACEHOLDERS = 500


@dataclass(frozen=True, slots=True)
class PendingBundle:
    """A bundle to send, and its key list.

    `list_changed` says that the list has to be sent: for the first time, or again.
    """

    cord: str
    sequence: int
    bundle: bytes
    key_list: bytes
    list_changed: bool

    @property
    def list_key(self) -> bytes:
        """Give the Kafka key of the key list."""
        return f"{self.cord}/{self.sequence}".encode()


@dataclass(frozen=True, slots=True)
class IngestBatch:
    """What one transaction commits.

    `rows` were read; `refused` of them were refused, for the `reasons` worth keeping, and of these
    `repeated` only because there is nothing to do with them. The others are in the `sealed`
    bundles. `reason` is the code of a correction's reason.
    """

    cord: Cord
    source_name: str
    rows: int
    refused: int
    reasons: Sequence[Refusal]
    sealed: Sequence[SealedBundle]
    reason: str | None = None
    repeated: int = 0


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite answers for a file that is damaged or no database: no repetition helps."""


class Outbox:
    """The outbox at a path. One process writes at a time (the node's lock); any may read.

    Every method raises OutboxError where the file cannot be used. After a failed write nothing of
    it is there.
    """

    def __init__(self, path: Path) -> None:
        """Open the outbox, make it where it is missing, bring an older one up to date."""
        self.path = path
        self._config: tuple[str, NodeConfig] | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._sqlite_errors():
            self.connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            path.chmod(0o600)
            self._prepare()

    def close(self) -> None:
        """Close the file of the outbox."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; it is on the disk when the block ends."""
        with self._sqlite_errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Read all rows of a query."""
        with self._sqlite_errors():
            return self.connection.execute(statement, parameters).fetchall()

    def setting(self, name: str) -> str | None:
        """Read what `set_setting` wrote under this name. None where nothing was."""
        rows = self.rows(sql("setting"), (name,))
        return str(rows[0][0]) if rows else None

    def set_setting(self, name: str, value: str) -> None:
        """Write a value under a name."""
        with self.transaction() as connection:
            put_settings(connection, {name: value})

    def node_config(self) -> NodeConfig | None:
        """Read what config says of the node, as the outbox remembers it; None at first.

        The object stays the same as long as the text does.
        """
        text = self.setting(_CONFIG_SETTING)
        if text is None:
            return None
        if self._config is None or self._config[0] != text:
            self._config = (text, NodeConfig.from_json(text))
        return self._config[1]

    def save_node_config(self, config: NodeConfig) -> None:
        """Remember what config says of the node."""
        self.set_setting(_CONFIG_SETTING, config.to_json())

    def next_link(self, cord: Cord) -> tuple[int, bytes]:
        """Give the next sequence of a cord, and the hash that it must name as its previous one."""
        rows = self.rows(sql("last_link"), (str(cord),))
        return (rows[0][0] + 1, bytes(rows[0][1])) if rows else (0, GENESIS_HASH)

    def sealed_versions(self, ids: Iterable[EventId]) -> dict[bytes, list[Version]]:
        """Read by event id the versions sealed here, oldest first.

        Rejected and abandoned versions are left out.
        """
        versions: dict[bytes, list[Version]] = {}
        distinct_ids = list(dict.fromkeys(ids))
        for start in range(0, len(distinct_ids), _MAX_PLACEHOLDERS):
            part = distinct_ids[start : start + _MAX_PLACEHOLDERS]
            for id_, version in self.rows(sql.with_list("sealed_versions", len(part)), part):
                versions.setdefault(bytes(id_), []).append(Version(bytes(version)))
        return versions

    def commit_batch(self, batch: IngestBatch, now: int) -> None:
        """Commit what was ingested at `now` (ms since 1970 UTC)."""
        cord = str(batch.cord)
        with self.transaction() as connection:
            file = _add_file(connection, batch.source_name)
            connection.execute(sql("add_cord"), (cord,))
            drafts = (draft for bundle in batch.sealed for draft in bundle.drafts)
            add_to_cord(
                connection,
                cord,
                taken=batch.rows,
                refused=batch.refused,
                repeated=batch.repeated,
                sealed_sum=item_checksum((draft.id, draft.version) for draft in drafts),
            )
            reasons = [
                (file, reason.line, reason.code, reason.field, reason.column, str(reason.detail))
                for reason in batch.reasons
            ]
            connection.executemany(sql("put_refusal"), reasons)
            for bundle in batch.sealed:
                _add_bundle(connection, bundle, file, batch.reason, now)
                put_history(connection, bundle.drafts, now)

    def pending_bundles(self, limit: int, cords: Sequence[str]) -> list[PendingBundle]:
        """Read sealed bundles of these cords, in the order in which they must be sent."""
        rows = self.rows(sql.with_list("pending_bundles", len(cords)), [*cords, limit])
        return [
            PendingBundle(cord, sequence, bundle, keys, bool(changed))
            for cord, sequence, bundle, keys, changed in rows
        ]

    def pending_key_lists(self, limit: int) -> list[PendingBundle]:
        """Read key lists that changed after their bundle was sent, because keys were erased."""
        return [
            PendingBundle(cord, sequence, bundle, keys, True)
            for cord, sequence, bundle, keys in self.rows(sql("pending_key_lists"), (limit,))
        ]

    def mark_lists_published(self, bundles: Iterable[PendingBundle]) -> None:
        """Note that these very key lists are in Kafka."""
        keys = [(bundle.cord, bundle.sequence) for bundle in bundles]
        with self.transaction() as connection:
            connection.executemany(sql("mark_list_published"), keys)

    def mark_sent(self, keys: Iterable[tuple[str, int]], settings: Mapping[str, str]) -> None:
        """Note that these bundles are in Kafka; `settings` say how far the log is compared."""
        with self.transaction() as connection:
            connection.executemany(sql("mark_sent"), list(keys))
            put_settings(connection, settings)

    def count_unsent(self) -> int:
        """Count the bundles that are not yet in Kafka."""
        return int(self.rows(sql("count_unsent"))[0][0])

    def count_unanswered(self) -> int:
        """Count the items that have no verdict yet."""
        return int(self.rows(sql("count_unanswered"))[0][0])

    def reconcile_counts(self) -> list[dict[str, object]]:
        """Read the view `reconcile`: for each cord its counts and checksums (as hex text)."""
        with self._sqlite_errors():
            cursor = self.connection.execute(sql("reconcile"))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def _prepare(self) -> None:
        version = self._version()
        if version > migrations()[-1].number:
            raise OutboxNewerError.of_file(self.path, version)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA secure_delete = ON")
        for migration in migrations():
            if migration.number > self._version():
                self._migrate(migration.number, migration.text)

    def _migrate(self, number: int, script: str) -> None:
        """Apply a migration and note its number, in one transaction."""
        try:
            self.connection.executescript(
                f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;"
            )
        except sqlite3.Error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if self._version() < number:  # else another process did the same just now
                raise

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _sqlite_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            is_damaged = getattr(error, "sqlite_errorcode", None) in _DAMAGE
            raise (self._damaged if is_damaged else self._unusable)(error) from error

    def _unusable(self, error: Exception) -> OutboxError:
        return OutboxError(
            _("The outbox {path} cannot be used: {error}.", path=self.path, error=error),
            _("No received record is lost. Free space or check the disk, and repeat the command."),
        )

    def _damaged(self, error: Exception) -> OutboxError:
        return OutboxError(
            _("The file of the outbox {path} is damaged ({error}).", path=self.path, error=error),
            _(
                "What was sealed in it and not yet sent is lost. Keep the file, put the newest "
                "backup in its place (or none), run `quipu node epoch {node}`, and publish again "
                "the files since then.",
                node=self.path.parent.name,
            ),
            "OUTBOX_DAMAGED",
        )


def put_settings(connection: sqlite3.Connection, settings: Mapping[str, str]) -> None:
    """Write settings within the transaction of another write."""
    connection.executemany(sql("put_setting"), list(settings.items()))


def add_to_cord(
    connection: sqlite3.Connection,
    cord: str,
    *,
    taken: int = 0,
    refused: int = 0,
    repeated: int = 0,
    sealed_sum: int = 0,
    accepted_sum: int = 0,
) -> None:
    """Add to the counters and checksums of a cord; negative numbers subtract."""
    sums = connection.execute(sql("cord_sums"), (cord,)).fetchone()
    changed_sums = [
        add_checksums(text, summand)
        for text, summand in zip(sums, (sealed_sum, accepted_sum), strict=True)
    ]
    connection.execute(sql("add_to_cord"), (taken, refused, repeated, *changed_sums, cord))


def _add_file(connection: sqlite3.Connection, name: str) -> int:
    connection.execute(sql("add_file"), (name,))
    return int(connection.execute(sql("file"), (name,)).fetchone()[0])


def _add_bundle(
    connection: sqlite3.Connection, bundle: SealedBundle, file: int, reason: str | None, now: int
) -> None:
    key = (str(bundle.cord), bundle.sequence)
    connection.execute(sql("add_bundle"), (*key, bundle.hash, bundle.key_id, now))
    connection.execute(sql("add_contents"), (*key, bundle.bundle, bundle.key_list))
    items = [
        (
            *key,
            index,
            draft.id,
            draft.version,
            draft.envelope["type"],
            file,
            draft.line,
            draft.why or draft.envelope["correction_reason"] or reason,
        )
        for index, draft in enumerate(bundle.drafts)
    ]
    connection.executemany(sql("add_item"), items)
