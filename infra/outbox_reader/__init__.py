"""Read the outboxes of nodes in this data folder, without changing them.

The node itself writes its outbox by `producers.outbox`. Everybody else asks here, so the outbox's
tables are named in two places only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from infra.errors import QuipuError
from infra.settings import Settings
from infra.sql_files import SqlFiles
from schemas.checkpoint.signed_note import Checkpoint, read_note
from schemas.i18n import _

OUTBOX_FILE = "outbox.db"
REVIEW_DAYS = "review_days"
"""The name under which a node notes how many records are due on which day."""
GIVE_UP_AFTER_S = 5.0
sql = SqlFiles(Path(__file__).with_name("queries"))


class OutboxUnreadableError(QuipuError):
    """An outbox is locked, damaged, or not of this release."""

    code = "OUTBOX_UNREADABLE"


class ItemPosition(NamedTuple):
    """Where an item is in what its node sealed."""

    cord: str
    sequence: int
    item: int


class CordCounts(NamedTuple):
    """What a node counts of one cord. Checksums are 32 hexadecimal digits."""

    cord: str
    taken: int
    refused: int
    sealed: int
    accepted: int
    duplicate: int
    pending: int
    rejected: int
    sealed_sum: str
    accepted_sum: str


class RememberedCheckpoint(NamedTuple):
    """What a node remembers of a tree of the log.

    `seen_at`: ms since 1970 UTC. `contradiction`: the first checkpoint against one before.
    """

    origin: str
    checkpoint: Checkpoint | None
    seen_at: int | None
    contradiction: Checkpoint | None


class OutboxReader:
    """An open outbox. Its methods raise sqlite3.Error; `open_outbox` translates it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """`database`: opened for reading only."""
        self._database = database

    def bundle_states(self) -> Mapping[str, tuple[int, int | None]]:
        """Return count and oldest time (ms since 1970 UTC) of bundles sealed, sent or refused."""
        return {state: (count, since) for state, count, since in self._rows("bundle_states")}

    def unfinished_erasures(self) -> int:
        """Return how many erasures are not done."""
        return int(self._rows("unfinished_erasures")[0][0])

    def cord_counts(self) -> list[CordCounts]:
        """Return what the node counts of each of its cords."""
        return [CordCounts(*row) for row in self._rows("cord_counts")]

    def item_verdict(self, position: ItemPosition) -> str:
        """Return verdict and code that the node read of an item; empty where it read none."""
        rows = self._rows("item_verdict", position)
        return " ".join(rows[0]).strip() if rows else ""

    def item_file(self, position: ItemPosition) -> str | None:
        """Return the file that an item came from; None where the outbox does not know the item."""
        rows = self._rows("item_file", position)
        return str(rows[0][0]) if rows else None

    def remembered_checkpoints(self) -> list[RememberedCheckpoint]:
        """Return what the node remembers as a witness of the log, by tree.

        A node of a former release, which nobody has opened since, remembers nothing.
        """
        if not self._rows("has_checkpoints")[0][0]:
            return []
        return [
            RememberedCheckpoint(
                origin,
                read_note(note).checkpoint if note else None,
                seen_at,
                read_note(contradiction).checkpoint if contradiction else None,
            )
            for origin, note, seen_at, contradiction in self._rows("remembered_checkpoints")
        ]

    def review_days(self) -> Mapping[date, int]:
        """Return how many records are due on which day, as the node last counted what is near."""
        rows = self._rows("fact", (REVIEW_DAYS,))
        counts = json.loads(rows[0][0]) if rows else {}
        return {date.fromisoformat(day): int(count) for day, count in counts.items()}

    def _rows(self, name: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(sql(name), parameters).fetchall()


def outbox_paths(settings: Settings) -> dict[str, Path]:
    """Return the outboxes of this data folder by node, in the order of the nodes' names."""
    paths = sorted((settings.home / "nodes").glob(f"*/{OUTBOX_FILE}"))
    return {path.parent.name: path for path in paths}


@contextmanager
def open_outbox(path: Path, timeout_s: float = GIVE_UP_AFTER_S) -> Iterator[OutboxReader]:
    """Open an outbox for reading, for the time of the block.

    Waits `timeout_s` seconds at most while the node writes. Raises OutboxUnreadableError.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=timeout_s)
        ) as database:
            yield OutboxReader(database)
    except sqlite3.Error as error:
        raise OutboxUnreadableError(
            _("The outbox {path} cannot be read: {error}.", path=path, error=error),
            _("Restore the file, or move it elsewhere if the node no longer exists."),
        ) from error
