"""The request to the sink to read partitions again."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.sink.reread_request import clear_request, read_request, request_reread
from infra.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"QUIPU_HOME": str(tmp_path)})


def test_a_partition_is_read_again_from_its_first_reject_on(settings: Settings) -> None:
    settings.run_dir.mkdir(parents=True)
    assert read_request(settings) == {}
    topic = "quipu.accepted.co.g1"
    request_reread(settings, [(topic, 0, 7), (topic, 0, 3), (topic, 1, 6)])
    assert read_request(settings) == {(topic, 0): 3, (topic, 1): 6}
    clear_request(settings)
    assert read_request(settings) == {}
