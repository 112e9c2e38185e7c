"""Laws of spreading partitions over workers: whole, even, stable, and the same for everybody."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping

from hypothesis import given
from hypothesis import strategies as st

from schemas.topics import kind_of, worker_inputs
from streams.worker.partition_log import TopicPartition
from streams.worker.spreading import PartitionClaim, Shares, spread

GENERATION = 7
TOPICS = frozenset(worker_inputs(GENERATION))
MEMBERS = tuple("abcdefgh")
KINDS = ("bundles", "observations", "persons")
SIZES = st.fixed_dictionaries({topic: st.integers(1, 9) for topic in sorted(TOPICS)})
GROUPS = st.lists(st.sampled_from(MEMBERS), min_size=1, unique=True)


def partitions_of(sizes: Mapping[str, int]) -> list[TopicPartition]:
    return [(topic, number) for topic, size in sizes.items() for number in range(size)]


TODAY = partitions_of(
    {topic: 2 if kind_of(topic) == "bundles" else 4 for topic in worker_inputs(GENERATION)}
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[TopicPartition], dict[str, PartitionClaim]]:
    """Topics of any sizes, and members that claim anything, the same partition too."""
    partitions = partitions_of(draw(SIZES))
    some = st.frozensets(st.sampled_from(partitions))
    claims = {
        member: PartitionClaim(TOPICS, draw(some), draw(some), draw(st.integers(0, 3)))
        for member in draw(GROUPS)
    }
    return partitions, claims


def started(members: Collection[str], former: Shares | None = None) -> Shares:
    """Spread today's partitions over these members; who was there before has its own."""
    own = former or {}
    claims = {
        name: PartitionClaim(TOPICS, frozenset(own.get(name, ())), round=1) for name in members
    }
    return spread(TODAY, claims)


def is_even(counts: Collection[int]) -> bool:
    return max(counts) - min(counts) <= 1


def of_kind(share: Collection[TopicPartition], kind: str) -> int:
    return sum(kind_of(topic) == kind for topic, _number in share)


@given(worlds())
def test_every_partition_is_given_exactly_once(
    world: tuple[list[TopicPartition], dict[str, PartitionClaim]],
) -> None:
    partitions, claims = world
    shares = spread(partitions, claims)
    assert shares.keys() == claims.keys()
    assert Counter(place for share in shares.values() for place in share) == Counter(partitions)


@given(worlds())
def test_members_differ_by_one_partition_at_most_of_each_kind_and_in_all(
    world: tuple[list[TopicPartition], dict[str, PartitionClaim]],
) -> None:
    shares = spread(*world).values()
    assert is_even([len(share) for share in shares])
    for kind in KINDS:
        assert is_even([of_kind(share, kind) for share in shares])


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_partitions_says_nothing(
    world: tuple[list[TopicPartition], dict[str, PartitionClaim]], chance: random.Random
) -> None:
    partitions, claims = world
    members = chance.sample(sorted(claims), len(claims))
    mixed = chance.sample(partitions, len(partitions))
    assert spread(mixed, {name: claims[name] for name in members}) == spread(partitions, claims)


@given(worlds())
def test_nothing_moves_while_the_members_stay(
    world: tuple[list[TopicPartition], dict[str, PartitionClaim]],
) -> None:
    partitions, claims = world
    shares = spread(partitions, claims)
    again = {
        name: PartitionClaim(TOPICS, frozenset(share), round=9) for name, share in shares.items()
    }
    assert spread(partitions, again) == shares


@given(SIZES, GROUPS, GROUPS)
def test_whoever_stays_keeps_what_it_had_up_to_its_share(
    sizes: dict[str, int], before: list[str], after: list[str]
) -> None:
    partitions = partitions_of(sizes)
    former = spread(partitions, dict.fromkeys(before, PartitionClaim(TOPICS)))
    own = {name: frozenset(former.get(name, ())) for name in after}
    shares = spread(
        partitions, {name: PartitionClaim(TOPICS, own[name], round=1) for name in after}
    )
    for kind in KINDS:
        share = of_kind(partitions, kind) // len(after)
        for name in after:
            assert of_kind(own[name] & shares[name], kind) >= min(of_kind(own[name], kind), share)


@given(SIZES, GROUPS, st.sampled_from(MEMBERS))
def test_when_one_joins_the_others_move_at_most_the_one_more_of_each_kind(
    sizes: dict[str, int], before: list[str], newcomer: str
) -> None:
    partitions = partitions_of(sizes)
    former = spread(
        partitions, {name: PartitionClaim(TOPICS) for name in before if name != newcomer}
    )
    claims = {
        name: PartitionClaim(TOPICS, frozenset(share), round=1) for name, share in former.items()
    }
    shares = spread(partitions, claims | {newcomer: PartitionClaim(TOPICS)})
    moved = [len(shares[name] - share) for name, share in former.items()]
    assert sum(moved) <= len(KINDS)


def test_six_workers_all_have_work_of_what_two_could_do_alone_before() -> None:
    shares = started("abcdef")
    assert sorted(map(len, shares.values())) == [2, 2, 3, 3, 3, 3]
    bundles = [of_kind(share, "bundles") for share in shares.values()]
    assert sorted(bundles) == [1, 1, 1, 1, 2, 2]


def test_a_second_worker_takes_half_and_gives_it_back_when_it_leaves() -> None:
    alone = started("a")
    both = started("ab", alone)
    assert [len(both[name]) for name in "ab"] == [8, 8]
    assert both["a"] < alone["a"]
    assert started("a", both) == alone


def test_each_of_two_workers_has_half_of_the_first_partitions() -> None:
    both = started("ab", started("a"))
    for share in both.values():
        first = [topic for topic, number in share if number == 0 and kind_of(topic) == "bundles"]
        assert len(first) == 2, "nodes get the lowest numbers first, so these have more to do"


def test_a_worker_that_comes_back_gets_what_its_disk_has() -> None:
    both = started("ab")
    claims = {
        "a": PartitionClaim(TOPICS, frozenset(TODAY), frozenset(TODAY), round=5),
        "b": PartitionClaim(TOPICS, stored=frozenset(both["b"])),
    }
    assert spread(TODAY, claims) == both


def test_of_two_that_claim_one_partition_the_newer_claim_holds() -> None:
    half = frozenset(TODAY[::2])
    claims = {
        "a": PartitionClaim(TOPICS, half, round=1),
        "b": PartitionClaim(TOPICS, half, round=2),
    }
    assert spread(TODAY, claims)["b"] == half


def test_a_topic_goes_only_to_those_who_read_it() -> None:
    few = frozenset({"quipu.bundles.bo"})
    shares = spread(
        TODAY, {"a": PartitionClaim(few), "b": PartitionClaim(TOPICS), "c": PartitionClaim(TOPICS)}
    )
    assert {topic for topic, _number in shares["a"]} <= few
    assert sum(map(len, shares.values())) == len(TODAY)


def test_without_members_nobody_has_anything() -> None:
    assert spread(TODAY, {}) == {}
