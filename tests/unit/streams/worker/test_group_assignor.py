"""The assignor in Faust's protocol: alone, and in a group with workers of a former release."""

from __future__ import annotations

from functools import partial
from typing import Any

import faust
import pytest
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment

from schemas.topics import kind_of, worker_inputs
from streams.worker.group_assignor import GroupAssignor
from streams.worker.partition_log import TopicPartition

TOPICS = set(worker_inputs(1))


class Cluster:
    """Stands in for aiokafka's knowledge of topics."""

    def partitions_for_topic(self, topic: str) -> set[int]:
        return set(range(2 if kind_of(topic) == "bundles" else 4))


def worker(stored: set[TopicPartition] | None = None) -> Any:
    """The assignor of an app, as Faust makes it."""
    own = partial(GroupAssignor, stored=lambda: stored or set())
    return app(PartitionAssignor=own).assignor


def former_worker() -> Any:
    """The assignor of an app of a former release: Faust's own."""
    return app().assignor


def app(**settings: Any) -> faust.App:
    return faust.App("test", broker="kafka://nowhere", web_enabled=False, **settings)


def join(leader: str, **members: Any) -> dict[str, ConsumerProtocolMemberAssignment]:
    """One round of a group: each says what it has, the leader assigns, each takes what it gets."""
    metadata = {name: member.metadata(TOPICS) for name, member in members.items()}
    answers: dict[str, ConsumerProtocolMemberAssignment] = members[leader].assign(
        Cluster(), metadata
    )
    for name, member in members.items():
        member.on_assignment(answers[name])
    return answers


def sizes(answers: dict[str, ConsumerProtocolMemberAssignment]) -> list[int]:
    return [sum(len(numbers) for _, numbers in answer.assignment) for answer in answers.values()]


@pytest.mark.parametrize("leader", ["a", "b", "c", "d"])
def test_four_workers_have_four_partitions_each_whoever_leads(leader: str) -> None:
    members = {name: worker() for name in "abcd"}
    assert sizes(join(leader, **members)) == [4, 4, 4, 4]


def test_fausts_own_assignor_is_why_there_is_another() -> None:
    members = {name: former_worker() for name in "abcdef"}
    assert sorted(sizes(join("a", **members))) == [0, 0, 2, 2, 6, 6]


def test_a_worker_keeps_what_it_has_when_another_joins_and_leaves() -> None:
    first, second = worker(), worker()
    assert sizes(join("a", a=first)) == [16]
    before = first.assigned_actives()
    join("b", a=first, b=second)
    assert first.assigned_actives() < before
    assert len(second.assigned_actives()) == 8
    join("a", a=first)
    assert first.assigned_actives() == before


def test_a_worker_that_starts_gets_what_its_disk_has() -> None:
    first, second = worker(), worker()
    join("a", a=first, b=second)
    had = {(place.topic, place.partition) for place in second.assigned_actives()}
    again = worker(had)
    join("a", a=first)
    join("a", a=first, b=again)
    assert {(place.topic, place.partition) for place in again.assigned_actives()} == had


@pytest.mark.parametrize("leader", ["new", "old"])
def test_a_worker_of_a_former_release_may_be_in_the_group(leader: str) -> None:
    new, old = worker({("quipu.bundles.bo", 0)}), former_worker()
    for _ in range(2):
        answers = join(leader, new=new, old=old)
        given = [
            (topic, number)
            for answer in answers.values()
            for topic, numbers in answer.assignment
            for number in numbers
        ]
        assert len(given) == len(set(given)) == 16


def test_the_group_is_even_once_the_last_worker_of_a_former_release_has_left() -> None:
    members = {name: worker() for name in "abc"}
    join("old", old=former_worker(), **members)
    assert sorted(sizes(join("a", **members))) == [5, 5, 6]


def test_a_topic_that_is_missing_has_no_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cluster, "partitions_for_topic", lambda _cluster, _topic: None)
    assert sizes(join("a", a=worker())) == [0]
