"""Faust's Kafka transport, but that a fetch waits less long for something to come."""

from __future__ import annotations

import logging
from typing import Any

from faust.transport.drivers import aiokafka

FETCH_WAIT_MS = 200
"""Faust's own 1.5 s is how long a partition may wait whose messages came while the others were
waited for.
"""

logging.getLogger(__name__).setLevel(
    logging.WARNING
)  # Faust's services log under the name of the module that defines them


class ConsumerThread(aiokafka.AIOKafkaConsumerThread):
    """Sets what Faust has no setting for, before the consumer starts."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer


class Consumer(aiokafka.Consumer):
    """Runs the thread above."""

    def _new_consumer_thread(self) -> Any:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class Transport(aiokafka.Transport):
    """Makes the consumer above."""

    Consumer = Consumer
