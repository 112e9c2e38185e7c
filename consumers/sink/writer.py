"""Write batches into the database of one generation.

What was erased is removed first, then the new rows come. Every step can be repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import structlog

from consumers.sink.finding_marks import FindingMarks
from consumers.sink.label_ids import LabelIdFinder
from consumers.sink.month_marks import MonthMarks
from consumers.sink.table_rows import Batch
from consumers.store.sql import sql
from infra.clickhouse.client import LOST_CONNECTION, Client, connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.settings import Settings

log = structlog.get_logger(__name__)


def open_writer(settings: Settings, generation: int) -> TableWriter:
    """Open the tables of a generation for writing."""
    return TableWriter(connect(settings, StoreUser.WRITER, database_of(generation)))


class TableWriter:
    """Writes the tables of one generation. Knows every event that was ever erased."""

    def __init__(self, client: Client) -> None:
        """Read from the database which events were erased."""
        client.client_settings["strings_as_bytes"] = True  # ids are 16 raw bytes
        client.writes_whole_columns = True
        self._client = client
        self._months = MonthMarks(client)
        self._labels = LabelIdFinder(client)
        self.findings = FindingMarks(client)
        self.batches_written = 0
        self.erased: set[bytes] = {
            bytes.fromhex(row[0].decode()) for row in client.execute(sql("erased_events"))
        }
        self.erased_work: set[bytes] = {
            bytes.fromhex(row[0].decode()) for row in client.execute(sql("erased_work"))
        }

    def write(self, batch: Batch) -> None:
        """Write all of a batch, in an order that makes it safe to die anywhere and write it again.

        1. The months and the findings that change are marked.
        2. Rows that an erase removed leave the database.
        3. The batch's own rows come (events erased before, or in this batch, without content).
        4. Events that are erased lose their content, facts, links, words and the keys of their
           persons, and their rows about things, if the rows that erase it never came.
        5. Objects of work that are erased lose their content.
        6. The months are marked again, and the findings known as written.
        """
        months = self._months.begin(batch)
        self.findings.begin(batch)
        erased = self.erased | batch.erased_events
        # what names no thing is enough for those that are known: engines keep such statements
        self._delete("delete_erased_observations", batch.erased_observations, erased)
        self._delete("delete_erased_evidence", batch.erased_evidence, erased)
        if batch.erased_evidence:
            events = sorted({event.hex() for _indicator, event in batch.erased_evidence})
            self._change("delete_erased_pairs", {"ids": events})
        label_ids = self._labels.find(list(batch.labels))
        erased_work = self.erased_work | batch.erased_work
        for table, rows in batch.tables(erased, erased_work):
            self._client.insert(table.name, table.columns, table.to_columns(rows, label_ids))
        if batch.erased_events:
            self._erase(batch.erased_events)
        if batch.erased_work:
            ids = sorted(object_id.hex() for object_id in batch.erased_work)
            self._change("delete_erased_work", {"ids": ids})
        self._months.end(months)
        self.findings.end()
        self.erased, self.erased_work = erased, erased_work
        self.batches_written += 1

    def forget_rejects(self, topic: str, partition: int, offset: int) -> None:
        """Delete the rejects of a partition that is about to be read again from this offset on."""
        place = {"topic": topic, "partition": partition, "offset": offset}
        self._change("delete_rejects_from", place)

    def lacks_the_past(self) -> bool:
        """Say whether the log must be read from its beginning.

        That is so if the database has never stored anything, and if a former release stored
        events without their facts, their words, or the keys of their persons.
        """
        return not self._client.execute("SELECT 1 FROM items LIMIT 1") or any(
            self._client.execute(sql(name))
            for name in ("events_without_facts", "persons_without_keys", "events_without_words")
        )

    def close(self) -> None:
        """Close the connection to ClickHouse."""
        self._client.disconnect()

    def _erase(self, events: Iterable[bytes]) -> None:
        ids = {"ids": sorted(event.hex() for event in events)}
        self._change("blank_events", ids)
        self._change("delete_erased_events", ids)
        self._change("delete_erased_facts", ids)
        self._change("delete_erased_links", ids)
        self._change("delete_erased_person_keys", ids)
        self._change("delete_erased_record_words", ids)
        for name in ("delete_observations_of_events", "delete_evidence_of_events"):
            self._change(name, ids)
        self._change("delete_erased_pairs", ids)
        log.info("events_erased", events=len(ids["ids"]))

    def _delete(
        self, name: str, pairs: Iterable[tuple[bytes, bytes]], erased: Collection[bytes]
    ) -> None:
        """Delete rows of events; those of `erased` events leave when the erasure itself is read."""
        hex_pairs = sorted(
            (first + second).hex() for first, second in pairs if second not in erased
        )
        if hex_pairs:
            self._change(name, {"pairs": hex_pairs})
            log.info(name, pairs=len(hex_pairs))

    def _change(self, name: str, parameters: Mapping[str, object]) -> None:
        """Run a statement that may run twice; run it again if the connection was lost meanwhile."""
        try:
            self._client.execute(sql(name), parameters)
        except LOST_CONNECTION as error:
            log.warning("clickhouse_connection_lost", error=repr(error), statement=name)
            self._client.disconnect()
            self._client.execute("SELECT 1")  # waits until it answers
            self._client.execute(sql(name), parameters)
