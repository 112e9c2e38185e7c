"""Say what columns an INSERT asks its client for, and keep the rows until all of them are there."""

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from infra.clickhouse.embedded.described import Columns
from infra.clickhouse.embedded.engine import EngineConnection
from infra.clickhouse.embedded.errors import NO_SUCH_COLUMN_IN_TABLE, EngineError
from infra.clickhouse.embedded.results import describe
from infra.clickhouse.embedded.statements import InsertOfData

SPOOL_IN_MEMORY_BYTES = 1 << 26
PIECE_BYTES = 1 << 22

_LOW_CARDINALITY = re.compile(r"\bLowCardinality\(")


def requested_columns(engine: EngineConnection, insert: InsertOfData) -> Columns:
    """Give names and types of the columns that the client is to send, in order.

    Raises EngineError 16 for a column that is not in the table.
    """
    computed = ("MATERIALIZED", "ALIAS", *(("EPHEMERAL",) if insert.names is None else ()))
    types = {
        name: spec
        for name, spec, default in describe(engine, insert.describe)
        if default not in computed
    }
    names = insert.names or list(types)
    for name in names:
        if name not in types:
            raise EngineError(
                NO_SUCH_COLUMN_IN_TABLE, f"No such column {name} in table {insert.target}"
            )
    return [(name, plain(types[name])) for name in names]


def plain(spec: str) -> str:
    """Give a type as clients are asked to send it: without LowCardinality.

    A dictionary costs the client time, and the engine makes its own.
    """
    while match := _LOW_CARDINALITY.search(spec):
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(spec[end], 0)
            end += 1
        spec = spec[: match.start()] + spec[match.end() : end - 1] + spec[end:]
    return spec


def open_spool(folder: Path) -> IO[bytes]:
    """A file without a name for the rows under way: in memory up to 64 MiB, on disk beyond."""
    return cast(IO[bytes], SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY_BYTES, dir=str(folder)))


def pieces(spool: IO[bytes]) -> Iterable[bytes]:
    """What was written to the spool, from its start."""
    spool.seek(0)
    while piece := spool.read(PIECE_BYTES):
        yield piece
