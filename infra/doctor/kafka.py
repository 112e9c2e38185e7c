"""Examine Kafka: whether it lets us in, how it keeps the log's copies, and its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kafka import TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.doctor.check import Check, CheckResult
from infra.errors import QuipuError
from infra.kafka.clients import open_admin, open_consumer
from infra.kafka.copy_status import (
    LEAST_ACKNOWLEDGING,
    LEAST_COPIES,
    CopyFault,
    CopyStatus,
    Described,
    TopicConfigs,
    copy_faults,
    copy_status,
    log_message_sizes,
)
from infra.kafka.errors import explain_kafka_error
from infra.kafka.tcp_probe import require_tcp
from infra.kafka_access import KafkaAccess
from schemas import topics
from schemas.i18n import UserMessage, _
from schemas.topics import TopicSpec

CLOCK_MS = 2_000
"""By how much the newest message may be from the future before a clock is wrong."""
_ANSWER_MS = 5_000
_KAFKA = _("Kafka")


def check_kafka(access: KafkaAccess, is_embedded: bool, is_node: bool) -> list[Check]:
    """Examine Kafka as the user of `access`. A node may not describe the settings of topics."""
    try:
        require_tcp(access, _ANSWER_MS / 1000)
        admin = open_admin(access, bootstrap_timeout_ms=_ANSWER_MS, request_timeout_ms=_ANSWER_MS)
    except (OSError, KafkaError) as error:
        return [_unreachable(error, access)]
    try:
        checks = [_reached(access, len(admin.describe_cluster()["brokers"]))]
        if not is_node:
            checks += _check_topics(admin, is_embedded)
        return [*checks, _check_clock(access)]
    except (OSError, KafkaError) as error:
        return [_unreachable(error, access)]
    finally:
        admin.close()


def _reached(access: KafkaAccess, brokers: int) -> Check:
    security = access.security
    return Check(
        _KAFKA,
        CheckResult.OK,
        _(
            "{access} answers ({protocol}, user {user}), brokers: {brokers}.",
            access=access,
            protocol=security.security_protocol,
            user=security.username or "–",
            brokers=brokers,
        ),
    )


def _unreachable(error: OSError | KafkaError, access: KafkaAccess) -> Check:
    if isinstance(error, KafkaError):
        explained: QuipuError = explain_kafka_error(error, access)
        return Check(_KAFKA, CheckResult.FAILED, explained.message, explained.remedy)
    return Check(
        _KAFKA,
        CheckResult.FAILED,
        _("{access} takes no connection ({error}).", access=access, error=error.strerror or error),
        _("Check the address, the firewall and whether Kafka runs."),
    )


def _check_topics(admin: Any, is_embedded: bool) -> list[Check]:
    specs = topics.log_topics()
    existing = set(admin.list_topics())
    present = [spec for spec in specs if spec.name in existing]
    described = admin.describe_topics([spec.name for spec in present]) if present else []
    resources = [ConfigResource(ConfigResourceType.TOPIC, spec.name) for spec in present]
    configs = admin.describe_configs(resources, config_filter="all")["topic"] if present else {}
    return judge_topics(specs, described, configs, is_embedded)


def judge_topics(
    specs: Sequence[TopicSpec],
    described: Described,
    configs: TopicConfigs,
    is_embedded: bool,
) -> list[Check]:
    """Judge the topics of the log by what Kafka says of them. Pure.

    `described` and `configs`: as kafka-python's describe_topics and describe_configs answer.
    The embedded broker is one, so it keeps one copy.
    """
    names = {topic["name"] for topic in described}
    missing = [spec.name for spec in specs if spec.name not in names]
    if not names:
        return [
            Check(
                _("topics"),
                CheckResult.WARNING,
                _("Kafka has no topic of the log."),
                _("Run `quipu init` where this exchange begins. Elsewhere check the address."),
            )
        ]
    checks = [_missing(missing)] if missing else []
    checks += _copies(copy_status(described, configs, log_message_sizes(), is_embedded))
    wrong = list(_wrong_settings(specs, configs))
    checks.append(_settings(wrong))
    return checks


def _missing(names: Sequence[str]) -> Check:
    return Check(
        _("topics"),
        CheckResult.FAILED,
        _("Topics of the log are missing: {names}.", names=", ".join(names)),
        _("If they held records, they are lost: read `quipu verify` before you make them again."),
    )


def _copies(copies: CopyStatus) -> Iterator[Check]:
    if copies.behind:
        yield Check(
            _("copies"),
            CheckResult.FAILED,
            _("Copies are not up to date: {partitions}.", partitions=", ".join(copies.behind)),
            _("A broker is down or too slow. Look at the brokers before another one fails."),
        )
    if copies.is_embedded:
        yield Check(
            _("copies"),
            CheckResult.WARNING,
            _("The embedded Kafka keeps one copy of the log, on this machine."),
            _("Good for a trial. Before real records come, configure a cluster of three brokers."),
        )
        return
    faults = copy_faults(copies)
    yield _number(
        _("copies"),
        _("{setting} is {value}.", setting="replication.factor", value=copies.least),
        LEAST_COPIES if CopyFault.FEW_COPIES in faults else None,
    )
    if copies.acknowledging is not None:
        yield _number(
            _("acknowledging copies"),
            _("{setting} is {value}.", setting="min.insync.replicas", value=copies.acknowledging),
            LEAST_ACKNOWLEDGING if CopyFault.FEW_ACKNOWLEDGING in faults else None,
        )
    if CopyFault.UNCLEAN in faults:
        yield Check(
            _("election"),
            CheckResult.FAILED,
            _("A copy that lacks messages may lead: {topics}.", topics=", ".join(copies.unclean)),
            _("Set unclean.leader.election.enable to false."),
        )


def _number(subject: UserMessage, seen: UserMessage, lacks: int | None) -> Check:
    """Make the check of a number. `lacks`: what it must be, where it is too small."""
    if lacks is None:
        return Check(subject, CheckResult.OK, seen)
    remedy = _("It must be {least} or more for the topics of the log.", least=lacks)
    return Check(subject, CheckResult.FAILED, seen, remedy)


def _wrong_settings(
    specs: Sequence[TopicSpec], configs: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> Iterator[str]:
    for spec in specs:
        for key, value in spec.configs.items():
            has = _value(configs.get(spec.name, {}), key)
            if spec.name in configs and has != value:
                yield f"{spec.name}: {key}={has} ({value})"


def _value(config: Mapping[str, Mapping[str, Any]], key: str) -> str | None:
    return config.get(key, {}).get("value")


def _settings(wrong: Sequence[str]) -> Check:
    if not wrong:
        return Check(
            _("topics"), CheckResult.OK, _("The topics of the log are set as they must be.")
        )
    return Check(
        _("topics"),
        CheckResult.FAILED,
        _(
            "Settings of topics differ (expected in brackets): {settings}.",
            settings="; ".join(wrong),
        ),
        _("Run `quipu init`: it corrects them."),
    )


def _check_clock(access: KafkaAccess) -> Check:
    """Compare this clock with the broker's, which stamps every message of the log.

    Only a message from the future shows a difference: an older one may just be old.
    """
    newest = _newest_ms(access)
    if newest is None:
        return Check(_("clock"), CheckResult.UNKNOWN, _("The log has no message yet."))
    ahead = newest - now_ms()
    if ahead <= CLOCK_MS:
        return Check(_("clock"), CheckResult.OK, _("No message of the log is from the future."))
    return Check(
        _("clock"),
        CheckResult.FAILED,
        _("The broker's clock is {seconds} s ahead of this machine's.", seconds=ahead // 1000),
        _("Set both by NTP: deadlines and sessions go by these clocks."),
    )


def _newest_ms(access: KafkaAccess) -> int | None:
    """Return when the newest message of config was appended, ms since 1970; None for none."""
    consumer = open_consumer(
        access, group_id=None, enable_auto_commit=False, request_timeout_ms=_ANSWER_MS * 2
    )
    try:
        parts = [TopicPartition(topics.CONFIG, 0)]
        ends = consumer.end_offsets(parts, timeout_ms=_ANSWER_MS)
        with_messages = [part for part in parts if ends[part]]
        consumer.assign(with_messages)
        for part in with_messages:
            consumer.seek(part, ends[part] - 1)
        times: list[int] = []
        until = time.monotonic() + _ANSWER_MS / 1000
        while len(times) < len(with_messages) and time.monotonic() < until:
            for records in consumer.poll(timeout_ms=200).values():
                times += [record.timestamp for record in records]
        return max(times, default=None)
    finally:
        consumer.close()
