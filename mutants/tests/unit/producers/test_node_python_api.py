"""The node as a Python program uses it: the example in its docstring runs, and what it promises
holds without Kafka.
"""

from __future__ import annotations

import shutil
import sqlite3
import textwrap
from pathlib import Path

import pytest

from infra.errors import FoundingError
from producers import node as node_module
from producers.node import Act, CountryNode
from producers.outbox.store import VERSION, Outbox
from tests.support.node import NODE, offline, row, weapons, write

FIRST_TABLES = {"facts", "cords", "bundles", "contents", "items", "files", "refusals", "erasures"}
REAL = Path(node_module.__file__).parent / "scenario" / "data" / "co-seizures-2018.json"


def example() -> str:
    """The indented part of the module's docstring; without waiting, since nobody answers."""
    lines = (node_module.__doc__ or "").splitlines()
    inside = [line for line in lines[: len(lines)] if line.startswith("    ") or not line.strip()]
    return textwrap.dedent("\n".join(inside)).replace("wait=30", "wait=0")


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = offline(tmp_path)
    shutil.copy(REAL, tmp_path / "incautaciones.json")
    monkeypatch.chdir(tmp_path)
    told = {"settings": settings, "CountryNode": CountryNode, "Act": Act, "Path": Path}
    exec(compile(example(), "example", "exec"), told)  # noqa: S102 - it is ours
    printed = capsys.readouterr().out
    assert "'unanswered': 1000}" in printed
    assert "sealed b" in printed
    with CountryNode(settings, NODE) as node:
        types = [one.type for one in node.receipts_of(reference="R-1")]
        assert types == ["weapon_record", "weapon_record"]
        assert node.outbox.rows("SELECT count(*) FROM items WHERE type = 'retraction'") == [(1,)]


def test_before_config_was_ever_read_nothing_is_sealed(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.outbox.rows("DELETE FROM facts")
        with pytest.raises(FoundingError, match="never read the config"):
            node.publish_events("weapon_record", [{}])
        assert node.outbox.rows("SELECT count(*) FROM items") == [(0,)]


def test_without_config_the_receipts_of_an_item_are_still_found(tmp_path: Path) -> None:
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1)), weapons(tmp_path), wait=0)
        node.outbox.rows("DELETE FROM facts")
        assert [one.line for one in node.receipts_of(reference="R-1")] == [2]


def test_an_outbox_of_the_first_release_goes_on(tmp_path: Path) -> None:
    """Its tables as they were; what was answered then is told as news once."""
    settings = offline(tmp_path)
    with CountryNode(settings, NODE) as node:
        node.publish(write(tmp_path, row(1), row(2)), weapons(tmp_path), wait=0)
        path = node.outbox.path
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE items SET verdict = 'accepted' WHERE number = 1")
        for sql in (
            "DROP INDEX items_told",
            "DROP INDEX items_open",
            "ALTER TABLE items DROP COLUMN told",
        ):
            connection.execute(sql)
        connection.execute("ALTER TABLE bundles DROP COLUMN recorded_at")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            if name not in FIRST_TABLES:
                connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    box = Outbox(path)
    assert box.rows("PRAGMA user_version") == [(VERSION,)]
    with CountryNode(settings, NODE) as node:
        assert [one.verdict for one in node.receipts().receipts] == ["accepted"]
        assert (
            node.publish(write(tmp_path, row(1), row(3)), weapons(tmp_path), wait=0).counts()[
                "duplicate"
            ]
            == 1
        )
