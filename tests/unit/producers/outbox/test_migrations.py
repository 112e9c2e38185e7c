"""An outbox of every earlier release opens with all that is in it, and has the tables of a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from producers.errors import OutboxNewerError
from producers.node import CountryNode
from producers.outbox.sql import migrations
from producers.outbox.store import Outbox
from tests.support.node import NODE, offline, row, weapons, write

NEWEST = migrations()[-1].number
OLDER = range(1, NEWEST)
SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"


def copy_as_version(current: Path, version: int) -> None:
    """Replace an outbox by one that a release with this version of the tables had written."""
    older = current.with_name("older.db")
    with closing(sqlite3.connect(older)) as connection:
        for migration in migrations()[:version]:
            connection.executescript(migration.text)
        connection.execute("ATTACH ? AS current", (str(current),))
        tables = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (table,) in tables:
            columns = ", ".join(
                name
                for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
            )
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM current.{table}"
            )
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    for path in current.parent.glob("outbox.db*"):
        path.unlink()
    older.rename(current)


@pytest.mark.parametrize("version", OLDER)
def test_an_outbox_of_an_earlier_version_goes_on(tmp_path: Path, version: int) -> None:
    """What had an answer then is a change that a reader gets once."""
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1), row(2)), weapons(tmp_path), wait=0)
        node.outbox.rows("UPDATE items SET verdict = 'accepted', told = 1 WHERE number = 1")
        path, shape = node.outbox.path, node.outbox.rows(SHAPE)
    copy_as_version(path, version)
    with closing(Outbox(path)) as outbox:
        assert outbox.rows("PRAGMA user_version") == [(NEWEST,)]
        assert outbox.rows(SHAPE) == shape
    with CountryNode(settings, NODE) as node:
        assert [receipt.verdict for receipt in node.receipts().receipts] == ["accepted"]
        report = node.publish(write(tmp_path, row(1), row(3)), weapons(tmp_path), wait=0)
        assert report.counts()["duplicate"] == 1
        assert node.outbox.count_unsent() > 0


def test_a_landed_migration_never_changes() -> None:
    """An outbox in a country was made by these very files."""
    assert [migration.sha256[:16] for migration in migrations()] == [
        "a17f932451a420ba",
        "03eb20154ef5e816",
        "85f0166b16f01238",
        "75604a4b37ff9a68",
        "e5d4143ef33d208f",
        "161164bd34e7575e",
        "36e5e260ef239896",
        "56e1701c28778037",
        "842b00b5732a9e27",
        "ee075cae3270648c",
    ]


def test_an_outbox_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    Outbox(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    with pytest.raises(OutboxNewerError, match="newer release"):
        Outbox(path)
