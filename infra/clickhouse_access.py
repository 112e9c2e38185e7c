"""Say how Quipu shows itself to a ClickHouse server that somebody else runs.

`{role}` in the user and in the path of the password file stands for reader, writer or migrator. A
machine that needs one of them only, such as one with the API alone, may name it without `{role}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_USER = "quipu_{role}"
_FLAGS = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True)
class ClickHouseAccess:
    """Hold users, password files and TLS for a configured server; paths of certificates in PEM.

    `password_file` None: `credentials/clickhouse-{role}.password` of the data folder.
    """

    user: str = DEFAULT_USER
    password_file: str | None = None
    tls: bool = False
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

    @classmethod
    def read(cls, setting: Callable[[str], str | None]) -> ClickHouseAccess:
        """Take the settings of these keys. Raises ValueError naming the key that cannot be used."""
        tls = (setting("clickhouse_tls") or "false").lower()
        if tls not in _FLAGS:
            raise ValueError("clickhouse_tls")
        cert_file, key_file = setting("clickhouse_cert_file"), setting("clickhouse_key_file")
        if (cert_file is None) != (key_file is None):
            raise ValueError("clickhouse_cert_file, clickhouse_key_file")
        return cls(
            setting("clickhouse_user") or DEFAULT_USER,
            setting("clickhouse_password_file"),
            _FLAGS[tls],
            _path(setting("clickhouse_ca_file")),
            _path(cert_file),
            _path(key_file),
        )

    def user_of(self, role: str) -> str:
        """Return the name of the server's user for a role."""
        return self.user.replace("{role}", role)

    def password_file_of(self, role: str) -> Path | None:
        """Return the path of the role's password file; None: that of the data folder."""
        if self.password_file is None:
            return None
        return Path(self.password_file.replace("{role}", role)).expanduser()

    def environ(self) -> Mapping[str, str]:
        """Return the environment variables from which another process reads the same."""
        values = {
            "clickhouse_user": self.user if self.user != DEFAULT_USER else None,
            "clickhouse_password_file": self.password_file,
            "clickhouse_tls": "1" if self.tls else None,
            "clickhouse_ca_file": self.ca_file,
            "clickhouse_cert_file": self.cert_file,
            "clickhouse_key_file": self.key_file,
        }
        return {
            f"QUIPU_{key.upper()}": str(value) for key, value in values.items() if value is not None
        }


DEFAULT_ACCESS = ClickHouseAccess()
"""The users of `infra/clickhouse/grants.sql`, with the passwords of the data folder."""


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text).expanduser()
