"""What hidden records cost a question: its time with many of them, divided by its time without.

Finding B3: time told a reader whether a reference exists that is not released to it. Two databases
hold the same events. One has HIDDEN more records for each of them, of another owner, with TLP:RED
and for nobody's eyes: on the same things, as evidence of the same indicators, with references of
their own. The questions are put to both in turn, in an order that changes, by the query layer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from random import Random
from statistics import median
from typing import NamedTuple

from benchmarks.exchange import seal_everywhere, send, up
from benchmarks.figures import Figure, load
from consumers.query.filters import EventFilter, IndicatorFilter
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.runtime.consumer_lag import lag
from consumers.runtime.serving_config import ServingConfig
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of, migrate
from infra.clickhouse.users import StoreUser
from infra.settings import Settings
from schemas.release.reader_text import parse_reader
from streams.rules import read_rule_book

EVENTS = 5_000
HIDDEN = 10
ROUNDS = 30
SOURCE, WITHOUT, WITH = 1, 9_001, 9_002
"""Generations: of the exchange itself, and of the two databases that are compared."""
READER = parse_reader("EC/analyst/AMBER")
RULES = read_rule_book()
PATIENCE_S = 120.0
RATIO_AIM = 1.25
TABLES = ("events", "observations", "evidence")
LABEL = json.dumps(
    {
        "country": "PE",
        "authority": "OTHER",
        "recipients": ["@nobody"],
        "tlp": "RED",
        "handling": [],
        "condition": None,
        "purpose": "investigation",
        "exercise": None,
    }
)
_NEW_ID = "toFixedString(MD5(concat({id}, toString(number))), 16) AS {id}"
_HIDDEN_COLUMNS: Mapping[str, str] = {
    "events": _NEW_ID.format(id="id")
    + ", 'PE' AS country, 'OTHER' AS authority, ['@nobody'] AS recipients, 'RED' AS tlp, "
    'replaceRegexpOne(payload, \'"source_reference": *"\', \'"source_reference":"H-\') AS payload',
    "observations": _NEW_ID.format(id="event_id") + ", 'PE' AS country, %(label)s AS label",
    "evidence": _NEW_ID.format(id="event_id") + ", 'PE' AS country, %(label)s AS label",
}

Question = Callable[[QueryLayer], object]


class Timings(NamedTuple):
    """The seconds of a question in each round."""

    without: list[float]
    with_hidden: list[float]

    @property
    def ratio(self) -> float:
        """The median time with hidden records over the median time without."""
        return median(self.with_hidden) / median(self.without)

    @property
    def slower_share(self) -> float:
        """The share of rounds that took longer with hidden records; by chance it is 0.5."""
        pairs = zip(self.with_hidden, self.without, strict=True)
        return sum(more > less for more, less in pairs) / len(self.without)


def measure(settings: Settings) -> Iterator[Figure]:
    """Make both databases, and measure each question."""
    with up(settings, "worker", "clickhouse", "migrations", "sink") as stack:
        before = load()
        send(stack.settings, seal_everywhere(stack.settings, EVENTS, EVENTS))
        _await_sink(stack.settings)
        with _client(stack.settings, StoreUser.MIGRATOR, SOURCE) as migrator:
            _copy(migrator, WITHOUT, hidden=0)
            _copy(migrator, WITH, hidden=HIDDEN)
            questions = _questions(migrator)
        with (
            _client(stack.settings, StoreUser.READER, WITHOUT) as without,
            _client(stack.settings, StoreUser.READER, WITH) as with_hidden,
        ):
            timings = _compare_guesses(with_hidden)
            yield _figure("hidden records, a guess", timings, before)
            for name, question in questions.items():
                timings = _compare(question, without, with_hidden)
                yield _figure(f"hidden records, {name}", timings, before)


def _await_sink(settings: Settings) -> None:
    """Wait until worker and sink have taken all. Raises RuntimeError when they have not."""
    until = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < 2:
        quiet = 0 if any(lag(settings, SOURCE).values()) else quiet + 1
        if time.monotonic() > until:
            raise RuntimeError(f"hidden: the events are not stored after {PATIENCE_S:.0f} s")
        time.sleep(0.5)


def _copy(migrator: Client, generation: int, hidden: int) -> None:
    """Copy the tables into a database of their own, with so many hidden records for each row."""
    database = database_of(generation)
    migrate(migrator, MIGRATIONS, database)
    for table in TABLES:
        source = f"{database_of(SOURCE)}.{table}"
        migrator.execute(f"INSERT INTO {database}.{table} SELECT * FROM {source}")
        if hidden:
            columns = _HIDDEN_COLUMNS[table] % {"label": _quoted(LABEL)}
            migrator.execute(
                f"INSERT INTO {database}.{table} SELECT * REPLACE ({columns}) "
                f"FROM {source} ARRAY JOIN range({hidden}) AS number"
            )
        migrator.execute(f"OPTIMIZE TABLE {database}.{table} FINAL")


def _questions(migrator: Client) -> dict[str, Question]:
    """The questions, by what they ask for. Raises RuntimeError where nothing is hidden."""
    hidden = migrator.execute(
        f"SELECT count() FROM {database_of(WITH)}.events WHERE startsWith(reference, 'H-')"
    )[0][0]
    if hidden < EVENTS * HIDDEN // 2:
        raise RuntimeError(f"hidden: only {hidden} records are hidden")
    thing = migrator.execute(
        f"SELECT UUIDNumToString(any(thing)) FROM {database_of(SOURCE)}.evidence"
    )[0][0]
    page = PageRange(50)
    return {
        "events": lambda queries: queries.events.page(READER, EventFilter(), None, page),
        "events of a country": lambda queries: queries.events.page(
            READER, EventFilter(country="PE"), None, page
        ),
        "a reference": lambda queries: queries.events.page(
            READER, EventFilter(reference="PE-2018-0000004"), None, page
        ),
        "indicators": lambda queries: queries.indicators.page(
            READER, IndicatorFilter(), None, page
        ),
        "a thing": lambda queries: queries.things.thing(thing, READER),
    }


def _compare(question: Question, without: Client, with_hidden: Client) -> Timings:
    """Ask a question of both databases in turn. Raises RuntimeError where the answers differ."""
    if _answer(question, without) != _answer(question, with_hidden):
        raise RuntimeError("hidden: an answer differs where there are hidden records")
    return _take_turns(
        lambda _round: _answer(question, without), lambda _round: _answer(question, with_hidden)
    )


def _compare_guesses(with_hidden: Client) -> Timings:
    """Ask for references that hidden records have, and for references that none has."""

    def guess(prefix: str, number: int) -> object:
        reference = f"{prefix}-PE-2018-{number:07}"
        return _answer(partial(_by_reference, reference), with_hidden)

    return _take_turns(lambda number: guess("X", number), lambda number: guess("H", number))


def _by_reference(reference: str, queries: QueryLayer) -> object:
    return queries.events.page(READER, EventFilter(reference=reference), None, PageRange(50))


def _take_turns(without: Callable[[int], object], with_hidden: Callable[[int], object]) -> Timings:
    timings = Timings([], [])
    order = Random("quipu")
    pairs = [(without, timings.without), (with_hidden, timings.with_hidden)]
    for number in range(ROUNDS):
        order.shuffle(pairs)
        for ask, seconds in pairs:
            began = time.perf_counter()
            ask(number)
            seconds.append(time.perf_counter() - began)
    return timings


def _answer(question: Question, client: Client) -> object:
    return question(QueryLayer(client, ServingConfig(0, RULES)))


def _figure(name: str, timings: Timings, before: float) -> Figure:
    detail = {
        "without_ms": round(median(timings.without) * 1000, 1),
        "with_ms": round(median(timings.with_hidden) * 1000, 1),
        "slower_share": round(timings.slower_share, 2),
        "load": [before, load()],
    }
    return Figure(name, timings.ratio, "times", RATIO_AIM, at_least=False, detail=detail)


@contextmanager
def _client(settings: Settings, user: StoreUser, generation: int) -> Iterator[Client]:
    client = connect(settings, user, database_of(generation))
    try:
        yield client
    finally:
        client.disconnect()


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
