"""Send the messages of a fold, idempotently, and wait until Kafka has acknowledged them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from infra.kafka.clients import make_async_producer
from infra.kafka.owner_topics import OwnerTopics
from infra.keys.current_signer import CurrentSigner
from infra.settings import Settings
from infra.telemetry.tracing import NO_TRACER, Tracer
from schemas.crypto.sealing import sign
from schemas.model import Output
from schemas.topics import kind_of

LINGER_MS = 2
KINDS_REMEMBERED = 1_000
"""Topics whose kind is remembered: more than a generation has."""
MAX_BYTES = 1_500_000
"""Of a message, a batch and a request.

A bundle of 900 KiB with its verdicts fits; topics take as much.
"""


class OutputProducer:
    """One producer for all partitions of a worker.

    `suppressed_kinds`: kinds of topics to which this worker writes nothing. `signers`: who signs
    what goes to a kind of topic whose readers believe nothing else.
    """

    def __init__(
        self,
        settings: Settings,
        signers: Mapping[str, CurrentSigner],
        suppressed_kinds: Collection[str] = (),
        tracer: Tracer = NO_TRACER,
    ) -> None:
        """Prepare for a cluster; `start` connects."""
        self._access = settings.kafka
        self._signers = signers
        self._suppressed_kinds = frozenset(suppressed_kinds)
        self._tracer = tracer
        self._owner_topics = OwnerTopics(settings)
        self._making_topics = asyncio.Lock()
        self._kind_of = lru_cache(KINDS_REMEMBERED)(kind_of)
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

    async def prepare(self, names: Collection[str]) -> None:
        """Make these topics of owners where they are missing, and learn who leads them.

        Raises KafkaError.
        """
        await self._make_topics(set(names))
        await asyncio.gather(*map(self._producer.partitions_for, names))

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Send all, in their order, and return when Kafka has them.

        Raises KafkaError: then some may have been written, some not.
        """
        producer = self._producer
        if producer is None:
            raise RuntimeError("the producer is not started")
        outputs = [
            output
            for output in outputs
            if self._kind_of(output.topic) not in self._suppressed_kinds
        ]
        await self._make_topics({output.topic for output in outputs})
        sent = [
            await producer.send(
                output.topic,
                value=self._value(output) or None,  # without value: compaction removes the key
                key=output.key,
                partition=output.partition,
                **self._tracer.send_options(output.topic),
            )
            for output in outputs
        ]
        if sent:  # shielded: cancelling us must not cancel what the producer holds
            await asyncio.shield(asyncio.gather(*sent))

    async def _make_topics(self, names: set[str]) -> None:
        """Make those that belong to an owner and are missing; mostly there are none."""
        if not self._owner_topics.are_known(names):
            async with self._making_topics:
                await asyncio.to_thread(self._owner_topics.ensure, names)

    def _value(self, output: Output) -> bytes:
        signer = self._signers.get(self._kind_of(output.topic))
        if signer is None:
            return output.value
        keys = signer.current()
        return sign(output.topic, output.value, keys.key_id, keys.signing)

    async def stop(self) -> None:
        """Send what the producer still holds, and close it."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None
