"""Read a partition of the log again, outside the consumer group."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import TopicPartition as KafkaPartition

from infra.kafka.clients import make_async_consumer
from infra.kafka_access import KafkaAccess
from schemas.model import EpochMs, Message

FETCH_BYTES = 4 * 1024 * 1024
WAIT_MS = 1000

TopicPartition = tuple[str, int]
"""Topic, and number of the partition."""


def message_of(record: Any) -> Message:
    """Make a Message of a record of aiokafka or a message of Faust."""
    timestamp = record.timestamp
    millis = timestamp if isinstance(timestamp, int) else round(timestamp * 1000)
    return Message(
        record.topic,
        record.partition,
        record.offset,
        EpochMs(millis),
        record.key,
        record.value or b"",
    )


async def read(
    access: KafkaAccess, topic_partition: TopicPartition, first: int, until: int, at_most: int
) -> AsyncIterator[tuple[Sequence[Message], int]]:
    """Read messages from offset `first` up to, not including, `until`.

    They come in batches of `at_most`, each with the offset that it reaches. Raises
    OffsetOutOfRangeError when the log no longer reaches back to `first`.
    """
    partition = KafkaPartition(*topic_partition)
    async with _consumer(access, group=None) as consumer:
        consumer.assign([partition])
        consumer.seek(partition, first)
        position = first
        while position < until:
            batch = await consumer.getmany(partition, timeout_ms=WAIT_MS, max_records=at_most)
            records = batch.get(partition, [])
            # what compaction or markers removed counts as read
            position = min(await consumer.position(partition), until)
            messages = [message_of(record) for record in records if record.offset < until]
            if messages or records or position == until:
                yield messages, position


async def committed(
    access: KafkaAccess, group: str, partitions: Collection[TopicPartition]
) -> dict[TopicPartition, int]:
    """Return the offsets that the group has committed; 0 where none."""
    async with _consumer(access, group) as consumer:
        assigned = [KafkaPartition(*partition) for partition in partitions]
        consumer.assign(assigned)
        return {
            tuple(partition): await consumer.committed(partition) or 0 for partition in assigned
        }


async def ends(
    access: KafkaAccess, partitions: Collection[TopicPartition]
) -> dict[TopicPartition, int]:
    """Return the offsets that the partitions' next messages will have."""
    async with _consumer(access, group=None) as consumer:
        offsets = await consumer.end_offsets([KafkaPartition(*pair) for pair in partitions])
        return {tuple(partition): offset for partition, offset in offsets.items()}


@asynccontextmanager
async def _consumer(access: KafkaAccess, group: str | None) -> AsyncIterator[Any]:
    consumer = make_async_consumer(
        access,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="none",
        max_partition_fetch_bytes=FETCH_BYTES,
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()
