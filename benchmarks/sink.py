"""sink_events_per_s: one sink process over derived topics that were whole before it started, to
ClickHouse.

Everything a generation's sink reads is there: verdicts with sealed events (which it opens),
observations, evidence. Measured from the sink's readiness to its last commit, which comes after its
last insert; counted in events, not rows. `driver_rows_per_s` is the yardstick: clickhouse-driver
alone inserts ready-made columns into a table of the same columns as `events`, on the same engine,
in batches of 10,000, as many rows as there are events.

An event is more than a row of `events`: it has a row of `items`, one of `facts`, and what was
observed and found. `driver_tables_events_per_s` is the driver alone with all of these: it inserts
as many rows into each table as the sink wrote there.

The three are measured in turn, several times, so that all meet the same machine. The figures are
medians; the sink's share of the driver is the median of the rounds' shares.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from benchmarks.exchange import up
from benchmarks.figures import Figure, load
from benchmarks.pipeline import EVENTS, GENERATION
from benchmarks.watch import LOOK_S, StuckError, eyes
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.orchestration.units import make_tables
from infra.settings import Settings
from infra.telemetry import status_file
from schemas import topics

AIM = 20_000
SHARE_AIM = 0.3
ROUNDS = 3
BATCH = 10_000
TABLES = ("events", "items", "observations", "evidence", "facts")
PATIENCE_S = 120
READY_S = 60


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the sink, and right after it those of the driver."""

    seconds: float
    sink_events_per_s: float
    driver_rows_per_s: float
    driver_tables_events_per_s: float
    rows: dict[str, int]
    bytes: dict[str, int]
    """On disk, by table, with the parts as the inserts left them."""

    @property
    def share(self) -> float:
        """The sink's rate as a share of the driver's with one table."""
        return self.sink_events_per_s / self.driver_rows_per_s

    @property
    def share_of_tables(self) -> float:
        """The sink's rate as a share of the driver's with all tables."""
        return self.sink_events_per_s / self.driver_tables_events_per_s


def measure(settings: Settings, events: int = EVENTS) -> list[Figure]:
    """The figure and its yardstick, of an exchange whose worker has run."""
    before = load()
    with up(settings, "clickhouse") as stack:
        rounds = [_round(stack.settings, events) for _ in range(ROUNDS)]
    detail = {
        "events": events,
        "rounds": [asdict(part) for part in rounds],
        "load": [before, load()],
    }
    sink = median(part.sink_events_per_s for part in rounds)
    driver = median(part.driver_rows_per_s for part in rounds)
    tables = median(part.driver_tables_events_per_s for part in rounds)
    shares = [round(part.share, 3) for part in rounds]
    of_tables = [round(part.share_of_tables, 3) for part in rounds]
    size = median(sum(part.bytes.values()) for part in rounds) / events
    return [
        Figure("sink_events_per_s", round(sink), "events/s", AIM, True, detail),
        Figure("driver_rows_per_s", round(driver), "rows/s", detail={"columns": "those of events"}),
        Figure("driver_tables_events_per_s", round(tables), "events/s", detail={"tables": TABLES}),
        Figure("store_bytes_per_event", round(size), "bytes", detail={"all tables": "on disk"}),
        Figure("sink_vs_driver", median(shares), "times", SHARE_AIM, detail={"shares": shares}),
        Figure("sink_vs_driver_tables", median(of_tables), "times", detail={"shares": of_tables}),
    ]


def _round(settings: Settings, events: int) -> Round:
    """Fill empty tables with the sink, then measure the driver, then drop the tables."""
    make_tables(settings)
    with _sink(settings):
        began = settings.ready_file("sink").stat().st_mtime
        seconds = _until_stored(settings) - began
    rows, sizes = _count(settings), _sizes(settings)
    if rows["events"] != events:
        raise RuntimeError(f"sink: {rows['events']} of {events} events are stored")
    driver = events / _driver_alone(settings, {"events": events})
    tables = events / _driver_alone(settings, rows)
    client = connect(settings, StoreUser.MIGRATOR)
    try:
        client.execute(f"DROP DATABASE {database_of(GENERATION)} SYNC")
    finally:
        client.disconnect()
    return Round(
        round(seconds, 2), round(events / seconds), round(driver), round(tables), rows, sizes
    )


