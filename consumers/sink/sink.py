"""Write the derived topics of a generation, and the disclosure ledger, into its database.

For each batch: read, decrypt payloads, make rows, write all tables, commit the offsets. While
batches are written, one after the other, the next is read and decrypted. A batch that was written
but not committed comes again and collapses, so no row is lost and none is stored twice. A message
that cannot be read becomes a row of `rejects`, and the others go on.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import structlog
from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from consumers.sink.payload_decryption import PayloadDecryptor, bundle_of
from consumers.sink.table_rows import Batch
from consumers.sink.writer import TableWriter
from infra.kafka import clients
from infra.settings import Settings
from infra.telemetry.trace_context import Headers
from infra.telemetry.tracing import NO_TRACER, Tracer, ending
from schemas import topics
from schemas.avro.codec import Record, raw_log_format
from schemas.errors import BrokenFormatError, QuipuFormatError
from schemas.model import COUNTRIES, Message

log = structlog.get_logger(__name__)

BATCH_BYTES = 4 * 1024 * 1024
"""Larger batches cost more to build, and the first and the last overlap with nothing."""
WRITES_UNDER_WAY = 2
"""Batches that are being written or wait for it. Observations are quick to read and slow to write,
and events the other way round: with one batch, reading would wait for writing and then the reverse.
"""
BATCH_AGE_S = 0.1
IDLE_POLL_MS = 250
SETTLE_POLL_MS = 20
FIRST_POLL_RECORDS = 50
MAX_POLL_RECORDS = 250
"""A poll costs milliseconds: a batch of small messages should need few."""
_BUNDLE_TOPICS = frozenset(topics.bundles(country).encode() for country in COUNTRIES)

EndOffsets = dict[TopicPartition, OffsetAndMetadata]


class Sink:
    """The sink of one generation. `step` does one batch."""

    def __init__(
        self,
        generation: int,
        consumer: Any,
        writer: TableWriter,
        decryptor: PayloadDecryptor,
        tracer: Tracer = NO_TRACER,
    ) -> None:
        """Start at what is committed; at the beginning where the tables lack what was before."""
        self.generation = generation
        self.rows = 0
        self.messages = 0
        self.committed_at: float | None = None
        """When it last committed, s since 1970 UTC."""
        self._consumer = consumer
        self._writer = writer
        self._decryptor = decryptor
        self._tracer = tracer
        self._headers: list[Headers] = []
        self._country_of = {topics.accepted(generation, country): country for country in COUNTRIES}
        self._observations = topics.observations(generation)
        self._evidence = topics.evidence(generation)
        self._links = topics.links(generation)
        self._partitions: set[TopicPartition] = set()
        self._from_start = writer.lacks_the_past()
        self._write_thread = ThreadPoolExecutor(1, "writer")
        self._writes_under_way: deque[tuple[Future[None], EndOffsets]] = deque()

    def step(self) -> int:
        """Read and decrypt a batch while those before are written; commit what is written.

        Return the number of rows that are handed on to be written.
        """
        messages = self._collect()
        if not messages:
            self.settle()
            return 0
        span = self._tracer.begin("write the tables", self._headers, len(messages))
        self._headers = []
        batch = self.make_batch(messages)
        # before anything further is read: a restart needs the key lists from here
        ends = self._end_offsets(messages)
        self._commit_written(WRITES_UNDER_WAY - 1)
        write = self._write_thread.submit(ending(span, self._writer.write), batch)
        self._writes_under_way.append((write, ends))
        self.rows += len(batch)
        self.messages += len(messages)
        return len(batch)

    def settle(self) -> None:
        """Wait for the batches that are being written, and commit them.

        Raises what the write raised.
        """
        self._commit_written(0)

    def lag(self) -> int:
        """Count the messages that are known and not read yet, as of the last fetch."""
        return sum(
            max(0, (self._consumer.highwater(partition) or 0) - self._consumer.position(partition))
            for partition in self._partitions
        )

    def reread(self, offsets: Mapping[tuple[str, int], int]) -> bool:
        """Go back to these offsets; what follows is read in the order of the log, and collapses.

        False while some of the partitions are not ours (yet).
        """
        by_partition = {TopicPartition(*place): offset for place, offset in offsets.items()}
        if not by_partition.keys() <= self._partitions:
            return False
        self.settle()
        for partition, offset in by_partition.items():
            if offset < self._consumer.position(partition):
                self._go_back(partition, offset)
        return True

    def close(self) -> None:
        """Wait for the batch that is being written; the next one is dropped.

        What is not settled is not committed: it comes again, and what was wrong with it too.
        """
        self._write_thread.shutdown(cancel_futures=True)

    def make_batch(self, messages: Sequence[Message]) -> Batch:
        """Make the rows of the messages, in their order."""
        batch = Batch()
        accepted: list[tuple[Message, Record]] = []
        for message in messages:
            with self._rejecting_unreadable(batch, message):
                if message.topic in self._country_of:
                    accepted.append((message, _read_accepted(message)))
                else:
                    self._add_derived(batch, message)
        keys = self._decryptor.find_keys(
            bundle_of(record)
            for _, record in accepted
            if any(item["event"] for item in record["items"])
        )
        for message, record in accepted:
            with self._rejecting_unreadable(batch, message):
                batch.add_accepted(message, record, self._decryptor.decryptor_of(record, keys))
        return batch

    @contextmanager
    def _rejecting_unreadable(self, batch: Batch, message: Message) -> Iterator[None]:
        """Make a message that cannot be read a row of rejects, and go on."""
        try:
            yield
        except QuipuFormatError as error:
            log.warning(
                "message_rejected",
                topic=message.topic,
                partition=message.partition,
                offset=message.offset,
                code=error.code,
                detail=error.detail,
            )
            batch.add_unreadable(message, error.code, error.detail)

    def _add_derived(self, batch: Batch, message: Message) -> None:
        if message.topic in {self._observations, self._evidence} and not message.value:
            pass  # the end of a key: its rows came again without those of an erased event
        elif message.topic == self._observations:
            batch.add_observations(message.value)
        elif message.topic == self._evidence:
            batch.add_evidence(message.value)
        elif message.topic == self._links:
            batch.add_links(message)
        elif message.topic == topics.DISCLOSURES:
            entry = self._decryptor.read_disclosure(message)
            batch.add_disclosure(message, entry, self._decryptor.read_work(entry))
        else:
            batch.add_reject(raw_log_format("reject").read(message.value))

    def _commit_written(self, remaining: int) -> None:
        """Commit the written batches in their order; wait until at most `remaining` are not.

        Raises what the write raised.
        """
        while self._writes_under_way:
            write, ends = self._writes_under_way[0]
            if len(self._writes_under_way) <= remaining and not write.done():
                return
            write.result()
            self._consumer.commit(ends)
            self._writes_under_way.popleft()
            self.committed_at = time.time()

    def _collect(self) -> list[Message]:
        """Read what is there, and what comes within BATCH_AGE_S of it."""
        wait_ms = SETTLE_POLL_MS if self._writes_under_way else IDLE_POLL_MS
        messages = self._poll(wait_ms, FIRST_POLL_RECORDS)
        if not messages:
            return messages
        until = time.monotonic() + BATCH_AGE_S / 2
        size = _bytes_of(messages)
        while size < BATCH_BYTES and (seconds := until - time.monotonic()) > 0:
            missing = (BATCH_BYTES - size) * len(messages) // (size or 1) + 1
            more = self._poll(max(1, int(seconds * 1000)), min(missing, MAX_POLL_RECORDS))
            messages += more
            size += _bytes_of(more)
        return messages

    def _poll(self, timeout_ms: int, max_records: int) -> list[Message]:
        polled = self._consumer.poll(timeout_ms=timeout_ms, max_records=max_records)
        self._start_new_partitions()
        polled_records = (record for records in polled.values() for record in records)
        self._headers += self._tracer.keep_headers(record.headers for record in polled_records)
        return [
            Message(
                partition.topic,
                partition.partition,
                record.offset,
                record.timestamp,
                record.key,
                record.value or b"",
            )
            for partition, records in polled.items()
            for record in records
        ]

    def _start_new_partitions(self) -> None:
        """For a partition that is new here, learn from where to read its key lists.

        That is the metadata of its committed offset. Where the tables are empty though offsets were
        committed, the tables were lost: then all is read again. So it is where they lack facts. The
        commit of 0 shows this to those who follow committed offsets (consumers.hits.process).
        """
        new = self._consumer.assignment() - self._partitions
        if new and self._from_start:
            self._consumer.commit({partition: OffsetAndMetadata(0, "", -1) for partition in new})
        for partition in new:
            country = self._country_of.get(partition.topic)
            if self._from_start:
                self._consumer.seek(partition, 0)
            elif country is not None:
                committed = self._consumer.committed(partition, metadata=True)
                if committed is not None and committed.metadata.isdecimal():
                    start = int(committed.metadata)
                    self._decryptor.start_at(country, partition.partition, start)
            self._partitions.add(partition)

    def _go_back(self, partition: TopicPartition, offset: int) -> None:
        self._writer.forget_rejects(partition.topic, partition.partition, offset)
        metadata = "0" if partition.topic in self._country_of else ""
        self._consumer.commit({partition: OffsetAndMetadata(offset, metadata, -1)})
        self._consumer.seek(partition, offset)
        place = {"topic": partition.topic, "partition": partition.partition}
        log.info("read_again", **place, first=offset)

    def _end_offsets(self, messages: Sequence[Message]) -> EndOffsets:
        ends: dict[TopicPartition, int] = {}
        for message in messages:
            partition = TopicPartition(message.topic, message.partition)
            ends[partition] = max(ends.get(partition, 0), message.offset + 1)
        return {
            partition: OffsetAndMetadata(end, self._commit_metadata(partition), -1)
            for partition, end in ends.items()
        }

    def _commit_metadata(self, partition: TopicPartition) -> str:
        country = self._country_of.get(partition.topic)
        if country is None:
            return ""
        return str(self._decryptor.restart_offset(country, partition.partition))


def _read_accepted(message: Message) -> Record:
    record = raw_log_format("accepted").read(message.value)
    if record["topic"] not in _BUNDLE_TOPICS:
        raise BrokenFormatError(f"accepted from {record['topic']!r}, which is no country's bundles")
    return record


def _bytes_of(messages: Sequence[Message]) -> int:
    return sum(len(message.value) for message in messages)


def open_consumer(settings: Settings, generation: int) -> Any:
    """Open a Kafka consumer in the sink's group; offsets are committed by hand only."""
    return clients.open_group_member(
        settings.kafka,
        *topics.sink_inputs(generation),
        group_id=topics.sink_group(generation),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        check_crcs=False,  # what is read is signed or derived
        fetch_max_wait_ms=50,
        max_partition_fetch_bytes=4 * 1024 * 1024,
        max_poll_interval_ms=600_000,
        session_timeout_ms=15_000,
    )
