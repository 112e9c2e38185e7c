"""Change two things of Faust's Kafka transport: how long a fetch waits, and where it goes back to.

Faust has no public setting for the first, so two private names are used: Faust's
`_create_worker_consumer` and aiokafka's `_fetch_max_wait_ms`. A unit test fails if an upgrade
renames one of them (tests/unit/streams/worker/test_faust_transport.py).

A fetch that waits while Kafka assigns other partitions takes messages of the new ones. Faust drops
them, since nobody works yet, and goes back to what the group has committed. Where it has committed
nothing, aiokafka stays where it is, and the messages never come again: this goes back to the
beginning (ADR 0112).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

from faust.transport.drivers import aiokafka
from faust.types import TP

FETCH_WAIT_MS = 200
"""Faust's own 1.5 s is how long a partition may wait for a fetch that waits for the others."""

# Faust's services log under the name of the module that defines them.
logging.getLogger(__name__).setLevel(logging.WARNING)


class ConsumerThread(aiokafka.AIOKafkaConsumerThread):
    """Sets what Faust has no setting for, and goes back as far as nothing is committed."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what the group has committed; to the beginning, where that is nothing.

        Return the committed offsets, None where there is none.
        """
        return cast("Mapping[TP, int]", await self.call_thread(self._seek_to_committed))

    async def _seek_to_committed(self) -> Any:
        consumer: Any = self._ensure_consumer()
        offsets = await consumer.seek_to_committed()
        for partition in consumer.assignment():  # others may have come since
            if partition in offsets and not offsets[partition]:
                consumer.seek(partition, 0)
        return offsets


class Consumer(aiokafka.Consumer):
    """Runs a `ConsumerThread` instead of Faust's own thread."""

    def _new_consumer_thread(self) -> Any:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class Transport(aiokafka.Transport):
    """Makes the `Consumer` above instead of Faust's own."""

    Consumer = Consumer
