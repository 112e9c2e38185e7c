"""Write the engine's own users: one role for each of ours, and settings that nobody changes.

chDB has one user, `default`, for every connection. So that user has no right of its own, and each
client's connection is narrowed to one role before the client's first statement. The engine checks
the role's grants at every statement: those of a real server (`infra/clickhouse/grants.sql`).
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from infra.clickhouse.embedded.locked_settings import LOCKED_SETTINGS
from infra.clickhouse.users import StoreUser, grants_of

PROFILE: Mapping[str, str] = {
    "allow_introspection_functions": "0",
    "implicit_select": "0",
    "input_format_values_interpret_expressions": "0",
}
"""What clickhouse-local does otherwise than a server."""


def engine_users() -> str:
    """Return ClickHouse's users.xml: the user `default`, its roles, its profile."""
    settings = "".join(f"<{name}>{value}</{name}>" for name, value in PROFILE.items())
    locked = "".join(f"<{name}><const/></{name}>" for name in LOCKED_SETTINGS)
    roles = "".join(f"<{user.account}>{_grants(user)}</{user.account}>" for user in StoreUser)
    every_role = ", ".join(user.account for user in StoreUser)
    return (
        "<clickhouse>"
        f"<profiles><default>{settings}<constraints>{locked}</constraints></default></profiles>"
        f"<roles>{roles}</roles>"
        "<users><default><password></password><networks><ip>::/0</ip></networks>"
        "<profile>default</profile><quota>default</quota>"
        f"<grants><query>GRANT {every_role}</query></grants></default></users>"
        "<quotas><default></default></quotas></clickhouse>\n"
    )


def _grants(user: StoreUser) -> str:
    queries = "".join(f"<query>{escape(grant)}</query>" for grant in grants_of(user))
    return f"<grants>{queries}</grants>"
