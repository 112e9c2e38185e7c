"""A statement's result as packets for a client, block by block as the engine hands them out."""

import json
from collections.abc import Callable, Generator
from contextlib import closing
from itertools import chain
from typing import cast

from infra.clickhouse.embedded import protocol
from infra.clickhouse.embedded.described import Columns
from infra.clickhouse.embedded.engine import EngineConnection
from infra.clickhouse.embedded.statements import Statement

LARGE_BYTES = 1 << 16
"""Packets are joined to be sent at once up to this size; larger ones are not copied for it."""
Packets = Generator[bytes, None, None]
Parameters = dict[str, str]
DescribeColumns = Callable[[], Columns]
"""Tells the columns of the statement at hand."""


def packets(
    engine: EngineConnection,
    statement: Statement,
    parameters: Parameters,
    revision: int,
    columns_of: DescribeColumns,
) -> Packets:
    """Run a statement; yield all packets of its answer but the last, the end of stream.

    To be closed before the connection is. Raises EngineError, possibly after some packets.
    """
    result, columns = _start(engine, statement, parameters, columns_of)
    rows = blocks = size = 0
    steps = _Progress(revision)
    with closing(result):
        for header, count, packet in chain.from_iterable(
            protocol.data_packets(revision, chunk, columns) for chunk in result
        ):
            parts = [b"" if blocks else header, packet, steps.step(engine)]
            yield from filter(None, parts) if len(packet) > LARGE_BYTES else [b"".join(parts)]
            blocks, rows, size = blocks + 1, rows + count, size + len(packet)
    if not blocks and statement.reads:
        yield protocol.data_header(revision, columns_of())
    yield protocol.profile_info(rows, blocks, size) + steps.step(engine)


def describe(
    engine: EngineConnection, sql: str, parameters: Parameters | None = None
) -> list[tuple[str, str, str]]:
    """Give name, type and kind of default of each column that a DESCRIBE lists.

    Types are on one line, as the protocol wants them.
    """
    lines = engine.query(
        f"{sql} SETTINGS print_pretty_type_names = 0", parameters, "JSONCompactStringsEachRow"
    ).decode()
    rows = [json.loads(line) for line in lines.splitlines()]
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]


def result_columns(engine: EngineConnection, sql: str, parameters: Parameters) -> Columns:
    """Ask the engine for names and types of the columns that a SELECT gives."""
    return [
        (name, spec) for name, spec, _ in describe(engine, f"DESCRIBE TABLE ({sql}\n)", parameters)
    ]


def _start(
    engine: EngineConnection,
    statement: Statement,
    parameters: Parameters,
    columns_of: DescribeColumns,
) -> tuple[Packets, Columns | None]:
    """Start a statement; return its blocks, and its columns if the blocks have them wrong.

    The engine's blocks leave out the time zone of DateTime columns. A connection runs one query at
    a time, so a result of several blocks that may have one is started again after its columns were
    read.
    """
    if not statement.reads:
        return _resumed([engine.query(statement.sql, parameters)]), None
    result = engine.stream(statement.sql, parameters)
    first = next(result, b"")
    if not protocol.may_lack_time_zone(first):
        return _resumed([first], result), None
    second = next(result, b"")
    result.close()
    columns = columns_of()
    return (engine.stream(statement.sql, parameters) if second else _resumed([first])), columns


def _resumed(first: list[bytes], rest: Packets | None = None) -> Packets:
    """What was already taken from a result, then its rest, which is closed together with this."""
    try:
        yield from filter(None, first)
        if rest is not None:
            yield from rest
    finally:
        if rest is not None:
            rest.close()


class _Progress:
    """Turns the engine's running totals into the steps that the protocol counts in."""

    fields = ("read_rows", "read_bytes", "total_rows_to_read", "elapsed_ns")

    def __init__(self, revision: int) -> None:
        self._revision = revision
        self._told = (0, 0, 0, 0)

    def step(self, engine: EngineConnection) -> bytes:
        """Return the progress since the last step; nothing if the engine reported none."""
        progress = engine.progress
        total = tuple(
            max(before, progress.get(name, 0))
            for name, before in zip(self.fields, self._told, strict=True)
        )
        rows, size, expected, elapsed = (
            now - before for now, before in zip(total, self._told, strict=True)
        )
        if not any((rows, size, expected)):
            return b""
        self._told = cast(tuple[int, int, int, int], total)
        return protocol.progress(self._revision, (rows, size, expected), (0, 0), elapsed)
