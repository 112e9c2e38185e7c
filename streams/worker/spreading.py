"""Decide which worker has which partitions: spread evenly, and moved as little as that allows.

Partitions of one kind of topic cost alike, so each kind is spread for itself: bundles for intake,
observations for correlate, persons for links. No partition needs another with it, because a state
is that of one partition (docs/adr/0134).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.topics import kind_of
from streams.worker.partition_log import TopicPartition


@dataclass(frozen=True, slots=True)
class PartitionClaim:
    """What a member of the group reads, and which partitions it would have without delay.

    `worked_on`: what it was assigned in the assignment number `round` of its group. `stored`: whose
    state is on its disk; it may be behind.
    """

    topics: frozenset[str]
    worked_on: frozenset[TopicPartition] = frozenset()
    stored: frozenset[TopicPartition] = frozenset()
    round: int = 0

    def strength(self, partition: TopicPartition) -> int:
        """Return how much of a partition the member has: 0 is nothing, the newest is the most."""
        if partition in self.worked_on:
            return 2 + self.round
        return int(partition in self.stored)


Shares = dict[str, set[TopicPartition]]
"""The partitions of each member."""


def spread(partitions: Iterable[TopicPartition], claims: Mapping[str, PartitionClaim]) -> Shares:
    """Give each partition to one of the members that read its topic.

    Members that read the same topics get as many as each other of each kind of topic, and in all;
    the difference is one at most. Whoever has a partition keeps it, up to its share. The answer
    does not depend on the order of what is given.
    """
    shares: Shares = {member: set() for member in sorted(claims)}
    for members, group in _groups(partitions, claims):
        _share_out(group, {member: claims[member] for member in members}, shares)
    return shares


def _groups(
    partitions: Iterable[TopicPartition], claims: Mapping[str, PartitionClaim]
) -> Iterator[tuple[Sequence[str], Sequence[TopicPartition]]]:
    """Group the partitions by kind and by who reads them; the lowest numbers first."""
    groups = defaultdict(set)
    for topic, number in partitions:
        members = tuple(sorted(member for member in claims if topic in claims[member].topics))
        groups[kind_of(topic), members].add((topic, number))
    for (_kind, members), group in sorted(groups.items()):
        if members:
            yield members, sorted(group, key=_by_number)


def _by_number(partition: TopicPartition) -> tuple[int, str]:
    return partition[1], partition[0]


def _share_out(
    group: Sequence[TopicPartition], claims: Mapping[str, PartitionClaim], shares: Shares
) -> None:
    """Add the partitions of a group to the shares of the members that read it."""
    held = _held(group, claims)
    room = _quotas(len(group), held, shares)
    rest = set(group)
    for member, quota in room.items():
        own = _in_order_of_keeping(held[member], member, claims)[:quota]
        shares[member].update(own)
        room[member] -= len(own)
        rest -= set(own)
    for partition in sorted(rest, key=_by_number):
        member = min(
            (member for member in room if room[member]),
            key=lambda name: (-claims[name].strength(partition), -room[name], len(shares[name])),
        )
        shares[member].add(partition)
        room[member] -= 1


def _held(
    group: Sequence[TopicPartition], claims: Mapping[str, PartitionClaim]
) -> dict[str, list[TopicPartition]]:
    """Say who has what: of several members, the one with the newest claim."""
    held: dict[str, list[TopicPartition]] = {member: [] for member in claims}
    for partition in group:
        holder = max(claims, key=lambda member: claims[member].strength(partition))
        if claims[holder].strength(partition):
            held[holder].append(partition)
    return held


def _quotas(
    count: int, held: Mapping[str, Collection[TopicPartition]], shares: Shares
) -> dict[str, int]:
    """Divide a number of partitions; those with the fewest so far get one more.

    Of these, those who have one more already.
    """
    least, more = divmod(count, len(held))
    order = sorted(held, key=lambda member: (len(shares[member]), len(held[member]) <= least))
    return {member: least + (place < more) for place, member in enumerate(order)}


def _in_order_of_keeping(
    held: Sequence[TopicPartition], member: str, claims: Mapping[str, PartitionClaim]
) -> list[TopicPartition]:
    """Order what a member has: first what nobody else has, and of these each number in turn.

    Nodes get the least used number of their country, so the lowest numbers have more to do.
    """
    others = [claim for name, claim in claims.items() if name != member]
    numbers = [number for _topic, number in held]
    return sorted(
        held,
        key=lambda partition: (
            any(claim.strength(partition) for claim in others),
            held.index(partition) - numbers.index(partition[1]),
        ),
    )
