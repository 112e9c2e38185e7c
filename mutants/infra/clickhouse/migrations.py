"""Migrations: numbered ``.sql`` files, applied once a database, never changed once landed.

A file ``0001_name.sql`` holds statements, each ended by ``;`` at a line's end; ``{database}``
stands for the database. What was applied is kept, with its SHA-256, in the table ``_migrations``. A
statement that fails leaves those before it done and the file unrecorded, so the file is run again:
its statements must be repeatable (``IF NOT EXISTS``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from clickhouse_driver.errors import ServerException

from infra.clickhouse.client import Client
from infra.errors import MigrationError, Words

log = structlog.get_logger(__name__)

_NAME = re.compile(r"(\d{4})_\w+\.sql")
_END = re.compile(r";[ \t]*(?:--[^\n]*)?$", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^[ \t]*--[^\n]*\n?", re.MULTILINE)
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True)
class Migration:
    """One file: its number, its name, its text as it is in the file."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def statements(self, database: str) -> list[str]:
        """The statements, for one database."""
        text = _COMMENT_LINE.sub("", self.text).replace("{database}", database)
        parts = (part.strip() for part in _END.split(text))
        return [part for part in parts if part]


def database_of(generation: int) -> str:
    """The database of a generation."""
    return f"quipu_g{generation}"


def read(folder: Path) -> list[Migration]:
    """The folder's migrations in their order. Raises MigrationError for a name of another form or a
    number twice.
    """
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        form = _NAME.fullmatch(path.name)
        if form is None:
            raise _bad(path.name, "no es NNNN_nombre.sql", "is not NNNN_name.sql")
        migrations.append(
            Migration(int(form.group(1)), path.name, path.read_text(encoding="utf-8"))
        )
    numbers = [migration.number for migration in migrations]
    for migration in migrations:
        if numbers.count(migration.number) > 1:
            raise _bad(migration.name, "su número se repite", "its number is there twice")
    return migrations


def pending(migrations: Sequence[Migration], applied: Mapping[str, str]) -> list[Migration]:
    """Those to apply. ``applied``: name → SHA-256. Raises MigrationError when a landed one changed
    or is missing.
    """
    known = {migration.name: migration for migration in migrations}
    for name, sha256 in applied.items():
        if name not in known:
            raise _bad(
                name, "ya se aplicó, pero falta el archivo", "was applied, but its file is missing"
            )
        if known[name].sha256 != sha256:
            raise _bad(
                name, "ya se aplicó y después se cambió", "was applied and changed afterwards"
            )
    return [migration for migration in migrations if migration.name not in applied]


def migrate(client: Client, folder: Path, database: str) -> list[str]:
    """Create the database where missing and apply what is pending; the names applied.

    Raises MigrationError naming the file, with the engine's own message where a statement failed.
    """
    if not _IDENTIFIER.fullmatch(database):
        raise _bad(database, "no es un nombre de base de datos", "is no name of a database")
    migrations = read(folder)
    client.execute(f"CREATE DATABASE IF NOT EXISTS {database}")
    client.execute(
        f"CREATE TABLE IF NOT EXISTS {database}._migrations "
        "(number UInt32, name String, sha256 String, applied_at DateTime64(6, 'UTC')) "
        "ENGINE = ReplacingMergeTree ORDER BY number"
    )
    rows: Iterable[tuple[str, str]] = client.execute(
        f"SELECT name, sha256 FROM {database}._migrations FINAL"
    )
    todo = pending(migrations, dict(rows))
    for migration in todo:
        _apply(client, migration, database)
    return [migration.name for migration in todo]


def _apply(client: Client, migration: Migration, database: str) -> None:
    for number, statement in enumerate(migration.statements(database), start=1):
        try:
            client.execute(statement)
        except ServerException as error:
            why = str(error.message).splitlines()[0]
            raise _bad(
                migration.name,
                f"la sentencia {number} falló (código {error.code}): {why}",
                f"statement {number} failed (code {error.code}): {why}",
            ) from error
    columns: list[list[object]] = [
        [migration.number],
        [migration.name],
        [migration.sha256],
        [datetime.now(UTC)],
    ]
    client.insert(f"{database}._migrations", ["number", "name", "sha256", "applied_at"], columns)
    log.info("migration_applied", name=migration.name, database=database)


def _bad(name: str, es: str, en: str) -> MigrationError:
    return MigrationError(
        Words(f"La migración {name}: {es}.", f"The migration {name}: {en}."),
        Words(
            "Una migración publicada no se cambia: restaure el archivo y añada otra con un número nuevo.",
            "A landed migration does not change: restore the file and add another with a new number.",
        ),
    )
