"""The SQL of this package: one statement a file under queries/, named for the question it answers."""

from functools import cache
from pathlib import Path

QUERIES = Path(__file__).parent / "queries"
MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def sql(name: str) -> str:
    """The text of `queries/<name>.sql`. Parameters in it are written {name:Type} and filled in by
    the server.
    """
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
