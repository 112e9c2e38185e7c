"""Attacks on the sign-in by an OIDC provider (finding A3), against a real provider on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from consumers.access.claims import ClaimsError, read_claims_mapping
from consumers.access.pending_sign_in import PendingSignIn, read_pending
from consumers.api.app import application
from consumers.identity.identity import open_identity
from infra.errors import SettingsError
from infra.settings import Settings, load
from tests.support.identity import analyst
from tests.support.oidc_provider import CLIENT, SECRET, OidcProvider, running_provider

BASE = "http://127.0.0.1:8000"
MAPPING = """
person = "preferred_username"
country = { constant = "PE" }
authority = { claim = "agency" }
roles = { claim = "groups", values = { quipu-analysts = "analyst" } }
clearance = { claim = "level", values = { "2" = "AMBER", "1" = "GREEN" } }
groups = { claim = "groups", values = { task-force = "frontera" } }
"""
CLAIMS: dict[str, Any] = {
    "preferred_username": "ana.quispe",
    "agency": "PNP",
    "groups": ["quipu-analysts", "task-force", "football"],
    "level": 2,
}


@pytest.fixture(scope="module")
def running() -> Iterator[OidcProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: OidcProvider) -> OidcProvider:
    running.claims, running.faults = dict(CLAIMS), {}
    running.signing, running.algorithm = None, "RS256"
    return running


@pytest.fixture
def settings(tmp_path: Path, provider: OidcProvider) -> Settings:
    (tmp_path / "claims.toml").write_text(MAPPING)
    secret = tmp_path / "oidc.secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    return load(
        {
            "QUIPU_HOME": str(tmp_path),
            "QUIPU_KAFKA": "127.0.0.1:9",
            "QUIPU_API_URL": BASE,
            "QUIPU_OIDC_ISSUER": provider.issuer,
            "QUIPU_OIDC_CLIENT_ID": CLIENT,
            "QUIPU_OIDC_CLIENT_SECRET_FILE": str(secret),
            "QUIPU_OIDC_CLAIMS_FILE": "claims.toml",
        }
    )


@pytest.fixture
def api(settings: Settings) -> Iterator[TestClient]:
    with TestClient(application(settings), BASE, follow_redirects=False) as client:
        yield client


def at_provider(api: TestClient) -> str:
    """Begin, let the provider sign in, and return the address that it leads back to."""
    begun = api.get("/sign-in/provider?back=/things")
    assert begun.status_code == 303, begun.text
    answer = httpx.get(begun.headers["location"], follow_redirects=False)
    return str(answer.headers["location"]).removeprefix(BASE)


def refused(api: TestClient) -> str:
    answer = api.get(at_provider(api))
    assert answer.status_code == 403, answer.text
    assert "quipu_session" not in answer.cookies
    return str(answer.text)


def test_the_provider_s_claims_say_who_asks(api: TestClient, settings: Settings) -> None:
    answer = api.get(at_provider(api))
    assert answer.status_code == 200
    assert 'url=/things"' in answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    with open_identity(settings) as identity:
        session = identity.sessions.resolve(answer.cookies["quipu_session"])
    assert session is not None
    account = session.account
    host = urlsplit(settings.api_access.oidc_issuer or "").netloc
    assert account.name == f"ana.quispe@{host}"
    assert (account.country, account.authority, account.clearance) == ("PE", "PNP", "AMBER")
    assert (account.roles, account.groups) == (frozenset({"analyst"}), frozenset({"frontera"}))
    page = api.get(
        "/password", headers={"Cookie": f"quipu_session={answer.cookies['quipu_session']}"}
    )
    assert f"ana.quispe@{host}" in page.text


@pytest.mark.parametrize(
    "faults",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": ["another-client", CLIENT], "azp": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": 1_500_000_000},
        {"exp": None},
        {"sub": None},
        {"iat": None},
    ],
)
def test_an_id_token_that_does_not_hold_signs_nobody_in(
    api: TestClient, provider: OidcProvider, faults: dict[str, Any]
) -> None:
    """A3: nonce, audience, issuer and expiry."""
    provider.faults = faults
    refused(api)


def test_a_signature_of_another_is_not_believed(api: TestClient, provider: OidcProvider) -> None:
    """A3: another key, the client's secret as a shared key, the public key as one, no signature."""
    provider.signing = RSAKey.generate_key(2048, {"kid": "first"})
    refused(api)
    public = provider.key.as_pem(private=False)
    for shared in (SECRET.encode(), public):
        provider.signing, provider.algorithm = shared, "HS256"
        refused(api)
    provider.signing, provider.algorithm = b"", "none"
    refused(api)


