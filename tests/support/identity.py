"""Accounts for tests: a clock that a test turns, and readers who are signed in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from consumers.access.gateway import SECRET_HEADER
from consumers.api.app import application
from consumers.identity.account import UserAccount
from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.local_access import write_private
from consumers.identity.passwords import Passwords
from consumers.identity.scopes import scopes_of
from consumers.identity.store import IdentityStore
from infra.settings import Settings
from schemas.release.reader_text import parse_reader

PASSWORD = "puente sobre el apurímac"


@dataclass
class TurnedClock:
    """A clock that stands still until a test turns it; ms since 1970 UTC."""

    at: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.at

    def turn(self, seconds: float) -> None:
        self.at += int(seconds * 1000)


def identity_of(folder: Path, clock: TurnedClock) -> IdentityService:
    """Accounts in a new file, with the least costs of argon2id: these tests check no costs."""
    store = IdentityStore(folder / "access" / "identity.sqlite", clock)
    return IdentityService(store, Passwords(PasswordHasher(1, 8, 1)))


def analyst(name: str = "ana.rojas", **fields: object) -> UserAccount:
    """A Colombian analyst with clearance AMBER."""
    values: dict[str, object] = {
        "country": "CO",
        "authority": "PONAL",
        "roles": frozenset({"analyst"}),
        "clearance": "AMBER",
        "groups": frozenset({"frontera"}),
    }
    return UserAccount(name, **(values | fields))  # type: ignore[arg-type]


def signed_in(identity: IdentityService, account: UserAccount) -> str:
    """The secret of a new session of an account, which is made where it is missing."""
    if identity.accounts.find(account.name) is None:
        identity.accounts.add(account, "test")
    return identity.sessions.begin(account, None)


def form_token(client: TestClient, headers: dict[str, str]) -> str:
    """What the forms of a session carry. `headers`: with the session's cookie."""
    page = client.get("/password", headers=headers).text
    field = re.search(r'name="form" value="([0-9a-f]+)"', page)
    assert field is not None, page
    return field.group(1)


def gateway_of(settings: Settings) -> tuple[Settings, dict[str, str]]:
    """The same settings with a gateway, and the header by which it proves itself."""
    file, proof = gateway_secret(settings.access_dir)
    access = replace(settings.api_access, gateway_secret_file=file)
    return replace(settings, api_access=access), proof


def gateway_secret(folder: Path) -> tuple[Path, dict[str, str]]:
    """A file with the secret of a gateway, and the header by which the gateway proves itself."""
    path = folder / "gateway.secret"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path, {SECRET_HEADER: path.read_text().strip()}


def gateway_client(settings: Settings) -> TestClient:
    """The API in this process, and a client that is its gateway: it says who asks by headers."""
    with_gateway, proof = gateway_of(settings)
    return TestClient(application(with_gateway), "http://127.0.0.1", headers=proof)


def reader_name(text: str, groups: Collection[str] = ()) -> str:
    """The name of the account that `let_ask` makes for COUNTRY/role/CLEARANCE."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return "-".join([name, *(["in", *sorted(groups)] if groups else [])])


def let_ask(settings: Settings, text: str, groups: Collection[str] = ()) -> str:
    """Let this user of the machine ask as somebody: an account and a token; its name."""
    name, reader = reader_name(text, groups), parse_reader(text)
    with open_identity(settings) as identity:
        if identity.accounts.find(name) is None:
            account = UserAccount(
                name,
                reader.country,
                reader.authority,
                reader.roles,
                reader.clearance,
                frozenset(groups),
            )
            identity.accounts.add(account, "test")
            token = identity.tokens.make(name, scopes_of(account), 1, "test")
            write_private(settings.token_file(name), token)
    return name
