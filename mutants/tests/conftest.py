"""Fixtures of all tests. ``stack`` starts real Kafka and the real engine once a run, when a test
first asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import settings as settings_module
from infra.orchestration.stack import RunningStack, running
from infra.settings import Settings

for _name in [name for name in os.environ if name.startswith("QUIPU_")]:
    del os.environ[_name]  # what a developer has set must not decide what a test sees


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Kafka and ClickHouse, empty, on free ports, in a data folder of their own; stopped at the
    run's end.
    """
    home = tmp_path_factory.mktemp("stack") / "home"
    with running(
        settings_module.load({"QUIPU_HOME": str(home)}), only=("kafka", "clickhouse")
    ) as running_stack:
        yield running_stack


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own, not yet made; nothing runs for it."""
    return settings_module.load({"QUIPU_HOME": str(tmp_path / "home")})
