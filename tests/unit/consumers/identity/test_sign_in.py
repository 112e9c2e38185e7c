"""Sign-in, sessions and tokens against a real file, with a clock that the test turns."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from consumers.identity.account import AccountError
from consumers.identity.identity import IdentityService
from consumers.identity.passwords import Passwords
from consumers.identity.scopes import Scope
from consumers.identity.secret_tokens import hash_secret
from consumers.identity.sessions import ABSOLUTE_MS, IDLE_MS
from consumers.identity.sign_in import SignInRefusedError
from consumers.identity.store import IdentityStoreError
from consumers.identity.throttle import (
    ADDRESS_MS,
    FREE_OF_ACCOUNT,
    FREE_OF_ADDRESS,
    LOCKED_MS,
    delay_ms,
)
from tests.support.identity import PASSWORD, TurnedClock, analyst, identity_of


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def identity(tmp_path: Path, clock: TurnedClock) -> Iterator[IdentityService]:
    identity = identity_of(tmp_path, clock)
    identity.accounts.add(analyst(), "test", PASSWORD)
    yield identity
    identity.close()


def fail(identity: IdentityService, name: str = "ana.rojas", address: str = "10.0.0.1") -> int:
    """Sign in wrongly; return the seconds to wait."""
    with pytest.raises(SignInRefusedError) as refused:
        identity.sign_in.with_password(name, "not the password", address)
    return refused.value.wait_s


def test_the_costs_are_those_of_rfc_9106() -> None:
    assert Passwords().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_right_password_gives_a_session(identity: IdentityService) -> None:
    account, secret = identity.sign_in.with_password(" Ana.Rojas ", PASSWORD, "10.0.0.1")
    session = identity.sessions.resolve(secret)
    assert session is not None
    assert session.account == account == analyst()
    assert session.csrf != identity.sessions.form_token("another session")


def test_the_file_is_the_owners_and_holds_no_secret(
    identity: IdentityService, tmp_path: Path
) -> None:
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    for path in (tmp_path / "access").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
        content = path.read_bytes()
        assert not any(text.encode() in content for text in (PASSWORD, secret, token)), path


def test_a_session_ends_when_idle_and_at_its_end(
    identity: IdentityService, clock: TurnedClock
) -> None:
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    for _number in range(ABSOLUTE_MS // (IDLE_MS - 1000)):
        clock.turn(IDLE_MS / 1000 - 1)
        assert identity.sessions.resolve(secret) is not None
    clock.turn(IDLE_MS / 1000 - 1)
    assert identity.sessions.resolve(secret) is None
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    clock.turn(IDLE_MS / 1000)
    assert identity.sessions.resolve(secret) is None


def test_looking_on_does_not_keep_a_session(identity: IdentityService, clock: TurnedClock) -> None:
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    clock.turn(IDLE_MS / 1000 - 1)
    assert identity.sessions.resolve(secret, touch=False) is not None
    clock.turn(2)
    assert identity.sessions.resolve(secret, touch=False) is None


def test_a_sign_in_ends_the_former_session_of_the_browser(identity: IdentityService) -> None:
    _account, former = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1", former)
    assert identity.sessions.resolve(former) is None
    assert identity.sessions.resolve(secret) is not None


def test_a_changed_or_disabled_account_is_signed_out(identity: IdentityService) -> None:
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    identity.accounts.change(analyst(clearance="GREEN"), "test")
    assert identity.sessions.resolve(secret) is None
    checked = identity.tokens.check(token, Scope.READ)
    assert checked is not None
    assert checked[0].clearance == "GREEN"
    identity.accounts.disable("ana.rojas", "test")
    assert identity.tokens.check(token, Scope.READ) is None
    fail(identity)
    with pytest.raises(SignInRefusedError):
        identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.2")


def test_a_new_password_ends_every_session(identity: IdentityService) -> None:
    _account, former = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    new = "otra frase bastante larga"
    secret = identity.sign_in.change_password("ana.rojas", PASSWORD, new, "10.0.0.1")
    assert identity.sessions.resolve(former) is None
    assert identity.sessions.resolve(secret) is not None
    fail(identity)
    identity.sign_in.with_password("ana.rojas", new, "10.0.0.1")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "ana.rojas ana.rojas",
        "x" * 257,
        "Contraseña2026!",
        "P4ssw0rd-qwerty",
        "Policía Bogotá 1234",
        "quipu-Peru-2026",
        "qwertyuiop123456",
    ],
)
def test_a_weak_password_is_refused(identity: IdentityService, password: str) -> None:
    with pytest.raises(AccountError):
        identity.accounts.set_password("ana.rojas", password, "test")


def test_a_one_time_password_opens_nothing_after_a_week(
    identity: IdentityService, clock: TurnedClock
) -> None:
    identity.accounts.set_password("ana.rojas", "k3fd-w9xm-tpqz-h4bn", "test", must_change=True)
    clock.turn(7 * 86_400 - 1)
    identity.sign_in.check("ana.rojas", "k3fd-w9xm-tpqz-h4bn", "10.0.0.1")
    clock.turn(2)
    with pytest.raises(SignInRefusedError):
        identity.sign_in.check("ana.rojas", "k3fd-w9xm-tpqz-h4bn", "10.0.0.1")
    identity.accounts.set_password("ana.rojas", PASSWORD, "test")
    clock.turn(400 * 86_400)
    identity.sign_in.check("ana.rojas", PASSWORD, "10.0.0.1")


def test_guessing_is_slowed_down_until_the_account_is_locked(
    identity: IdentityService, clock: TurnedClock
) -> None:
    waits = []
    for number in range(16):
        while (wait := fail(identity, address=f"10.0.0.{number}")) > 0:
            waits.append(wait)
            clock.turn(wait)
    assert waits[:4] == [1, 2, 4, 8]
    assert max(waits) == LOCKED_MS // 1000
    with pytest.raises(SignInRefusedError):  # the right one is not even looked at
        identity.sign_in.with_password("ana.rojas", PASSWORD, "10.9.9.9")
    identity.sign_in.release("ana.rojas")
    identity.sign_in.with_password("ana.rojas", PASSWORD, "10.9.9.9")


def test_an_address_that_tries_many_names_waits(identity: IdentityService) -> None:
    for number in range(FREE_OF_ADDRESS):
        assert fail(identity, name=f"name{number}") == 0
    assert fail(identity, name="yet.another") == 1
    identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.2")


def test_a_name_that_does_not_exist_is_treated_alike(identity: IdentityService) -> None:
    known = [fail(identity, address=f"10.1.0.{number}") for number in range(6)]
    unknown = [fail(identity, "nobody", f"10.2.0.{number}") for number in range(6)]
    assert known == unknown
    hashed = identity.passwords
    assert not hashed.matches(None, PASSWORD)


def test_the_delay_doubles_up_to_a_limit() -> None:
    delays = [delay_ms(failures, FREE_OF_ACCOUNT, LOCKED_MS) for failures in range(60)]
    assert delays == sorted(delays)
    assert (delays[FREE_OF_ACCOUNT - 1], delays[FREE_OF_ACCOUNT], delays[-1]) == (
        0,
        1000,
        LOCKED_MS,
    )
    assert delay_ms(10**6, FREE_OF_ADDRESS, ADDRESS_MS) == ADDRESS_MS


def test_a_token_is_for_its_scope_its_time_and_until_revoked(
    identity: IdentityService, clock: TurnedClock
) -> None:
    token = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    assert identity.tokens.check(token, Scope.READ) is not None
    assert identity.tokens.check(token, Scope.METRICS) is None
    assert identity.tokens.check(token + "x", Scope.READ) is None
    (record,) = identity.tokens.all()
    assert record.used_at == clock.at
    identity.tokens.revoke(record.id, "test")
    assert identity.tokens.check(token, Scope.READ) is None
    with pytest.raises(AccountError):
        identity.tokens.revoke(record.id, "test")
    second = identity.tokens.make("ana.rojas", {Scope.READ}, 1, "test")
    clock.turn(86_400)
    assert identity.tokens.check(second, Scope.READ) is None


def test_a_token_has_no_scope_that_its_account_lacks(identity: IdentityService) -> None:
    with pytest.raises(AccountError):
        identity.tokens.make("ana.rojas", {Scope.METRICS}, 1, "test")
    identity.accounts.add(
        analyst("prometheus", roles=frozenset({"operator"}), groups=frozenset()), "test"
    )
    token = identity.tokens.make("prometheus", {Scope.METRICS}, 1, "test")
    identity.accounts.change(
        analyst("prometheus", roles=frozenset({"auditor"}), groups=frozenset()), "test"
    )
    assert identity.tokens.check(token, Scope.METRICS) is None


def test_a_name_is_no_group_and_a_group_is_no_name(identity: IdentityService) -> None:
    with pytest.raises(AccountError, match="frontera"):
        identity.accounts.add(analyst("frontera", groups=frozenset()), "test")
    other = analyst("otra.persona", groups=frozenset())
    identity.accounts.add(other, "test")
    with pytest.raises(AccountError, match="rojas"):
        identity.accounts.change(replace(other, groups=frozenset({"ana.rojas"})), "test")


def test_the_audit_names_everything_and_cannot_be_changed(
    identity: IdentityService, tmp_path: Path
) -> None:
    fail(identity)
    identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    acts = [row[2] for row in identity.store.rows("audit", (10,))]
    assert acts == ["signed in", "sign-in refused", "account added"]
    with sqlite3.connect(tmp_path / "access" / "identity.sqlite") as connection:
        for statement in ("DELETE FROM audit", "UPDATE audit SET actor = 'x'"):
            with pytest.raises(sqlite3.DatabaseError, match="appended"):
                connection.execute(statement)


def test_secrets_are_looked_up_by_hash_only(identity: IdentityService) -> None:
    _account, secret = identity.sign_in.with_password("ana.rojas", PASSWORD, "10.0.0.1")
    assert identity.sessions.resolve(hash_secret(secret).hex()) is None


def test_a_broken_file_is_said_in_words(tmp_path: Path, clock: TurnedClock) -> None:
    path = tmp_path / "access" / "identity.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(IdentityStoreError, match="accounts"):
        identity_of(tmp_path, clock)


def test_two_stores_of_a_process_and_another_process_get_along(
    identity: IdentityService, tmp_path: Path, clock: TurnedClock
) -> None:
    """A second opening and closing must not take the locks of the first away."""
    path = tmp_path / "access" / "identity.sqlite"
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute('INSERT INTO attempts VALUES (randomblob(8), 1, 1, 1)'); c.commit(); c.close()"
    )
    for number in range(3):
        second = identity_of(tmp_path, clock)
        second.accounts.add(analyst(f"person{number}", groups=frozenset()), "test")
        second.close()
        subprocess.run([sys.executable, "-c", script, str(path)], check=True)
        assert identity.accounts.find(f"person{number}") is not None
        identity.store.audit("test", "act", "subject")
