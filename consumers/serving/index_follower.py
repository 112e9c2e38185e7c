"""Follow the topic of observations into the index of hit look-ups, while others ask it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import Event, Thread

import structlog
from kafka.errors import KafkaError

from consumers.query.hit_lookup.records import Records
from consumers.serving.hit_index import HitIndex, ReadObservations, read_observations
from infra.errors import LogStalledError, QuipuError
from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas import topics
from schemas.errors import QuipuFormatError
from schemas.model import Message, Reader, thing_partitions_of

log = structlog.get_logger(__name__)

EVERY_S = 1.0
"""A question to the broker for each partition."""
RETRY_S = 5.0
MOST_MESSAGES = 500
COMPACT_EVERY_S = 60.0
FOLDER = "hit-index"


class IndexFollower:
    """Keeps the index of the generation that serves; knows things once it has caught up."""

    def __init__(self, settings: Settings, generation: Callable[[], int]) -> None:
        """`generation`: the one that serves now."""
        self._settings, self._generation = settings, generation
        self._closed = Event()
        self._ready: HitIndex | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Follow in a thread until closed."""
        self._thread = Thread(target=self._run, name="hit-index", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread, and close the index."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def of_things(self, ids: Sequence[str], asker: Reader) -> Records | None:
        """Return the records that answer this asker; None while the index is not caught up."""
        index = self._ready
        try:
            return None if index is None else index.of_things(ids, asker)
        except Exception as error:  # noqa: BLE001 - it was closed meanwhile: another generation serves
            log.info("hit_index_closed", error=repr(error))
            return None

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._follow(self._generation())
            except (KafkaError, LogStalledError, QuipuError) as error:
                log.warning("hit_index_stands", error=repr(error), consequence="the store answers")
            except Exception as error:  # noqa: BLE001 - RocksDB has no exceptions of its own
                log.warning("hit_index_failed", error=repr(error), consequence="the store answers")
            self._ready = None
            self._closed.wait(RETRY_S)

    def _follow(self, generation: int) -> None:
        """Follow one generation until another serves, or the follower is closed."""
        folder = self._settings.state_dir / FOLDER / f"g{generation}"
        index = HitIndex(folder)
        readers = self._readers(index, generation)
        try:
            if any(reader.exists() and reader.position > reader.end() for reader in readers):
                log.warning("hit_index_dropped", reason="it is of another log")
                index.close()
                shutil.rmtree(folder)
                return
            compacted_at = time.monotonic()
            while not self._closed.is_set() and self._generation() == generation:
                for reader in readers:
                    self._read_on(reader, index)
                self._ready = index
                if time.monotonic() - compacted_at > COMPACT_EVERY_S:
                    index.compact()
                    compacted_at = time.monotonic()
                self._closed.wait(EVERY_S)
        finally:
            self._ready = None
            for reader in readers:
                with suppress(KafkaError):
                    reader.close()
            index.close()

    def _readers(self, index: HitIndex, generation: int) -> list[PartitionReader]:
        topic = topics.observations(generation)
        return [
            PartitionReader(self._settings.kafka, topic, number, index.offset(number))
            for number in range(thing_partitions_of(generation))
        ]

    def _read_on(self, reader: PartitionReader, index: HitIndex) -> None:
        """Fold what a partition has by now."""
        if not reader.exists():
            return
        messages: list[ReadObservations] = []
        for message in reader.read_to_end():
            messages.extend(_read(message))
            if len(messages) >= MOST_MESSAGES:
                index.apply(messages, reader.partition, reader.position)
                messages = []
            if self._closed.is_set():
                return
        if index.offset(reader.partition) != reader.position:
            index.apply(messages, reader.partition, reader.position)


def _read(message: Message) -> Iterator[ReadObservations]:
    """Yield the message read; none for a deletion, and for one that the store rejects, too."""
    if not message.value:
        return
    try:
        yield read_observations(message.value)
    except QuipuFormatError as error:
        log.warning(
            "hit_index_left_out",
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
            code=error.code,
            detail=error.detail,
        )
