"""Time what it costs to read whole versions of events: in one text, against each column.

`python -m benchmarks.version_content FOLDER`: over the events of a running exchange, for 1, 10 and
50 ids. Both statements are asked in turn, with one thread of the engine. Times are medians of wall
time with the reading of the rows, so the machine must be idle.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from statistics import median
from typing import Any

from consumers.query.released_labels import EVERY_LABEL
from consumers.runtime.serving_config import read_serving_config
from consumers.store.sql import FAR_FUTURE_MS, rows_as_dicts, sql
from consumers.store.stored_versions import CONTENT_COLUMNS, stored_version
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import load

SIZES = (1, 10, 50)
ROUNDS = 100
SAMPLE = "SELECT UUIDNumToString(id) FROM events ORDER BY rand() LIMIT 2000"


def main() -> None:
    """Print the milliseconds of both statements, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", help="the data folder of a running exchange")
    settings = load({"QUIPU_HOME": parser.parse_args().home})
    database = database_of(read_serving_config(settings).generation)
    client = connect(settings, StoreUser.READER, database)
    client.execute("SET max_threads = 1")
    ids, chance = [id_ for (id_,) in client.execute(SAMPLE)], Random(24)
    in_columns = sql("event_versions").replace("SELECT content,", f"SELECT {_columns()},", 1)
    for size in SIZES:
        times: tuple[list[float], list[float]] = ([], [])
        for _round in range(ROUNDS):
            parameters = _parameters(chance.sample(ids, size))
            times[0].append(_seconds(partial(client.execute, in_columns, parameters)))
            times[1].append(_seconds(partial(_read_content, client, parameters)))
        columns, content = (1000 * median(seconds) for seconds in times)
        ratio = columns / content
        print(f"{size} events: columns {columns:.1f} ms, one text {content:.1f} ms, {ratio:.2f}")


def _columns() -> str:
    ids = ("id", "version", "supersedes")
    moments = ("occurred_from", "occurred_until", "reported_at")
    shown = {name: f"UUIDNumToString({name}) AS {name}" for name in ids}
    shown |= {name: f"toUnixTimestamp64Milli({name}) AS {name}" for name in moments}
    return ", ".join(shown.get(name, name) for name in CONTENT_COLUMNS)


def _parameters(ids: Sequence[str]) -> dict[str, Any]:
    return {"ids": ids, "as_of": FAR_FUTURE_MS, **EVERY_LABEL._asdict()}


def _read_content(client: Client, parameters: dict[str, Any]) -> None:
    for row in rows_as_dicts(client, "event_versions", parameters):
        stored_version(row)


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
