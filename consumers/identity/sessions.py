"""Keep the sessions of people who signed in: idle and absolute expiry, one secret each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from consumers.identity.account import AccountState, UserAccount
from consumers.identity.accounts import Accounts, account_from_json, account_to_json
from consumers.identity.secret_tokens import form_token, hash_secret, new_secret
from consumers.identity.store import IdentityStore

IDLE_MS = 60 * 60_000
ABSOLUTE_MS = 12 * 60 * 60_000
TOUCHED_MS = 60_000
MAX_SESSIONS = 10
"""Of one person at a time: an officer has a desk, a telephone and a borrowed machine."""
RECENT_MS = 10 * 60_000
"""A sign-in at the provider that is this recent proves again who asks."""
ID_LETTERS = 16


@dataclass(frozen=True, slots=True)
class UserSession:
    """Who is signed in, and the token that the forms of the session carry."""

    account: UserAccount
    csrf: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its person sees it: times in ms since 1970 UTC, and where it began.

    `id` names it in a form. It is made of the stored hash and opens nothing.
    """

    id: str
    began_at: int
    used_at: int
    address: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class SessionHolder:
    """Whose a session is, when it began (ms since 1970 UTC), and whether a provider named them."""

    name: str
    began_at: int
    is_from_provider: bool


class Sessions:
    """The sessions of a store."""

    def __init__(self, store: IdentityStore, accounts: Accounts) -> None:
        """Keep the store, and the accounts that sessions belong to."""
        self._store = store
        self._accounts = accounts

    def begin(
        self,
        account: UserAccount,
        former: str | None,
        from_provider: bool = False,
        address: str = "",
    ) -> str:
        """Begin a session and return its secret, for the cookie; the browser's former one ends.

        Of more than MAX_SESSIONS of a person, the one ends that was not used for the longest time.
        `from_provider`: the account is not in the store, claims of an OIDC provider gave it.
        `address`: where the person signs in.
        """
        secret, now = new_secret(), self._store.now()
        holder = account_to_json(account) if from_provider else None
        with self._store.transaction():
            self._store.change("delete_old_sessions", (now, now - IDLE_MS))
            if former is not None:
                self._store.change("delete_session", (hash_secret(former),))
            surplus = (account.name, from_provider, MAX_SESSIONS - 1)
            self._store.change("delete_surplus_sessions", surplus)
            times = (now, now, now + ABSOLUTE_MS)
            values = (hash_secret(secret), account.name, holder, *times, address[:100])
            self._store.change("add_session", values)
        return secret

    def resolve(self, secret: str, touch: bool = True) -> UserSession | None:
        """Return who is signed in with this secret; None where nobody is, or no longer.

        `touch`: the person did something, so the idle time begins again.
        """
        rows = self._store.rows("session", (hash_secret(secret),))
        if not rows:
            return None
        name, holder, _began_at, used_at, expires_at = rows[0]
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

    def own(self, secret: str) -> list[OwnSession]:
        """List the sessions of whoever has this one, the last used first."""
        return [
            OwnSession(_id_of(hash_), began_at, used_at, address, hash_ == hash_secret(secret))
            for hash_, began_at, used_at, address in self._rows_of_holder(secret)
        ]

    def end_own(self, secret: str, ids: Collection[str]) -> int:
        """End the sessions with these ids, of whoever has this one; return how many ended.

        A session of somebody else stays, whatever its id.
        """
        with self._store.transaction():
            hashes = [row[0] for row in self._rows_of_holder(secret) if _id_of(row[0]) in ids]
            return sum(self._store.change("delete_session", (hash_,)) for hash_ in hashes)

    def holder_of(self, secret: str) -> SessionHolder | None:
        """Say whose a session is; None where there is none."""
        rows = self._store.rows("session", (hash_secret(secret),))
        if not rows:
            return None
        name, holder, began_at, _used_at, _expires_at = rows[0]
        return SessionHolder(name, began_at, holder is not None)

    def _rows_of_holder(self, secret: str) -> list[tuple[Any, ...]]:
        holder = self.holder_of(secret)
        if holder is None:
            return []
        now = self._store.now()
        values = (holder.name, holder.is_from_provider, now, now - IDLE_MS)
        return self._store.rows("sessions_of", values)

    def end(self, secret: str) -> None:
        """End a session; nothing where there is none."""
        self._store.change("delete_session", (hash_secret(secret),))


def _id_of(hash_: bytes) -> str:
    return hash_.hex()[:ID_LETTERS]
