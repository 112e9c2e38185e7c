"""What the transport overrides of Faust and aiokafka exists there, and works."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import aiokafka
import faust
import pytest
from aiokafka import TopicPartition
from faust.transport.consumer import ThreadDelegateConsumer
from faust.transport.drivers import aiokafka as driver

from streams.worker.faust_transport import FETCH_WAIT_MS, Consumer, ConsumerThread, Transport


def test_fausts_thread_makes_its_consumer_in_the_method_that_is_overridden() -> None:
    assert "self._create_worker_consumer(" in inspect.getsource(
        driver.AIOKafkaConsumerThread._create_consumer
    )
    assert "_new_consumer_thread()" in inspect.getsource(ThreadDelegateConsumer.__init__)


def test_aiokafka_reads_the_attribute_that_is_set_when_its_consumer_starts() -> None:
    assert "self._fetch_max_wait_ms" in inspect.getsource(aiokafka.AIOKafkaConsumer.start)


class Positions:
    """Stands in for aiokafka's consumer: it goes back only to what is committed."""

    def __init__(self, committed: dict[TopicPartition, int | None]) -> None:
        self._committed = committed
        self.positions = dict.fromkeys(committed, 10)

    async def seek_to_committed(self) -> dict[TopicPartition, int | None]:
        self.positions |= {place: offset for place, offset in self._committed.items() if offset}
        return self._committed

    def assignment(self) -> set[TopicPartition]:
        return set(self._committed)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self.positions[partition] = offset


def test_what_a_fetch_took_too_early_comes_again_where_nothing_is_committed() -> None:
    first, second, third = (TopicPartition("topic", number) for number in range(3))
    consumer = Positions({first: None, second: 4, third: 0})
    thread = ConsumerThread.__new__(ConsumerThread)
    thread._consumer = consumer
    assert asyncio.run(thread._seek_to_committed()) == {first: None, second: 4, third: 0}
    assert consumer.positions == {first: 0, second: 4, third: 0}


def test_faust_asks_its_thread_to_go_back() -> None:
    assert "self._thread.seek_to_committed()" in inspect.getsource(
        ThreadDelegateConsumer.seek_to_committed
    )


async def no_message(_message: Any) -> None:
    """Take a message, and do nothing with it."""


def test_the_consumer_of_the_apps_thread_waits_as_long_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result: list[Any] = []

    class Recorded:
        """Stands in for aiokafka's consumer, which would connect."""

        def __init__(self, *_: Any, **__: Any) -> None:
            result.append(self)

    monkeypatch.setattr(aiokafka, "AIOKafkaConsumer", Recorded)
    app = faust.App("test", broker="kafka://nowhere", web_enabled=False)
    app.transport = Transport(app.conf.broker_consumer, app)
    consumer = app.transport.create_consumer(
        no_message, on_partitions_revoked=None, on_partitions_assigned=None
    )
    assert isinstance(consumer, Consumer)
    thread = consumer._thread
    assert isinstance(thread, ConsumerThread)
    assert thread._create_worker_consumer(app.transport)._fetch_max_wait_ms == FETCH_WAIT_MS
    assert len(result) == 1
