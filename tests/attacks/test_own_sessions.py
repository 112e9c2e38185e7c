"""A stolen or forgotten session (ASVS 7.5.2): its person sees and ends it, and nobody else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from consumers.api.app import application
from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.scopes import Scope
from consumers.identity.sessions import ID_LETTERS, MAX_SESSIONS
from infra.settings import Settings, load
from tests.support.identity import PASSWORD, analyst, signed_in

BASE = "http://127.0.0.1:8000"
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
RADIO = re.compile(rf'name="end" value="([0-9a-f]{{{ID_LETTERS}}})"')


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


def cookie(secret: str) -> dict[str, str]:
    return {"Cookie": f"quipu_session={secret}"}


def page(api: TestClient, secret: str) -> str:
    answer = api.get("/sessions", headers=cookie(secret))
    assert answer.status_code == 200
    return str(answer.text)


def ids(text: str) -> set[str]:
    """The sessions that the page offers to end: all but the one that looks."""
    return set(RADIO.findall(text))


def end(
    api: TestClient, secret: str, choice: str, password: str = PASSWORD, **headers: str
) -> httpx.Response:
    field = re.search(r'name="form" value="([0-9a-f]+)"', page(api, secret))
    assert field is not None
    fields = {"form": field.group(1), "end": choice, "password": password}
    sent = {**cookie(secret), **(headers or OWN)}
    answer: httpx.Response = api.post("/sessions", data=fields, headers=sent)
    return answer


def lives(identity: IdentityService, *secrets: str) -> list[bool]:
    return [identity.sessions.resolve(secret) is not None for secret in secrets]


def test_a_person_sees_and_ends_a_session_that_is_not_known(
    api: TestClient, identity: IdentityService
) -> None:
    own = signed_in(identity, analyst())
    stolen = identity.sessions.begin(analyst(), None, address="203.0.113.7")
    shown = page(api, own)
    assert "203.0.113.7" in shown
    (listed,) = ids(shown)
    assert end(api, own, listed).status_code == 303
    assert lives(identity, own, stolen) == [True, False]
    assert api.get("/sessions", headers=cookie(stolen)).headers["location"].startswith("/sign-in")
    assert "sessions ended" in str(identity.store.rows("audit", (1,)))


def test_all_others_end_at_once(api: TestClient, identity: IdentityService) -> None:
    own, *others = [signed_in(identity, analyst()) for _number in range(4)]
    assert end(api, own, "others").status_code == 303
    assert lives(identity, own, *others) == [True, False, False, False]
    assert "nowhere else" in page_in_english(api, own)


def test_a_person_has_ten_sessions_at_most(identity: IdentityService) -> None:
    """Before, sessions of one account were without limit (ASVS 7.1.2)."""
    secrets = [signed_in(identity, analyst()) for _number in range(MAX_SESSIONS + 3)]
    assert sum(lives(identity, *secrets)) == MAX_SESSIONS
    assert lives(identity, secrets[-1]) == [True]
    other = signed_in(identity, analyst("luz.mora"))
    assert lives(identity, other) == [True]
    assert sum(lives(identity, *secrets)) == MAX_SESSIONS


def page_in_english(api: TestClient, secret: str) -> str:
    return str(api.get("/sessions?lang=en", headers=cookie(secret)).text)


def test_who_found_an_open_browser_ends_no_session(
    api: TestClient, identity: IdentityService
) -> None:
    """The present password is asked for, and guessing it is slowed down as at the sign-in."""
    own, other = (signed_in(identity, analyst()) for _number in range(2))
    (listed,) = ids(page(api, own))
    for password in ("", "guess"):
        assert end(api, own, listed, password).status_code == 422
    guesses = [end(api, own, listed, "guess").status_code for _number in range(20)]
    assert set(guesses) == {422}
    refused = [row for row in identity.store.rows("audit", (100,)) if "refused" in row[2]]
    assert len(refused) < len(guesses), "most were not even looked at"
    assert lives(identity, own, other) == [True, True]


def test_the_session_of_somebody_else_stays(api: TestClient, identity: IdentityService) -> None:
    own = signed_in(identity, analyst())
    victim = analyst("luz.mora", country="PE", authority="PNP")
    theirs = signed_in(identity, victim)
    second = signed_in(identity, victim)
    assert not ids(page(api, own))
    for listed in ids(page(api, theirs)) | ids(page(api, second)):
        assert end(api, own, listed).status_code == 303
    assert end(api, own, "others").status_code == 303
    assert lives(identity, theirs, second) == [True, True]


def test_a_provider_s_person_of_the_same_name_is_another_person(
    api: TestClient, identity: IdentityService
) -> None:
    """Sessions that a provider's claims gave are listed apart from those of a local account."""
    local = signed_in(identity, analyst())
    provided = identity.sessions.begin(analyst(country="PE"), None, from_provider=True)
    assert not ids(page(api, local))
    assert not ids(page(api, provided))
    end(api, local, "others")
    assert lives(identity, local, provided) == [True, True]


def test_another_site_and_a_form_without_its_token_end_nothing(
    api: TestClient, identity: IdentityService
) -> None:
    own, other = (signed_in(identity, analyst()) for _number in range(2))
    (listed,) = ids(page(api, own))
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert end(api, own, listed, **foreign).status_code == 403
    fields = {"end": listed, "password": PASSWORD}
    assert api.post("/sessions", data=fields, headers={**cookie(own), **OWN}).status_code == 403
    assert lives(identity, own, other) == [True, True]


def test_the_page_holds_no_secret_and_no_hash(api: TestClient, identity: IdentityService) -> None:
    own, other = (signed_in(identity, analyst()) for _number in range(2))
    shown = page(api, own)
    hashes = [
        row[0].hex() for row in identity.store.rows("sessions_of", ("ana.rojas", False, 0, 0))
    ]
    assert len(hashes) == 2
    assert not [text for text in (own, other, *hashes) if text in shown]


def test_a_token_and_a_gateway_have_no_sessions_here(
    api: TestClient, identity: IdentityService
) -> None:
    own = signed_in(identity, analyst())
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    headers = {"Authorization": f"Bearer {token}"}
    assert not ids(api.get("/sessions", headers=headers).text)
    fields = {"end": "others", "password": PASSWORD}
    assert api.post("/sessions", data=fields, headers=headers).status_code == 403
    assert lives(identity, own) == [True]
