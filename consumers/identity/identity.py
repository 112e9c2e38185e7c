"""Put together what knows accounts, sessions and tokens of one data folder."""

from __future__ import annotations

from collections.abc import Callable

from consumers.identity.accounts import Accounts
from consumers.identity.passwords import Passwords
from consumers.identity.sessions import Sessions
from consumers.identity.sign_in import SignIn
from consumers.identity.store import IdentityStore, open_store
from consumers.identity.tokens import Tokens
from infra.clock import now_ms
from infra.settings import Settings


class IdentityService:
    """What knows who asks; threads may share it."""

    def __init__(self, store: IdentityStore, passwords: Passwords | None = None) -> None:
        """Put the parts over an open store, which `close` closes."""
        self.store = store
        self.passwords = passwords or Passwords()
        self.accounts = Accounts(store, self.passwords)
        self.sessions = Sessions(store, self.accounts)
        self.tokens = Tokens(store, self.accounts)
        self.sign_in = SignIn(store, self.accounts, self.sessions, self.passwords)

    def __enter__(self) -> IdentityService:
        """Return itself; the store closes at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store of the accounts."""
        self.close()

    def close(self) -> None:
        """Close the store of the accounts."""
        self.store.close()


def open_identity(settings: Settings, clock: Callable[[], int] = now_ms) -> IdentityService:
    """Open the accounts of a data folder, and make the file where it is missing.

    Raises IdentityStoreError.
    """
    return IdentityService(open_store(settings, clock))
