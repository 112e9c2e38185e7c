"""Clients for threads: clickhouse-driver's is for one thread at a time, so each answer borrows one.

And the door through which every answer goes: what it showed is in the disclosure ledger before it
goes out.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from consumers.ledger.writer import DisclosureLedger
from consumers.query.query_layer import QueryLayer
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.settings import Settings
from schemas.model import Reader
from streams.rules import RuleBook

ThingSecret = Callable[[], bytes | None]

POOL_SIZE = 4
GENERATION_CACHE_S = 5.0
READERS_CACHE_S = 1.0


class ServingGeneration:
    """Which generation serves, asked again every few seconds. Threads may share it."""

    def __init__(self, ask: Callable[[], int]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._known: tuple[float, int] | None = None

    def __call__(self) -> int:
        """The number; asking takes a moment now and then."""
        with self._lock:
            now = time.monotonic()
            if self._known is None or now - self._known[0] > GENERATION_CACHE_S:
                self._known = (now, self._ask())
            return self._known[1]


class QueryPool:
    """At most SIZE questions at a time; more wait."""

    def __init__(
        self,
        settings: Settings,
        generation: Callable[[], int],
        rules: RuleBook,
        thing_secret: ThingSecret,
        ledger: DisclosureLedger,
    ) -> None:
        self.ledger = ledger
        self.settings = settings
        self._generation = generation
        self.rules = rules
        self._thing_secret = thing_secret
        self._free: queue.LifoQueue[tuple[int, Client] | None] = queue.LifoQueue()
        self._readers: tuple[float, dict[Reader, Reader]] = (0.0, {})
        for _ in range(POOL_SIZE):
            self._free.put(None)

    @contextmanager
    def queries(self, through: str = "api") -> Iterator[QueryLayer]:
        """The query layer over the generation that serves now, for one answer.

        When the block ends, what was shown has been written to the disclosure ledger: nothing may
        go out within it. Raises LedgerUnavailableError. `through`: api or page.
        """
        with self._borrowed() as queries:
            yield queries
        self.ledger.disclose(queries.disclosed, through)

    @contextmanager
    def _borrowed(self) -> Iterator[QueryLayer]:
        """A client that met an error is not used again."""
        generation = self._generation()
        kept = self._free.get()
        if kept is not None and kept[0] != generation:
            kept[1].disconnect()
            kept = None
        client = kept[1] if kept else connect(self.settings, database_of(generation))
        sound: tuple[int, Client] | None = None
        try:
            yield QueryLayer(client, self.rules, self._thing_secret(), self._known_readers())
            sound = (generation, client)
        finally:
            if sound is None:
                client.disconnect()
            self._free.put(sound)

    def _known_readers(self) -> dict[Reader, Reader]:
        """Readers with the conditions that they accepted, asked anew after a moment: an acceptance
        only widens, and counts once stored.
        """
        now = time.monotonic()
        if now - self._readers[0] > READERS_CACHE_S:
            self._readers = now, {}
        return self._readers[1]
