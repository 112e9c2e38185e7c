"""The SQL of the outbox: one statement a file in queries/, named for what it answers or changes."""

from functools import cache
from pathlib import Path

from infra.migration_files import Migration, read_migrations
from infra.sql_files import SqlFiles

sql = SqlFiles(Path(__file__).with_name("queries"))


@cache
def migrations() -> tuple[Migration, ...]:
    """Read what makes an outbox, and brings an older one up to date: in order, from version 1."""
    return tuple(read_migrations(Path(__file__).with_name("migrations")))
