"""infra.doctor.kafka.judge_topics: what is wrong with a cluster that loses records."""

from __future__ import annotations

from typing import Any

import pytest

from infra.doctor.check import Check, CheckResult
from infra.doctor.kafka import judge_topics
from schemas.topics import log_topics

SPECS = log_topics()


def described(copies: int = 3, in_sync: int = 3) -> list[dict[str, Any]]:
    return [
        {
            "name": spec.name,
            "partitions": [
                {
                    "partition_index": number,
                    "leader_id": 0,
                    "replica_nodes": list(range(copies)),
                    "isr_nodes": list(range(in_sync)),
                }
                for number in range(spec.partitions)
            ],
        }
        for spec in SPECS
    ]


def configs(**changed: str) -> dict[str, dict[str, Any]]:
    """What a cluster that is set as it must be answers, with some settings changed everywhere."""
    others = {"min.insync.replicas": "2", "unclean.leader.election.enable": "false"}
    return {
        spec.name: {
            key: {"value": changed.get(key.replace(".", "_"), value)}
            for key, value in {**others, **spec.configs}.items()
        }
        for spec in SPECS
    }


def failed(checks: list[Check]) -> list[str]:
    return [check.seen.in_language("en") for check in checks if check.result is CheckResult.FAILED]


def test_a_cluster_as_it_must_be_passes() -> None:
    checks = judge_topics(SPECS, described(), configs(), is_embedded=False)
    assert {check.result for check in checks} == {CheckResult.OK}


@pytest.mark.parametrize(
    ("copies", "in_sync", "changed", "words"),
    [
        (1, 1, {}, "replication.factor is 1."),
        (3, 3, {"min_insync_replicas": "1"}, "min.insync.replicas is 1."),
        (3, 2, {}, "Copies are not up to date: quipu.config/0"),
        (3, 3, {"unclean_leader_election_enable": "true"}, "A copy that lacks messages may lead"),
        (3, 3, {"message_timestamp_type": "CreateTime"}, "message.timestamp.type=CreateTime"),
        (3, 3, {"max_message_bytes": "1048588"}, "max.message.bytes=1048588"),
    ],
)
def test_each_setting_that_may_lose_records_fails(
    copies: int, in_sync: int, changed: dict[str, str], words: str
) -> None:
    checks = judge_topics(SPECS, described(copies, in_sync), configs(**changed), is_embedded=False)
    assert any(words in text for text in failed(checks))
    assert all(check.remedy for check in checks if check.result is not CheckResult.OK)


def test_the_embedded_broker_is_a_warning_and_no_failure() -> None:
    checks = judge_topics(SPECS, described(1, 1), configs(min_insync_replicas="1"), True)
    assert failed(checks) == []
    assert CheckResult.WARNING in {check.result for check in checks}


def test_a_topic_that_is_missing_fails_and_an_empty_cluster_warns() -> None:
    (name, *_others) = (spec.name for spec in SPECS)
    checks = judge_topics(SPECS, described()[1:], configs(), is_embedded=False)
    assert any(name in text for text in failed(checks))
    (check,) = judge_topics(SPECS, [], {}, is_embedded=False)
    assert check.result is CheckResult.WARNING
