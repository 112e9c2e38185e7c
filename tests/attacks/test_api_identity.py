"""Attacks on who asks at the API and the page: findings A3, A6 and B2 (the figures of /health).

Each runs against the application as `python -m consumers.api` builds it, over a real file of
accounts. Kafka and ClickHouse are not needed: an attack that is refused never reaches them, and one
that is not gets 503 from the routes behind the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from starlette.testclient import TestClient

from consumers.api.app import application
from consumers.identity.account import UserAccount
from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.scopes import Scope
from consumers.identity.secret_tokens import hash_secret
from consumers.identity.throttle import LOCKED_MS
from infra.errors import NotRunningError
from infra.settings import Settings, load
from tests.support.identity import PASSWORD, analyst, form_token, gateway_of, signed_in

BASE = "http://127.0.0.1:8000"
ASKED = ("/v1/indicators", "/v1/events", "/v1/things?number=1", "/v1/series", "/v1/disclosures")
PAGES = (
    "/",
    "/overview",
    "/overview/work",
    "/overview/trends",
    "/account",
    "/things",
    "/line",
    "/conditions",
    "/find?id=1234",
    "/docs",
    "/password",
)
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
IDENTITY = {"X-Quipu-Reader": "MEC/analyst/RED", "X-Quipu-Groups": "frontera"}
COOKIE = "quipu_session"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"QUIPU_HOME": str(tmp_path / "home"), "QUIPU_KAFKA": "127.0.0.1:9"})


@pytest.fixture
def identity(settings: Settings) -> Iterator[IdentityService]:
    with open_identity(settings) as identity:
        identity.accounts.add(analyst(), "test", PASSWORD)
        yield identity


@pytest.fixture
def api(settings: Settings, identity: IdentityService) -> Iterator[TestClient]:
    with TestClient(application(settings), BASE, follow_redirects=False) as client:
        yield client


def passes(client: TestClient, path: str, **options: object) -> bool:
    """Whether the gate lets a request through: the route then meets that nothing runs behind it."""
    try:
        return client.get(path, **options).status_code not in (303, 400, 401, 403, 421)
    except NotRunningError:
        return True


def enter(client: TestClient, name: str, password: str, **headers: str) -> httpx.Response:
    fields = {"name": name, "password": password}
    answer: httpx.Response = client.post("/sign-in", data=fields, headers={**OWN, **headers})
    return answer


def cookie(secret: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={secret}"}


def test_a_rebound_name_reads_nothing(api: TestClient, identity: IdentityService) -> None:
    """A3: a page on the Internet that rebinds its name to this machine is refused."""
    own = cookie(signed_in(identity, analyst()))
    for host in ("evil.example:1234", "127.0.0.1.evil.example", "", "127.0.0.1@evil", "[::1].x"):
        for path in (*ASKED, "/", "/livez", "/readyz", "/health", "/sign-in"):
            assert api.get(path, headers={**own, "Host": host}).status_code == 421, (host, path)
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert api.get("/health", headers={"Host": host}).status_code in (200, 503)


def test_a_header_names_nobody(api: TestClient) -> None:
    """A3: X-Quipu-Reader without the gateway's secret is refused, whatever else is there."""
    for extra in ({}, {"X-Quipu-Gateway": ""}, {"X-Quipu-Gateway": "guess" * 10}):
        for path in (*ASKED, "/"):
            answer = api.get(path, headers={**IDENTITY, **extra})
            assert (answer.status_code, answer.json()["code"]) == (403, "GATEWAY"), path


def test_a_header_widens_no_session(api: TestClient, identity: IdentityService) -> None:
    """A3: a signed-in person gains nothing by identity headers, nor by asking as more."""
    own = cookie(signed_in(identity, analyst()))
    assert api.get("/v1/events", headers={**own, **IDENTITY}).status_code == 403
    assert api.get("/v1/events", headers={**own, "X-Quipu-Groups": "other"}).status_code == 403
    for more in (
        {"X-Quipu-As": "CO/analyst/RED"},
        {"X-Quipu-As": "PE/analyst/GREEN"},
        {"X-Quipu-As": "CO/auditor/GREEN"},
        {"X-Quipu-As-Groups": "frontera,other"},
        {"X-Quipu-Exercise": "other"},
    ):
        answer = api.get("/v1/events", headers={**own, **more})
        assert (answer.status_code, answer.json()["code"]) == (403, "WIDER"), more


