"""The worker's place in its consumer group, and the identity of topics: calls of the administrative
kind, blocking.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import structlog
from kafka import KafkaAdminClient
from kafka.admin import MemberToRemove
from kafka.errors import KafkaError

from streams.worker.errors import missing_topics

log = structlog.get_logger(__name__)


def topic_ids(bootstrap: str, names: Collection[str]) -> dict[str, str]:
    """Kafka's own ids of topics: one that was deleted and made again has another. Raises
    WorkerError for those that are not there.
    """
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        told: list[dict[str, Any]] = admin.describe_topics(sorted(names))
    finally:
        admin.close()
    ids = {topic["name"]: topic["topic_id"] for topic in told if topic["error_code"] == 0}
    absent = sorted(set(names) - ids.keys())
    if absent:
        raise missing_topics(", ".join(absent))
    return ids


def leave(bootstrap: str, group: str, instance: str) -> None:
    """Take a static member out of its group, so that others need not wait for its session to end."""
    try:
        admin = KafkaAdminClient(
            bootstrap_servers=bootstrap, bootstrap_timeout_ms=2000, request_timeout_ms=2000
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
