"""The tables of one generation in an engine of a test's own, written from a `FactWorld`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from consumers.query.query_layer import QueryLayer
from consumers.sink.lasting_facts import FactKeeper
from consumers.sink.writer import TableWriter
from consumers.store.sql import MIGRATIONS
from infra.clickhouse.client import Client
from infra.clickhouse.migrations import migrate
from infra.clickhouse.users import StoreUser
from schemas.measures.rates import RateHistory
from schemas.model import ReaderCondition, Use
from streams.rules import read_rule_book
from tests.support.fact_world import IMPORTED, RATES, FactWorld
from tests.support.marked_world import reader
from tests.support.native_servers import EmbeddedServer
from tests.support.need_to_know import Asker
from tests.support.query_layers import query_layer

RULES = read_rule_book()
DATABASE = "quipu_g9911"
CHEAP = {"server_side_params": True, "max_threads": 1, "compile_expressions": 0}
"""Of a few records nothing is gained by threads, nor by code that is compiled for a question."""
KNOWN_RATES = RateHistory([(IMPORTED, RATES)])


class FactStore:
    """The tables of one generation, and who asks them. `types`: of events that config adds."""

    def __init__(self, server: EmbeddedServer, types: Mapping[str, str]) -> None:
        migrator = self._client(server, StoreUser.MIGRATOR, "default")
        migrate(migrator, MIGRATIONS, DATABASE)
        self.client = self._client(server, StoreUser.MIGRATOR, DATABASE)
        self.writer = TableWriter(self._client(server, StoreUser.WRITER, DATABASE))
        self._copying = self._client(server, StoreUser.WRITER, DATABASE)
        self._types = types

    @staticmethod
    def _client(server: EmbeddedServer, user: StoreUser, database: str) -> Client:
        return Client(
            server.host,
            port=server.port,
            user=user.account,
            password=server.password(user),
            database=database,
            settings=CHEAP,
        )

    def write(self, world: FactWorld, copied: int = 0) -> None:
        """Write a log into empty tables; months are copied after so many of its messages."""
        world.store(self.client, self.writer, copied, lambda: FactKeeper(self._copying).step())

    def queries(self, who: Asker) -> QueryLayer:
        """Make what answers an asker, whose conditions are accepted."""
        asker = reader(who)
        accepted = frozenset(ReaderCondition(*owned) for owned in who.accepted)
        readers = {
            user: replace(user, accepted_conditions=accepted)
            for use in get_args(Use)
            for user in (replace(asker, use=use),)
        }
        return query_layer(
            self.client, RULES, readers=readers, types=self._types or {}, rates=KNOWN_RATES
        )
