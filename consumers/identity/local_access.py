"""Let the user of this machine who owns the data folder ask on the command line.

    access/first-password       the first administrator's password; deleted at the first sign-in
    access/tokens/local.token   the token of the folder's owner
    access/tokens/NAME.token    further tokens of this machine, such as canary.token

All have mode 0600. Who can read such a file has what its token allows, nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from consumers.identity.account import (
    ADMINISTRATOR,
    OPERATOR,
    AccountError,
    UserAccount,
)
from consumers.identity.identity import IdentityService, open_identity
from consumers.identity.narrowing import Narrowing, WiderReaderError, enter_exercise, narrow
from consumers.identity.passwords import one_time_password
from consumers.identity.scopes import Scope, scopes_of
from consumers.identity.sign_in import first_password_file
from consumers.identity.store import STORE_NAME
from infra.errors import QuipuError
from infra.keys.credentials import read_password
from infra.local_user import owner_name
from infra.settings import Settings
from schemas.i18n import _
from schemas.model import Reader
from schemas.release.rules import AUDITOR, MECHANISM

ADMINISTRATOR_NAME = "admin"
LOCAL = "local"
CANARY = "canary"
LOCAL_DAYS = 365
_RENEWED_MS = 90 * 86_400_000
"""A token of this machine that is valid for less is made again at the next start."""


class NoLocalTokenError(QuipuError):
    """The user of this machine has no token of this data folder that is valid."""

    code = "NO_LOCAL_TOKEN"


def prepare_local_access(settings: Settings, identity: IdentityService) -> None:
    """Make what the first start needs, and renew tokens of this machine that end soon.

    It makes an administrator with a one-time password, the account of the folder's owner and that
    of the canary, where they are missing. Raises IdentityStoreError, OSError.
    """
    with identity.store.transaction():
        _make_first_accounts(settings, identity)
        ensure_token(settings, identity, LOCAL, _owner().name)
        ensure_token(settings, identity, CANARY, CANARY, frozenset({Scope.HEARTBEAT}))


def _make_first_accounts(settings: Settings, identity: IdentityService) -> None:
    accounts = identity.accounts
    if not accounts.all():
        password = one_time_password()
        administrator = UserAccount(
            ADMINISTRATOR_NAME,
            MECHANISM,
            roles=frozenset({ADMINISTRATOR, OPERATOR}),
            must_change_password=True,
        )
        accounts.add(administrator, "first start", password)
        write_private(first_password_file(settings.access_dir), password)
        accounts.add(_owner(), "first start")
    if accounts.find(CANARY) is None:
        accounts.add(UserAccount(CANARY, MECHANISM, roles=frozenset({OPERATOR})), "first start")


def ensure_token(
    settings: Settings,
    identity: IdentityService,
    file_name: str,
    account_name: str,
    scopes: frozenset[Scope] | None = None,
) -> None:
    """Write a token of this machine unless a valid one is there.

    `scopes`: all that the account may have where they are left out. Nothing is made for an account
    that is missing or disabled.
    """
    path, account = settings.token_file(file_name), identity.accounts.find(account_name)
    if account is None or _lasts(identity, path):
        return
    requested = scopes_of(account) if scopes is None else scopes
    try:
        token = identity.tokens.make(account.name, requested, LOCAL_DAYS, "this machine", file_name)
    except AccountError:
        return
    write_private(path, token)


def local_account(settings: Settings, identity: IdentityService, scope: Scope) -> UserAccount:
    """Return the account of the token that this user of the machine has for a purpose.

    Raises NoLocalTokenError where there is none that is valid.
    """
    for account in _local_accounts(settings, identity, scope):
        return account
    raise _no_token(settings)


def local_reader(settings: Settings, identity: IdentityService, narrowing: Narrowing) -> Reader:
    """Return the reader of a query on the command line.

    Where several tokens of this machine are there, the first whose account covers what is asked
    decides; `local.token` comes first. Raises NoLocalTokenError, WiderReaderError,
    ReaderRefusedError.
    """
    refusal: WiderReaderError | None = None
    for account in _local_accounts(settings, identity, Scope.READ):
        try:
            return narrow(account, narrowing)
        except WiderReaderError as error:
            refusal = refusal or error
    raise refusal or _no_token(settings)


def in_exercise(
    settings: Settings, identity: IdentityService, reader: Reader, exercise: str
) -> Reader:
    """Return the reader of a query as its account takes part in an exercise.

    Raises WiderReaderError, NoLocalTokenError.
    """
    for account in _local_accounts(settings, identity, Scope.READ):
        if (account.name, account.country) == (reader.person, reader.country):
            return enter_exercise(account, reader, exercise)
    raise _no_token(settings)


def existing_identity(settings: Settings) -> IdentityService:
    """Open the accounts of a data folder that has them. Raises NoLocalTokenError where it has none.

    So a question never makes accounts in a folder that it was asked of by mistake.
    """
    if not (settings.access_dir / STORE_NAME).exists():
        raise _no_token(settings)
    return open_identity(settings)


def write_private(path: Path, text: str) -> None:
    """Write a line into a file of mode 0600; it appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    part.replace(path)


def _local_accounts(
    settings: Settings, identity: IdentityService, scope: Scope
) -> Iterator[UserAccount]:
    first = settings.token_file(LOCAL)
    others = sorted(path for path in first.parent.glob("*.token") if path != first)
    for path in [first, *others] if first.exists() else others:
        checked = identity.tokens.check(read_password(path), scope)
        if checked is not None:
            yield checked[0]


def _lasts(identity: IdentityService, path: Path) -> bool:
    if not path.exists():
        return False
    checked = identity.tokens.check(read_password(path))
    return checked is not None and checked[1].expires_at - identity.store.now() > _RENEWED_MS


def _owner() -> UserAccount:
    """Describe the account of the user of this machine who owns the data folder."""
    return UserAccount(
        owner_name(),
        MECHANISM,
        roles=frozenset({"analyst", AUDITOR, OPERATOR, ADMINISTRATOR}),
        clearance="AMBER",
    )


def _no_token(settings: Settings) -> NoLocalTokenError:
    return NoLocalTokenError(
        _(
            "You have no valid token for the data folder {home}.",
            home=settings.home,
        ),
        _(
            "Its owner gets one with `quipu up`, or at once with `quipu token local`. Others ask "
            "the administrator for an account and use the page."
        ),
    )
