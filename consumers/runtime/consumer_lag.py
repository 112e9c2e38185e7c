"""Measure how far consumer groups are behind the ends of their topics."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from kafka import TopicPartition
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NotCoordinatorError,
)

from infra.kafka.clients import open_admin, open_consumer
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas import topics

STANDSTILL_S = 3.0
ASK_AGAIN_S = 0.25
SETTLES_WITHIN_S = 30.0
MOVING = (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    NotCoordinatorError,
)
"""What a broker answers while the coordinator of a group moves or loads."""

Answer = TypeVar("Answer")


def groups(generation: int) -> dict[str, list[str]]:
    """Return the consumer groups of a generation with the topics that each reads."""
    return {
        topics.worker_group(generation): topics.worker_inputs(generation),
        topics.sink_group(generation): topics.sink_inputs(generation),
    }


def lag(settings: Settings, generation: int) -> dict[str, int]:
    """Return the number of messages not yet committed, by group. Raises KafkaError.

    It asks as the maintenance user, who may see how far the groups are. While the groups move to
    another broker, it asks again.
    """
    return ask_until_settled(lambda: _ask_lag(settings, generation))


def ask_until_settled(
    ask: Callable[[], Answer],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Answer:
    """Return what `ask` returns, asked again for SETTLES_WITHIN_S s while groups move.

    Raises what it raises then, and every other error at once.
    """
    until = clock() + SETTLES_WITHIN_S
    while True:
        try:
            return ask()
        except MOVING:
            if clock() >= until:
                raise
            sleep(ASK_AGAIN_S)


def _ask_lag(settings: Settings, generation: int) -> dict[str, int]:
    settings = settings.acting_as(ProcessName.MAINTENANCE)
    admin = open_admin(settings.kafka)
    consumer = open_consumer(settings.kafka, group_id=None, enable_auto_commit=False)
    try:
        return {
            group: _lag(admin, consumer, group, read) for group, read in groups(generation).items()
        }
    finally:
        consumer.close()
        admin.close()


def standing_groups(
    measure: Callable[[], Mapping[str, int]],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, int]:
    """Return the groups that messages wait for and that make no progress, with how many wait.

    `measure` gives the messages that wait, by group. It is asked again until none wait, or the
    least number so far is STANDSTILL_S old.
    """
    least, since = measure(), clock()
    while any(least.values()) and clock() - since < STANDSTILL_S:
        sleep(ASK_AGAIN_S)
        now = measure()
        if sum(now.values()) < sum(least.values()):
            least, since = now, clock()
    return {group: number for group, number in least.items() if number}


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
    """Return the offsets that each group has committed. Raises KafkaError."""
    offsets = admin.list_group_offsets(dict.fromkeys(names))
    return {
        name: {at: int(offset.offset) for at, offset in offsets[name].items() if offset.offset >= 0}
        for name in names
    }
