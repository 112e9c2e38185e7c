"""The embedded broker keeps files for its log, however many connections there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.kafka import broker
from infra.kafka.broker import Broker, most_connections


@pytest.mark.parametrize(
    ("most_files", "connections"),
    [(1_024, 512), (20_000, 10_000), (1_048_576, 10_000), (-1, 10_000)],
)
def test_connections_leave_half_of_the_files_to_the_log(most_files: int, connections: int) -> None:
    assert most_connections(most_files) == connections


def test_the_listener_of_clients_takes_no_more_connections(tmp_path: Path) -> None:
    """Silent sockets took every file, and the broker ended itself."""
    folder = tmp_path / "kafka"
    folder.mkdir()
    text = broker._write_properties(Broker(folder, tmp_path, tmp_path, 1, 2)).read_text()
    match = re.search(r"^listener\.name\.client\.max\.connections=(\d+)$", text, re.MULTILINE)
    assert match is not None
    assert 0 < int(match[1]) <= broker.MOST_CONNECTIONS
    assert "{" not in re.sub(r"(?m)^#.*", "", text), "every placeholder is filled"
