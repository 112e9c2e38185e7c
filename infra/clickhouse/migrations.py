"""Migrations: numbered ``.sql`` files, applied once a database, never changed once landed.

A file ``0001_name.sql`` holds statements, each ended by ``;`` at a line's end; ``{database}``
stands for the database. What was applied is kept, with its SHA-256, in the table ``_migrations``. A
statement that fails leaves those before it done and the file unrecorded, so the file is run again:
its statements must be repeatable (``IF NOT EXISTS``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog
from clickhouse_driver.errors import ServerException

from infra.clickhouse.client import Client
from infra.migration_files import Migration, bad_migration, read_migrations
from schemas.i18n import _

log = structlog.get_logger(__name__)

_END = re.compile(r";[ \t]*(?:--[^\n]*)?$", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^[ \t]*--[^\n]*\n?", re.MULTILINE)
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")


def database_of(generation: int) -> str:
    """Name the database of a generation."""
    return f"quipu_g{generation}"


def statements(migration: Migration, database: str) -> list[str]:
    """Part a migration into its statements, for one database."""
    text = _COMMENT_LINE.sub("", migration.text).replace("{database}", database)
    parts = (part.strip() for part in _END.split(text))
    return [part for part in parts if part]


def pending_migrations(
    migrations: Sequence[Migration], applied: Mapping[str, str]
) -> list[Migration]:
    """Give the migrations to apply, in their order. ``applied``: name → SHA-256.

    Raises MigrationError when a migration that was applied has changed or is missing.
    """
    by_name = {migration.name: migration for migration in migrations}
    for name, sha256 in applied.items():
        if name not in by_name:
            raise bad_migration(name, _("was applied, but its file is missing"))
        if by_name[name].sha256 != sha256:
            raise bad_migration(name, _("was applied and changed afterwards"))
    return [migration for migration in migrations if migration.name not in applied]


def migrate(client: Client, folder: Path, database: str) -> list[str]:
    """Create the database where it is missing, apply pending migrations, return their names.

    Raises MigrationError naming the file, with the engine's own message where a statement failed.
    """
    if not _IDENTIFIER.fullmatch(database):
        raise bad_migration(database, _("is not the name of a database"))
    migrations = read_migrations(folder)
    client.execute(f"CREATE DATABASE IF NOT EXISTS {database}")
    client.execute(
        f"CREATE TABLE IF NOT EXISTS {database}._migrations "
        "(number UInt32, name String, sha256 String, applied_at DateTime64(6, 'UTC')) "
        "ENGINE = ReplacingMergeTree ORDER BY number"
    )
    rows: Iterable[tuple[str, str]] = client.execute(
        f"SELECT name, sha256 FROM {database}._migrations FINAL"
    )
    to_apply = pending_migrations(migrations, dict(rows))
    for migration in to_apply:
        _apply(client, migration, database)
    return [migration.name for migration in to_apply]


def _apply(client: Client, migration: Migration, database: str) -> None:
    for number, statement in enumerate(statements(migration, database), start=1):
        try:
            client.execute(statement)
        except ServerException as error:
            reason = str(error.message).splitlines()[0]
            raise bad_migration(
                migration.name,
                _(
                    "statement {number} failed (code {code}): {why}",
                    number=number,
                    code=error.code,
                    why=reason,
                ),
            ) from error
    columns: list[list[object]] = [
        [migration.number],
        [migration.name],
        [migration.sha256],
        [datetime.now(UTC)],
    ]
    client.insert(f"{database}._migrations", ["number", "name", "sha256", "applied_at"], columns)
    log.info("migration_applied", name=migration.name, database=database)
