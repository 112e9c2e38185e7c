"""Refuse to start where the topics of a cluster cannot hold what Quipu promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any, assert_never

import structlog
from kafka.errors import KafkaError

from infra.errors import QuipuError, TopicError
from infra.kafka.clients import open_admin
from infra.kafka.copy_status import (
    CopyFault,
    CopyStatus,
    copy_status,
    log_message_sizes,
    refusing_faults,
    topic_settings,
)
from infra.kafka.tcp_probe import require_tcp
from infra.kafka_access import ProcessName
from infra.settings import Settings
from schemas.i18n import _

log = structlog.get_logger(__name__)

_ANSWER_MS = 5_000
_USERS: Mapping[str, ProcessName] = {
    "worker": ProcessName.WORKER,
    "sink": ProcessName.SINK,
    "hits": ProcessName.HITS,
    "checkpoints": ProcessName.CHECKPOINTS,
    "api": ProcessName.API,
    "monitor": ProcessName.HEALTH,
}
"""As whom a machine looks that starts this kind of unit: it may have no other password."""


def check_before_start(settings: Settings, units: Sequence[str]) -> None:
    """Look at the topics before these units start. Raises TopicError TOPICS_UNSAFE.

    Where the unit `topics` is among them, that one looks, once the topics are made. A Kafka that
    does not answer yet is no reason to refuse: the processes wait for it.
    """
    kinds = [unit.partition("-")[0] for unit in units]
    user = next((_USERS[kind] for kind in kinds if kind in _USERS), None)
    if user is None or "topics" in kinds:
        return
    try:
        check_copies(settings.acting_as(user))
    except TopicError:
        raise
    except (KafkaError, QuipuError, OSError) as error:
        log.warning(
            "topics_not_checked", error=repr(error), consequence="health looks at them later"
        )


def check_copies(settings: Settings) -> None:
    """Look at the log's topics on a cluster, those that `settings.process` may see.

    Raises TopicError TOPICS_UNSAFE, KafkaError, OSError.
    """
    if settings.configured.kafka is None:
        return
    require_tcp(settings.kafka, _ANSWER_MS / 1000)
    with closing(open_admin(settings.kafka, bootstrap_timeout_ms=_ANSWER_MS)) as admin:
        copies = _read(admin)
    faults = refusing_faults(copies)
    if faults:
        raise _unsafe(faults, copies)


def _read(admin: Any) -> CopyStatus:
    sizes = log_message_sizes()
    names = sorted(sizes.keys() & set(admin.list_topics()))
    if not names:
        return CopyStatus(0, None)
    described = [topic for topic in admin.describe_topics(names) if not topic["error_code"]]
    live = [broker["broker_id"] for broker in admin.describe_cluster()["brokers"]]
    return copy_status(described, topic_settings(admin, names), sizes, False, live)


def _unsafe(faults: Iterable[CopyFault], copies: CopyStatus) -> TopicError:
    return TopicError(
        _(
            "The topics of the log cannot hold what Quipu promises: {faults}.",
            faults="; ".join(_as_setting(fault, copies) for fault in faults),
        ),
        _(
            "Nothing was started. As the operator of Kafka, set them as docs/production.md says "
            "under Kafka. `quipu doctor` shows what is left."
        ),
        "TOPICS_UNSAFE",
    )


def _as_setting(fault: CopyFault, copies: CopyStatus) -> str:
    """Write a fault as Kafka's own setting, which has one name in every language."""
    match fault:
        case CopyFault.FEW_COPIES:
            return f"replication.factor={copies.least}"
        case CopyFault.FEW_ACKNOWLEDGING:
            return f"min.insync.replicas={copies.acknowledging}"
        case CopyFault.UNCLEAN:
            return f"unclean.leader.election.enable=true ({', '.join(copies.unclean)})"
        case CopyFault.SMALL_MESSAGES:
            return f"max.message.bytes ({', '.join(copies.small)})"
        case _:
            assert_never(fault)
