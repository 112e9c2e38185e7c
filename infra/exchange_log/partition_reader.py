"""Read one partition of a topic forward to its end as of now, outside any consumer group."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import structlog
from kafka import TopicPartition

from infra.errors import LogStalledError
from infra.kafka.clients import open_consumer
from infra.kafka_access import KafkaAccess
from schemas.i18n import _
from schemas.model import Message, PartitionNumber

log = structlog.get_logger(__name__)

FETCH_BYTES = 4 * 1024 * 1024
POLL_MS = 500
STALL_S = 2.0
GIVE_UP_AFTER_S = 60.0


class PartitionReader:
    """Read one partition; not for two threads at once.

    `position`: offset of the next message to be read.
    """

    def __init__(self, access: KafkaAccess, topic: str, partition: int, start: int = 0) -> None:
        """Begin at the offset `start`; the first use connects."""
        self.topic = topic
        self.partition = partition
        self.position = start
        self._access = access
        self._at = TopicPartition(topic, partition)
        self._consumer: Any = None
        self._fetched: deque[Any] = deque()
        self._exists = False

    def exists(self) -> bool:
        """Say whether the topic exists; until it does, each call asks the broker."""
        if self._exists:
            return True
        if self._consumer is None:
            self._consumer = _consumer(self._access)
        self._exists = bool(self._consumer.partitions_for_topic(self.topic))
        if self._exists and not self._consumer.assignment():
            self._assign()
        return self._exists

    def end(self) -> int:
        """Return the partition's end now: the offset that its next message will have.

        It is one question to the broker.
        """
        return int(self._open().end_offsets([self._at])[self._at])

    def first(self) -> int:
        """Return the offset of the first message that is left."""
        return int(self._open().beginning_offsets([self._at])[self._at])

    def seek(self, position: int) -> None:
        """Continue to read from another offset."""
        self.position = position
        self._fetched.clear()
        self._open().seek(self._at, position)

    def read_fetched(self) -> Iterator[Message]:
        """Yield the messages that have arrived already, without a question to the broker."""
        if self._fetched:
            yield from self.read(self._fetched[-1].offset + 1)

    def read_to_end(self) -> Iterator[Message]:
        """Yield the messages before the end as of now. Raises LogStalledError."""
        yield from self.read(self.end())

    def read(self, until: int) -> Iterator[Message]:
        """Yield the messages before the offset `until`.

        The caller may leave early; the next read continues there. Raises LogStalledError.
        """
        moved = time.monotonic()
        while self.position < until:
            if not self._fetched:
                self._fetched.extend(self._open().poll(timeout_ms=POLL_MS).get(self._at, ()))
            while self._fetched and self._fetched[0].offset < until:
                record = self._fetched.popleft()
                self.position = record.offset + 1
                moved = time.monotonic()
                yield Message(
                    self.topic,
                    PartitionNumber(self.partition),
                    record.offset,
                    record.timestamp,
                    record.key,
                    record.value or b"",
                )
            if self._fetched:  # compaction took what stood before `until`
                self.position = until
            elif time.monotonic() - moved > STALL_S:
                self._skip_control_records(until, moved)

    def _skip_control_records(self, until: int, moved: float) -> None:
        """Reach the end where compaction has removed the topic's last messages.

        Then a fresh fetch from here answers with nothing. Raises LogStalledError.
        """
        fresh = _consumer(self._access)
        try:
            fresh.assign([self._at])
            fresh.seek(self._at, self.position)
            nothing = not fresh.poll(timeout_ms=POLL_MS)
            if nothing and (fresh.highwater(self._at) or 0) >= until:
                log.info(
                    "log_compacted_to_its_end",
                    topic=self.topic,
                    partition=self.partition,
                    first=self.position,
                    until=until,
                )
                self.position = until
        finally:
            fresh.close()
        if self.position < until and time.monotonic() - moved > GIVE_UP_AFTER_S:
            where = f"{self.topic}/{self.partition}, {self.position}..{until}"
            raise LogStalledError(
                _(
                    "Kafka has not delivered {where} for {give_up_after_s:.0f} s.",
                    where=where,
                    give_up_after_s=GIVE_UP_AFTER_S,
                ),
                _("Check the broker's state and log."),
            )

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._consumer is not None:
            self._consumer.close()
            self._consumer = None
            self._exists = False
            self._fetched.clear()

    def _open(self) -> Any:
        if self._consumer is None:
            self._consumer = _consumer(self._access)
            self._assign()
        return self._consumer

    def _assign(self) -> None:
        self._consumer.assign([self._at])
        self._consumer.seek(self._at, self.position)


def _consumer(access: KafkaAccess) -> Any:
    return open_consumer(
        access,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        retry_backoff_ms=20,  # a poll sleeps so long while the partition's leader is unknown
        fetch_max_wait_ms=20,  # a fetch that waits would hold up the next question for the end
        check_crcs=False,  # in pure Python this takes most of the time; what is read here is signed
        max_partition_fetch_bytes=FETCH_BYTES,
        max_poll_records=2000,
    )
