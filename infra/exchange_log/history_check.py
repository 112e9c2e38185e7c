"""Compare the topics of the log with what is remembered of them, and remember what grew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import structlog
from kafka import TopicPartition
from kafka.admin import OffsetSpec

from infra.errors import HistoryLostError
from infra.exchange_log import history_files
from infra.exchange_log.checkpoint_claims import CheckpointClaims
from infra.exchange_log.log_history import (
    HistoryLoss,
    PartitionBounds,
    PartitionReading,
    TopicIdentity,
    TopicRecord,
    bounds_losses,
    content_losses,
    identity_losses,
)
from infra.exchange_log.partition_history import SigningState, read_partition
from infra.kafka.clients import open_admin
from infra.kafka_access import KafkaAccess, ProcessName
from infra.settings import Settings
from schemas.i18n import _
from schemas.topics import TopicSpec, committed_topics, later_topics, log_topics

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TopicVerification:
    """Say what the verification of a topic showed.

    `former`: what was remembered before; `record`: what the topic is now. `signing`: by partition,
    what of it is signed; empty for a topic that no checkpoint commits to.
    """

    topic: str
    former: TopicRecord | None
    record: TopicRecord
    losses: tuple[HistoryLoss, ...]
    signing: tuple[SigningState, ...] = ()


def verify_log(settings: Settings, topics: Sequence[str] = ()) -> list[TopicVerification]:
    """Read the topics of the log, and remember each that lost nothing.

    `topics`: only these; default all. Raises KafkaError, LogStalledError, HistoryLostError
    CHECKPOINT_UNREADABLE.
    """
    records = history_files.load_records(settings)
    specs = [spec for spec in log_topics() if not topics or spec.name in topics]
    reading_settings = settings.acting_as(ProcessName.HEALTH)
    present = _identities(reading_settings.kafka)
    claims = CheckpointClaims(reading_settings, present)
    verifications = [
        _verify(reading_settings, spec, records, present.get(spec.name), claims) for spec in specs
    ]
    for verification in verifications:
        if not verification.losses and verification.record.identity is not None:
            history_files.remember(
                settings, verification.topic, verification.former, verification.record
            )
    return verifications


def accept_loss(settings: Settings, topic: str, reason: str) -> tuple[HistoryLoss, ...]:
    """Remember a topic as it is now, by an operator's word; return what it lost.

    Raises HistoryLostError NOTHING_LOST where it lost nothing.
    """
    if topic not in {spec.name for spec in log_topics()}:
        raise _nothing_lost(topic)
    (verification,) = verify_log(settings, [topic])
    if not verification.losses:
        raise _nothing_lost(topic)
    history_files.note_accepted_loss(settings, topic, verification.losses, reason)
    history_files.remember(settings, topic, verification.former, verification.record)
    log.warning("loss_accepted", topic=topic, reason=reason)
    return verification.losses


def check_nothing_lost(settings: Settings) -> None:
    """Check that no topic of the log is missing, made again or shorter; no message is read.

    Nothing is checked where the mechanism has no keys: it was not founded. Raises HistoryLostError
    LOG_LOST.
    """
    if not is_founded_here(settings):
        return
    records = history_files.load_records(settings)
    access = settings.acting_as(ProcessName.TOPICS).kafka
    present = _identities(access)
    losses: list[HistoryLoss] = []
    for spec in log_topics():
        record, identity = records.get(spec.name), present.get(spec.name)
        is_expected = not records and spec not in later_topics()
        losses += identity_losses(spec.name, record, identity, is_expected=is_expected)
    lost = {loss.topic for loss in losses}
    intact = [
        spec
        for spec in log_topics()
        if spec.name in present and spec.name not in lost and not spec.is_compacted
    ]
    for topic, bounds in _bounds(access, intact).items():
        losses += bounds_losses(topic, records.get(topic), bounds)
    if losses:
        raise _log_lost(losses)


def remember_topics(settings: Settings) -> None:
    """Remember who the topics of the log are and where they end; no message is read.

    It comes after `check_nothing_lost`. Before the founding nothing that was remembered counts.
    """
    records = history_files.load_records(settings)
    access = settings.acting_as(ProcessName.TOPICS).kafka
    bounds = _bounds(access, [spec for spec in log_topics() if not spec.is_compacted])
    for topic, identity in _identities(access).items():
        former = records.get(topic)
        is_same = former is not None and former.identity == identity
        heads = former.heads if former and is_same else ()
        now = TopicRecord(identity, heads, tuple(place.end for place in bounds.get(topic, ())))
        if now != former:
            history_files.remember(settings, topic, former, now)


def remember_restored(settings: Settings) -> None:
    """Take the topics of a restored log for those that are remembered; no message is read.

    What is remembered of their content stays, so that `verify_log` compares it with the copies.
    """
    records = history_files.load_records(settings)
    access = settings.acting_as(ProcessName.BROKER).kafka
    bounds = _bounds(access, [spec for spec in log_topics() if not spec.is_compacted])
    for topic, identity in _identities(access).items():
        former = records.get(topic)
        heads = former.heads if former else ()
        ends = tuple(place.end for place in bounds.get(topic, ()))
        history_files.remember(settings, topic, former, TopicRecord(identity, heads, ends))


def is_founded_here(settings: Settings) -> bool:
    """Say whether this folder has the keys of a mechanism: they come after the topics."""
    return (settings.keys_dir / "mechanism").exists()


def _verify(
    settings: Settings,
    spec: TopicSpec,
    records: Mapping[str, TopicRecord],
    present: TopicIdentity | None,
    claims: CheckpointClaims,
) -> TopicVerification:
    record = records.get(spec.name)
    is_old = spec not in later_topics()  # every release has the others
    is_expected = is_founded_here(settings) and not records and is_old
    losses = identity_losses(spec.name, record, present, is_expected=is_expected)
    readings: list[PartitionReading] = []
    signing: list[SigningState] = []
    signed: list[HistoryLoss] = []
    if present is not None and not spec.is_compacted:
        for partition, bounds in enumerate(_bounds(settings.kafka, [spec])[spec.name]):
            former = record.head(partition) if record else None
            place = TopicPartition(spec.name, partition)
            reading, state, of_claims = read_partition(
                settings.kafka, place, bounds, former, claims
            )
            readings.append(reading)
            signing.append(state)
            signed += of_claims
    losses += content_losses(spec.name, record, readings)
    known = {(loss.partition, loss.kind) for loss in losses}
    losses += [loss for loss in signed if (loss.partition, loss.kind) not in known]
    heads, ends = (reading.head for reading in readings), (reading.end for reading in readings)
    now = TopicRecord(present, tuple(heads), tuple(ends))
    is_signed = spec in committed_topics()
    return TopicVerification(
        spec.name, record, now, tuple(losses), tuple(signing) if is_signed else ()
    )


def _identities(access: KafkaAccess) -> dict[str, TopicIdentity]:
    """Return who the topics of the log are that Kafka has."""
    names = {spec.name for spec in log_topics()}
    with closing(open_admin(access)) as admin:
        cluster = str(admin.describe_cluster()["cluster_id"])
        existing = sorted(names & set(admin.list_topics()))
        described = admin.describe_topics(existing) if existing else []
    return {topic["name"]: TopicIdentity(cluster, str(topic["topic_id"])) for topic in described}


def _bounds(access: KafkaAccess, specs: Sequence[TopicSpec]) -> Mapping[str, list[PartitionBounds]]:
    """Return the offsets of each partition of these topics."""
    places = [
        TopicPartition(spec.name, partition)
        for spec in specs
        for partition in range(spec.partitions)
    ]
    if not places:
        return {}
    with closing(open_admin(access)) as admin:
        firsts = _offsets(admin, places, OffsetSpec.EARLIEST)
        ends = _offsets(admin, places, OffsetSpec.LATEST)
    bounds: dict[str, list[PartitionBounds]] = {spec.name: [] for spec in specs}
    for place in places:
        bounds[place.topic].append(PartitionBounds(firsts[place], ends[place]))
    return bounds


def _offsets(
    admin: Any, places: Sequence[TopicPartition], moment: OffsetSpec
) -> dict[TopicPartition, int]:
    answer = admin.list_partition_offsets(dict.fromkeys(places, moment))
    return {place: int(offset.offset) for place, offset in answer.items()}


def _log_lost(losses: Sequence[HistoryLoss]) -> HistoryLostError:
    topics = ", ".join(dict.fromkeys(loss.topic for loss in losses))
    return HistoryLostError(
        _(
            "The log is not what it was. {place}: {reason}. All topics concerned: {topics}.",
            place=losses[0].place,
            reason=losses[0].text,
            topics=topics,
        ),
        _(
            "Nothing was made or changed. Stop, and restore Kafka's data from the backup. If the "
            "loss is final, start `quipu up --only kafka`, and say so for each topic: "
            "`quipu verify --accept-loss TOPIC --reason TEXT`."
        ),
        "LOG_LOST",
    )


def _nothing_lost(topic: str) -> HistoryLostError:
    return HistoryLostError(
        _("{topic} is no topic of the log, or lost nothing.", topic=topic),
        _("See what is lost with `quipu verify`."),
        "NOTHING_LOST",
    )