def test_another_discovery_issuer_is_refused(api: TestClient, provider: OidcProvider) -> None:
    """A3: the provider must be the one that is configured."""
    provider.faults = {"issuer": "https://evil.example"}
    assert api.get("/sign-in/provider").status_code == 503


def test_a_state_is_for_one_browser_and_once(api: TestClient, settings: Settings) -> None:
    """A3: nobody is signed in as the attacker by a link, and no answer is used twice."""
    back = at_provider(api)
    with TestClient(application(settings), BASE, follow_redirects=False) as victim:
        assert victim.get(back).status_code == 403
    assert api.get(back).status_code == 200  # nobody else can use it up
    again = at_provider(api)
    assert api.get(again).status_code == 200
    assert api.get(again).status_code == 403
    state = parse_qs(urlsplit(at_provider(api)).query)["state"][0]
    for query in ("", "?code=x", f"?state={state}", f"?state={state}&error=access_denied"):
        assert api.get(f"/sign-in/callback{query}").status_code == 403


def test_a_cookie_that_is_old_or_changed_signs_nobody_in() -> None:
    """A3: the browser keeps the sign-in that waits, and can change nothing of it."""
    key, pending = b"k" * 32, PendingSignIn.begin("/things", 1_000)
    cookie = pending.cookie(key)
    assert read_pending(cookie, key, 999) == pending
    assert read_pending(cookie, key, 1_000) is None
    assert read_pending(cookie, b"l" * 32, 999) is None
    for wrong in ("", ".", cookie[1:], cookie[:-1], cookie + "0", "x" + cookie, "é." + cookie):
        assert read_pending(wrong, key, 999) is None
    values = {pending.derived(key, name) for name in ("state", "nonce", "verifier")}
    assert len(values) == 3
    assert all(43 <= len(value) <= 128 for value in values)


def test_a_code_needs_its_verifier(api: TestClient, provider: OidcProvider) -> None:
    """A3: PKCE. A code of another sign-in is worth nothing here."""
    stolen = parse_qs(urlsplit(at_provider(api)).query)["code"][0]
    state = parse_qs(urlsplit(at_provider(api)).query)["state"][0]
    assert api.get(f"/sign-in/callback?state={state}&code={stolen}").status_code == 403
    other = parse_qs(urlsplit(at_provider(api)).query)
    wrong = f"/sign-in/callback?state={other['state'][0]}&code={other['code'][0]}&iss=https://e.x"
    assert api.get(wrong).status_code == 403


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("groups", ["football"]),
        ("groups", None),
        ("level", 9),
        ("level", ["1", "2"]),
        ("preferred_username", None),
        ("preferred_username", "a,b"),
        ("preferred_username", "ana@x/y"),
        ("agency", None),
        ("agency", "@frontera"),
    ],
)
def test_a_claim_that_does_not_map_is_refused_in_words(
    api: TestClient, provider: OidcProvider, claim: str, value: object
) -> None:
    """A3: what the mapping does not know gives nothing, never a default."""
    provider.claims = {**CLAIMS, claim: value}
    assert 'class="refusal"' in refused(api)


def test_a_provider_s_person_is_no_account_of_ours(
    api: TestClient, provider: OidcProvider, settings: Settings
) -> None:
    """A3: a person who is called like an administrator there is none here, nor a group."""
    with open_identity(settings) as identity:
        identity.accounts.add(analyst("admin", roles=frozenset({"administrator"})), "test")
        provider.claims = {**CLAIMS, "preferred_username": "admin"}
        secret = api.get(at_provider(api)).cookies["quipu_session"]
        session = identity.sessions.resolve(secret)
    assert session is not None
    assert session.account.name.startswith("admin@")
    assert not session.account.administers


@pytest.mark.parametrize(
    "missing", ["QUIPU_OIDC_CLIENT_ID", "QUIPU_OIDC_CLAIMS_FILE", "QUIPU_API_URL", "plain"]
)
def test_half_a_configuration_is_refused(tmp_path: Path, missing: str) -> None:
    """A3: nothing is signed in by a provider that is half configured, or over a plain network."""
    environ = {
        "QUIPU_HOME": str(tmp_path),
        "QUIPU_API_URL": BASE,
        "QUIPU_OIDC_ISSUER": "https://login.example",
        "QUIPU_OIDC_CLIENT_ID": CLIENT,
        "QUIPU_OIDC_CLAIMS_FILE": "claims.toml",
    }
    environ.pop(missing, None)
    if missing == "plain":
        environ["QUIPU_OIDC_ISSUER"] = "http://login.example"
    with pytest.raises(SettingsError):
        load(environ)


@pytest.mark.parametrize("text", ["person = 1", "roles = 7", "country = {}", "x = 1", "[", "\xff"])
def test_a_mapping_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claims.toml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(ClaimsError):
        read_claims_mapping(path)
