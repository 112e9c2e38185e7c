"""A log of requests and alerts whose moments a test chooses, and the tables that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from consumers.query.query_layer import QueryLayer
from consumers.sink.table_rows import payload_json
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from infra.orchestration.stack import RunningStack
from schemas import ids
from schemas.deadlines import DeadlineHistory
from schemas.examples import example
from schemas.model import EpochMs
from streams.rules import read_rule_book
from tests.support.engines import unique
from tests.support.marked_world import store_line
from tests.support.query_layers import query_layer
from tests.support.signed_bundles import STEP, ExchangeBuilder, Item, Node

SECRET = b"s" * 32
COURSE_NODES = {
    "pe-mpfn": ("PE", "MPFN"),
    "co-fgn": ("CO", "FGN"),
    "co-ponal": ("CO", "PONAL"),
    "ec-policia": ("EC", "POLICIA"),
    "pe-gan": ("PE", "GAN"),
    "pe-rree": ("PE", "RREE"),
}
FIELDS: Mapping[str, str] = {
    "assistance_response": "request",
    "acknowledgement": "event",
    "commitment_step": "commitment",
    "investigation": "investigation",
    "operation_result": "plan",
}


@contextmanager
def course_tables(stack: RunningStack) -> Iterator[tuple[Client, TableWriter]]:
    """The empty tables of one generation: who asks them, and who writes them."""
    database = unique("quipu_courses")
    migrator = connect(stack.settings, StoreUser.MIGRATOR)
    migrate(migrator, MIGRATIONS, database)
    migrator.disconnect()
    client = connect(stack.settings, StoreUser.MIGRATOR, database)
    store = TableWriter(connect(stack.settings, StoreUser.WRITER, database))
    yield client, store
    store.close()
    client.disconnect()


def ms(text: str) -> int:
    """The moment of a text in UTC, in milliseconds since 1970."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@dataclass
class CourseWorld:
    """The log, and the tables of one generation."""

    client: Client
    store: TableWriter
    nodes: dict[str, Node] = field(default_factory=dict)
    _world: ExchangeBuilder = field(init=False)
    _payloads: dict[bytes, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = {
            name: Node(name, country, authority, partition)
            for partition, (name, (country, authority)) in enumerate(COURSE_NODES.items())
        }
        self._world = ExchangeBuilder(*self.nodes.values())

    def say(
        self,
        name: str,
        type_: str,
        at: str,
        payload: Mapping[str, Any],
        envelope: Mapping[str, Any] | None = None,
        former: Item | None = None,
    ) -> tuple[str, Item]:
        """Append an event at a moment (UTC); its id, and what it was made of.

        `former`: the version that it corrects.
        """
        node, world = self.nodes[name], self._world
        reference = former.reference if former else f"{name}-{len(self._payloads)}"
        content = {**blank(type_), "source_reference": reference, **payload}
        item = Item(type_, reference, content, dict(envelope or {}), former)
        world.now = EpochMs(ms(at) - STEP)
        world.publish(node, item)
        self._payloads[node.version_of(item)] = payload_json(item.payload)
        return ids.to_uuid_text(node.id_of(item)), item

    def to_store(self) -> None:
        """Write what follows from the log; what is there already is written once more."""
        store_line(self._world.run(), self._payloads, self.store, SECRET)

    def rebuilt(self, client: Client, store: TableWriter) -> CourseWorld:
        """Return the same log with other tables, which are empty."""
        other = copy(self)
        other.client, other.store = client, store
        return other

    def queries(self, deadlines: DeadlineHistory | None = None) -> QueryLayer:
        """A query layer that answers one question of a test. `deadlines`: as config has had them."""
        book = read_rule_book()
        if deadlines is None:
            return query_layer(self.client, book, SECRET)
        return query_layer(self.client, book, SECRET, deadlines=deadlines)


def blank(type_: str) -> dict[str, Any]:
    """The example of a type without what names another event."""
    payload: dict[str, Any] = dict(example(type_).payload)
    names = {"follows", "request_reference", FIELDS.get(type_, "")}
    return {name: None if name in names else value for name, value in payload.items()}
