"""Change one setting of Faust's Kafka transport: how long a fetch waits for messages.

Faust has no public setting for it, so two private names are used: Faust's
`_create_worker_consumer` and aiokafka's `_fetch_max_wait_ms`. A unit test fails if an upgrade
renames one of them (tests/unit/streams/worker/test_faust_transport.py).
"""

from __future__ import annotations

import logging
from typing import Any

from faust.transport.drivers import aiokafka

FETCH_WAIT_MS = 200
"""Faust's own 1.5 s is how long a partition may wait for a fetch that waits for the others."""

# Faust's services log under the name of the module that defines them.
logging.getLogger(__name__).setLevel(logging.WARNING)


class ConsumerThread(aiokafka.AIOKafkaConsumerThread):
    """Sets what Faust has no setting for, before the consumer starts."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer


class Consumer(aiokafka.Consumer):
    """Runs a `ConsumerThread` instead of Faust's own thread."""

    def _new_consumer_thread(self) -> Any:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class Transport(aiokafka.Transport):
    """Makes the `Consumer` above instead of Faust's own."""

    Consumer = Consumer
