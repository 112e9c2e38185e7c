"""Sending what a fold said, idempotently, and waiting for Kafka's word."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from aiokafka import AIOKafkaProducer

from schemas.model import Output

LINGER_MS = 2
MAX_BYTES = 1_500_000
"""Of a message, a batch and a request: a bundle of 900 KiB with its verdicts fits (topics take as
much).
"""


class OutputProducer:
    """One producer for all partitions of a worker. `muted`: topics that this worker writes nothing
    to.
    """

    def __init__(self, bootstrap: str, muted: Collection[str] = ()) -> None:
        self._bootstrap = bootstrap
        self._muted = frozenset(muted)
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connect."""
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            max_batch_size=MAX_BYTES,
            max_request_size=MAX_BYTES,
        )
        await self._producer.start()

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Send all, in their order, and return when Kafka has them. Raises KafkaError: then some
        may have been written, some not.
        """
        producer = self._producer
        if producer is None:
            raise RuntimeError("the sender is not started")
        sent = [
            await producer.send(
                output.topic, value=output.value, key=output.key, partition=output.partition
            )
            for output in outputs
            if output.topic not in self._muted
        ]
        if sent:  # shielded: cancelling us must not cancel what the producer holds
            await asyncio.shield(asyncio.gather(*sent))

    async def stop(self) -> None:
        """Send what is held, and close."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None