def test_the_gateway_is_believed_and_its_headers_once(settings: Settings) -> None:
    """A3: a gateway that appends its header to the attacker's is refused, not bypassed."""
    with_gateway, proof = gateway_of(settings)
    with TestClient(application(with_gateway), BASE, follow_redirects=False) as api:
        assert api.get("/v1/events", headers={**IDENTITY, **proof}).status_code not in (401, 403)
        for doubled in ("X-Quipu-Reader", "x-quipu-groups", "X-Quipu-Gateway", "Authorization"):
            value = proof["x-quipu-gateway"] if doubled == "X-Quipu-Gateway" else "CO/analyst/RED"
            headers = [*IDENTITY.items(), *proof.items(), (doubled, value), (doubled, value)]
            answer = api.get("/v1/events", headers=httpx.Headers(headers))
            assert (answer.status_code, answer.json()["code"]) == (400, "DOUBLED_HEADER"), doubled
        assert api.get("/v1/events", headers=proof).status_code == 401
        assert api.get("/v1/events", headers=IDENTITY).status_code == 403


def test_nobody_gets_nothing(api: TestClient) -> None:
    """A3, B2: without session and token every route but the sign-in is closed, new ones too."""
    for path in (*ASKED, "/metrics", "/openapi.json", "/v1/nothing", "/health/heartbeats/x"):
        assert api.get(path).status_code == 401, path
    for path in (*PAGES, "/nothing"):
        answer = api.get(path)
        assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in"), path
    assert api.post("/conditions").status_code == 303
    assert api.post("/v1/conditions", json={}).status_code == 401
    listed = [route.path for route in api.app.routes if hasattr(route, "path")]  # type: ignore[attr-defined]
    open_routes = {path for path in listed if passes(api, re.sub(r"\{\w+\}", "x", path))}
    assert open_routes <= {
        "/livez",
        "/readyz",
        "/health",
        "/sign-in",
        "/sign-in/provider",
        "/sign-in/callback",
        "/console/static/{name}",
        "/console/libraries/{name}",
    }


def test_health_tells_anybody_the_level_alone(api: TestClient, identity: IdentityService) -> None:
    """B2: figures by topic are an oracle for hidden records; a reader gets none either."""
    own = cookie(signed_in(identity, analyst()))
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    for headers in ({}, own, {"Authorization": f"Bearer {token}"}):
        assert set(api.get("/health", headers=headers).json()) == {"status", "level"}
    operator = UserAccount("operador", "CO", roles=frozenset({"operator"}))
    secret = signed_in(identity, operator)
    assert "facts" in api.get("/health", headers=cookie(secret)).json()
    assert 'class="tile' not in api.get("/line", headers=own).text
    assert 'class="tile' in api.get("/line", headers=cookie(secret)).text


def test_metrics_need_a_token_for_metrics(api: TestClient, identity: IdentityService) -> None:
    """B2: the same figures for Prometheus."""
    own = cookie(signed_in(identity, analyst()))
    reading = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    identity.accounts.add(UserAccount("prometheus", "CO", roles=frozenset({"operator"})), "test")
    metrics = identity.tokens.make("prometheus", {Scope.METRICS}, 1, "test")
    assert api.get("/metrics").status_code == 401
    assert api.get("/metrics", headers=own).status_code == 403
    assert bearer(api, "/metrics", reading) == 403
    assert bearer(api, "/metrics", metrics) == 200
    assert bearer(api, "/v1/indicators", metrics) == 403
    assert bearer(api, "/", metrics) == 403


def bearer(client: TestClient, path: str, token: str) -> int:
    return int(client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code)


def test_a_token_that_expired_or_was_revoked_is_none(
    api: TestClient, identity: IdentityService
) -> None:
    """A3: and neither is one that was cut, one of a disabled account, or a session's secret."""
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    assert passes(api, "/v1/events", headers={"Authorization": f"Bearer {token}"})
    secret = signed_in(identity, analyst())
    for other in (token[:-1], token + "=", secret, "", token.upper()):
        assert bearer(api, "/v1/events", other) == 401
    short = identity.tokens.make("ana.rojas", {Scope.READ}, 1e-9, "test")
    assert bearer(api, "/v1/events", short) == 401
    identity.tokens.revoke(identity.tokens.all()[0].id, "test")
    assert bearer(api, "/v1/events", token) == 401
    again = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    identity.accounts.disable("ana.rojas", "test")
    assert bearer(api, "/v1/events", again) == 401
    assert api.get("/v1/events", headers=cookie(secret)).status_code == 401


