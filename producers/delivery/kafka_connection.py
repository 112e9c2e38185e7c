"""Connect a node to Kafka, which may stop answering at any moment.

The outbox remembers what was sent, not the client.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kafka.errors import AuthorizationError, KafkaError

from infra.errors import LogStalledError, NotRunningError, QuipuError
from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka.clients import open_producer
from infra.kafka.errors import KafkaAccessError, denied
from infra.kafka.tcp_probe import require_tcp
from infra.settings import Settings, load
from infra.system_errors import reason_of
from infra.telemetry.tracing import Tracer
from producers.model import Reason
from schemas.crypto.trusted_keys import TrustedKeys
from schemas.errors import BadSignatureError
from schemas.exchange_config import ConfigHistory
from schemas.model import Message

ACK_TIMEOUT_S = 35.0
TCP_TIMEOUT_S = 3.0
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


class KafkaUnavailableError(Exception):
    """Kafka does not answer now; try again later.

    `why`: a sentence in both languages, or a word of both, such as a kind of error.
    """

    def __init__(self, why: Reason) -> None:
        """Take the reason, which a log shows in English."""
        super().__init__(str(why))
        self.why = why


def reason_for(error: Exception) -> Reason:
    """Return why Kafka does not answer; the sentences of its client are in English alone."""
    if isinstance(error, QuipuError):
        return error.message
    return reason_of(error) if isinstance(error, OSError) else type(error).__name__


class KafkaConnection:
    """Connections that are opened when needed and dropped when one fails.

    After a failure only the log is certain. Every method raises KafkaUnavailableError.
    """

    def __init__(self, settings: Settings) -> None:
        """Take the settings; nothing is opened yet."""
        self._settings = settings
        self.tracer = Tracer.of(settings, "node")
        self._producer: Any = None
        self._config: ConfigLog | None = None
        self._readers: dict[tuple[str, int], PartitionReader] = {}
        self._abandoned = False
        self.log_unverified = True
        """True until this connection has compared the log with the outbox."""
        self.alive_at = time.monotonic()
        """When something last came of it: a client that hangs says nothing for half a minute, and
        others need not wait for it.
        """
        self.is_reachable = False
        """Whether a server took a connection at the last attempt; it may still answer slowly."""

    def open_signed(self, message: Message) -> bytes:
        """Return what the mechanism signed.

        A key that config announced a moment ago counts. Raises KafkaUnavailableError and
        QuipuFormatError: then nobody believes the message.
        """
        if self._config is not None:
            with suppress(BadSignatureError):
                return self._open(self._config, message)
        self.config()
        assert self._config is not None, "config() opened it"  # noqa: S101
        return self._open(self._config, message)

    @staticmethod
    def _open(config: ConfigLog, message: Message) -> bytes:
        return config.trusted_keys().open(message.topic, message.value, message.appended_at)

    def trusted_keys(self) -> TrustedKeys:
        """Read config to its end, and return the keys that sign for the mechanism.

        Raises KafkaUnavailableError.
        """
        self.config()
        assert self._config is not None, "config() opened it"  # noqa: S101
        return self._config.trusted_keys()

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Turn what Kafka's absence raises into KafkaUnavailableError.

        It fails at once if no server accepts a connection, because the clients would wait half a
        minute. Raises KafkaAccessError where waiting does not help: the login or a permission.
        """
        self._check_alive()
        try:
            self._require_server()
            yield
            self._check_alive()
        except KafkaAccessError:
            self.close()
            raise
        except AuthorizationError as error:
            self.close()
            raise denied(error, self._current_settings().kafka) from error
        except (KafkaError, NotRunningError, LogStalledError, OSError, TimeoutError) as error:
            self.close()
            raise KafkaUnavailableError(reason_for(error)) from error

    def config(self) -> ConfigHistory:
        """Read config to its end. Raises KafkaUnavailableError."""
        with self.translate_errors():
            if self._config is None:
                self._config = ConfigLog(self._current_settings())
            return self._config.refresh()

    def read(self, topic: str, partition: int, start: int) -> tuple[int, Iterator[Message]]:
        """Give the partition's end now, and its messages from `start` to there.

        A topic that does not exist yet has none. Read them within `translate_errors`.
        """
        key = (topic, partition)
        known = self._readers.get(key)
        if known is None or known.position != start:
            if known is not None:
                known.close()
            self._readers[key] = known = PartitionReader(
                self._current_settings().kafka, topic, partition, start
            )
        end = known.end() if known.exists() else start
        self._check_alive()
        return end, self._alive(known.read(end))

    def send(self, topic: str, partition: int, messages: list[tuple[bytes, bytes]]) -> list[int]:
        """Send (key, value) pairs in order and wait for every acknowledgement.

        Returns their offsets. After KafkaUnavailableError it is not known which of them arrived.
        """
        with self.translate_errors():
            if self._producer is None:
                self._producer = open_producer(self._current_settings().kafka, **_PRODUCER)
            options = self.tracer.send_options(topic)
            futures = [
                self._producer.send(topic, key=key, value=value, partition=partition, **options)
                for key, value in messages
            ]
            offsets = []
            for future in futures:
                offsets.append(int(future.get(timeout=ACK_TIMEOUT_S).offset))
                self._check_alive()
            return offsets

    def abandon(self) -> None:
        """Stop the thread that uses this connection, from another thread.

        Whatever it waits for, it touches nothing any more: every later use raises
        KafkaUnavailableError.
        """
        self._abandoned = True

    def close(self) -> None:
        """Drop every connection; the next use opens new ones."""
        closers: list[Callable[[], None]] = [reader.close for reader in self._readers.values()]
        if self._producer is not None:
            producer = self._producer
            closers.append(lambda: producer.close(timeout=0))
        if self._config is not None:
            closers.append(self._config.close)
        self._producer, self._config, self._readers, self.log_unverified = None, None, {}, True
        closers.append(self.tracer.close)
        for close in closers:
            try:
                close()
            except (
                KafkaError,
                OSError,
                ValueError,
            ):  # it is dropped because it is broken
                continue

    def _require_server(self) -> None:
        self.is_reachable = False
        require_tcp(self._current_settings().kafka, TCP_TIMEOUT_S)
        self.is_reachable = True

    def _check_alive(self) -> None:
        if self._abandoned:
            raise KafkaUnavailableError("given up")
        self.alive_at = time.monotonic()

    def _alive(self, messages: Iterator[Message]) -> Iterator[Message]:
        for message in messages:
            self._check_alive()
            yield message

    def _current_settings(self) -> Settings:
        """Give the settings with the addresses of what runs now.

        A `quipu up` may have started since. Raises NotRunningError.
        """
        if self._settings.configured.kafka or self._settings.discovered.kafka:
            return self._settings
        return load(self._settings.environ()).acting_as(self._settings.process)
