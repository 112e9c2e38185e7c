"""The two private names that the transport overrides exist in Faust and aiokafka, and work."""

from __future__ import annotations

import inspect
from typing import Any

import aiokafka
import faust
import pytest
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
