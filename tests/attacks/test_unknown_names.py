"""Issue 11: what does not exist is refused, never answered with everything or nothing.

`?text=mercurio` was answered with every event, since no route reads `text` there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from consumers.api.app import build_app
from consumers.identity.local_access import write_private
from consumers.ledger.writer import DisclosureLedger
from consumers.runtime.serving_config import ServingConfig, ServingConfigWatch
from consumers.serving.query_pool import QueryPool
from infra.request_parameters import parameters_of
from infra.settings import Settings, load
from producers.api.app import create_app
from producers.api.node_host import NodeHost
from streams.rules import read_rule_book
from tests.support.identity import gateway_client, gateway_of
from tests.support.node import NODE, offline
from tests.support.routes import api_routes, described_app

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
READER = {"X-Quipu-Reader": "CO/analyst/AMBER", **OWN_PAGE}
OPERATOR = {"X-Quipu-Reader": "MEC/operator/AMBER", **OWN_PAGE}
PARAMETERS = {
    (route.path, method): parameters_of(described_app(), route, method)
    for route in api_routes(described_app().routes)
    for method in sorted(route.methods or ())
}
"""The parameters of each route of the API and the page, by path and method; None: any."""
ROUTES = [route for route, names in PARAMETERS.items() if names is not None]
WITH_PARAMETERS = [route for route in ROUTES if PARAMETERS[route]]
WITHOUT_DATE = {"/docs", "/sign-in", "/sign-in/provider", "/password", "/sessions", "/line"}
"""Pages that say nothing of a moment; a date in their address comes from a link."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that the tests of this module share; nothing runs for it."""
    return load({"QUIPU_HOME": str(tmp_path_factory.mktemp("unknown") / "home")})


@pytest.fixture(scope="module")
def api(settings: Settings) -> Iterator[TestClient]:
    """The API of an exchange that nobody has founded: no question is answered there."""
    with gateway_client(settings) as client:
        yield client


@pytest.fixture(scope="module")
def store_away(settings: Settings) -> Iterator[TestClient]:
    """The API of an exchange with its rules, whose store does not answer."""
    password = settings.home / "password"
    password.parent.mkdir(parents=True, exist_ok=True)
    write_private(password, "secret")
    nowhere = {
        "QUIPU_HOME": str(settings.home),
        "QUIPU_CLICKHOUSE": "127.0.0.1:9",
        "QUIPU_CLICKHOUSE_PASSWORD_FILE": str(password),
    }
    with_gateway, proof = gateway_of(load(nowhere))
    rules = read_rule_book()
    pool = QueryPool(
        with_gateway,
        ServingConfigWatch(lambda: ServingConfig(1, rules)),
        lambda: bytes(32),
        DisclosureLedger(with_gateway),
    )
    with TestClient(build_app(pool), "http://127.0.0.1", headers=proof) as client:
        yield client


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[TestClient]:
    """The HTTP intake of a country node."""
    with NodeHost(offline(tmp_path), NODE, "quipu serve") as host:
        headers = {"Authorization": "Bearer secret"}
        yield TestClient(create_app(host, "secret"), "http://127.0.0.1", headers=headers)


def _filled(path: str) -> str:
    return path.replace("{id}", "0" * 32).replace("{key}", "0" * 32)


def _headers(path: str) -> dict[str, str]:
    return OPERATOR if path.startswith(("/metrics", "/health")) else READER


def test_every_route_says_which_parameters_it_takes() -> None:
    """Only the answer of the sign-in provider may bear parameters that we do not know."""
    assert [route for route, names in PARAMETERS.items() if names is None] == [
        ("/sign-in/callback", "GET")
    ]
    assert len(ROUTES) > 40


