"""The API on a port of its own, over a store of many events, with a gateway that says who asks."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from consumers.api.app import build_app
from consumers.ledger.writer import DisclosureLedger
from consumers.runtime.serving_config import ServingConfig, ServingConfigWatch
from consumers.serving.query_pool import QueryPool
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of, migrate
from infra.clickhouse.users import ENGINE, StoreUser
from infra.keys.credentials import password_file
from infra.settings import Settings, load
from infra.web_connections import SERVER_OPTIONS
from schemas import topics
from streams.rules import read_rule_book
from tests.support import derived
from tests.support.engines import eventually
from tests.support.identity import gateway_of
from tests.support.node import NOWHERE

GENERATION = 9_907
"""Of a database that no exchange uses."""


def fill_store(settings: Settings, events: int, **changes: object) -> None:
    """Make the database of GENERATION anew, with so many events of one label."""
    database = database_of(GENERATION)
    with closing(_Migrator(settings)) as migrator:
        migrator.execute(f"DROP DATABASE IF EXISTS {database}")
        migrate(migrator.client, MIGRATIONS, database)
    batch = Batch()
    record = derived.accepted(1, [derived.accepted_item(0, derived.envelope(0, **changes))])
    batch.add_accepted(
        derived.message(topics.accepted(1, "CO"), "accepted", record, 1), record, derived.decrypt
    )
    store = TableWriter(connect(settings, StoreUser.WRITER, database))
    store.write(batch)
    store.close()
    with closing(_Migrator(settings)) as migrator:
        migrator.execute(
            f"INSERT INTO {database}.events SELECT * REPLACE ("
            "toFixedString(MD5(toString(number)), 16) AS id, "
            "recorded_at + toIntervalMillisecond(number) AS recorded_at) "
            f"FROM {database}.events ARRAY JOIN range({events - 1}) AS number"
        )


class _Migrator:
    def __init__(self, settings: Settings) -> None:
        self.client = connect(settings, StoreUser.MIGRATOR)

    def execute(self, statement: str) -> None:
        self.client.execute(statement)

    def close(self) -> None:
        self.client.disconnect()


def settings_of(home: Path, engines: Settings, clickhouse: str = "", kafka: str = "") -> Settings:
    """Settings of a data folder of its own that uses these engines, or others at an address."""
    passwords = password_file(engines.credentials_dir, ENGINE, "{role}")
    store = f"{engines.clickhouse_host}:{engines.clickhouse_port}"
    return load(
        {
            "QUIPU_HOME": str(home),
            "QUIPU_KAFKA": kafka or NOWHERE,
            "QUIPU_CLICKHOUSE": clickhouse or store,
            "QUIPU_CLICKHOUSE_PASSWORD_FILE": str(passwords),
        }
    )


def app_of(
    settings: Settings, within_s: float, ledger: DisclosureLedger | None = None
) -> tuple[FastAPI, QueryPool, dict[str, str]]:
    """The API over the database of GENERATION, its pool, and the proof of its gateway."""
    settings, proof = gateway_of(settings)
    serving = ServingConfigWatch(lambda: ServingConfig(GENERATION, read_rule_book()))
    written = ledger or DisclosureLedger(settings)
    pool = QueryPool(settings, serving, lambda: None, written)
    return build_app(pool, within_s), pool, proof


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on loopback; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = uvicorn.Server(uvicorn.Config(app, **SERVER_OPTIONS))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        eventually(lambda: server.started, "the server listens")
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def silent_port() -> Iterator[str]:
    """A port that takes connections and never answers; its address."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=200)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
