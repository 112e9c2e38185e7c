"""Lend the query layer to one answer at a time, and record what the answer showed.

A client of clickhouse-driver is for one thread at a time, so each answer borrows one. What the
answer showed is in the disclosure ledger before it goes out.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from consumers.ledger.writer import DisclosureLedger
from consumers.query.conditions import ConditionView
from consumers.query.empty_lookups import EmptyLookup, HashedLookup, hash_lookups
from consumers.query.ids import AmbiguousIdError
from consumers.query.query_layer import QueryLayer
from consumers.runtime.serving_config import (
    ServingConfigWatch,
    read_serving_config,
)
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.errors import NotFoundedError
from infra.keys.keyring import load_mechanism_keys
from infra.settings import Settings
from schemas.model import Reader, ReaderCondition

ThingSecret = Callable[[], bytes | None]

POOL_SIZE = 4
"""Questions at a time, each with a client of its own."""
READERS_CACHE_S = 1.0


class _Connection(NamedTuple):
    generation: int
    client: Client


class QueryPool:
    """Answers POOL_SIZE questions at a time; further ones wait."""

    def __init__(
        self,
        settings: Settings,
        serving: ServingConfigWatch,
        thing_secret: ThingSecret,
        ledger: DisclosureLedger,
    ) -> None:
        """`serving` returns what config says now, `thing_secret` what things' keys need."""
        self.settings = settings
        self.serving = serving
        self._ledger = ledger
        self._thing_secret = thing_secret
        self._free: queue.LifoQueue[_Connection | None] = queue.LifoQueue()
        self._readers: tuple[float, dict[Reader, Reader]] = (0.0, {})
        for _number in range(POOL_SIZE):
            self._free.put(None)

    def close(self) -> None:
        """Close the idle connections and the ledger."""
        while not self._free.empty():
            idle = self._free.get_nowait()
            if idle is not None:
                idle.client.disconnect()
        self.serving.close()
        self._ledger.close()

    @contextmanager
    def queries(self, channel: str = "api") -> Iterator[QueryLayer]:
        """Borrow the query layer over the generation that serves now, for one answer.

        When the block ends, what was shown, and which questions showed nothing, has been written to
        the disclosure ledger: nothing may go out within it. `channel`: api, page or cli. Raises
        LedgerUnavailableError.
        """
        empty_lookups: list[EmptyLookup] = []
        try:
            with self._borrowed() as queries:
                empty_lookups = queries.empty_lookups
                yield queries
        except AmbiguousIdError:
            self._ledger.disclose((), channel, self._hashed(empty_lookups))
            raise
        self._ledger.disclose(queries.disclosed, channel, self._hashed(empty_lookups))

    def accept_condition(
        self, reader: Reader, condition: ReaderCondition, event: str | None, channel: str
    ) -> ConditionView | None:
        """Record that the reader accepts a condition, unless it did; None where none is offered.

        `event`: id of the event where the reader met it. Raises LedgerUnavailableError.
        """
        with self.queries(channel) as queries:
            offered = queries.conditions(reader)
        for view in offered:
            if (view.country, view.text) == condition:
                if view.accepted_at is None:
                    self._ledger.accept(reader, condition, event, channel)
                return view
        return None

    def _hashed(self, lookups: Sequence[EmptyLookup]) -> list[HashedLookup]:
        """Return the look-ups without what was asked; none before the mechanism is founded."""
        secret = self._thing_secret() if lookups else None
        return [] if secret is None else hash_lookups(lookups, secret)

    @contextmanager
    def _borrowed(self) -> Iterator[QueryLayer]:
        """Lend a query layer; a client that met an error is not used again."""
        generation, rules = self.serving()
        idle = self._free.get()
        reusable: _Connection | None = None
        connection: _Connection | None = None
        try:
            connection = self._connection(idle, generation)
            secret, readers = self._thing_secret(), self._known_readers()
            yield QueryLayer(connection.client, rules, secret, readers)
            reusable = connection
        finally:
            if reusable is None and connection is not None:
                connection.client.disconnect()
            self._free.put(reusable)

    def _connection(self, idle: _Connection | None, generation: int) -> _Connection:
        if idle is not None and idle.generation == generation:
            return idle
        if idle is not None:
            idle.client.disconnect()
        return _Connection(
            generation, connect(self.settings, StoreUser.READER, database_of(generation))
        )

    def _known_readers(self) -> dict[Reader, Reader]:
        """Return readers with the conditions that they accepted, forgotten after a moment.

        An acceptance only widens what is shown, and counts once stored.
        """
        now = time.monotonic()
        if now - self._readers[0] > READERS_CACHE_S:
            self._readers = now, {}
        return self._readers[1]


def open_pool(settings: Settings) -> QueryPool:
    """Open the pool of a data folder; generation and rules are those that config says.

    The mechanism need not be founded yet; nothing is connected before the first question.
    """
    return QueryPool(
        settings,
        ServingConfigWatch(lambda: read_serving_config(settings)),
        lambda: load_thing_secret(settings),
        DisclosureLedger(settings),
    )


def load_thing_secret(settings: Settings) -> bytes | None:
    """Load the secret under which things have their keys; None where the mechanism's keys are not.

    Raises KeyringError where the keys are there and cannot be read.
    """
    try:
        return load_mechanism_keys(settings).thing_secret
    except NotFoundedError:
        return None