def test_guessing_is_refused_before_the_password_is_looked_at(
    api: TestClient, identity: IdentityService
) -> None:
    """A3: brute force. The right password helps nobody while the account is locked."""
    statuses = [
        enter(api, "ana.rojas", f"guess number {number}").status_code for number in range(6)
    ]
    assert statuses[:3] == [401, 401, 401]
    assert 429 in statuses
    now = identity.store.now()
    lock = (hash_secret("account\0ana.rojas"), 12, now + LOCKED_MS, now)
    identity.store.change("put_attempts", lock)
    refused = enter(api, "ana.rojas", PASSWORD)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert "set-cookie" not in refused.headers
    unknown = [enter(api, "nobody", f"guess number {number}").status_code for number in range(4)]
    assert unknown[:3] == [401, 401, 401]


def test_a_planted_session_is_not_kept(api: TestClient, identity: IdentityService) -> None:
    """A3: session fixation. A sign-in gives another secret, and the former one is nobody's."""
    planted = signed_in(identity, analyst("mallory", groups=frozenset()))
    answer = enter(api, "ana.rojas", PASSWORD, **cookie(planted))
    assert answer.status_code == 303
    given = answer.headers["set-cookie"]
    assert planted not in given
    assert "HttpOnly" in given
    assert "samesite=strict" in given.lower()
    assert api.get("/v1/events", headers=cookie(planted)).status_code == 401
    mine = signed_in(identity, analyst())
    two = {"Cookie": f"{COOKIE}={mine}; {COOKIE}={mine}"}
    assert api.get("/v1/events", headers=two).status_code == 401


