"""What the first start makes, and what the user of this machine may ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.local_access import (
    ADMINISTRATOR_NAME,
    CANARY,
    LOCAL,
    NoLocalTokenError,
    ensure_token,
    local_account,
    local_reader,
    prepare_local_access,
)
from consumers.identity.narrowing import Narrowing, WiderReaderError
from consumers.identity.scopes import Scope
from consumers.identity.sign_in import SignInRefusedError, first_password_file
from infra.cli.root import main
from infra.errors import KeyringError
from infra.local_user import owner_name
from infra.settings import Settings, load
from schemas.release.rules import CONTENT_ROLES
from tests.support.identity import analyst

pytestmark = pytest.mark.usefixtures("cheap_passwords")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"QUIPU_HOME": str(tmp_path / "home")})


@pytest.fixture
def identity(settings: Settings) -> IdentityService:
    identity = open_identity(settings)
    prepare_local_access(settings, identity)
    return identity


def quipu(settings: Settings, *arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(
        main, ["--home", str(settings.home), *arguments, "--lang", "en"]
    )


def test_the_first_start_makes_an_administrator_once(
    settings: Settings, identity: IdentityService
) -> None:
    file = first_password_file(settings.access_dir)
    password = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    prepare_local_access(settings, identity)
    assert file.read_text().strip() == password
    account, _secret = identity.sign_in.with_password(ADMINISTRATOR_NAME, password, "127.0.0.1")
    assert account.must_change_password
    assert account.roles.isdisjoint(CONTENT_ROLES)
    assert not file.exists()
    new = "una frase larga de prueba"
    identity.sign_in.change_password(ADMINISTRATOR_NAME, password, new, "127.0.0.1")
    assert not identity.accounts.get(ADMINISTRATOR_NAME).must_change_password
    with pytest.raises(SignInRefusedError):
        identity.sign_in.with_password(ADMINISTRATOR_NAME, password, "127.0.0.1")


def test_the_owner_reads_and_administers_and_the_canary_does_not(
    settings: Settings, identity: IdentityService
) -> None:
    assert local_account(settings, identity, Scope.ADMINISTER).name == owner_name()
    reader = local_reader(settings, identity, Narrowing())
    assert (reader.person, reader.country, reader.clearance) == (owner_name(), "MEC", "AMBER")
    token = settings.token_file(CANARY).read_text().strip()
    assert identity.tokens.check(token, Scope.HEARTBEAT) is not None
    for scope in (Scope.READ, Scope.ADMINISTER, Scope.OPERATE, Scope.METRICS):
        assert identity.tokens.check(token, scope) is None


def test_wider_than_every_token_of_this_machine_is_refused(
    settings: Settings, identity: IdentityService
) -> None:
    with pytest.raises(WiderReaderError):
        local_reader(settings, identity, Narrowing("CO/analyst/AMBER"))
    identity.accounts.add(analyst(), "test")
    ensure_token(settings, identity, "ana.rojas", "ana.rojas")
    reader = local_reader(settings, identity, Narrowing("CO/analyst/GREEN"))
    assert (reader.person, reader.clearance) == ("ana.rojas", "GREEN")
    with pytest.raises(WiderReaderError):
        local_reader(settings, identity, Narrowing("CO/analyst/RED"))


def test_without_a_token_nothing_is_answered(settings: Settings, identity: IdentityService) -> None:
    settings.token_file(LOCAL).unlink()
    with pytest.raises(NoLocalTokenError):
        local_reader(settings, identity, Narrowing())


def test_a_token_that_others_can_read_is_not_used(
    settings: Settings, identity: IdentityService
) -> None:
    settings.token_file(LOCAL).chmod(0o644)
    with pytest.raises(KeyringError):
        local_reader(settings, identity, Narrowing())


def test_the_commands_manage_accounts_and_tokens(settings: Settings) -> None:
    fields = ("--country", "co", "--roles", "analyst", "--clearance", "AMBER", "--groups", "A,B")
    added = quipu(settings, "user", "add", "ana.rojas", *fields)
    assert added.exit_code == 0, added.output
    assert "One-time password of ana.rojas" in added.output
    listed = quipu(settings, "user", "list").output
    assert "analyst" in listed
    token = quipu(settings, "token", "make", "ana.rojas").output.strip()
    identity = open_identity(settings)
    checked = identity.tokens.check(token, Scope.READ)
    assert checked is not None
    assert quipu(settings, "token", "revoke", checked[1].id).exit_code == 0
    assert identity.tokens.check(token, Scope.READ) is None
    assert quipu(settings, "user", "disable", "ana.rojas").exit_code == 0
    assert "disabled" in quipu(settings, "user", "list").output
    log = quipu(settings, "user", "log").output
    assert all(text in log for text in ("account added", "token made", "token revoked"))


@pytest.mark.parametrize(
    ("country", "roles", "clearance"),
    [
        ("Colombia", "Analista", "ámbar"),
        ("co", "analyst, Fiscal", "Amber"),
        ("CO", "auditora", "rojo"),
    ],
)
def test_an_account_is_given_in_spanish_as_well(
    settings: Settings, country: str, roles: str, clearance: str
) -> None:
    fields = ("--country", country, "--roles", roles, "--clearance", clearance)
    added = quipu(settings, "user", "add", "ana.rojas", *fields)
    assert added.exit_code == 0, added.output
    listed = quipu(settings, "user", "list").output
    assert "CO" in listed
    assert any(role in listed for role in ("analyst", "auditor"))


def test_the_commands_are_the_administrators(settings: Settings) -> None:
    assert quipu(settings, "user", "list").exit_code == 0
    settings.token_file(LOCAL).unlink()
    for arguments in (("user", "list"), ("token", "list"), ("user", "log")):
        refused = quipu(settings, *arguments)
        assert refused.exit_code == 2
        assert "NO_LOCAL_TOKEN" in refused.output
    assert quipu(settings, "token", "local").exit_code == 0
    assert quipu(settings, "user", "list").exit_code == 0
