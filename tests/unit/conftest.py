"""Limit the time of a unit test: it starts no process and no engine."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

UNIT_TIMEOUT_S = 180
"""Long enough for a busy machine: on an idle one the longest takes some seconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every unit test the limit that has none of its own."""
    for item in items:
        if "tests/unit/" in item.path.as_posix() and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(UNIT_TIMEOUT_S))


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passwords take the least costs of argon2id, for tests that check no costs."""
    from consumers.identity import passwords

    monkeypatch.setattr(passwords, "PasswordHasher", lambda: PasswordHasher(1, 8, 1))
