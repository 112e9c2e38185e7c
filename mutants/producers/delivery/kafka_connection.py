"""The node's line to Kafka: it may be away at any moment, and then says so by `Away`; the outbox,
not the client, remembers.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from infra.errors import NotRunningError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.partition_reader import LogStalledError, PartitionReader
from infra.kafka.tcp_probe import require_tcp
from infra.settings import Settings, load
from schemas.exchange_config import ConfigHistory
from schemas.model import Message

ACK_S = 35.0
KNOCK_S = 3.0
_PRODUCER = {
    "acks": "all",
    "enable_idempotence": True,
    "linger_ms": 2,
    "batch_size": 900_000,
    "max_request_size": 1_400_000,
    "max_block_ms": 10_000,
    "request_timeout_ms": 10_000,
    "delivery_timeout_ms": 30_000,
    "bootstrap_timeout_ms": 3_000,
    "reconnect_backoff_max_ms": 2_000,
    "allow_auto_create_topics": False,
}


class Away(Exception):
    """Kafka does not answer now; try again later."""


class Link:
    """Connections, opened when needed and thrown away when one fails: after a failure nothing is
    known but what the log says.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer: Any = None
        self._config: ConfigLog | None = None
        self._readers: dict[tuple[str, int], PartitionReader] = {}
        self._given_up = False
        self.fresh = True
        """Whether the log has yet to be looked at, since nothing is known of it on this connection."""
        self.alive_at = time.monotonic()
        """When something last came of it: a client that hangs says nothing for half a minute, and
        others need not wait for it.
        """

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turns what Kafka's absence raises into Away, at once where no server takes a connection:
        the clients would wait half a minute.
        """
        self._go_on()
        try:
            require_tcp(self._found().kafka, KNOCK_S)
            yield
            self._go_on()
        except (KafkaError, NotRunningError, LogStalledError, OSError, TimeoutError) as error:
            self.close()
            raise Away(str(error) or type(error).__name__) from error

    def config(self) -> ConfigHistory:
        """Config to its end. Raises Away."""
        with self.guarded():
            if self._config is None:
                self._config = ConfigLog(self._found())
            return self._config.refresh()

    def read(self, topic: str, partition: int, start: int) -> tuple[int, Iterator[Message]]:
        """The partition's end now, and its messages from `start` to there: to be read under
        `guarded`.
        """
        key = (topic, partition)
        known = self._readers.get(key)
        if known is None or known.position != start:
            if known is not None:
                known.close()
            self._readers[key] = known = PartitionReader(
                self._found().kafka, topic, partition, start
            )
        end = known.end()
        self._go_on()
        return end, self._alive(known.read(end))

    def send(self, topic: str, partition: int, messages: list[tuple[bytes, bytes]]) -> list[int]:
        """Send (key, value)s in order and await all acknowledgements; their offsets. Raises Away:
        then it is not known which arrived.
        """
        with self.guarded():
            if self._producer is None:
                self._producer = KafkaProducer(bootstrap_servers=self._found().kafka, **_PRODUCER)
            futures = [
                self._producer.send(topic, key=key, value=value, partition=partition)
                for key, value in messages
            ]
            offsets = []
            for future in futures:
                offsets.append(int(future.get(timeout=ACK_S).offset))
                self._go_on()
            return offsets

    def give_up(self) -> None:
        """From another thread: whatever this one waits for, it is to touch nothing any more. Every
        later use raises Away.
        """
        self._given_up = True

    def close(self) -> None:
        """Drop every connection; the next use opens new ones."""
        closers: list[Callable[[], None]] = [reader.close for reader in self._readers.values()]
        if self._producer is not None:
            producer = self._producer
            closers.append(lambda: producer.close(timeout=0))
        if self._config is not None:
            closers.append(self._config.close)
        self._producer, self._config, self._readers, self.fresh = None, None, {}, True
        for close in closers:
            try:
                close()
            except (
                KafkaError,
                OSError,
                ValueError,
            ):  # it is being thrown away because it is broken
                continue

    def _go_on(self) -> None:
        if self._given_up:
            raise Away("given up")
        self.alive_at = time.monotonic()

    def _alive(self, messages: Iterator[Message]) -> Iterator[Message]:
        for message in messages:
            self._go_on()
            yield message

    def _found(self) -> Settings:
        """The settings with the addresses of what runs now: a `quipu up` may have started since.
        Raises NotRunningError.
        """
        if self._settings.configured.kafka or self._settings.discovered.kafka:
            return self._settings
        return load(self._settings.environ())
