"""Send the messages of a fold, idempotently, and wait until Kafka has acknowledged them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from infra.kafka.clients import make_async_producer
from infra.kafka_access import KafkaAccess
from infra.keys.current_signer import CurrentSigner
from schemas.crypto.sealing import sign
from schemas.model import Output

LINGER_MS = 2
MAX_BYTES = 1_500_000
"""Of a message, a batch and a request.

A bundle of 900 KiB with its verdicts fits; topics take as much.
"""


class OutputProducer:
    """One producer for all partitions of a worker.

    `suppressed_topics`: topics to which this worker writes nothing. `signers`: who signs what goes
    to a topic whose readers believe nothing else.
    """

    def __init__(
        self,
        access: KafkaAccess,
        signers: Mapping[str, CurrentSigner],
        suppressed_topics: Collection[str] = (),
    ) -> None:
        """Prepare for a cluster; `start` connects."""
        self._access = access
        self._signers = signers
        self._suppressed_topics = frozenset(suppressed_topics)
        self._producer: Any = None

    async def start(self) -> None:
        """Connect to Kafka. Raises KafkaError."""
        self._producer = make_async_producer(
            self._access,
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            max_batch_size=MAX_BYTES,
            max_request_size=MAX_BYTES,
        )
        await self._producer.start()

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Send all, in their order, and return when Kafka has them.

        Raises KafkaError: then some may have been written, some not.
        """
        producer = self._producer
        if producer is None:
            raise RuntimeError("the producer is not started")
        sent = [
            await producer.send(
                output.topic,
                value=self._value(output),
                key=output.key,
                partition=output.partition,
            )
            for output in outputs
            if output.topic not in self._suppressed_topics
        ]
        if sent:  # shielded: cancelling us must not cancel what the producer holds
            await asyncio.shield(asyncio.gather(*sent))

    def _value(self, output: Output) -> bytes:
        signer = self._signers.get(output.topic)
        if signer is None:
            return output.value
        keys = signer.current()
        return sign(output.topic, output.value, keys.key_id, keys.signing)

    async def stop(self) -> None:
        """Send what the producer still holds, and close it."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None