def test_a_form_of_another_site_does_nothing(api: TestClient, identity: IdentityService) -> None:
    """A6: a missing Sec-Fetch-Site is not ours, and a form needs the token of its session."""
    own = cookie(signed_in(identity, analyst()))
    token = form_token(api, own)
    other = form_token(api, cookie(signed_in(identity, analyst("otra", groups=frozenset()))))
    foreign: tuple[dict[str, str], ...] = (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": BASE, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    )
    for path in ("/asks", "/conditions", "/sign-out", "/password"):
        for headers in foreign:
            answer = api.post(path, headers={**own, **headers}, data={"form": token})
            assert answer.status_code == 403, (path, headers)
            assert "set-cookie" not in answer.headers
        for wrong in ("", other, token[:-1]):
            answer = api.post(path, headers={**own, **OWN}, data={"form": wrong})
            assert answer.status_code == 403, (path, wrong)
    for headers in foreign:
        answer = api.post(
            "/sign-in", data={"name": "ana.rojas", "password": PASSWORD}, headers=headers
        )
        assert answer.status_code == 403
    accept = api.post("/v1/conditions", headers={**own, **OWN}, json={"country": "CO", "text": "x"})
    assert (accept.status_code, accept.json()["code"]) == (403, "FOREIGN_FORM")
    done = api.post("/asks", headers={**own, **OWN}, data={"form": token, "clearance": "GREEN"})
    assert done.status_code == 303


def test_a_narrowed_page_never_shows_more(api: TestClient, identity: IdentityService) -> None:
    """A6: the cookie of what is asked as can be made by hand, and gives no more than the account."""
    own = signed_in(identity, analyst())
    token = form_token(api, cookie(own))
    wider = api.post(
        "/asks", headers={**cookie(own), **OWN}, data={"form": token, "role": "officer"}
    )
    assert wider.status_code == 403
    for claim in ("clearance=RED", "country=PE", "role=auditor", "groups=other", "exercise=x"):
        page = api.get("/password", headers={"Cookie": f"{COOKIE}={own}; quipu_asks={claim}"})
        assert page.status_code == 200
        assert "TLP:AMBER" in page.text
        assert "TLP:RED" not in page.text


def test_another_purpose_is_given_with_a_justification_that_is_recorded_alone(
    api: TestClient, identity: IdentityService
) -> None:
    """Without one it is refused; where the ledger cannot be written, nothing changes either."""
    own = cookie(signed_in(identity, analyst()))
    token = form_token(api, own)
    choice = {"form": token, "purpose": "border_control"}
    for why, status in (("", 422), ("short", 422), ("x" * 501, 422), ("Control en Rumichaca", 503)):
        fields = {**choice, "justification": why}
        answer = api.post("/asks", headers={**own, **OWN}, data=fields)
        assert answer.status_code == status, why
        assert "set-cookie" not in answer.headers, why


def test_signing_out_ends_the_session_on_the_server(
    api: TestClient, identity: IdentityService
) -> None:
    """A6: a copied cookie is worth nothing after the sign-out."""
    own = cookie(signed_in(identity, analyst()))
    token = form_token(api, own)
    assert api.post("/sign-out", headers={**own, **OWN}, data={"form": token}).status_code == 303
    assert api.get("/v1/events", headers=own).status_code == 401


def test_a_one_time_password_opens_nothing_but_its_change(
    api: TestClient, identity: IdentityService
) -> None:
    """A3: the first password was on a screen, so it must be changed before anything is shown."""
    identity.accounts.set_password("ana.rojas", "k3fd-8adm-22pq-zz9x", "test", must_change=True)
    own = cookie(enter(api, "ana.rojas", "k3fd-8adm-22pq-zz9x").cookies[COOKIE])
    assert api.get("/v1/events", headers=own).status_code == 403
    assert api.get("/", headers=own).headers["location"] == "/password"
    new = {"old": "k3fd-8adm-22pq-zz9x", "new": PASSWORD, "again": PASSWORD}
    fields = {"form": form_token(api, own), **new}
    changed = api.post("/password", headers={**own, **OWN}, data=fields)
    assert changed.status_code == 303
    assert api.get("/v1/events", headers=own).status_code == 401
    assert passes(api, "/v1/events", headers=cookie(changed.cookies[COOKIE]))


def test_no_way_back_leads_to_another_site(api: TestClient, identity: IdentityService) -> None:
    """A6: the sign-in leads back to a page of ours only."""
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"):
        fields = {"name": "ana.rojas", "password": PASSWORD, "back": back}
        assert api.post("/sign-in", data=fields, headers=OWN).headers["location"] == "/overview", (
            back
        )


def test_every_answer_protects_itself(api: TestClient, identity: IdentityService) -> None:
    """A6: nothing secret is kept by browsers or proxies, guessed at, or framed."""
    own = cookie(signed_in(identity, analyst()))
    for path in ("/health", "/v1/nothing", "/openapi.json", "/docs", "/password", "/sign-in"):
        headers = api.get(path, headers=own).headers
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff", path
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
    assert (
        "script-src 'self' 'sha256-"
        in api.get("/docs", headers=own).headers["content-security-policy"]
    )


def test_a_refused_request_is_logged_without_what_it_asked(
    api: TestClient, identity: IdentityService
) -> None:
    with structlog.testing.capture_logs() as lines:
        api.get("/v1/events?reference=CASE-SECRET")
        api.get("/metrics", headers=cookie(signed_in(identity, analyst())))
        api.get("/health")
    refused = [line for line in lines if line["event"] == "request_refused"]
    assert [(line["status"], line["path"]) for line in refused] == [
        (401, "/v1/events"),
        (403, "/metrics"),
    ]
    assert "CASE-SECRET" not in str(lines)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
def test_no_method_echoes_a_request(
    api: TestClient, identity: IdentityService, method: str
) -> None:
    own = cookie(signed_in(identity, analyst()))
    for path in ("/health", "/", "/v1/events", "/sign-in"):
        answer = api.request(method, path, headers={**own, "X-Mark": "echo-me"})
        assert answer.status_code in (403, 404, 405), path
        assert "echo-me" not in answer.text


def test_a_large_form_is_not_read(api: TestClient) -> None:
    """A3: a form of megabytes is refused before a password is checked."""
    answer = api.post("/sign-in", content=b"name=a&password=" + b"x" * 100_000, headers=OWN)
    assert answer.status_code == 413
