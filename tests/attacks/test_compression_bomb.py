"""E9: a compressed batch that an admitted node sends does not fill the readers' memory."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Callable
from contextlib import closing

import pytest

from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.kafka_access import KafkaAccess
from infra.orchestration.stack import RunningStack
from streams.worker import partition_log
from tests.support.engines import new_topic

MB = 1024 * 1024
UNPACKED = 128 * MB
SENT = [(0, b"before"), (1, b""), (2, b"after")]


def read_as_sink_and_nodes_do(access: KafkaAccess, topic: str) -> list[tuple[int, bytes]]:
    with closing(PartitionReader(access, topic, 0)) as reader:
        return [(message.offset, message.value) for message in reader.read(3)]


def read_as_the_worker_does(access: KafkaAccess, topic: str) -> list[tuple[int, bytes]]:
    async def read() -> list[tuple[int, bytes]]:
        return [
            (message.offset, message.value)
            async for messages, _ in partition_log.read(access, (topic, 0), 0, 3, 10)
            for message in messages
        ]

    return asyncio.run(read())


@pytest.fixture(scope="module")
def topic_with_bomb(stack: RunningStack) -> str:
    topic = new_topic(stack, 1, {"message.timestamp.type": "LogAppendTime"})
    options = {"max_request_size": 2 * UNPACKED}
    with closing(open_producer(stack.settings.kafka)) as producer:
        producer.send(topic, value=b"before", partition=0).get(timeout=30)
    with closing(
        open_producer(stack.settings.kafka, compression_type="gzip", **options)
    ) as producer:
        producer.send(topic, value=bytes(UNPACKED), partition=0).get(timeout=60)
    with closing(open_producer(stack.settings.kafka)) as producer:
        producer.send(topic, value=b"after", partition=0).get(timeout=30)
    return topic


@pytest.mark.parametrize("read", [read_as_sink_and_nodes_do, read_as_the_worker_does])
def test_a_compressed_bomb_is_one_broken_message(
    stack: RunningStack,
    topic_with_bomb: str,
    read: Callable[[KafkaAccess, str], list[tuple[int, bytes]]],
) -> None:
    """E9: the broker takes it, and every reader passes over it without unpacking it"""
    tracemalloc.start()
    try:
        assert read(stack.settings.kafka, topic_with_bomb) == SENT
        assert tracemalloc.get_traced_memory()[1] < 16 * MB
    finally:
        tracemalloc.stop()
