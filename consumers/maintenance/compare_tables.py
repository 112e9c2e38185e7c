"""Compare the tables of two generations, row for row.

A table's rows are a set (copies collapse). So its digest is the sum modulo 2^128 of a 128-bit hash
of each row, all columns but the offsets of derived topics: equal sets give equal sums, in whatever
order the engine reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consumers.sink.tables import TABLES
from consumers.store.sql import sql, sql_with
from infra.clickhouse.client import Client
from infra.clickhouse.migrations import database_of

NOT_COMPARED = frozenset({"accepted_offset", "revision"})
OF_THE_LOG = {"rejects": "AND (startsWith(topic, 'quipu.bundles.') OR topic = 'quipu.config')"}
"""What a generation refused of its own topics is its own affair; of keys, which is compacted, only
the newest is there to be refused.
"""
PREVIEW_ROWS = 5
RECORDED_UNTIL = "recorded_at <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')"


@dataclass(frozen=True, slots=True)
class TableComparison:
    """The rows of one table in two generations.

    `only_old`, `only_new`: the ordering columns (never content) of the first rows that the other
    generation has not.
    """

    table: str
    old_rows: int
    new_rows: int
    equal: bool
    only_old: Sequence[str] = ()
    only_new: Sequence[str] = ()


def compare_generations(client: Client, old: int, new: int, until: int) -> list[TableComparison]:
    """Compare every table of two generations: rows recorded up to `until` (ms since 1970 UTC)."""
    return [
        _compare_table(client, table.name, database_of(old), database_of(new), until)
        for table in TABLES
    ]


class _Comparison(NamedTuple):
    """The SQL expressions by which two tables are compared."""

    row: str
    position: str
    where: str


def _compare_table(client: Client, table: str, old: str, new: str, until: int) -> TableComparison:
    columns = client.execute(sql("columns"), {"database": new, "table": table})
    compared = [f"`{name}`" for name, _type, _ordering in columns if name not in NOT_COMPARED]
    ordering = [_position(name, type_) for name, type_, ordering in columns if ordering]
    comparison = _Comparison(
        row=f"toString(tuple({', '.join(compared)}))",
        position=f"concat({', '.join(ordering)})",
        where=f"{RECORDED_UNTIL} {OF_THE_LOG.get(table, '')}",
    )
    tables = [f"{database}.{table}" for database in (old, new)]
    digests = [_digest(client, name, comparison, until) for name in tables]
    (old_rows, old_digest), (new_rows, new_digest) = digests
    if (old_rows, old_digest) == (new_rows, new_digest):
        return TableComparison(table, old_rows, new_rows, equal=True)
    return TableComparison(
        table,
        old_rows,
        new_rows,
        equal=False,
        only_old=_missing(client, (tables[0], tables[1]), comparison, until),
        only_new=_missing(client, (tables[1], tables[0]), comparison, until),
    )


def _digest(client: Client, table: str, comparison: _Comparison, until: int) -> tuple[int, str]:
    """Return the number of rows, and the sum of their hashes."""
    query = sql_with("compare_digest", table=table, row=comparison.row, where=comparison.where)
    ((rows, digest),) = client.execute(query, {"until": until})
    return int(rows), str(digest)


def _missing(
    client: Client, tables: tuple[str, str], comparison: _Comparison, until: int
) -> list[str]:
    """Return the positions of the first rows of one table that the other has not."""
    query = sql_with("compare_missing", table=tables[0], other=tables[1], **comparison._asdict())
    rows = client.execute(query, {"until": until, "limit": PREVIEW_ROWS})
    return [str(row[0]) for row in rows]


def _position(name: str, type_: str) -> str:
    value = f"lower(hex(`{name}`))" if type_.startswith("FixedString") else f"toString(`{name}`)"
    return f"'{name}=', {value}, ' '"
