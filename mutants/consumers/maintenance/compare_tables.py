"""Are two generations' tables equal, row for row?

A table's rows are a set (copies collapse), so its digest is the sum modulo 2^128 of a 128-bit hash
of each row, all columns of it but the offsets of derived topics: equal sets give equal sums, in
whatever order the engine reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consumers.sink.table_rows import TABLES
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.clickhouse.migrations import database_of

NOT_COMPARED = frozenset({"accepted_offset"})
OF_THE_LOG = {
    "rejects": "AND NOT startsWith(topic, 'quipu.g') AND NOT startsWith(topic, 'quipu.keys.')"
}
"""What a generation refused of its own topics is its own affair; of keys, which is compacted, only
the newest is there to be refused.
"""
PREVIEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class TableComparison:
    """`only_old`, `only_new`: where the first rows are that the other has not (their ordering
    columns, never content).
    """

    table: str
    old_rows: int
    new_rows: int
    equal: bool
    only_old: Sequence[str] = ()
    only_new: Sequence[str] = ()


def compare_generations(client: Client, old: int, new: int, until: int) -> list[TableComparison]:
    """Every table of generation `old` beside `new`'s, rows recorded up to `until` (ms since 1970
    UTC).
    """
    return [
        _table(client, table.name, database_of(old), database_of(new), until) for table in TABLES
    ]


def _table(client: Client, table: str, old: str, new: str, until: int) -> TableComparison:
    columns = client.execute(sql("columns"), {"database": new, "table": table})
    row = f"toString(tuple({', '.join(f'`{name}`' for name, _, _ in columns if name not in NOT_COMPARED)}))"
    where = f"WHERE recorded_at <= fromUnixTimestamp64Milli({int(until)}, 'UTC') {OF_THE_LOG.get(table, '')}"
    sides = [_digest(client, f"{database}.{table}", row, where) for database in (old, new)]
    if sides[0] == sides[1]:
        return TableComparison(table, sides[0][0], sides[1][0], True)
    place = (
        f"concat({', '.join(_shown(name, type_) for name, type_, ordering in columns if ordering)})"
    )
    only = [
        _only(client, f"{here}.{table}", f"{there}.{table}", row, where, place)
        for here, there in ((old, new), (new, old))
    ]
    return TableComparison(table, sides[0][0], sides[1][0], False, only[0], only[1])


def _digest(client: Client, table: str, row: str, where: str) -> tuple[int, str]:
    counted = client.execute(
        f"SELECT count(), toString(sum(reinterpretAsUInt128(sipHash128({row})))) FROM {table} FINAL {where}"
    )
    rows, digest = counted[0]
    return int(rows), str(digest)


def _only(client: Client, here: str, there: str, row: str, where: str, place: str) -> list[str]:
    missing = f"sipHash128({row}) NOT IN (SELECT sipHash128({row}) FROM {there} FINAL {where})"
    found = client.execute(
        f"SELECT {place} FROM {here} FINAL {where} AND {missing} ORDER BY 1 LIMIT {PREVIEW_ROWS}"
    )
    return [str(line[0]) for line in found]


def _shown(name: str, type_: str) -> str:
    value = f"lower(hex(`{name}`))" if type_.startswith("FixedString") else f"toString(`{name}`)"
    return f"'{name}=', {value}, ' '"