@contextmanager
def _sink(settings: Settings) -> Iterator[None]:
    """Run a sink process as `quipu up` does; yield once it is ready.

    It finds empty tables, so it reads everything again.
    """
    log = settings.logs_dir / "sink.log"
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("QUIPU_")}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "consumers.sink"],
            env=foreign | settings.environ(),
            stdout=out,
            stderr=out,
        )
    try:
        until = time.monotonic() + READY_S
        while not settings.ready_file("sink").exists():
            if process.poll() is not None or time.monotonic() > until:
                raise StuckError("sink: it does not become ready")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(READY_S)


def _until_stored(settings: Settings) -> float:
    """When the sink had committed all there is, s since 1970. Raises StuckError.

    The sink's own status says it: whoever asks Kafka all the time takes processor time from it.
    """
    group, names = topics.sink_group(GENERATION), topics.sink_inputs(GENERATION)
    moved, messages = time.monotonic(), -1
    with eyes(settings.kafka) as look:
        while True:
            status = status_file.read(settings, "sink")
            values = status.values if status is not None else {}
            if values.get("committed_at") and not values["lag"] and not look.lag(group, names):
                return _last_commit(settings)
            if values.get("messages", -1) != messages:
                messages, moved = values.get("messages", -1), time.monotonic()
            if time.monotonic() - moved > PATIENCE_S:
                raise StuckError(f"sink: it does not move after {messages} messages")
            time.sleep(LOOK_S)


def _last_commit(settings: Settings) -> float:
    """The time of the sink's last commit, of a status that was written after it."""
    seen = time.time()
    while (status := status_file.read(settings, "sink")) is None or status.at < seen:
        time.sleep(LOOK_S)
    return float(status.values["committed_at"])


def _count(settings: Settings) -> dict[str, int]:
    client = connect(settings, StoreUser.MIGRATOR, database_of(GENERATION))
    try:
        return {
            name: int(client.execute(f"SELECT count() FROM {name} FINAL")[0][0]) for name in TABLES
        }
    finally:
        client.disconnect()


def _sizes(settings: Settings) -> dict[str, int]:
    client = connect(settings, StoreUser.MIGRATOR, database_of(GENERATION))
    try:
        rows = client.execute(
            "SELECT table, sum(bytes_on_disk) FROM system.parts"
            " WHERE active AND database = currentDatabase() GROUP BY table ORDER BY table"
        )
        return {table: int(size) for table, size in rows}
    finally:
        client.disconnect()


def _driver_alone(settings: Settings, rows: dict[str, int]) -> float:
    """Seconds in which the driver inserts so many rows by table, with the columns as read.

    A batch has the first rows of its table; the last one has what is left of the number.
    """
    client = connect(settings, StoreUser.MIGRATOR, database_of(GENERATION))
    client.client_settings["strings_as_bytes"] = True
    try:
        ready = {name: _read_columns(client, name) for name in rows}
        for name in rows:
            client.execute(f"DROP TABLE IF EXISTS bench_{name} SYNC")
            client.execute(f"CREATE TABLE bench_{name} AS {name}")
        began = time.perf_counter()
        for name, (names, columns) in ready.items():
            for start in range(0, rows[name], BATCH):
                left = rows[name] - start
                batch = columns if left >= BATCH else [column[:left] for column in columns]
                client.insert(f"bench_{name}", names, batch)
        return time.perf_counter() - began
    finally:
        client.disconnect()


def _read_columns(client: Client, name: str) -> tuple[list[str], list[list[Any]]]:
    """Names and values of a batch of rows of a table."""
    columns, types = client.execute(
        f"SELECT * FROM {name} LIMIT {BATCH}", columnar=True, with_column_types=True
    )
    names = [column.decode() if isinstance(column, bytes) else column for column, _ in types]
    return names, [list(column) for column in columns]
