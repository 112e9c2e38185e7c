"""Assign a group's partitions in Faust's protocol, as `spreading` decides.

Faust's own assignor gives partition n of all topics of one size to one worker. This one keeps its
name and its messages, and adds two fields that Faust's own leaves unread. So workers of former
releases may be in the group, and whoever leads it decides (docs/adr/0134).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import structlog
from aiokafka.cluster import ClusterMetadata
from aiokafka.coordinator.protocol import (
    ConsumerProtocolMemberAssignment,
    ConsumerProtocolMemberMetadata,
)
from faust.assignor.client_assignment import ClientAssignment, ClientMetadata
from faust.assignor.partition_assignor import PartitionAssignor

from streams.worker.partition_log import TopicPartition
from streams.worker.spreading import PartitionClaim, spread

log = structlog.get_logger(__name__)

StoredPartitions = Callable[[], Collection[TopicPartition]]
"""Returns the partitions whose states are on the disk of a worker."""


class MemberData(
    ClientMetadata, serializer="json", include_metadata=False, namespace="@MemberData"
):
    """What a member says of itself, and what its leader answers.

    `stored`: partitions whose states are on its disk, by topic; `round`: number of the group's
    assignment. A former release sends neither.
    """

    stored: Mapping[str, list[int]] = {}
    round: int = 0


class GroupAssignor(PartitionAssignor):
    """Stands for a worker in its group, and assigns for all where the group chooses it."""

    def __init__(self, app: Any, replicas: int, stored: StoredPartitions) -> None:
        """Begin without an assignment. `app` and `replicas` are Faust's."""
        super().__init__(app, replicas)
        self._stored = stored
        self._round = 0

    @property
    def _metadata(self) -> MemberData:
        """Say what this member has. Faust asks before each joining."""
        return MemberData(
            assignment=self._assignment,
            url=str(self._url),
            changelog_distribution={},
            stored=_by_topic(self._stored()),
            round=self._round,
        )

    def on_assignment(self, assignment: ConsumerProtocolMemberAssignment) -> None:
        """Take what the leader assigned."""
        super().on_assignment(assignment)
        data = MemberData.loads(self._decompress(assignment.user_data))
        self._round = max(self._round, data.round)

    def _perform_assignment(
        self,
        cluster: ClusterMetadata,
        member_metadata: Mapping[str, ConsumerProtocolMemberMetadata],
    ) -> dict[str, ConsumerProtocolMemberAssignment]:
        """Assign for the whole group, as its leader."""
        members = {
            member: (frozenset(metadata.subscription), MemberData.loads(metadata.user_data))
            for member, metadata in member_metadata.items()
        }
        claims = {member: _claim(topics, data) for member, (topics, data) in members.items()}
        shares = spread(_partitions(cluster, claims), claims)
        number = 1 + max(claim.round for claim in claims.values())
        sizes = sorted(map(len, shares.values()))
        log.info("partitions_spread", members=len(shares), partitions=sizes, round=number)
        return {
            member: self._answer(shares[member], str(data.url), number)
            for member, (_topics, data) in members.items()
        }

    def _answer(
        self, share: Collection[TopicPartition], url: str, number: int
    ) -> ConsumerProtocolMemberAssignment:
        topics = _by_topic(share)
        data = MemberData(
            assignment=ClientAssignment(actives=topics, standbys={}),
            url=url,
            changelog_distribution={},
            round=number,
        )
        return ConsumerProtocolMemberAssignment(
            self.version, sorted(topics.items()), self._compress(data.dumps())
        )


def _claim(topics: frozenset[str], data: MemberData) -> PartitionClaim:
    return PartitionClaim(
        topics, _partitions_of(data.assignment.actives), _partitions_of(data.stored), data.round
    )


def _partitions(
    cluster: ClusterMetadata, claims: Mapping[str, PartitionClaim]
) -> set[TopicPartition]:
    """List the partitions of all topics that somebody reads; a missing topic has none."""
    topics = frozenset().union(*(claim.topics for claim in claims.values()))
    return {
        (topic, number) for topic in topics for number in cluster.partitions_for_topic(topic) or ()
    }


def _partitions_of(topics: Mapping[str, Collection[int]]) -> frozenset[TopicPartition]:
    return frozenset((topic, number) for topic, numbers in topics.items() for number in numbers)


def _by_topic(partitions: Collection[TopicPartition]) -> dict[str, list[int]]:
    topics: dict[str, list[int]] = defaultdict(list)
    for topic, number in sorted(partitions):
        topics[topic].append(number)
    return dict(topics)
