"""Attacks on the HTTP intake of a node: findings A3 (foreign names) and C3 (overflowing cursors)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from producers.api.app import create_app
from producers.api.node_host import NodeHost, ensure_token
from tests.support.node import offline

NODE = "co-ponal"


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[TestClient]:
    settings = offline(tmp_path)
    secret = ensure_token(settings.node_dir(NODE))
    with NodeHost(settings, NODE, "quipu serve") as host:
        own = {"Authorization": f"Bearer {secret}"}
        yield TestClient(create_app(host, secret), "http://127.0.0.1", headers=own)


@pytest.mark.parametrize("host", ["evil.example:8000", "127.0.0.1.evil.example", "127.0.0.1@evil"])
def test_a_rebound_name_reads_nothing(intake: TestClient, host: str) -> None:
    """A3: not even /health, which needs no token."""
    for path in ("/health", "/v1/receipts", "/v1/hits", "/openapi.json"):
        assert intake.get(path, headers={"Host": host}).status_code == 421
    assert intake.post("/v1/events", headers={"Host": host}, json=[]).status_code == 421


@pytest.mark.parametrize("cursor", [2**63, 10**30, -1])
def test_a_cursor_beyond_the_outbox_is_refused(intake: TestClient, cursor: int) -> None:
    """C3: it ended in an overflow and 500."""
    for path in ("/v1/receipts", "/v1/hits"):
        assert intake.get(path, params={"since": cursor}).status_code == 422
    assert intake.get("/v1/receipts", params={"since": 2**63 - 1}).status_code == 200


def test_an_answer_is_not_kept(intake: TestClient) -> None:
    """A6: receipts and hits are nobody's to cache or to guess at."""
    headers = intake.get("/v1/receipts").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
