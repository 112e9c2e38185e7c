"""Outboxes are read by everybody else without being changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from infra.outbox_reader import (
    CordCounts,
    ItemPosition,
    OutboxUnreadableError,
    open_outbox,
    outbox_paths,
)
from infra.settings import load
from producers.outbox.store import Outbox


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "nodes" / "co-ponal"
    folder.mkdir(parents=True)
    Outbox(folder / "outbox.db").close()
    return folder / "outbox.db"


def test_it_asks_the_tables_that_the_node_makes(path: Path) -> None:
    position = ItemPosition("co-ponal/routine/1", 1, 0)
    with open_outbox(path) as outbox:
        assert outbox.bundle_states() == {}
        assert outbox.unfinished_erasures() == 0
        assert outbox.cord_counts() == []
        assert outbox.item_verdict(position) == ""
        assert outbox.item_file(position) is None


def test_the_columns_of_a_cord_are_those_of_the_nodes_view(path: Path) -> None:
    with sqlite3.connect(path) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(reconcile)")]
    assert set(CordCounts._fields) <= set(columns)


def test_it_cannot_write(path: Path) -> None:
    with pytest.raises(OutboxUnreadableError, match="readonly"), open_outbox(path) as outbox:
        outbox._database.execute("CREATE TABLE more (id)")


def test_what_is_no_outbox_is_named(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(OutboxUnreadableError, match=r"outbox\.db"), open_outbox(path) as outbox:
        outbox.cord_counts()


def test_the_outboxes_of_a_data_folder_are_listed_by_node(path: Path) -> None:
    settings = load({"QUIPU_HOME": str(path.parents[2])})
    assert outbox_paths(settings) == {"co-ponal": path}
