"""Make, check and revoke the tokens of programs and of the command line."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consumers.identity.account import AccountError, AccountState, UserAccount
from consumers.identity.accounts import Accounts
from consumers.identity.scopes import Scope, scopes_of
from consumers.identity.secret_tokens import hash_secret, new_token
from consumers.identity.store import IdentityStore
from schemas.i18n import _

DAY_MS = 86_400_000
MAX_DAYS = 366
TOUCHED_MS = 60_000
"""How exactly the last use is kept: it is not written more often."""


@dataclass(frozen=True, slots=True)
class Token:
    """Describe a token; its secret is nowhere. Times are ms since 1970 UTC, None: never."""

    id: str
    account: str
    label: str
    scopes: frozenset[Scope]
    created_at: int
    expires_at: int
    revoked_at: int | None
    used_at: int | None

    def is_valid(self, now: int) -> bool:
        """Say whether it can be used at this time."""
        return self.revoked_at is None and now < self.expires_at


class Tokens:
    """The tokens of a store."""

    def __init__(self, store: IdentityStore, accounts: Accounts) -> None:
        """Keep the store, and the accounts that tokens belong to."""
        self._store = store
        self._accounts = accounts

    def make(
        self, account: str, scopes: Iterable[Scope], days: float, actor: str, label: str = ""
    ) -> str:
        """Make a token and return it; it is shown this once.

        Raises AccountError where there is no such active account, the account may not have such a
        scope, or the time is not between 0 and MAX_DAYS days.
        """
        holder, requested = self._accounts.get(account), frozenset(scopes)
        excess = requested - scopes_of(holder)
        if excess or holder.state is not AccountState.ACTIVE:
            raise AccountError(
                _("The account {name} cannot have a token for this.", name=account),
                _(
                    "Its roles allow: {names}.",
                    names=", ".join(sorted(scopes_of(holder))) or "-",
                ),
                "SCOPE",
            )
        if not 0 < days <= MAX_DAYS:
            raise AccountError(
                _("A token is valid for {days} days at most.", days=MAX_DAYS),
                _("Choose fewer days: --days"),
                "EXPIRY",
            )
        token, id_, now = new_token(), secrets.token_hex(4), self._store.now()
        names, expires_at = sorted(requested), now + int(days * DAY_MS)
        hash_, scopes_text = hash_secret(token), json.dumps(names)
        with self._store.transaction():
            self._store.change(
                "add_token", (id_, hash_, account, label[:100], scopes_text, now, expires_at)
            )
            self._store.audit(actor, "token made", account, detail=f"{id_} {','.join(names)}")
        return token

    def check(self, token: str, scope: Scope | None = None) -> tuple[UserAccount, Token] | None:
        """Return account and token where it is valid, and for this scope; None otherwise.

        What the account may no longer do, its tokens may not either.
        """
        rows = self._store.rows("token_by_hash", (hash_secret(token),))
        if not rows:
            return None
        record, now = _token(rows[0]), self._store.now()
        account = self._accounts.find(record.account)
        if account is None or account.state is not AccountState.ACTIVE or not record.is_valid(now):
            return None
        if scope is not None and scope not in record.scopes & scopes_of(account):
            return None
        if record.used_at is None or now - record.used_at > TOUCHED_MS:
            self._store.note("use_token", (now, record.id))
        return account, record

    def revoke(self, id_: str, actor: str) -> None:
        """Revoke a token at once. Raises AccountError where there is none that is valid."""
        with self._store.transaction():
            if not self._store.change("revoke_token", (self._store.now(), id_)):
                raise AccountError(
                    _("There is no valid token `{id}`.", id=id_),
                    _("See the list: quipu token list"),
                    "NO_TOKEN",
                )
            self._store.audit(actor, "token revoked", id_)

    def all(self) -> list[Token]:
        """List all tokens, oldest first."""
        return [_token(row) for row in self._store.rows("tokens")]


def _token(row: tuple[Any, ...]) -> Token:
    id_, account, label, scopes, created_at, expires_at, revoked_at, used_at = row
    names = frozenset(Scope(name) for name in json.loads(scopes))
    return Token(id_, account, label, names, created_at, expires_at, revoked_at, used_at)
