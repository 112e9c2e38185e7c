"""sink_events_per_s: one sink process over derived topics that were whole before it started, to
ClickHouse.

Everything a generation's sink reads is there: verdicts with sealed events (which it opens),
observations, evidence. Measured from the sink's readiness to its last commit, which comes after its
last insert; counted in events, not rows. `driver_rows_per_s` is the yardstick: clickhouse-driver
alone inserts ready-made columns into a table of the same columns as `events`, on the same engine,
in batches of 10,000.
"""

from __future__ import annotations

import time

from benchmarks.exchange import up
from benchmarks.figures import Figure, load
from benchmarks.pipeline import EVENTS, GENERATION
from benchmarks.watch import LOOK_S, StuckError, eyes
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.settings import Settings
from schemas import topics

AIM = 20_000
BATCH = 10_000
BATCHES = 10


def measure(settings: Settings, events: int = EVENTS) -> list[Figure]:
    """The figure and its yardstick, of an exchange whose worker has run."""
    before = load()
    with up(settings, "clickhouse", "migrations", "sink") as stack:
        began = stack.settings.ready_file("sink").stat().st_mtime
        ended = _until_stored(stack.settings)
        stored = _count(stack.settings)
        if stored["events"] != events:
            raise RuntimeError(f"sink: {stored['events']} of {events} events are stored")
        rate = events / (ended - began)
        driver = _driver_alone(stack.settings)
    detail = {
        "events": events,
        "seconds": round(ended - began, 2),
        "rows": stored,
        "load": [before, load()],
    }
    return [
        Figure("sink_events_per_s", round(rate), "events/s", AIM, True, detail),
        Figure(
            "driver_rows_per_s",
            round(driver),
            "rows/s",
            detail={"columns": "those of events", "sink_share": round(rate / driver, 2)},
        ),
    ]


def _until_stored(settings: Settings) -> float:
    """When the sink had committed all there is, s since 1970. Raises Stuck."""
    group, names, moved, lag_before = (
        topics.sink_group(GENERATION),
        topics.sink_inputs(GENERATION),
        time.monotonic(),
        -1,
    )
    with eyes(settings.kafka) as look:
        while (lag := look.lag(group, names)) > 0:
            if lag != lag_before:
                lag_before, moved = lag, time.monotonic()
            if time.monotonic() - moved > 120:
                raise StuckError(f"sink: {lag} messages are left and do not move")
            time.sleep(LOOK_S / 2)
        return time.time()


def _count(settings: Settings) -> dict[str, int]:
    client = connect(settings, database_of(GENERATION))
    try:
        return {
            name: int(client.execute(f"SELECT count() FROM {name} FINAL")[0][0])
            for name in ("events", "items", "observations", "evidence")
        }
    finally:
        client.disconnect()


def _driver_alone(settings: Settings) -> float:
    """Rows per second of the driver, inserting the columns of `events` as they were read."""
    client = connect(settings, database_of(GENERATION))
    client.client_settings["strings_as_bytes"] = True
    try:
        client.execute("CREATE TABLE bench_events AS events")
        read = client.execute(
            f"SELECT * FROM events LIMIT {BATCH}", columnar=True, with_column_types=True
        )
        names, columns = (
            [name.decode() if isinstance(name, bytes) else name for name, _ in read[1]],
            [list(column) for column in read[0]],
        )
        began = time.perf_counter()
        for _ in range(BATCHES):
            client.insert("bench_events", names, columns)
        return BATCH * BATCHES / (time.perf_counter() - began)
    finally:
        client.disconnect()
