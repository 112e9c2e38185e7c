"""Name the files and folders of the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataPaths:
    """Name what the data folder `home` contains."""

    home: Path

    @property
    def kafka_dir(self) -> Path:
        """Return the folder of the embedded broker's own files."""
        return self.home / "kafka"

    @property
    def clickhouse_dir(self) -> Path:
        """Return the folder of the embedded engine's own files."""
        return self.home / "clickhouse"

    @property
    def state_dir(self) -> Path:
        """Return the folder of the stream workers' state, which can be rebuilt from the log."""
        return self.home / "state"

    @property
    def keys_dir(self) -> Path:
        """Return the folder of private keys and secrets (mode 0700)."""
        return self.home / "keys"

    @property
    def credentials_dir(self) -> Path:
        """Return the folder of the generated passwords of the engines' users (mode 0700)."""
        return self.home / "credentials"

    @property
    def access_dir(self) -> Path:
        """Return the folder of accounts and of this machine's own tokens (mode 0700)."""
        return self.home / "access"

    def token_file(self, name: str) -> Path:
        """Return the file of a token of this machine; `local` is the one of the folder's owner."""
        return self.access_dir / "tokens" / f"{name}.token"

    @property
    def checkpoints_dir(self) -> Path:
        """Return the folder of what is remembered of each topic of the log."""
        return self.home / "checkpoints"

    @property
    def health_dir(self) -> Path:
        """Return the folder of what health remembers: findings, figures, acknowledgements."""
        return self.home / "health"

    @property
    def run_dir(self) -> Path:
        """Return the folder that says what runs now: ports, pids, ready files."""
        return self.home / "run"

    @property
    def types_dir(self) -> Path:
        """Return the folder of this exchange's own event types, code lists and rules."""
        return self.home / "types"

    @property
    def logs_dir(self) -> Path:
        """Return the folder of the processes' logs, one bounded file each."""
        return self.home / "logs"

    def node_dir(self, node: str) -> Path:
        """Return the folder of one country node: its outbox and its keys."""
        return self.home / "nodes" / node

    def ready_file(self, name: str) -> Path:
        """Return the file that the process `name` writes once it serves.

        Its content begins with the pid.
        """
        return self.run_dir / f"{name}.ready"