@pytest.mark.parametrize("name", ["mercurio", "AS_OF", "as_of ", "limit[]", "\0", "ñ" * 9_000])
def test_a_parameter_that_no_route_has_is_refused(api: TestClient, name: str) -> None:
    """Before: 200 with all items for each of these; on the page until issue 11, part 7."""
    for path, method in ROUTES:
        answer = api.request(method, _filled(path), params={name: "x"}, headers=_headers(path))
        assert answer.status_code == 422, (path, method, answer.text[:300])
        if "json" in answer.headers["content-type"]:
            assert answer.json()["code"] == "PARAMETER", (path, method)
            assert f"query.{name[:40]}: there is no such parameter" in answer.json()["detail"]
        else:
            assert "PARAMETER" in answer.text, (path, method)


def test_a_parameter_twice_is_refused(api: TestClient) -> None:
    """Before: the last one counted, and the answer was about less than was asked."""
    for path, method in WITH_PARAMETERS:
        for name in PARAMETERS[path, method] or ():
            twice = [(name, "1"), (name, "2")]
            answer = api.request(method, _filled(path), params=twice, headers=_headers(path))
            assert answer.status_code == 422, (path, method, name, answer.text[:300])
            assert "PARAMETER" in answer.text, (path, method, name)


WRONG: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("type", "rule", "by", "measure", "grade", "severity", "delay", "level", "period"),
        ("mercurio",),
    ),
    **dict.fromkeys(("clock", "format", "kind", "theme", "after"), ("mercurio",)),
    "country": ("XX",),
    "place": ("XX-YYY",),
    "where": ("mercurio", "mercurio=1", "country=CO"),
    **dict.fromkeys(("as_of", "changed_since", "recorded_since"), ("mercurio", "2999-01-01")),
}
"""Values that no parameter of this name takes."""
ASKED = [(path, method) for path, method in WITH_PARAMETERS if method == "GET"]
OPEN_VALUES = {("/v1/things", "type"), ("/things", "type")}
"""A type of a weapon or document, in the words of whoever asks."""


@pytest.mark.parametrize("path", [path for path, _method in ASKED])
def test_a_name_that_does_not_exist_is_refused_on_every_route(
    store_away: TestClient, path: str
) -> None:
    """Before: `/?grade=mercurio` of the page was answered with nothing, as if nothing were there.

    Nothing need be asked of the store, which is not there.
    """
    for name in PARAMETERS[path, "GET"] or ():
        is_dateless = name == "as_of" and path in WITHOUT_DATE
        if name in WRONG and (path, name) not in OPEN_VALUES and not is_dateless:
            needed = {"number": "1"} if path.endswith("/things") else {}
            for wrong in WRONG[name]:
                params = {name: wrong, **needed}
                answer = store_away.get(_filled(path), params=params, headers=_headers(path))
                assert answer.status_code == 422, (params, answer.status_code, answer.text[:300])


def test_a_span_that_ends_before_it_begins_is_refused_on_every_route(
    store_away: TestClient,
) -> None:
    """Before: 200 with nothing, as if nothing had happened in those days."""
    spans = {"since": "2018-05-02", "until": "2018-05-01"}
    routes = [route for route in ASKED if set(spans) <= set(PARAMETERS[route] or ())]
    assert len(routes) > 12
    for path, _method in routes:
        answer = store_away.get(_filled(path), params=spans, headers=_headers(path))
        assert answer.status_code == 422, (path, answer.text[:300])


def test_a_field_that_the_body_does_not_have_is_refused(api: TestClient) -> None:
    """Before: an unknown field of an acceptance was ignored."""
    body = {"country": "CO", "text": "x", "until": "2030-01-01"}
    answer = api.post("/v1/conditions", json=body, headers=READER)
    assert answer.status_code == 422, answer.text[:300]
    assert "until" in answer.json()["detail"]


def test_the_node_refuses_a_parameter_that_it_does_not_have(intake: TestClient) -> None:
    """Before: a misspelt `since` was answered from the beginning."""
    app = intake.app
    assert isinstance(app, FastAPI)
    for route in api_routes(app.routes):
        for method in sorted(route.methods or ()):
            path = _filled(route.path)
            answer = intake.request(method, path, params={"mercurio": "1"}, json={})
            assert answer.status_code == 422, (method, path, answer.text[:300])
            assert answer.json()["code"] == "PARAMETER"
