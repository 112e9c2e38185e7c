"""The sink: `python -m consumers.sink [--generation G]`: the derived topics of a generation into
its database, the disclosure ledger too.

Per batch: read → open payloads → rows → write all tables → commit the offsets; while one batch is
written, the next is read and opened. A batch that was written and not committed comes again and
collapses, so nothing is lost and nothing doubled. A message that cannot be read becomes a row of
`rejects`, and the rest goes on.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from consumers.maintenance import rejects
from consumers.runtime import lifecycle
from consumers.runtime.liveness import ConsumerLiveness, SinkCounters
from consumers.sink.payload_decryption import Opener, bundle_of
from consumers.sink.table_rows import Batch
from consumers.sink.writer import Store, open_store
from infra.exchange_log.config_log import ConfigLog
from infra.keys.keyring import MechanismKeys
from infra.logging_setup import configure
from infra.settings import Settings, load
from schemas import topics
from schemas.avro.codec import Record, raw_log_format
from schemas.errors import BrokenFormatError, QuipuFormatError
from schemas.model import COUNTRIES, Message

log = structlog.get_logger(__name__)

BATCH_BYTES = (
    4 * 1024 * 1024
)  # larger ones cost more to build, and the first and the last overlap with nothing
BATCH_AGE_S = 0.1
QUIET_POLL_MS = 250
SETTLE_POLL_MS = 20
CHECK_GENERATION_S = 5.0
TELL_S = 10.0
FEEL_S = 0.5
YOUNG_OBJECTS = 200_000
"""Between two searches for cycles: a batch is tens of thousands of dictionaries that form none;
Python's default looks after every 700.
"""
_BUNDLES = frozenset(topics.bundles(country).encode() for country in COUNTRIES)


def group_of(generation: int) -> str:
    """The consumer group of a generation's sink."""
    return f"quipu.g{generation}.sink"


def inputs(generation: int) -> list[str]:
    """The topics a generation's sink reads."""
    countries = [topics.accepted(generation, country) for country in COUNTRIES]
    return [
        *countries,
        topics.observations(generation),
        topics.evidence(generation),
        topics.rejects(generation),
        topics.DISCLOSURES,
    ]


