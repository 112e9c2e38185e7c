"""Check who connects: a user of ours with the password that the data folder keeps."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

from infra.clickhouse.embedded.errors import AUTHENTICATION_FAILED, RefusedStatementError
from infra.clickhouse.users import ENGINE, StoreUser
from infra.keys.credentials import ensure_password

REFUSAL_PAUSE_SECONDS = 1.0
"""What a wrong password costs the client; meanwhile it holds a newcomer's place."""
_SHOWN_LETTERS = 40

log = structlog.get_logger(__name__)


class Logins:
    """The users and what their passwords hash to; no password is kept in memory."""

    def __init__(
        self, passwords: Mapping[StoreUser, str], pause: Callable[[float], None] = time.sleep
    ) -> None:
        """`pause` waits before a refusal is answered."""
        self._pause = pause
        self._digests = {user.account: _digest(password) for user, password in passwords.items()}

    @classmethod
    def of_folder(cls, folder: Path) -> Logins:
        """Take the passwords of a folder, made where they are missing. Raises KeyringError."""
        return cls({user: ensure_password(folder, ENGINE, user) for user in StoreUser})

    def check(self, account: str, password: str) -> StoreUser:
        """Return the user, whose password it is.

        Raises RefusedStatementError 516 after a pause. The time does not tell whether the user is
        unknown or the password wrong.
        """
        expected = self._digests.get(account, b"\0" * 32)
        if hmac.compare_digest(_digest(password), expected):
            return next(user for user in StoreUser if user.account == account)
        log.warning("clickhouse.login_refused", user=ascii(account[:_SHOWN_LETTERS]))
        self._pause(REFUSAL_PAUSE_SECONDS)
        raise RefusedStatementError(
            AUTHENTICATION_FAILED,
            "Authentication failed: password is incorrect, or there is no user with such name",
        )


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode(errors="surrogatepass")).digest()
