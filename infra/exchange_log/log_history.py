"""Decide whether a topic still has the history that was remembered of it. Pure.

A topic of the log only ever grows. What was remembered of it is its identity, and for each
partition how many messages it had and the root of their Merkle tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from schemas.checkpoint.claims import ClaimReport, Disagreement
from schemas.i18n import UserMessage, _


class LossKind(StrEnum):
    """Name what happened to a topic of the log."""

    MISSING = "missing"
    OTHER_CLUSTER = "other_cluster"
    REMADE = "remade"
    EMPTIED = "emptied"
    BEGINNING_GONE = "beginning_gone"
    CUT = "cut"
    REWRITTEN = "rewritten"
    TWO_HISTORIES = "two_histories"


class TopicIdentity(NamedTuple):
    """Tell a topic from another of the same name, as Kafka does."""

    cluster_id: str
    topic_id: str


class PartitionHead(NamedTuple):
    """Commit to the messages of a partition: how many, and the root of their Merkle tree.

    `first`: the offset of the first of them, 0 unless an operator accepted that some are lost.
    """

    size: int
    root: bytes
    first: int = 0


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """Hold what is remembered of a topic.

    `identity`: None where an operator accepted that the topic is lost: it may be made again.
    `heads`: by partition; empty where its messages were never read. `ends`: by partition, the
    offset that its next message was to have; it may be known where no message was read.
    """

    identity: TopicIdentity | None
    heads: tuple[PartitionHead, ...] = ()
    ends: tuple[int, ...] = ()

    def head(self, partition: int) -> PartitionHead | None:
        """Return what is remembered of a partition."""
        return self.heads[partition] if partition < len(self.heads) else None

    def end(self, partition: int) -> int:
        """Return where a partition ended; 0 where that is not known."""
        return self.ends[partition] if partition < len(self.ends) else 0


class PartitionBounds(NamedTuple):
    """Say which offsets a partition has: `first`, and `end`, that of its next message."""

    first: int
    end: int


class PartitionReading(NamedTuple):
    """Hold what a whole partition was read to be.

    `former_root`: the root of its first messages, as many as were remembered; None where it has
    fewer. `end`: the offset of its next message.
    """

    head: PartitionHead
    former_root: bytes | None
    end: int


class HistoryLoss(NamedTuple):
    """Say what a topic lost: `remembered` and `present` count messages.

    `partition`: None where the whole topic is meant. `seen_by`: nodes that countersigned what it
    was, with commas.
    """

    topic: str
    partition: int | None
    kind: LossKind
    remembered: int = 0
    present: int = 0
    seen_by: str = ""

    @property
    def place(self) -> str:
        """Return the topic, with the partition where one is meant."""
        return self.topic if self.partition is None else f"{self.topic}/{self.partition}"

    @property
    def text(self) -> UserMessage:
        """Return what happened to the topic, in words for people."""
        counts = {"remembered": self.remembered, "present": self.present}
        seen_by = self.seen_by or "-"
        return {
            LossKind.MISSING: _("the topic is missing"),
            LossKind.OTHER_CLUSTER: _("it is on another Kafka cluster than before"),
            LossKind.REMADE: _("the topic was deleted and made again"),
            LossKind.EMPTIED: _("empty: {remembered} messages are missing", **counts),
            LossKind.BEGINNING_GONE: _("its first messages were deleted"),
            LossKind.CUT: _("cut: it had {remembered} messages and now has {present}", **counts),
            LossKind.REWRITTEN: _("among its first {remembered} messages some changed", **counts),
            LossKind.TWO_HISTORIES: _(
                "the mechanism's key signed two histories of its first {remembered} messages "
                "(nodes that saw the other: {seen_by})",
                remembered=self.remembered,
                seen_by=seen_by,
            ),
        }[self.kind]


def identity_losses(
    topic: str, record: TopicRecord | None, present: TopicIdentity | None, *, is_expected: bool
) -> list[HistoryLoss]:
    """Compare who a topic is with who it was.

    `present`: None where Kafka has no such topic; `is_expected`: it must be there although nothing
    is remembered of it.
    """
    remembered = sum(head.size for head in record.heads) if record else 0
    if record is None:
        is_missing = is_expected and present is None
        return [HistoryLoss(topic, None, LossKind.MISSING)] if is_missing else []
    if record.identity is None:
        return []
    if present is None:
        return [HistoryLoss(topic, None, LossKind.MISSING, remembered)]
    if present.cluster_id != record.identity.cluster_id:
        return [HistoryLoss(topic, None, LossKind.OTHER_CLUSTER, remembered)]
    if present.topic_id != record.identity.topic_id:
        return [HistoryLoss(topic, None, LossKind.REMADE, remembered)]
    return []


def bounds_losses(
    topic: str, record: TopicRecord | None, bounds: Sequence[PartitionBounds]
) -> list[HistoryLoss]:
    """Compare the offsets of a topic with what is remembered; its messages are not read."""
    losses = []
    for partition, place in enumerate(bounds):
        losses += _length_losses(topic, partition, record, place, place.end - place.first)
    return losses


def content_losses(
    topic: str, record: TopicRecord | None, readings: Sequence[PartitionReading]
) -> list[HistoryLoss]:
    """Compare all messages of a topic with what is remembered of them."""
    losses = []
    for partition, reading in enumerate(readings):
        head, count = record.head(partition) if record else None, reading.head.size
        bounds = PartitionBounds(reading.head.first, reading.end)
        shorter = _length_losses(topic, partition, record, bounds, count)
        losses += shorter
        if head and not shorter and reading.former_root != head.root:
            losses.append(HistoryLoss(topic, partition, LossKind.REWRITTEN, head.size, count))
    return losses


def signed_losses(topic: str, partition: int, report: ClaimReport, count: int) -> list[HistoryLoss]:
    """Say what is lost by the checkpoints that were signed. `count`: messages of the partition."""
    kinds = {
        Disagreement.LONGER: LossKind.CUT if count else LossKind.EMPTIED,
        Disagreement.OTHER: LossKind.REWRITTEN,
        Disagreement.BOTH: LossKind.TWO_HISTORIES,
    }
    return [
        HistoryLoss(topic, partition, kinds[kind], claim.checkpoint.size, count, ", ".join(names))
        for kind, (claim, names) in report.wrong.items()
    ]


def _length_losses(
    topic: str, partition: int, record: TopicRecord | None, bounds: PartitionBounds, count: int
) -> list[HistoryLoss]:
    """`count`: how many messages the partition has, or can have at most."""
    head = record.head(partition) if record else None
    size, former_first = (head.size, head.first) if head else (0, 0)
    former_end = record.end(partition) if record else 0
    is_shorter = count < size or bounds.end < former_end
    loss = HistoryLoss(topic, partition, LossKind.CUT, max(size, former_end - former_first), count)
    if is_shorter and not count:
        return [loss._replace(kind=LossKind.EMPTIED)]
    if bounds.first > former_first:
        return [loss._replace(kind=LossKind.BEGINNING_GONE)]
    return [loss] if is_shorter else []
