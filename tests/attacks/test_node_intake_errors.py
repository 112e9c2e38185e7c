"""Whatever is sent to a node's intake, it answers as its description says, and never with 500."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from fastapi import FastAPI
from hypothesis import settings
from starlette.testclient import TestClient

from producers.api.app import create_app
from producers.api.node_host import NodeHost, ensure_token
from producers.api.request_body import MAX_BODY
from producers.node import CountryNode
from tests.support.api_attack import FEW, MANY, attack
from tests.support.node import offline

NODE = "co-ponal"
RULES_REFUSE = "positive_data_acceptance"
"""What fits the description may still be refused, by the rules of an event."""
T = TypeVar("T")
EVENT = "00000000-0000-0000-0000-000000000000"


class ImpatientHost(NodeHost):
    """A host that never waits for what is new, so that an attack does not."""

    async def poll_until(self, read: Callable[[CountryNode], tuple[bool, T]], seconds: float) -> T:
        return await super().poll_until(read, min(seconds, 0.01))


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, dict[str, str]]]:
    node_settings = offline(tmp_path_factory.mktemp("intake"))
    secret = ensure_token(node_settings.node_dir(NODE))
    with ImpatientHost(node_settings, NODE, "quipu serve") as host:
        headers = {"Authorization": f"Bearer {secret}", "Host": "127.0.0.1"}
        yield create_app(host, secret), headers


@pytest.mark.parametrize("effort", [FEW, pytest.param(MANY, marks=pytest.mark.long_attack)])
def test_the_intake_answers_as_it_says(
    intake: tuple[FastAPI, dict[str, str]], effort: settings
) -> None:
    """C3, C4: 500 for large numbers; errors in a form that was not described."""
    attack(*intake, effort, without=(RULES_REFUSE,))


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'[{"type":"\\ud800"}]',
        b'[{"type":"weapon_record","payload":1e999}]',
        b"[9" + b"9" * 5000 + b"]",
        b"\xff\xfe\x00",
        b"",
        b"\x00",
    ],
)
@pytest.mark.parametrize("path", ["/v1/events", f"/v1/events/{EVENT}/retraction"])
@pytest.mark.parametrize("kind", ["application/json", "application/x-ndjson", "text/xml", ""])
def test_a_strange_body_is_refused_in_words(
    intake: tuple[FastAPI, dict[str, str]], path: str, body: bytes, kind: str
) -> None:
    """C3: deep JSON, half of a surrogate pair, huge numbers, other types of content."""
    app, headers = intake
    client = TestClient(app, "http://127.0.0.1", headers=headers, raise_server_exceptions=False)
    answer = client.post(path, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 400, 404, 413, 422), answer.text
    if answer.status_code != 200:
        assert {"code", "detail"} <= answer.json().keys()


@pytest.mark.parametrize("path", ["/v1/events", f"/v1/events/{EVENT}/retraction", "/v1/receipts"])
def test_a_body_without_end_is_cut(intake: tuple[FastAPI, dict[str, str]], path: str) -> None:
    """C3: a statement's body was read whole, whatever its size."""
    app, headers = intake
    client = TestClient(app, "http://127.0.0.1", headers=headers, raise_server_exceptions=False)
    parts = (b"[" + b" " * 2**20 for _ in range(MAX_BODY // 2**20 + 2))
    answer = client.request("GET" if path == "/v1/receipts" else "POST", path, content=parts)
    assert answer.status_code == (200 if path == "/v1/receipts" else 413), answer.text


@pytest.mark.parametrize("text", ["\0", "\x1b[2J", "ñ" * 5000, "'; DROP TABLE", "\u202e"])
def test_a_strange_parameter_harms_nothing(
    intake: tuple[FastAPI, dict[str, str]], text: str
) -> None:
    """C3: any text as a parameter is answered or refused."""
    app, headers = intake
    client = TestClient(app, "http://127.0.0.1", headers=headers, raise_server_exceptions=False)
    for name in ("reference", "verdict", "type", "id", "since", "limit", "wait"):
        answer = client.get("/v1/receipts", params={name: text, "reference": text})
        assert answer.status_code in (200, 422), (name, answer.text)
    assert client.get(f"/{'a' * 300}").json()["code"] == "NO_PATH"
