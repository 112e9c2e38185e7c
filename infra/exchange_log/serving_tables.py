"""Connect to the tables that answer now, those of the generation that serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.exchange_log.generation import current_generation
from infra.settings import Settings


@contextmanager
def open_serving_tables(settings: Settings) -> Iterator[Client]:
    """Give a client that only reads, for the time of the block.

    Raises what `current_generation` and `connect` raise.
    """
    client = connect(settings, StoreUser.READER, database_of(current_generation(settings)))
    try:
        yield client
    finally:
        client.disconnect()
