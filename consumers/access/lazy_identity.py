"""Open the accounts at the first request that needs them, once for all threads."""

from __future__ import annotations

from threading import Lock

from consumers.identity.identity import IdentityService, open_identity
from infra.settings import Settings


class LazyIdentity:
    """Returns the accounts of a data folder when it is called."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings; nothing is opened or made yet."""
        self._settings = settings
        self._lock = Lock()
        self._identity: IdentityService | None = None

    def __call__(self) -> IdentityService:
        """Return the accounts. Raises IdentityStoreError where the file cannot be used."""
        with self._lock:
            if self._identity is None:
                self._identity = open_identity(self._settings)
            return self._identity

    def close(self) -> None:
        """Close the accounts where they were opened."""
        with self._lock:
            identity, self._identity = self._identity, None
        if identity is not None:
            identity.close()
