"""The SQL of this package: one statement a file under queries/, named for the question it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from infra.clickhouse.client import Client

QUERIES = Path(__file__).parent / "queries"
MIGRATIONS = Path(__file__).parent / "migrations"
FAR_FUTURE_MS = 10_000_000_000_000
"""Later than anything in the tables: November 2286, ms since 1970 UTC."""


@cache
def sql(name: str) -> str:
    """Return the text of `queries/<name>.sql`.

    Its parameters are written {name:Type}; the server fills them in. Raises FileNotFoundError.
    """
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def rows_as_dicts(client: Client, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask `queries/<name>.sql`, and return its rows by the names of their columns.

    Raises what clickhouse-driver raises.
    """
    rows, columns = client.execute(sql(name), parameters, with_column_types=True)
    names = [column for column, _type in columns]
    return [dict(zip(names, row, strict=True)) for row in rows]
