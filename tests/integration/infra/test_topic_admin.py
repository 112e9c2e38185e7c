"""infra.kafka.topic_admin on a real broker: made, verified, repaired, refused."""

import pytest
from kafka.admin import ConfigResource, ConfigResourceType

from infra.errors import TopicError
from infra.kafka import topic_admin
from infra.kafka.clients import open_admin
from infra.kafka_access import KafkaAccess
from infra.orchestration.stack import RunningStack
from schemas.topics import TopicSpec
from tests.support.engines import eventually, unique

pytestmark = pytest.mark.integration


def configs(stack: RunningStack, topic: str) -> dict[str, str]:
    """What the broker says was set on the topic itself."""
    admin = open_admin(stack.settings.kafka)
    try:
        answer = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])["topic"][
            topic
        ]
        return {
            key: entry["value"]
            for key, entry in answer.items()
            if entry["config_source"] == "DYNAMIC_TOPIC_CONFIG"
        }
    finally:
        admin.close()


def alter(stack: RunningStack, topic: str, changes: dict[str, str]) -> None:
    admin = open_admin(stack.settings.kafka)
    try:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, changes)])
        eventually(
            lambda: changes.items() <= configs(stack, topic).items(), "the broker took the change"
        )
    finally:
        admin.close()


def test_a_missing_topic_is_made_as_it_must_be_and_then_left_alone(stack: RunningStack) -> None:
    spec = TopicSpec(unique("made"), 3, {"retention.ms": "-1", "cleanup.policy": "compact"})
    assert topic_admin.ensure(stack.settings.kafka, [spec]) == topic_admin.TopicChanges(
        (spec.name,), ()
    )
    assert configs(stack, spec.name) == spec.configs
    assert topic_admin.ensure(stack.settings.kafka, [spec]) == topic_admin.TopicChanges((), ())


def test_settings_that_somebody_changed_or_added_are_set_right_and_said(
    stack: RunningStack,
) -> None:
    spec = TopicSpec(unique("wrong"), 1, {"retention.ms": "-1"})
    topic_admin.ensure(stack.settings.kafka, [spec])
    alter(stack, spec.name, {"retention.ms": "1000", "retention.bytes": "1000"})
    done = topic_admin.ensure(stack.settings.kafka, [spec])
    assert done.repaired == (
        f"{spec.name}: retention.ms=1000→-1",
        f"{spec.name}: retention.bytes=1000→default",
    )
    eventually(lambda: configs(stack, spec.name) == spec.configs, "the settings are as wanted")


@pytest.mark.parametrize("partitions", [1, 3])
def test_another_number_of_partitions_is_refused_with_both_numbers(
    stack: RunningStack, partitions: int
) -> None:
    spec = TopicSpec(unique("shape"), 2)
    topic_admin.ensure(stack.settings.kafka, [spec])
    with pytest.raises(
        TopicError, match=rf"{spec.name} has 2 partitions; it must have {partitions}"
    ):
        topic_admin.ensure(stack.settings.kafka, [TopicSpec(spec.name, partitions)])


def test_fewer_replicas_than_wanted_are_refused(stack: RunningStack) -> None:
    spec = TopicSpec(unique("replicas"), 1)
    topic_admin.ensure(stack.settings.kafka, [spec])
    with pytest.raises(TopicError, match="1 replicas; it must have 3"):
        topic_admin.ensure(stack.settings.kafka, [spec], replication=3)


def test_a_broker_that_is_not_there_is_not_reachable(stack: RunningStack) -> None:
    assert topic_admin.reachable(stack.settings.kafka)
    assert not topic_admin.reachable(KafkaAccess("127.0.0.1:1"), timeout_ms=200)
