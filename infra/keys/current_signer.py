"""Sign with the mechanism's key that is in use now, in processes that outlive a rotation."""

from __future__ import annotations

import time

from infra.keys.keyring import MechanismKeys, load_mechanism_keys
from infra.settings import Settings

LOOK_EVERY_S = 1.0


class CurrentSigner:
    """Hold the signing key; its file is looked at once a second. For one thread at a time."""

    def __init__(self, settings: Settings, keys: MechanismKeys) -> None:
        """`keys`: as they were read at the start."""
        self._settings = settings
        self._file = settings.keys_dir / "mechanism" / "signing.pem"
        self._keys = keys
        self._state = self._file_state()
        self._looked_at = time.monotonic()

    def current(self) -> MechanismKeys:
        """Return the keys, read again where the file changed. Raises KeyringError."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at, state = now, self._file_state()
            if state != self._state:
                self._keys, self._state = load_mechanism_keys(self._settings), state
        return self._keys

    def _file_state(self) -> tuple[int, int]:
        """Tell a file from the one that was renamed over it; (0, 0) where there is none."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return 0, 0
        return state.st_ino, state.st_mtime_ns
