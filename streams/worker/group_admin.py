"""Ask Kafka for the ids of topics, and leave a consumer group. Both calls block."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import structlog
from kafka.admin import MemberToRemove
from kafka.errors import KafkaError

from infra.kafka.clients import open_admin
from infra.kafka_access import KafkaAccess
from streams.worker.errors import missing_topics

log = structlog.get_logger(__name__)

TIMEOUT_MS = 2000


def topic_ids(access: KafkaAccess, names: Collection[str]) -> dict[str, str]:
    """Return Kafka's own ids of topics: one that was deleted and made again has another.

    Raises WorkerError for topics that do not exist.
    """
    admin = open_admin(access)
    try:
        descriptions: list[dict[str, Any]] = admin.describe_topics(sorted(names))
    finally:
        admin.close()
    ids = {topic["name"]: topic["topic_id"] for topic in descriptions if topic["error_code"] == 0}
    absent = sorted(set(names) - ids.keys())
    if absent:
        raise missing_topics(", ".join(absent))
    return ids


def leave(access: KafkaAccess, group: str, instance: str) -> None:
    """Take a static member out of its group, so that others need not await its session's end."""
    try:
        admin = open_admin(
            access,
            bootstrap_timeout_ms=TIMEOUT_MS,
            request_timeout_ms=TIMEOUT_MS,
        )
        try:
            admin.remove_group_members(group, [MemberToRemove(group_instance_id=instance)])
        finally:
            admin.close()
    except KafkaError as error:
        log.info(
            "group_not_left",
            group=group,
            member=instance,
            error=repr(error),
            consequence="others take over when the session ends",
        )
