"""Fixtures of all tests. ``stack`` starts real Kafka and the real engine once a run, when a test
first asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from infra import settings as settings_module
from infra.orchestration.stack import RunningStack, running
from infra.settings import Settings

hypothesis_settings.register_profile("busy-machine", deadline=None)
"""A time limit for an example tells how busy the machine is, not whether the code is right."""
hypothesis_settings.load_profile("busy-machine")

for _name in [name for name in os.environ if name.startswith("QUIPU_")]:
    del os.environ[_name]  # what a developer has set must not decide what a test sees


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the address of a ClickHouse server for the contract of the native protocol."""
    parser.addoption(
        "--clickhouse", metavar="HOST:PORT", help="run tests/contract on this server, not our own"
    )


LONG_FILES = (
    "tests/faults/test_faults.py",
    "tests/integration/exchange/test_laws_on_kafka.py",
    "tests/contract/test_scenario_many.py",
    "tests/integration/",
    "tests/browser/",
    "tests/fuzz/",
    "tests/contract/",
)
"""A process takes a whole file, so what takes longest comes first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by how long they take; `--no-loadscope-reorder` keeps that order."""

    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((n for n, name in enumerate(LONG_FILES) if name in path), len(LONG_FILES))

    items.sort(key=place)


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
