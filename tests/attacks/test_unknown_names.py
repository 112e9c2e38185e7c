"""Issue 11: what does not exist is refused, never answered with everything or nothing.

`?text=mercurio` was answered with every event, since no route reads `text` there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from consumers.api.app import openapi_document
from infra.settings import Settings
from producers.api.app import create_app
from producers.api.node_host import NodeHost
from tests.support.identity import gateway_client
from tests.support.node import NODE, offline

READER = {"X-Quipu-Reader": "CO/analyst/AMBER"}
OPERATOR = {"X-Quipu-Reader": "MEC/operator/AMBER"}
PARAMETERS = {
    (path, method): [
        parameter["name"]
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    ]
    for path, operations in openapi_document()["paths"].items()
    for method, operation in operations.items()
}
"""The parameters of each route, by path and method."""
ROUTES = list(PARAMETERS)
WITH_PARAMETERS = [route for route, names in PARAMETERS.items() if names]


@pytest.fixture
def api(settings: Settings) -> Iterator[TestClient]:
    """The API of an exchange that nobody has founded: no question is answered there."""
    with gateway_client(settings) as client:
        yield client


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[TestClient]:
    """The HTTP intake of a country node."""
    with NodeHost(offline(tmp_path), NODE, "quipu serve") as host:
        headers = {"Authorization": "Bearer secret"}
        yield TestClient(create_app(host, "secret"), "http://127.0.0.1", headers=headers)


def _filled(path: str) -> str:
    return path.replace("{id}", "0" * 32).replace("{key}", "0" * 32)


@pytest.mark.parametrize(("path", "method"), ROUTES, ids=[" ".join(route) for route in ROUTES])
@pytest.mark.parametrize("name", ["mercurio", "AS_OF", "as_of ", "limit[]", "\0", "ñ" * 9_000])
def test_a_parameter_that_no_route_has_is_refused(
    api: TestClient, path: str, method: str, name: str
) -> None:
    """Before: 200 with all items for each of these."""
    headers = READER if path.startswith("/v1/") else OPERATOR
    answer = api.request(method, _filled(path), params={name: "x"}, headers=headers)
    assert answer.status_code == 422, answer.text[:300]
    assert answer.json()["code"] == "PARAMETER"
    assert f"query.{name[:40]}: there is no such parameter" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "method"), WITH_PARAMETERS)
def test_a_parameter_twice_is_refused(api: TestClient, path: str, method: str) -> None:
    """Before: the last one counted, and the answer was about less than was asked."""
    for name in PARAMETERS[path, method]:
        twice = [(name, "1"), (name, "2")]
        answer = api.request(method, _filled(path), params=twice, headers=READER)
        assert answer.status_code == 422, (name, answer.text[:300])
        assert f"query.{name}: it is given several times" in answer.json()["detail"]


def test_a_field_that_the_body_does_not_have_is_refused(api: TestClient) -> None:
    """Before: an unknown field of an acceptance was ignored."""
    body = {"country": "CO", "text": "x", "until": "2030-01-01"}
    answer = api.post("/v1/conditions", json=body, headers=READER)
    assert answer.status_code == 422, answer.text[:300]
    assert "until" in answer.json()["detail"]


def test_the_node_refuses_a_parameter_that_it_does_not_have(intake: TestClient) -> None:
    """Before: a misspelt `since` was answered from the beginning."""
    for path, operations in intake.get("/openapi.json").json()["paths"].items():
        for method in operations:
            answer = intake.request(method, _filled(path), params={"mercurio": "1"}, json={})
            assert answer.status_code == 422, (method, path, answer.text[:300])
            assert answer.json()["code"] == "PARAMETER"
