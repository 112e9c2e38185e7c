"""A member of a group of Kafka receives its partitions, however late the answers about topics are.

The hits process once waited for minutes, alone: its answer came after it had joined.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

import pytest
from kafka.cluster import ClusterMetadata
from kafka.errors import KafkaError

from infra.kafka import clients
from infra.orchestration.stack import RunningStack
from tests.support.engines import new_topic, unique

pytestmark = pytest.mark.integration
ANSWER_S = 1.0
"""How long an answer is on its way: longer than it takes to join a group."""
WITHIN_S = 20.0
"""Far less than the five minutes after which kafka-python asks by itself."""


@pytest.fixture
def late_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker's real answers about topics arrive ANSWER_S late, as on a busy machine."""
    take = ClusterMetadata.update_metadata

    async def refresh(cluster: Any, node_id: object = None) -> None:
        node = cluster._manager.least_loaded_node() if node_id is None else node_id
        answer = await cluster._manager.send(cluster.metadata_request(), node)
        await cluster._manager._net.sleep(ANSWER_S)
        take(cluster, answer)

    monkeypatch.setattr(ClusterMetadata, "_do_refresh_metadata", refresh)


def seconds_until_assigned(consumer: Any) -> float:
    """How long it polls until it has a partition; infinite where that is longer than WITHIN_S."""
    start = time.monotonic()
    while (waited := time.monotonic() - start) < WITHIN_S:
        consumer.poll(timeout_ms=200, max_records=1)
        if consumer.assignment():
            return waited
    return float("inf")


@pytest.mark.usefixtures("late_answers")
def test_a_member_knows_its_topic_before_it_joins_however_late_the_answers_are(
    stack: RunningStack,
) -> None:
    topic = new_topic(stack)
    with closing(
        clients.open_group_member(
            stack.settings.kafka, topic, group_id=unique("late"), enable_auto_commit=False
        )
    ) as consumer:
        assert consumer._cluster.partitions_for_topic(topic) == {0}
        assert seconds_until_assigned(consumer) < WITHIN_S


def test_a_member_without_its_topic_says_so_and_joins_nothing(
    stack: RunningStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "_KNOW_TOPICS_WITHIN_S", 0.5)
    with pytest.raises(KafkaError):
        clients.open_group_member(stack.settings.kafka, unique("absent"), group_id=unique("late"))
