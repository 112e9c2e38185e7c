"""Read the log out of Kafka up to stated offsets, and write it into an empty Kafka."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from kafka import TopicPartition
from kafka.errors import KafkaConnectionError, KafkaError

from consumers.maintenance.backup.log_files import LogMessage
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka import topic_admin
from infra.kafka.clients import open_admin, open_consumer, open_producer
from infra.kafka.tcp_probe import require_tcp
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas import topics
from schemas.topics import TopicSpec

FLUSH_S = 60.0
TCP_TIMEOUT_S = 3.0
_BATCH = 500


def specs_to_copy(settings: Settings, generation: int) -> list[TopicSpec]:
    """Return the topics of the log and, of this generation, the hits that owners received.

    In the order in which their ends are taken: checkpoints commit to no message that is not
    copied, and each bundle has its keys.
    """
    with closing(open_admin(settings.acting_as(ProcessName.HEALTH).kafka)) as admin:
        present = set(admin.list_topics())
    hits = [
        spec
        for name in sorted(present)
        if topics.kind_of(name) == "hits"
        and topics.is_derived(name, generation)
        and (spec := topics.owner_spec(name)) is not None
    ]
    order = {"checkpoints": 0, "witness": 0, "bundles": 1, "keys": 2, "config": 3}
    log = sorted(topics.log_topics(), key=lambda spec: order.get(topics.kind_of(spec.name), 4))
    return [*hits, *(spec for spec in log if spec.name in present)]


def read_ends(settings: Settings, specs: Sequence[TopicSpec]) -> dict[TopicPartition, int]:
    """Return the end of each partition now, asked topic by topic in this order.

    Raises KafkaError, at once where no server takes a connection.
    """
    ends: dict[TopicPartition, int] = {}
    access = settings.acting_as(ProcessName.HEALTH).kafka
    try:
        require_tcp(access, TCP_TIMEOUT_S)
    except OSError as error:
        raise KafkaConnectionError(str(error)) from error
    consumer = open_consumer(access, group_id=None, enable_auto_commit=False)
    with closing(consumer):
        for spec in specs:
            places = [TopicPartition(spec.name, number) for number in range(spec.partitions)]
            ends |= {at: int(end) for at, end in consumer.end_offsets(places).items()}
    return ends


def read_partition(settings: Settings, at: TopicPartition, end: int) -> Iterator[LogMessage]:
    """Yield the messages of a partition before `end`. Raises KafkaError, LogStalledError."""
    access = settings.acting_as(ProcessName.HEALTH).kafka
    with closing(PartitionReader(access, at.topic, at.partition)) as reader:
        for message in reader.read(end):
            yield LogMessage(
                message.offset, message.appended_at, message.key, message.value or None
            )


class LogWriter:
    """Writes messages into an empty Kafka under their offsets and append times.

    A topic takes the times that it is given while its setting says so; afterwards Kafka dates each
    message itself again.
    """

    def __init__(self, settings: Settings) -> None:
        """Connect. `settings`: whose Kafka user may make topics."""
        self._access = settings.acting_as(ProcessName.BROKER).kafka
        self._producer: Any = open_producer(
            self._access, acks="all", max_in_flight_requests_per_connection=1, retries=5
        )

    def used_topics(self, specs: Sequence[TopicSpec]) -> list[str]:
        """Return which of these topics are there already."""
        with closing(open_admin(self._access)) as admin:
            present = set(admin.list_topics())
        return sorted(spec.name for spec in specs if spec.name in present)

    def make_topics(self, specs: Sequence[TopicSpec], replication: int) -> None:
        """Make the topics, so that each message keeps its append time."""
        timed = {"message.timestamp.type": "CreateTime"}
        waiting = [
            replace(spec, configs={**_without_cleaning(spec.configs), **timed}) for spec in specs
        ]
        topic_admin.ensure(self._access, waiting, replication)

    def write(self, at: TopicPartition, messages: Iterator[LogMessage]) -> int:
        """Write the messages of a partition in their order; return how many.

        Raises KafkaError, also where Kafka gives a message another offset.
        """
        count = 0
        futures: list[tuple[int, Any]] = []
        for message in messages:
            future = self._producer.send(
                at.topic,
                key=message.key,
                value=message.value,
                partition=at.partition,
                timestamp_ms=message.appended_at,
            )
            futures.append((message.offset, future))
            count += 1
            if len(futures) >= _BATCH:
                _await(at, futures)
        _await(at, futures)
        return count

    def finish(self, specs: Sequence[TopicSpec], replication: int) -> None:
        """Give the topics their own settings again."""
        self._producer.close()
        topic_admin.ensure(self._access, specs, replication)


def _await(at: TopicPartition, futures: list[tuple[int, Any]]) -> None:
    for offset, future in futures:
        written = future.get(timeout=FLUSH_S)
        if written.offset != offset:
            raise KafkaError(f"{at.topic}/{at.partition}: {written.offset} in place of {offset}")
    futures.clear()


def _without_cleaning(configs: Mapping[str, str]) -> dict[str, str]:
    """Leave out what would remove messages while they are written."""
    return {
        name: value
        for name, value in configs.items()
        if name in ("retention.ms", "max.message.bytes", "compression.type")
    }
