"""Judge how Kafka keeps the copies of the log, for health, doctor and the start of a process.

`topic_settings` asks Kafka; all else is pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from schemas.topics import log_topics

log = structlog.get_logger(__name__)

LEAST_COPIES = 3
"""Copies of the log on a cluster: one broker may fail while another is upgraded."""
LEAST_ACKNOWLEDGING = 2
"""Copies that must hold a message before its sender is told so (min.insync.replicas)."""

Described = Sequence[Mapping[str, Any]]
"""Topics as kafka-python's describe_topics answers."""
TopicConfigs = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Settings by topic, as its describe_configs answers; it lacks what this user may not read."""


class CopyFault(StrEnum):
    """Name why the log's topics cannot hold what Quipu promises."""

    FEW_COPIES = "few_copies"
    FEW_ACKNOWLEDGING = "few_acknowledging"
    UNCLEAN = "unclean"
    SMALL_MESSAGES = "small_messages"


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """How Kafka keeps the copies of the topics. Partitions are written as topic/number.

    `least`: copies of the log's partition with the fewest; `acknowledging`: the least
    min.insync.replicas of the log's topics, None where it may not be read. `behind`: partitions
    of which a copy is not in sync; `refusing`: those that take no writes; `unclean`: topics of
    which a copy that lacks messages may lead; `small`: topics of the log that take too small
    messages. `brokers`: how many brokers the cluster is known to have, at work or not.
    """

    least: int
    acknowledging: int | None
    behind: Sequence[str] = ()
    refusing: Sequence[str] = ()
    unclean: Sequence[str] = ()
    is_embedded: bool = False
    small: Sequence[str] = ()
    brokers: int = 0


def copy_status(
    described: Described,
    configs: TopicConfigs,
    sizes: Mapping[str, int],
    is_embedded: bool,
    live: Collection[int] = (),
) -> CopyStatus:
    """Make the status of what Kafka says of existing topics.

    `sizes`: the bytes that a message may need, by topic of the log; `live`: the ids of the brokers
    at work.
    """
    places = list(_places(described))
    needed = {name: int(_value(config, _ACKNOWLEDGING) or 1) for name, config in configs.items()}
    return CopyStatus(
        min((len(part["replica_nodes"]) for name, part in places if name in sizes), default=0),
        min((needed[name] for name in needed if name in sizes), default=None),
        [
            _written(name, part)
            for name, part in places
            if len(part["isr_nodes"]) < len(part["replica_nodes"])
        ],
        [
            _written(name, part)
            for name, part in places
            if part["leader_id"] < 0 or len(part["isr_nodes"]) < needed.get(name, 1)
        ],
        sorted(name for name, config in configs.items() if _value(config, _UNCLEAN) == "true"),
        is_embedded,
        sorted(
            name
            for name, config in configs.items()
            if name in sizes and int(_value(config, _SIZE) or sizes[name]) < sizes[name]
        ),
        len(set(live).union(*(part["replica_nodes"] for _, part in places))),
    )


def copy_faults(copies: CopyStatus) -> list[CopyFault]:
    """Return what is wrong with the settings of the topics; the embedded broker keeps one copy."""
    if copies.is_embedded:
        return []
    few_acknowledge = copies.acknowledging is not None and (
        copies.acknowledging < LEAST_ACKNOWLEDGING
    )
    faults = {
        CopyFault.FEW_COPIES: 0 < copies.least < LEAST_COPIES,
        CopyFault.FEW_ACKNOWLEDGING: few_acknowledge,
        CopyFault.UNCLEAN: bool(copies.unclean),
        CopyFault.SMALL_MESSAGES: bool(copies.small),
    }
    return [fault for fault, is_there in faults.items() if is_there]


def refusing_faults(copies: CopyStatus) -> list[CopyFault]:
    """Return the faults for which no process may start.

    Fewer than three brokers cannot keep three copies: that is a trial, of which health warns.
    """
    can_keep = copies.brokers >= LEAST_COPIES
    return [
        fault
        for fault in copy_faults(copies)
        if can_keep or fault not in (CopyFault.FEW_COPIES, CopyFault.FEW_ACKNOWLEDGING)
    ]


def topic_settings(admin: Any, names: Sequence[str]) -> TopicConfigs:
    """Ask for the settings by topic; there are none where this user may not read them."""
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    try:
        configs: TopicConfigs = admin.describe_configs(resources, config_filter="all")["topic"]
    except (KafkaError, KeyError) as error:
        log.warning(
            "settings_of_topics_not_read",
            error=repr(error),
            consequence="neither min.insync.replicas nor unclean elections are judged",
        )
        return {}
    return configs


def log_message_sizes() -> dict[str, int]:
    """Return how many bytes a message may need, by topic of the log."""
    return {spec.name: int(spec.configs[_SIZE]) for spec in log_topics()}


_ACKNOWLEDGING = "min.insync.replicas"
_UNCLEAN = "unclean.leader.election.enable"
_SIZE = "max.message.bytes"


def _places(described: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for topic in described:
        for part in topic["partitions"]:
            yield topic["name"], part


def _written(name: str, part: Mapping[str, Any]) -> str:
    return f"{name}/{part['partition_index']}"


def _value(config: Mapping[str, Mapping[str, Any]], key: str) -> str | None:
    return config.get(key, {}).get("value")