class Sink:
    """One generation's sink. `step` does one batch."""

    def __init__(
        self, settings: Settings, generation: int, consumer: Any, store: Store, opener: Opener
    ) -> None:
        self.generation = generation
        self.rows = 0
        self.messages = 0
        self.committed_at: float | None = None
        """When it last committed, s since 1970 UTC."""
        self._settings = settings
        self._consumer = consumer
        self._store = store
        self._opener = opener
        self._accepted = {topics.accepted(generation, country): country for country in COUNTRIES}
        self._formats = {
            topics.observations(generation): raw_log_format("observations"),
            topics.evidence(generation): raw_log_format("evidence"),
            topics.rejects(generation): raw_log_format("reject"),
        }
        self._known: set[TopicPartition] = set()
        self._from_start = store.is_empty()
        self._writer = ThreadPoolExecutor(1, "writer")
        self._writing: tuple[Future[None], dict[TopicPartition, OffsetAndMetadata]] | None = None

    def step(self) -> int:
        """Read a batch and open it while the one before is written; commit that one, hand this one
        on. The rows handed on.
        """
        messages = self._collect()
        if not messages:
            self.settle()
            return 0
        batch = self.batch(messages)
        ends = self._offsets(
            messages
        )  # before anything further is read: a restart needs the key lists from here
        self.settle()
        self._writing = (self._writer.submit(self._store.write, batch), ends)
        self.rows += len(batch)
        self.messages += len(messages)
        return len(batch)

    def settle(self) -> None:
        """Wait until what is being written is there, then commit it. Raises what the writing
        raised.
        """
        if self._writing is not None:
            written, ends = self._writing
            written.result()
            self._consumer.commit(ends)
            self._writing = None
            self.committed_at = time.time()

    def waiting(self) -> int:
        """Messages known to be there and not taken yet, as of the last fetch."""
        return sum(
            max(0, (self._consumer.highwater(at) or 0) - self._consumer.position(at))
            for at in self._known
        )

    def reread(self, asked: Mapping[tuple[str, int], int]) -> bool:
        """Go back to these offsets: what follows is read in the order of the log, and collapses.
        False while some are not ours (yet).
        """
        if not {TopicPartition(*place) for place in asked} <= self._known:
            return False
        self.settle()
        for at in (TopicPartition(*place) for place in asked):
            offset = asked[at.topic, at.partition]
            if offset < self._consumer.position(at):
                self._store.forget_rejects(at.topic, at.partition, offset)
                self._consumer.commit(
                    {at: OffsetAndMetadata(offset, "0" if at.topic in self._accepted else "", -1)}
                )
                self._consumer.seek(at, offset)
                log.info("read_again", topic=at.topic, partition=at.partition, first=offset)
        return True

    def close(self) -> None:
        """Wait for what is being written. What is not settled is not committed: it comes again, and
        what was wrong with it too.
        """
        self._writer.shutdown()

    def batch(self, messages: list[Message]) -> Batch:
        """The rows that the messages stand for, in their order."""
        batch = Batch()
        accepted: list[tuple[Message, Record]] = []
        for message in messages:
            with self._telling(batch, message):
                if message.topic in self._accepted:
                    accepted.append((message, _accepted(message)))
                else:
                    self._derived(batch, message)
        keys = self._opener.keys_of(
            bundle_of(record)
            for _, record in accepted
            if any(item["event"] for item in record["items"])
        )
        for message, record in accepted:
            with self._telling(batch, message):
                batch.accepted(message, record, self._opener.opener(record, keys))
        return batch

    @contextmanager
    def _telling(self, batch: Batch, message: Message) -> Iterator[None]:
        """A message that cannot be read is told, and the rest goes on."""
        try:
            yield
        except QuipuFormatError as error:
            where = {
                "topic": message.topic,
                "partition": message.partition,
                "offset": message.offset,
            }
            log.warning("message_rejected", **where, code=error.code, detail=error.detail)
            batch.poison(message, error.code, error.detail)

    def _derived(self, batch: Batch, message: Message) -> None:
        if message.topic == topics.DISCLOSURES:
            batch.disclosed(message, self._opener.disclosure(message.value))
            return
        record = self._formats[message.topic].read(message.value)
        match message.topic.rsplit(".", 1)[1]:
            case "observations":
                batch.observed(record)
            case "evidence":
                batch.evidenced(record)
            case _:
                batch.rejected(record)

    def _collect(self) -> list[Message]:
        """Whatever is there, and what comes within BATCH_AGE_S of it."""
        messages = self._poll(QUIET_POLL_MS if self._writing is None else SETTLE_POLL_MS)
        if not messages:
            return messages
        until = time.monotonic() + BATCH_AGE_S / 2
        weight = _weight(messages)
        while weight < BATCH_BYTES and (left := until - time.monotonic()) > 0:
            more = self._poll(max(1, int(left * 1000)))
            messages += more
            weight += _weight(more)
        return messages

    def _poll(self, timeout_ms: int) -> list[Message]:
        polled = self._consumer.poll(timeout_ms=timeout_ms, max_records=50)
        self._meet()
        return [
            Message(
                at.topic,
                at.partition,
                record.offset,
                record.timestamp,
                record.key,
                record.value or b"",
            )
            for at, records in polled.items()
            for record in records
        ]

    def _meet(self) -> None:
        """Of a partition that is new here: from where to read its key lists (kept as the metadata
        of what was committed).

        Where the tables are empty, though something was committed, they were lost: then all is read
        again, and who goes by what is committed (consumers.hits.process) is told so.
        """
        new = self._consumer.assignment() - self._known
        if new and self._from_start:
            self._consumer.commit({at: OffsetAndMetadata(0, "", -1) for at in new})
        for at in new:
            if self._from_start:
                self._consumer.seek(at, 0)
                self._known.add(at)
                continue
            committed = (
                self._consumer.committed(at, metadata=True) if at.topic in self._accepted else None
            )
            if committed is not None and committed.metadata.isdecimal():
                self._opener.starts_at(
                    self._accepted[at.topic], at.partition, int(committed.metadata)
                )
            self._known.add(at)

    def _offsets(self, messages: list[Message]) -> dict[TopicPartition, OffsetAndMetadata]:
        ends: dict[TopicPartition, int] = {}
        for message in messages:
            at = TopicPartition(message.topic, message.partition)
            ends[at] = max(ends.get(at, 0), message.offset + 1)
        return {at: OffsetAndMetadata(end, self._metadata(at), -1) for at, end in ends.items()}

    def _metadata(self, at: TopicPartition) -> str:
        country = self._accepted.get(at.topic)
        return str(self._opener.offset(country, at.partition)) if country else ""


