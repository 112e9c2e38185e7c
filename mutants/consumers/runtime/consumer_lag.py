"""How far consumer groups are behind the ends of their topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition

from consumers.sink.sink import group_of, inputs
from infra.settings import Settings
from schemas import topics
from schemas.model import COUNTRIES


def groups(generation: int) -> dict[str, list[str]]:
    """The consumer groups of a generation and the topics each reads."""
    worked = [*(topics.bundles(country) for country in COUNTRIES), topics.observations(generation)]
    return {
        f"quipu.g{generation}.intake-correlate": worked,
        group_of(generation): inputs(generation),
    }


def lag(settings: Settings, generation: int) -> dict[str, int]:
    """Messages not yet committed, by group."""
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
    consumer = KafkaConsumer(
        bootstrap_servers=settings.kafka, group_id=None, enable_auto_commit=False
    )
    try:
        return {
            group: _lag(admin, consumer, group, read) for group, read in groups(generation).items()
        }
    finally:
        consumer.close()
        admin.close()


def _lag(admin: Any, consumer: Any, group: str, read: Sequence[str]) -> int:
    done = committed(admin, [group])[group]
    partitions = [
        TopicPartition(topic, number)
        for topic in read
        for number in consumer.partitions_for_topic(topic) or ()
    ]
    ends: Mapping[TopicPartition, int] = consumer.end_offsets(partitions)
    return sum(max(0, end - done.get(at, 0)) for at, end in ends.items())


def committed(admin: Any, names: Sequence[str]) -> dict[str, dict[TopicPartition, int]]:
    """By group: the offsets it has committed."""
    told = admin.list_group_offsets(dict.fromkeys(names))
    return {
        name: {at: int(one.offset) for at, one in told[name].items() if one.offset >= 0}
        for name in names
    }
