"""Read the SQL of consumers: a statement for each file under queries/, named for its question."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.clickhouse.client import Client
from infra.sql_files import SqlFiles

MIGRATIONS = Path(__file__).with_name("migrations")
FAR_FUTURE_MS = 10_000_000_000_000
"""Later than anything in the tables: November 2286, ms since 1970 UTC."""
EARLIEST_MS = -2_208_988_800_000
"""The earliest moment of ClickHouse's DateTime64: 1900, ms since 1970 UTC."""

sql = SqlFiles(Path(__file__).with_name("queries"))


def sql_with(name: str, **parts: str) -> str:
    """Return `queries/<name>.sql` with each `<part>` of it replaced.

    Only for names and expressions that the product makes itself: values are parameters.
    """
    text = sql(name)
    for part, value in parts.items():
        text = text.replace(f"<{part}>", value)
    return text


def rows_as_dicts(client: Client, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask `queries/<name>.sql`, and return its rows by the names of their columns.

    Raises what clickhouse-driver raises.
    """
    rows, columns = client.execute(sql(name), parameters, with_column_types=True)
    names = [column for column, _type in columns]
    return [dict(zip(names, row, strict=True)) for row in rows]
