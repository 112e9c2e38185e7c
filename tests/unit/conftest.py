"""Limit the time of a unit test: it starts no process and no engine."""

from __future__ import annotations

import pytest

UNIT_TIMEOUT_S = 180
"""Long enough for a busy machine: on an idle one the longest takes some seconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every unit test the limit that has none of its own."""
    for item in items:
        if "tests/unit/" in item.path.as_posix() and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(UNIT_TIMEOUT_S))
