"""`python -m benchmarks.person_keys`: what rare keys save the search for a person, in one run.

A table of the engine has ROWS keys of persons; four of the keys have nine tenths of the rows, as in
the log of `benchmarks.fill`, whose made-up names sound alike. The same person is looked for by all
keys, and by those that `choose_keys` leaves. Times are medians of ROUNDS, of the wall clock.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from consumers.query.persons.search_keys import KeySize, choose_keys
from consumers.store.sql import sql
from infra.clickhouse.client import Client
from infra.clickhouse.users import StoreUser
from tests.support.fact_store import DATABASE, FactStore
from tests.support.native_servers import EmbeddedServer

ROWS = 4_428_768
FREQUENT, ROWS_OF_FREQUENT = 4, 3_988_248
KEYS = [*range(FREQUENT), *range(1_000, 1_008)]
ROUNDS = 11
LABELS = 50
FILL = f"""
INSERT INTO person_keys (key, event_id, recorded_at, label_id)
SELECT if(number < {ROWS_OF_FREQUENT}, number % {FREQUENT}, 1000 + number % 200000),
    unhex(leftPad(hex(intDiv(number, 4)), 32, '0')), now64(3) - intDiv(number, 1000),
    number % {LABELS}
FROM numbers({ROWS})
"""


def main() -> int:
    """Make the table, measure, print the times and return 0."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedServer(Path(folder) / "data") as server,
    ):
        FactStore(server, {})
        client = _client(server)
        client.execute(FILL)
        _measure(client)
        client.disconnect()
        server.stop()
    return 0


def _client(server: EmbeddedServer) -> Client:
    user = StoreUser.MIGRATOR
    return Client(
        server.host,
        port=server.port,
        user=user.account,
        password=server.password(user),
        database=DATABASE,
        settings={"server_side_params": True},
    )


def _measure(client: Client) -> None:
    parameters = {"as_of": 2**41, "labels": list(range(LABELS)), "all_labels": 0, "limit": 201}
    every, _rows = _timed(client, "person_candidates", {**parameters, "keys": KEYS})
    sizes, rows = _timed(client, "person_key_sizes", {**parameters, "keys": KEYS})
    chosen = choose_keys([KeySize(*row) for row in rows])
    rare, _rows = _timed(client, "person_candidates", {**parameters, "keys": chosen.keys})
    print(f"{ROWS:,} rows; {len(chosen.keys)} of {len(KEYS)} keys are chosen")
    print(f"all keys {every:.0f} ms; sizes of keys {sizes:.0f} ms, chosen keys {rare:.0f} ms")
    print(f"ratio {every / (sizes + rare):.1f}")


def _timed(
    client: Client, name: str, parameters: Mapping[str, Any]
) -> tuple[float, Sequence[Sequence[int]]]:
    """Return how long a statement takes, in ms, and its rows."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        rows: Sequence[Sequence[int]] = client.execute(sql(name), parameters)
        times.append(1000 * (time.perf_counter() - started))
    return median(times), rows


if __name__ == "__main__":
    sys.exit(main())
