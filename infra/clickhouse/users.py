"""Name the users of ClickHouse and what each may do, as `grants.sql` says.

One file serves both engines: an administrator runs it on a real server, and the embedded engine
takes the same grants from it. So a statement that works on one works on the other.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

ENGINE = "clickhouse"
"""Names the password files of these users: credentials/clickhouse-<user>.password."""

_GRANTS = Path(__file__).with_name("grants.sql")
_GRANT = re.compile(r"^(?P<grant>GRANT (?P<what>[^;]+)) TO quipu_(?P<user>\w+);$", re.MULTILINE)
_SYSTEM_TABLE = re.compile(r"SELECT ON system\.(\w+)")


class StoreUser(StrEnum):
    """Who asks: each process takes the least that its work needs."""

    READER = "reader"
    """The API, questions on the command line, health, reconcile."""
    WRITER = "writer"
    """The sink and hits."""
    MIGRATOR = "migrator"
    """Migrations, and generations made and dropped by a rebuild."""

    @property
    def account(self) -> str:
        """Return the user's name at the engine."""
        return f"quipu_{self}"


@cache
def grants_of(user: StoreUser) -> tuple[str, ...]:
    """List what a user may do, each as `GRANT ... ON ...` without the receiver."""
    matches = _GRANT.finditer(_GRANTS.read_text(encoding="utf-8"))
    return tuple(match["grant"] for match in matches if match["user"] == user)


@cache
def system_tables_of(user: StoreUser) -> frozenset[str]:
    """Name the tables of the database `system` that a user may read."""
    matches = (_SYSTEM_TABLE.search(grant) for grant in grants_of(user))
    return frozenset(match[1] for match in matches if match)
