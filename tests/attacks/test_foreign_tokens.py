"""Attacks with a program's token (finding A3): it opens what its account may see, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from consumers.api.app import application
from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.scopes import Scope
from infra.errors import NotRunningError
from infra.settings import Settings, load
from tests.support.identity import analyst, signed_in

BASE = "http://127.0.0.1:8000"
ASKED = ("/v1/indicators", "/v1/events", "/v1/things?number=1", "/v1/series", "/v1/disclosures")
OF_PERU = analyst("programa", country="PE", authority="PNP", groups=frozenset({"frontera"}))
BEHIND_THE_GATE = 0
"""Stands for what a route meets where nothing runs."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_KAFKA": "127.0.0.1:9"})


@pytest.fixture
def identity(settings: Settings) -> Iterator[IdentityService]:
    with open_identity(settings) as identity:
        identity.accounts.add(OF_PERU, "test")
        yield identity


@pytest.fixture
def api(settings: Settings, identity: IdentityService) -> Iterator[TestClient]:
    with TestClient(application(settings), BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def token(identity: IdentityService) -> str:
    return identity.tokens.make(OF_PERU.name, {Scope.READ}, 1, "test")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def status(api: TestClient, path: str, headers: Mapping[str, str | bytes]) -> int:
    """The status of an answer of the gate, or that it let the request through."""
    try:
        answer: httpx.Response = api.get(path, headers=dict(headers))
    except NotRunningError:
        return BEHIND_THE_GATE
    return BEHIND_THE_GATE if answer.status_code == 503 else answer.status_code


def test_it_asks_as_its_own_account(api: TestClient, token: str) -> None:
    for headers in ({}, {"X-Quipu-As": "PE/analyst/GREEN"}, {"X-Quipu-As-Groups": "frontera"}):
        assert status(api, "/v1/events", {**bearer(token), **headers}) == BEHIND_THE_GATE


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Quipu-As": "CO/analyst/AMBER"},
        {"X-Quipu-As": "PE/SUCAMEC/analyst/AMBER"},
        {"X-Quipu-As": "MEC/auditor/AMBER"},
        {"X-Quipu-As": "PE/analyst/RED"},
        {"X-Quipu-As": "PE/prosecutor/AMBER"},
        {"X-Quipu-As-Groups": "frontera,other"},
        {"X-Quipu-Exercise": "SIMULACRO"},
    ],
    ids=str,
)
def test_a_token_of_one_country_asks_for_no_other(
    api: TestClient, token: str, headers: dict[str, str]
) -> None:
    for path in ASKED:
        answer = api.get(path, headers={**bearer(token), **headers})
        assert (answer.status_code, answer.json()["code"]) == (403, "WIDER"), path


def test_no_header_makes_a_token_a_gateway(api: TestClient, token: str) -> None:
    for name in ("X-Quipu-Reader", "X-Quipu-Groups", "X-Quipu-Person", "X-Quipu-Gateway"):
        for path in ASKED:
            assert status(api, path, {**bearer(token), name: "MEC/analyst/RED"}) == 403, name


def test_a_scope_opens_its_routes_alone(api: TestClient, token: str) -> None:
    assert status(api, "/metrics", bearer(token)) == 403
    assert api.post("/health/heartbeats/x", headers=bearer(token)).status_code in (403, 404, 405)


def test_what_is_not_wholly_a_token_is_none(api: TestClient, token: str) -> None:
    wrong = (token[:-1], token + "a", token.upper(), token.removeprefix("quipu_"), f"{token}\u00e9")
    for text in wrong:
        assert status(api, "/v1/events", {"Authorization": f"Bearer {text}".encode()}) == 401
    for headers in (
        {"Authorization": token},
        {"Authorization": f"Basic {token}"},
        {"Authorization": f"Bearer Bearer {token}"},
        {"Cookie": f"quipu_session={token}"},
        {"X-Quipu-Token": token},
    ):
        assert status(api, "/v1/events", headers) in (401, 403), headers
    for name in ("token", "access_token", "authorization"):
        assert status(api, f"/v1/events?{name}={token}", {}) == 401


def test_a_session_is_no_token(api: TestClient, identity: IdentityService) -> None:
    secret = signed_in(identity, analyst())
    assert status(api, "/v1/events", bearer(secret)) == 401
    assert status(api, "/v1/events", bearer(f"quipu_{secret}")) == 401


def test_an_old_token_and_one_of_a_disabled_account_are_none(
    api: TestClient, identity: IdentityService, token: str
) -> None:
    expired = identity.tokens.make(OF_PERU.name, {Scope.READ}, 1e-9, "test")
    assert status(api, "/v1/events", bearer(expired)) == 401
    identity.accounts.disable(OF_PERU.name, "test")
    assert status(api, "/v1/events", bearer(token)) == 401


def test_a_token_beside_a_session_is_the_token(
    api: TestClient, identity: IdentityService, token: str
) -> None:
    """The wider of the two does not count: a session of Colombia lends the token nothing."""
    secret = signed_in(identity, analyst())
    headers = {**bearer(token), "Cookie": f"quipu_session={secret}"}
    answer = api.get("/v1/events", headers={**headers, "X-Quipu-As": "CO/analyst/AMBER"})
    assert (answer.status_code, answer.json()["code"]) == (403, "WIDER")
    wrong = {**bearer(token[:-1]), "Cookie": f"quipu_session={secret}"}
    assert status(api, "/v1/events", wrong) == 401
