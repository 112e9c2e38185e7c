"""The log as a partition's task reads it again, outside the consumer group."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.model import Message

FETCH_BYTES = 4 * 1024 * 1024
WAIT_MS = 1000

Place = tuple[str, int]
"""Topic and partition."""


def message_of(record: Any) -> Message:
    """A record of aiokafka, or a message of Faust's, as a Message."""
    timestamp = record.timestamp
    millis = timestamp if isinstance(timestamp, int) else round(timestamp * 1000)
    return Message(
        record.topic, record.partition, record.offset, millis, record.key, record.value or b""
    )


async def read(
    bootstrap: str, place: Place, first: int, until: int, at_most: int
) -> AsyncIterator[tuple[Sequence[Message], int]]:
    """The messages from offset `first` up to, not including, `until`, in batches, each with the
    offset it reaches.

    Raises OffsetOutOfRangeError when the log no longer reaches back to `first`.
    """
    partition = TopicPartition(*place)
    async with _consumer(bootstrap, group=None) as consumer:
        consumer.assign([partition])
        consumer.seek(partition, first)
        position = first
        while position < until:
            records = (
                await consumer.getmany(partition, timeout_ms=WAIT_MS, max_records=at_most)
            ).get(partition, [])
            position = min(
                await consumer.position(partition), until
            )  # what compaction or markers took away counts as read
            messages = [message_of(record) for record in records if record.offset < until]
            if messages or records or position == until:
                yield messages, position


async def committed(bootstrap: str, group: str, places: Collection[Place]) -> dict[Place, int]:
    """The offsets that the group has committed; 0 where none."""
    async with _consumer(bootstrap, group) as consumer:
        partitions = [TopicPartition(*place) for place in places]
        consumer.assign(partitions)
        return {
            tuple(partition): await consumer.committed(partition) or 0 for partition in partitions
        }


async def ends(bootstrap: str, places: Collection[Place]) -> dict[Place, int]:
    """The offsets that the partitions' next messages will have."""
    async with _consumer(bootstrap, group=None) as consumer:
        found = await consumer.end_offsets([TopicPartition(*place) for place in places])
        return {tuple(partition): offset for partition, offset in found.items()}


@asynccontextmanager
async def _consumer(bootstrap: str, group: str | None) -> AsyncIterator[Any]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
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
