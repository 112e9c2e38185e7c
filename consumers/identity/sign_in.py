"""Sign people in with a name and a password, and slow down who guesses.

An attempt counts as a failure before the password is checked, so attempts side by side gain
nothing. A name without an account is treated as one with an account, in time and words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from consumers.identity.account import AccountState, UserAccount
from consumers.identity.accounts import Accounts
from consumers.identity.passwords import Passwords
from consumers.identity.secret_tokens import hash_secret
from consumers.identity.sessions import Sessions
from consumers.identity.store import IdentityStore
from consumers.identity.throttle import (
    ADDRESS_MS,
    FREE_OF_ACCOUNT,
    FREE_OF_ADDRESS,
    LOCKED_MS,
    Attempts,
)
from infra.errors import QuipuError
from schemas.i18n import _

DAY_MS = 86_400_000
ONE_TIME_MS = 7 * DAY_MS
"""How long a one-time password opens its account."""


def first_password_file(folder: Path) -> Path:
    """Name the file of the first administrator's password; the first sign-in deletes it."""
    return folder / "first-password"


class SignInRefusedError(QuipuError):
    """Name and password were not accepted, or not yet. `wait_s`: seconds to wait, 0: none."""

    code = "SIGN_IN"

    def __init__(self, wait_ms: int = 0) -> None:
        """Word the refusal: it never says whether the account exists."""
        self.wait_s = -(-wait_ms // 1000)
        remedy = (
            _("Wait {seconds} s, then try again.", seconds=self.wait_s)
            if self.wait_s
            else _("Check both. If you forgot the password, ask the administrator for a new one.")
        )
        message = (
            _("There were too many attempts to sign in.")
            if self.wait_s
            else _("The name or the password is not right.")
        )
        super().__init__(message, remedy)


@dataclass(frozen=True, slots=True)
class _Limit:
    subject: bytes
    free: int
    longest_ms: int


class SignIn:
    """Signs people in; threads may share it."""

    def __init__(
        self,
        store: IdentityStore,
        accounts: Accounts,
        sessions: Sessions,
        passwords: Passwords,
    ) -> None:
        """Keep the store, its accounts and sessions, and what checks passwords."""
        self._store = store
        self._accounts = accounts
        self._sessions = sessions
        self._passwords = passwords

    def with_password(
        self, name: str, password: str, address: str, former: str | None = None
    ) -> tuple[UserAccount, str]:
        """Return the account and the secret of its new session. `former`: the browser's cookie.

        Raises SignInRefusedError, PasswordsBusyError.
        """
        account = self.check(name, password, address)
        self._store.audit(account.name, "signed in", account.name, address)
        if account.must_change_password:
            first_password_file(self._store.path.parent).unlink(missing_ok=True)
        return account, self._sessions.begin(account, former, address=address)

    def check(self, name: str, password: str, address: str) -> UserAccount:
        """Return the account of name and password.

        Raises SignInRefusedError, PasswordsBusyError.
        """
        name = name.strip().lower()[:200]
        limits = _limits(name, address)
        self._reserve(limits)
        hash_, account = self._stored_hash(name), self._accounts.find(name)
        matches = self._passwords.matches(hash_, password)
        if not matches or account is None or account.state is not AccountState.ACTIVE:
            self._store.audit("-", "sign-in refused", name, address)
            raise SignInRefusedError
        with self._store.transaction():
            self._store.change("delete_attempts", (limits[0].subject,))
            self._give_back(limits[1].subject)
        return account

    def change_password(self, name: str, old: str, new: str, address: str) -> str:
        """Set a person's own new password; return the secret of a new session, all others end.

        Raises SignInRefusedError, PasswordsBusyError, AccountError.
        """
        account = self.check(name, old, address)
        self._accounts.set_password(account.name, new, account.name)
        return self._sessions.begin(self._accounts.get(name), None, address=address)

    def release(self, name: str) -> None:
        """Forget the failures of an account: it is locked no longer."""
        self._store.change("delete_attempts", (_limits(name, "")[0].subject,))

    def _reserve(self, limits: tuple[_Limit, _Limit]) -> None:
        """Count a failure of name and address.

        Raises SignInRefusedError where one of them has to wait: then nothing is counted.
        """
        now = self._store.now()
        with self._store.transaction():
            self._store.change("delete_old_attempts", (now - DAY_MS,))
            before = (self._attempts(limits[0].subject), self._attempts(limits[1].subject))
            wait_ms = max(attempts.wait_ms(now) for attempts in before)
            if wait_ms:
                raise SignInRefusedError(wait_ms)
            for limit, attempts in zip(limits, before, strict=True):
                self._put(limit.subject, attempts.after_failure(now, limit.free, limit.longest_ms))

    def _give_back(self, subject: bytes) -> None:
        """Take back the failure that was counted for an address before its sign-in succeeded."""
        attempts = self._attempts(subject)
        self._put(subject, replace(attempts, failures=max(0, attempts.failures - 1)))

    def _attempts(self, subject: bytes) -> Attempts:
        rows = self._store.rows("attempts", (subject,))
        return Attempts(*rows[0]) if rows else Attempts()

    def _put(self, subject: bytes, attempts: Attempts) -> None:
        values = (subject, attempts.failures, attempts.allowed_at, attempts.last_at)
        self._store.change("put_attempts", values)

    def _stored_hash(self, name: str) -> str | None:
        rows = self._store.rows("password_hash", (self._store.now() - ONE_TIME_MS, name))
        return None if not rows else rows[0][0]


def _limits(name: str, address: str) -> tuple[_Limit, _Limit]:
    return (
        _Limit(hash_secret(f"account\0{name}"), FREE_OF_ACCOUNT, LOCKED_MS),
        _Limit(hash_secret(f"address\0{address}"), FREE_OF_ADDRESS, ADDRESS_MS),
    )
