"""Create missing topics, and verify all at every start.

Settings that differ are corrected and logged. Another number of partitions or replicas is refused:
more partitions would send a key's later messages elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from kafka.admin import ConfigResource, ConfigResourceType

from infra.errors import TopicError
from infra.kafka.clients import open_admin
from infra.kafka_access import KafkaAccess
from schemas.i18n import UserMessage, _

log = structlog.get_logger(__name__)

BROKER_DEFAULT = -1
"""As ``replication``: three replicas where there are three brokers, else as many as the cluster
gives by default; existing topics are not checked for it.
"""
COPIES = 3
DURABLE = {"min.insync.replicas": "2", "unclean.leader.election.enable": "false"}
"""Settings of topics with COPIES replicas. An administrator may set others: they are never unset.
"""


class TopicSpecLike(Protocol):
    """Specify what a topic must be; schemas.topics.TopicSpec does."""

    @property
    def name(self) -> str:
        """Return the name of the topic."""
        ...

    @property
    def partitions(self) -> int:
        """Return the number of its partitions."""
        ...

    @property
    def configs(self) -> Mapping[str, str]:
        """Return the settings that differ from the broker's defaults."""
        ...


@dataclass(frozen=True)
class TopicChanges:
    """List what `ensure` did: topics made, and settings corrected as `topic: key=from→to`."""

    created: tuple[str, ...]
    repaired: tuple[str, ...]


def ensure(
    access: KafkaAccess, specs: Sequence[TopicSpecLike], replication: int = 1
) -> TopicChanges:
    """Make the missing topics and correct the existing ones.

    Raises TopicError where a topic has other partitions or fewer replicas than specified, naming
    topic and numbers.
    """
    admin = open_admin(access)
    try:
        existing_names = set(admin.list_topics())
        missing = [spec for spec in specs if spec.name not in existing_names]
        existing = [spec for spec in specs if spec.name in existing_names]
        _check_shape(admin, existing, replication)
        repaired = _repair(admin, existing)
        create(admin, missing, replication)
    finally:
        admin.close()
    result = TopicChanges(tuple(spec.name for spec in missing), tuple(repaired))
    log.info(
        "topics_ensured",
        topics=len(specs),
        created=len(result.created),
        repaired=len(result.repaired),
    )
    return result


def reachable(access: KafkaAccess, timeout_ms: int = 1000) -> bool:
    """Say whether the cluster answers an administrative call."""
    try:
        admin = open_admin(access, bootstrap_timeout_ms=timeout_ms, request_timeout_ms=timeout_ms)
    except Exception as error:  # noqa: BLE001 - every way of not answering yet is a "no"; the caller asks again
        log.debug("kafka_not_reachable", error=repr(error))
        return False
    try:
        admin.list_topics()
    except Exception as error:  # noqa: BLE001 - as above
        log.debug("kafka_not_reachable", error=repr(error))
        return False
    finally:
        admin.close()
    return True


def create(admin: Any, specs: Sequence[TopicSpecLike], replication: int) -> None:
    """Make topics that do not exist yet, with three copies where brokers allow. Raises KafkaError.

    A broker's defaults may be one copy; a cluster that can keep more must not lose the log by them.
    """
    if not specs:
        return
    copies, settings = replication, dict[str, str]()
    if replication == BROKER_DEFAULT and len(admin.describe_cluster()["brokers"]) >= COPIES:
        copies, settings = COPIES, DURABLE
    admin.create_topics(
        {
            spec.name: {
                "num_partitions": spec.partitions,
                "replication_factor": copies,
                "configs": settings | dict(spec.configs),
            }
            for spec in specs
        },
        wait_for_metadata=True,
    )


def _check_shape(admin: Any, specs: Sequence[TopicSpecLike], replication: int) -> None:
    if not specs:
        return
    described = {
        topic["name"]: topic["partitions"]
        for topic in admin.describe_topics([spec.name for spec in specs])
    }
    for spec in specs:
        partitions = described[spec.name]
        if len(partitions) != spec.partitions:
            raise _shape_error(spec.name, _("partitions"), len(partitions), spec.partitions)
        replicas = min(len(partition["replica_nodes"]) for partition in partitions)
        if replication != BROKER_DEFAULT and replicas < replication:
            raise _shape_error(spec.name, _("replicas"), replicas, replication)


def _repair(admin: Any, specs: Sequence[TopicSpecLike]) -> list[str]:
    """Set what differs and unset what is not specified; return what was done, for people."""
    if not specs:
        return []
    resources = [ConfigResource(ConfigResourceType.TOPIC, spec.name) for spec in specs]
    described = admin.describe_configs(resources, config_filter="all")["topic"]
    repaired = []
    for spec in specs:
        wrong, surplus = differences(spec.configs, described[spec.name])
        _alter(admin, spec.name, wrong, surplus)
        for key in [*wrong, *surplus]:
            before, after = described[spec.name][key]["value"], wrong.get(key, "default")
            change = f"{spec.name}: {key}={before}→{after}"
            log.warning("topic_setting_repaired", change=change)
            repaired.append(change)
    return repaired


def differences(
    specified: Mapping[str, str], described: Mapping[str, Any]
) -> tuple[dict[str, str], list[str]]:
    """Return the settings to set, and those set on the topic itself that are not specified.

    `described`: as `describe_configs` answers.
    """
    wrong = {
        key: value
        for key, value in specified.items()
        if described.get(key, {}).get("value") != value
    }
    own = (
        key for key, entry in described.items() if entry["config_source"] == "DYNAMIC_TOPIC_CONFIG"
    )
    return wrong, sorted(set(own) - set(specified) - set(DURABLE))


def _alter(admin: Any, topic: str, wrong: Mapping[str, str], surplus: Sequence[str]) -> None:
    changes = {key: ("SET", value) for key, value in wrong.items()} | dict.fromkeys(
        surplus, ("DELETE", None)
    )
    if not changes:
        return
    answer = admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, changes)])[
        "topic"
    ][topic]
    if answer != "OK":
        raise TopicError(
            _("Kafka refused topic {topic}: {answer}", topic=topic, answer=answer),
            _("Check the permissions and the broker's limits."),
            "TOPIC_SETTINGS",
        )


def _shape_error(topic: str, what: UserMessage, has: int, wants: int) -> TopicError:
    return TopicError(
        _(
            "Topic {topic} has {has} {what}; it must have {wants}.",
            topic=topic,
            has=has,
            what=what,
            wants=wants,
        ),
        _(
            "Quipu does not change it, because keys would lose their order. For a "
            "derived topic use `quipu rebuild`; for a topic of the log restore the "
            "configured value."
        ),
        "TOPIC_SHAPE",
    )
