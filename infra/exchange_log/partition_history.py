"""Read a partition of the log whole: its tree, and whether it is what was remembered and signed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from kafka import TopicPartition

from infra.exchange_log.checkpoint_claims import CheckpointClaims
from infra.exchange_log.log_history import (
    HistoryLoss,
    PartitionBounds,
    PartitionHead,
    PartitionReading,
    signed_losses,
)
from infra.exchange_log.partition_reader import PartitionReader
from infra.kafka_access import KafkaAccess
from schemas.checkpoint.claims import CheckpointClaim, compare_claims
from schemas.checkpoint.merkle import EMPTY_ROOT, TreeHead, leaf_hash


@dataclass(frozen=True, slots=True)
class SigningState:
    """Say what of a partition was signed.

    `newest`: the largest published checkpoint that fits the log; `seen_by`: who countersigned it.
    `unsigned_since`: when the first message after it was appended, ms since 1970 UTC; None where
    all are signed. `forged`: checkpoints without a good signature.
    """

    newest: CheckpointClaim | None
    seen_by: tuple[str, ...]
    unsigned_since: int | None
    forged: int


@dataclass
class _TreeReading:
    """Hold the tree of a partition, and its root and next message at some sizes."""

    tree: TreeHead = field(default_factory=TreeHead)
    root_at: dict[int, bytes] = field(default_factory=dict)
    next_at: dict[int, int] = field(default_factory=dict)


def read_partition(
    access: KafkaAccess,
    place: TopicPartition,
    bounds: PartitionBounds,
    former: PartitionHead | None,
    claims: CheckpointClaims,
) -> tuple[PartitionReading, SigningState, Sequence[HistoryLoss]]:
    """Read a partition within these bounds, and compare it with what was signed of it.

    Returns what it is, what of it is signed, and what the signatures show to be lost.
    """
    sizes = {0} | claims.sizes(place.topic, place.partition)
    reading = _read_tree(access, place, bounds, sizes | ({former.size} if former else set()))
    tree, own = reading.tree, claims.of(place.topic, place.partition, reading.root_at)
    report = compare_claims(own, reading.root_at, claims.is_good)
    signed_size = report.newest.checkpoint.size if report.newest else 0
    forged = report.forged + claims.forged(place.topic, place.partition)
    state = SigningState(report.newest, report.seen_by, reading.next_at.get(signed_size), forged)
    former_root = reading.root_at.get(former.size) if former else None
    head = PartitionHead(tree.size, tree.root(), bounds.first)
    losses = signed_losses(place.topic, place.partition, report, tree.size)
    return PartitionReading(head, former_root, bounds.end), state, losses


def _read_tree(
    access: KafkaAccess, place: TopicPartition, bounds: PartitionBounds, sizes: set[int]
) -> _TreeReading:
    """Read within the bounds.

    It begins at the first message that is left: a reader that begins before it would have to find
    that out by itself, and gives up where Kafka is slow.
    """
    reading = _TreeReading(root_at={0: EMPTY_ROOT})
    tree = reading.tree
    with closing(PartitionReader(access, place.topic, place.partition, bounds.first)) as reader:
        for message in reader.read(bounds.end):
            if tree.size in sizes:
                reading.next_at[tree.size] = message.appended_at
            tree.add(leaf_hash(message.value))
            if tree.size in sizes:
                reading.root_at[tree.size] = tree.root()
    return reading
