"""`python -m benchmarks.person_search FOLDER`: how long questions about persons take at size.

FOLDER has an exchange that `benchmarks.fill` made. Only its store is started. The questions are
made of persons of its own records, by whole name, by a name and a surname, and by document; each
is a new answer of the query layer, as the API gives it. Milliseconds are of the wall clock.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.answer_times import print_times
from benchmarks.exchange import settings_of
from consumers.query.paging import PageRange
from consumers.query.persons.person_question import PersonQuestion, PersonQuestionError
from consumers.query.query_layer import QueryLayer
from consumers.runtime.serving_config import ServingConfig
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.keys.keyring import load_mechanism_keys
from infra.orchestration.stack import running
from schemas.release.reader_text import parse_reader
from streams.matching import PersonRecord, person_records
from streams.rules import read_rule_book

AIM_MS = 500.0
READER = parse_reader("CO/analyst/AMBER")
SAMPLE = """
SELECT DISTINCT UUIDNumToString(event_id) FROM person_keys
WHERE cityHash64(event_id) % 10000 < 10 ORDER BY cityHash64(event_id) LIMIT 60
"""


def main() -> int:
    """Ask, print the times, and return 1 where half a second is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.person_search")
    parser.add_argument("folder", type=Path, help="of benchmarks.fill")
    settings = settings_of(parser.parse_args().folder)
    with running(settings, only=("clickhouse",)) as stack:
        secret = load_mechanism_keys(stack.settings).thing_secret
        with closing(_Store(connect(stack.settings, StoreUser.READER, database_of(1)))) as store:
            print(f"{store.events():,} events")
            return 0 if measure(store.client, secret) <= AIM_MS else 1


class _Store:
    """A connection that ends with its block."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def events(self) -> int:
        """Count the versions of events in the store."""
        ((count,),) = self.client.execute("SELECT count() FROM events")
        return int(count)

    def close(self) -> None:
        """Close the connection to the store of the exchange."""
        self.client.disconnect()


def measure(client: Client, secret: bytes) -> float:
    """Print the times of each kind of question in ms; return the worst p95 of a search."""
    ids = [id_ for (id_,) in client.execute(SAMPLE)]
    events = _layer(client, secret).events.current(ids, READER, None)
    records = [
        next((named.record for named in person_records(event.type, event.payload or {})), None)
        for event in events
    ]
    worst = 0.0
    for kind in ("whole name", "name and surname", "document"):
        times = [
            _ask(client, secret, question)
            for record in records
            if record is not None
            for question in _questions(kind, record)
        ]
        if times:
            worst = max(worst, print_times(kind, times))
    started = time.perf_counter()
    page = _layer(client, secret).persons.findings(READER, None, PageRange(50))
    print_times(f"a page of {len(page.items)} findings", [1000 * (time.perf_counter() - started)])
    return worst


def _layer(client: Client, secret: bytes) -> QueryLayer:
    return QueryLayer(client, ServingConfig(0, read_rule_book()), secret)


def _questions(kind: str, record: PersonRecord) -> Iterator[PersonQuestion]:
    given, surnames = " ".join(record.given).title(), " ".join(record.surnames).title()
    if kind == "document":
        for document in record.documents[:1]:
            yield PersonQuestion(document=document.number, country=document.country)
    elif given and surnames:
        is_whole = kind == "whole name"
        name = f"{surnames}, {given}" if is_whole else f"{surnames.split()[0]}, {given.split()[0]}"
        yield PersonQuestion(name)


def _ask(client: Client, secret: bytes, question: PersonQuestion) -> float:
    """Return how long an answer took, in ms."""
    started = time.perf_counter()
    try:
        _layer(client, secret).persons.search(question, READER)
    except PersonQuestionError as error:
        raise RuntimeError(f"{question} is refused: {error}") from error
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
