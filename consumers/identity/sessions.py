"""Keep the sessions of people who signed in: idle and absolute expiry, one secret each."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.identity.account import AccountState, UserAccount
from consumers.identity.accounts import Accounts, account_from_json, account_to_json
from consumers.identity.secret_tokens import form_token, hash_secret, new_secret
from consumers.identity.store import IdentityStore

IDLE_MS = 60 * 60_000
ABSOLUTE_MS = 12 * 60 * 60_000
TOUCHED_MS = 60_000


@dataclass(frozen=True, slots=True)
class UserSession:
    """Who is signed in, and the token that the forms of the session carry."""

    account: UserAccount
    csrf: str


class Sessions:
    """The sessions of a store."""

    def __init__(self, store: IdentityStore, accounts: Accounts) -> None:
        """Keep the store, and the accounts that sessions belong to."""
        self._store = store
        self._accounts = accounts

    def begin(self, account: UserAccount, former: str | None, from_provider: bool = False) -> str:
        """Begin a session and return its secret, for the cookie; the browser's former one ends.

        `from_provider`: the account is not in the store, claims of an OIDC provider gave it.
        """
        secret, now = new_secret(), self._store.now()
        holder = account_to_json(account) if from_provider else None
        with self._store.transaction():
            self._store.change("delete_old_sessions", (now, now - IDLE_MS))
            if former is not None:
                self._store.change("delete_session", (hash_secret(former),))
            values = (hash_secret(secret), account.name, holder, now, now, now + ABSOLUTE_MS)
            self._store.change("add_session", values)
        return secret

    def resolve(self, secret: str, touch: bool = True) -> UserSession | None:
        """Return who is signed in with this secret; None where nobody is, or no longer.

        `touch`: the person did something, so the idle time begins again.
        """
        rows = self._store.rows("session", (hash_secret(secret),))
        if not rows:
            return None
        name, holder, used_at, expires_at = rows[0]
        now = self._store.now()
        if now >= expires_at or now - used_at >= IDLE_MS:
            return None
        account = account_from_json(holder) if holder else self._accounts.find(name)
        if account is None or account.state is not AccountState.ACTIVE:
            return None
        if touch and now - used_at > TOUCHED_MS:
            self._store.note("use_session", (now, hash_secret(secret)))
        return UserSession(account, self.form_token(secret))

    def form_token(self, subject: str) -> str:
        """Return the token that forms must carry. `subject`: a session's secret, or a person."""
        return form_token(self._store.form_key(), subject)

    def end(self, secret: str) -> None:
        """End a session; nothing where there is none."""
        self._store.change("delete_session", (hash_secret(secret),))
