"""Read migrations: numbered `.sql` files that never change once they have landed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from infra.errors import MigrationError
from schemas.i18n import UserMessage, _

_NAME = re.compile(r"(\d{4})_\w+\.sql")
_SKIPPED = "[0-9][0-9][0-9][0-9]_skipped.md"
"""A number that no migration has: the file says why."""


@dataclass(frozen=True)
class Migration:
    """One file `NNNN_name.sql`: its number, its name, its text as it is in the file."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_migrations(folder: Path) -> list[Migration]:
    """Read the migrations of a folder in their order.

    Raises MigrationError for a name of another form, a number that is there twice, or a number that
    is missing where no file `NNNN_skipped.md` says why.
    """
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        form = _NAME.fullmatch(path.name)
        if form is None:
            raise bad_migration(path.name, _("is not NNNN_name.sql"))
        text = path.read_text(encoding="utf-8")
        migrations.append(Migration(int(form.group(1)), path.name, text))
    numbers = [migration.number for migration in migrations]
    for migration in migrations:
        if numbers.count(migration.number) > 1:
            raise bad_migration(migration.name, _("its number occurs twice"))
    skipped = {int(path.name[:4]) for path in folder.glob(_SKIPPED)}
    missing = set(range(1, max(numbers, default=0))) - set(numbers) - skipped
    if missing:
        raise bad_migration(
            f"{min(missing):04}", _("is missing, and no file says that it was skipped")
        )
    return migrations


def bad_migration(name: str, problem: UserMessage) -> MigrationError:
    """Make the error for a migration file that cannot be used."""
    return MigrationError(
        _("The migration {name}: {problem}.", name=name, problem=problem),
        _(
            "A published migration never changes: restore the file and add another "
            "with a new number."
        ),
    )
