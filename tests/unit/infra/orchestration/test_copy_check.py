"""Nothing starts on a cluster whose topics can lose records; a trial on one broker may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from kafka.errors import TopicAuthorizationFailedError

from infra.errors import TopicError
from infra.kafka.clients import open_admin
from infra.orchestration import copy_check
from infra.settings import Endpoints, Settings
from schemas.topics import log_topics

LOG = [spec.name for spec in log_topics()]
GOOD = {
    "min.insync.replicas": "2",
    "unclean.leader.election.enable": "false",
    "max.message.bytes": "1500000",
}


class FakeAdmin:
    """Answers as a cluster would, in kafka-python's words."""

    def __init__(
        self,
        brokers: int = 3,
        copies: int = 3,
        configs: Mapping[str, str] | None = GOOD,
        names: list[str] = LOG,
    ) -> None:
        self._brokers, self._copies, self._configs, self._names = brokers, copies, configs, names
        self.is_closed = False

    def list_topics(self) -> list[str]:
        return [*self._names, "of-others"]

    def describe_topics(self, names: list[str]) -> list[dict[str, Any]]:
        ids = list(range(self._copies))
        part = {"partition_index": 0, "leader_id": 0, "replica_nodes": ids, "isr_nodes": ids[:1]}
        return [{"name": name, "error_code": 0, "partitions": [part]} for name in names]

    def describe_cluster(self) -> dict[str, Any]:
        return {"brokers": [{"broker_id": number} for number in range(self._brokers)]}

    def describe_configs(self, resources: list[Any], config_filter: str) -> dict[str, Any]:
        assert config_filter == "all", "defaults of the broker count too"
        if self._configs is None:
            raise TopicAuthorizationFailedError
        settings = {key: {"value": value} for key, value in self._configs.items()}
        return {"topic": {resource.name: settings for resource in resources}}

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def cluster(settings: Settings) -> Settings:
    return replace(settings, configured=Endpoints(kafka="k1:9092"), lang="en")


def outcome(
    admin: FakeAdmin, settings: Settings, monkeypatch: pytest.MonkeyPatch, *units: str
) -> str:
    """What the start says of this cluster; empty where it goes on."""
    monkeypatch.setattr(copy_check, open_admin.__name__, lambda *_args, **_others: admin)
    monkeypatch.setattr(copy_check, "require_tcp", lambda *_args: None)
    try:
        copy_check.check_before_start(settings, units or ("worker-1",))
    except TopicError as error:
        assert error.code == "TOPICS_UNSAFE"
        assert "docs/production.md" in error.remedy.in_language("en")
        return error.message.in_language("en").partition(": ")[2]
    finally:
        assert admin.is_closed
    return ""


def test_each_setting_that_cannot_hold_the_promises_is_refused_by_its_name(
    cluster: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, unclean = {"min.insync.replicas": "1"}, {"unclean.leader.election.enable": "true"}
    small = {"max.message.bytes": "1048588"}
    for admin, expected in (
        (FakeAdmin(), ""),
        (FakeAdmin(copies=1), "replication.factor=1."),
        (FakeAdmin(copies=2), "replication.factor=2."),
        (FakeAdmin(configs=GOOD | few), "min.insync.replicas=1."),
        (FakeAdmin(configs=GOOD | unclean, names=LOG[:1]), "unclean.leader.election.enable=true"),
        (FakeAdmin(configs=GOOD | small, names=LOG[:1]), f"max.message.bytes ({LOG[0]})."),
        (FakeAdmin(copies=1, configs=GOOD | few), "replication.factor=1; min.insync.replicas=1."),
        # a broker is down: the copies that it has count
        (FakeAdmin(brokers=2, configs=GOOD | few), "min.insync.replicas=1."),
        # a trial on one broker of somebody's, and a cluster where nothing is yet
        (FakeAdmin(brokers=1, copies=1, configs=GOOD | few), ""),
        (FakeAdmin(brokers=1, copies=1, configs=GOOD | unclean, names=LOG[:1]), "unclean"),
        (FakeAdmin(copies=1, names=[]), ""),
        # what may not be read is not guessed
        (FakeAdmin(configs=None), ""),
        (FakeAdmin(copies=1, configs=None), "replication.factor=1."),
    ):
        refusal = outcome(admin, cluster, monkeypatch)
        assert refusal.startswith(expected), (refusal, expected)
        assert bool(refusal) == bool(expected), (refusal, expected)


@pytest.mark.parametrize("unit", ["worker-2", "sink", "hits", "checkpoints", "api", "monitor"])
def test_every_process_of_the_mechanism_is_refused(
    unit: str, cluster: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outcome(FakeAdmin(copies=1), cluster, monkeypatch, unit)


def test_nobody_asks_kafka_for_the_embedded_one_or_before_the_topics_are_made(
    settings: Settings, cluster: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("Kafka was asked")

    monkeypatch.setattr(copy_check, "require_tcp", refuse)
    copy_check.check_before_start(settings, ["kafka", "worker-1"])
    copy_check.check_before_start(cluster, ["topics", "worker-1"])
    copy_check.check_before_start(cluster, ["clickhouse"])


def test_a_kafka_that_does_not_answer_yet_is_waited_for(
    cluster: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(copy_check, "require_tcp", away)
    copy_check.check_before_start(cluster, ["worker-1"])
    with pytest.raises(ConnectionRefusedError):
        copy_check.check_copies(cluster)