def _accepted(message: Message) -> Record:
    record = raw_log_format("accepted").read(message.value)
    if record["topic"] not in _BUNDLES:
        raise BrokenFormatError(f"accepted from {record['topic']!r}, which is no country's bundles")
    return record


def _weight(messages: list[Message]) -> int:
    return sum(len(message.value) for message in messages)


def consumer_of(settings: Settings, generation: int) -> Any:
    """A consumer in the sink's group; offsets are committed by hand only.

    It knows its topics before it joins: one that joined before their metadata came was now and then
    given nothing, for good.
    """
    consumer = KafkaConsumer(
        *inputs(generation),
        bootstrap_servers=settings.kafka,
        group_id=group_of(generation),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        check_crcs=False,  # what is read is signed or derived
        fetch_max_wait_ms=50,
        max_partition_fetch_bytes=4 * 1024 * 1024,
        max_poll_interval_ms=600_000,
        session_timeout_ms=15_000,
    )
    for topic in inputs(generation):
        consumer.partitions_for_topic(topic)
    return consumer


def run(settings: Settings, generation: int | None, ready: str = "sink") -> int:
    """Until a signal comes, or until config says that another generation serves and none was asked
    for. The exit code.
    """
    pulse = ConsumerLiveness(settings, ready)
    return lifecycle.run(
        settings, ready, pulse, lambda keys, stop: _serve(settings, generation, keys, stop, pulse)
    )


def _serve(
    settings: Settings,
    generation: int | None,
    keys: MechanismKeys,
    stop: lifecycle.StopSignal,
    pulse: ConsumerLiveness,
) -> None:
    """From what is committed on, until asked to stop or another generation serves. Raises what AWAY
    names.
    """
    with ExitStack() as closing:
        config_log = ConfigLog(settings)
        closing.callback(config_log.close)
        serving = generation or config_log.refresh().at(_now_ms()).generation
        store = open_store(settings, serving)
        closing.callback(store.close)
        opener = Opener(settings, config_log, keys)
        closing.callback(opener.close)
        consumer = consumer_of(settings, serving)
        closing.callback(consumer.close, autocommit=False)
        sink = Sink(settings, serving, consumer, store, opener)
        closing.callback(sink.close)
        log.info("sink_ready", generation=serving)
        _loop(settings, sink, stop, pulse, config_log if generation is None else None)
        sink.settle()
        log.info("sink_stopped", generation=serving, rows=sink.rows)


def _loop(
    settings: Settings,
    sink: Sink,
    stop: lifecycle.StopSignal,
    pulse: ConsumerLiveness,
    config_log: ConfigLog | None,
) -> None:
    told = checked = felt = time.monotonic()
    since = 0
    while not stop.requested:
        since += sink.step()
        now = time.monotonic()
        if now - felt >= FEEL_S:
            felt = now
            asked = rejects.take_reread(settings)
            if asked and sink.reread(asked):
                rejects.done_reread(settings)
            pulse.mark_step(
                SinkCounters(
                    sink.messages, sink.rows, sink.waiting(), sink.generation, sink.committed_at
                )
            )
        if since and now - told >= TELL_S:
            log.info("sink_moving", rows=since, rows_per_s=round(since / (now - told)))
            told, since = now, 0
        if config_log is not None and now - checked >= CHECK_GENERATION_S:
            checked = now
            if config_log.refresh().at(_now_ms()).generation != sink.generation:
                log.info("another_generation_serves", generation=sink.generation)
                return


def _now_ms() -> int:
    return int(time.time() * 1000)


def main() -> int:
    """The process."""
    parser = argparse.ArgumentParser(
        prog="python -m consumers.sink",
        description="Writes the derived topics of a generation into its database.",
    )
    parser.add_argument(
        "--generation", type=int, default=None, help="default: the one that config says serves"
    )
    parser.add_argument("--ready", default="sink", help="name of the ready file")
    arguments = parser.parse_args()
    settings = load(os.environ)
    configure(settings.log_json, level=settings.log_level)
    gc.freeze()  # what was made by now lives as long as the process
    gc.set_threshold(YOUNG_OBJECTS, 20, 50)
    return run(settings, arguments.generation, arguments.ready)
