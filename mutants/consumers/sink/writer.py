"""Writing batches to one generation's database: what was erased goes, then what is new comes. Every
step can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import structlog

from consumers.sink.table_rows import Batch
from consumers.store.sql import sql
from infra.clickhouse.client import LOST_CONNECTION, Client, connect
from infra.clickhouse.migrations import database_of
from infra.settings import Settings

log = structlog.get_logger(__name__)


def open_store(settings: Settings, generation: int) -> Store:
    """The store of a generation."""
    return Store(connect(settings, database_of(generation)))


class Store:
    """One generation's tables, to be written. Knows every event ever erased."""

    def __init__(self, client: Client) -> None:
        client.client_settings["strings_as_bytes"] = True  # ids are 16 raw bytes
        self._client = client
        self.erased: set[bytes] = {
            bytes.fromhex(row[0].decode()) for row in client.execute(sql("erased_events"))
        }

    def write(self, batch: Batch) -> None:
        """All of a batch. The order makes it safe to die anywhere and write the batch again:

        1. rows that an erase took away leave the database,
        2. the batch's own rows come (events erased before, or in this batch, without content),
        3. events that are erased lose the content they had.
        """
        erased = self.erased | batch.erased_events
        self._delete("delete_erased_observations", batch.erased_observations)
        self._delete("delete_erased_evidence", batch.erased_evidence)
        for table, rows in batch.tables(erased):
            self._client.insert(table.name, table.columns, table.columnar(rows))
        if batch.erased_events:
            self._erase(batch.erased_events)
        self.erased = erased

    def forget_rejects(self, topic: str, partition: int, offset: int) -> None:
        """Those of a partition that is about to be read again from this offset on."""
        self._change(
            "delete_rejects_from", {"topic": topic, "partition": partition, "offset": offset}
        )

    def is_empty(self) -> bool:
        """Whether nothing was ever stored here."""
        return not self._client.execute("SELECT 1 FROM items LIMIT 1")

    def close(self) -> None:
        """Close the connection."""
        self._client.disconnect()

    def _erase(self, events: Iterable[bytes]) -> None:
        ids = {"ids": sorted(event.hex() for event in events)}
        self._change("blank_events", ids)
        self._change("delete_erased_events", ids)
        log.info("events_erased", events=len(ids["ids"]))

    def _delete(self, name: str, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        listed = sorted((first + second).hex() for first, second in pairs)
        if listed:
            self._change(name, {"pairs": listed})
            log.info(name, pairs=len(listed))

    def _change(self, name: str, parameters: Mapping[str, object]) -> None:
        """A statement that may be run twice; run again when the connection was lost meanwhile."""
        try:
            self._client.execute(sql(name), parameters)
        except LOST_CONNECTION as error:
            log.warning("clickhouse_connection_lost", error=repr(error), statement=name)
            self._client.disconnect()
            self._client.execute("SELECT 1")  # waits until it answers
            self._client.execute(sql(name), parameters)
