"""What health says of a cluster: the copies of the log, and the processes of all machines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consumers.health.cluster_facts import MemberStatus, member_statuses
from consumers.health.evaluate import evaluate
from consumers.health.facts import Facts
from consumers.health.finding_memory import Episode, FindingMemory
from consumers.health.json_report import to_report
from consumers.health.terminal import WIDTH, HealthScreen
from consumers.health.thresholds import Degree
from infra.kafka.copy_status import CopyStatus, copy_status
from schemas.avro.log_records import MemberRecord
from schemas.i18n import UserMessage
from schemas.members import LATE_AFTER_MS, MemberProblem, SeenMember
from tests.unit.consumers.health.test_health import NOW, good, with_kafka

HERE = "m1-aaaaaaaa"


def topic(name: str, in_sync: int, copies: int = 3, leader: int = 0) -> dict[str, Any]:
    part = {
        "partition_index": 0,
        "leader_id": leader,
        "replica_nodes": list(range(copies)),
        "isr_nodes": list(range(in_sync)),
    }
    return {"name": name, "partitions": [part]}


def settings_of(least: str, unclean: str = "false") -> dict[str, Any]:
    return {
        "min.insync.replicas": {"value": least},
        "unclean.leader.election.enable": {"value": unclean},
    }


def degrees(facts: Facts, memory: FindingMemory | None = None) -> dict[str, Degree]:
    health = evaluate(facts, memory) if memory else evaluate(facts)
    return {finding.kind: finding.degree for finding in health.findings}


def test_copies_are_read_from_what_kafka_says() -> None:
    described = [topic("log", 3), topic("late", 2), topic("below", 1), topic("headless", 0, 3, -1)]
    configs = {name: settings_of("2") for name in ("log", "late", "below")}
    configs["log"] = settings_of("1", "true")
    configs["late"]["max.message.bytes"] = {"value": "1048588"}
    sizes = {"log": 1_500_000, "late": 1_500_000}
    copies = copy_status(described, configs, sizes, is_embedded=False, live=[0, 7])
    assert copies == CopyStatus(
        3,
        1,
        ["late/0", "below/0", "headless/0"],
        ["below/0", "headless/0"],
        ["log"],
        small=["late"],
        brokers=4,
    )


def test_settings_that_may_not_be_read_are_not_guessed() -> None:
    copies = copy_status([topic("log", 1, 1)], {}, {"log": 1}, is_embedded=False)
    assert (copies.acknowledging, copies.refusing) == (None, [])


@pytest.mark.parametrize(
    ("copies", "degrees_by_kind"),
    [
        (CopyStatus(3, 2), {}),
        (CopyStatus(1, 1, is_embedded=True), {}),
        (CopyStatus(1, 2), {"few_copies": Degree.WATCH}),
        (CopyStatus(3, 1), {"few_acknowledging": Degree.WATCH}),
        (CopyStatus(3, None), {}),
        (CopyStatus(3, 2, unclean=["a"]), {"unclean": Degree.WATCH}),
        (CopyStatus(3, 2, small=["a"]), {"small_messages": Degree.WATCH}),
        (CopyStatus(3, 2, behind=["a/0"]), {"behind_s": Degree.WATCH}),
        (CopyStatus(3, 2, behind=["a/0"], refusing=["a/0"]), {"refusing": Degree.ACT_NOW}),
    ],
)
def test_each_danger_to_the_copies_has_its_degree(
    copies: CopyStatus, degrees_by_kind: dict[str, Degree]
) -> None:
    assert degrees(with_kafka(copies=copies)) == degrees_by_kind


def test_copies_that_stay_behind_ask_for_action_after_ten_minutes() -> None:
    episode = Episode("kafka|behind_s|", Degree.WATCH, UserMessage("behind"), NOW - 601_000)
    memory = FindingMemory({"kafka|behind_s|": episode})
    facts = with_kafka(copies=CopyStatus(3, 2, behind=["a/0"]))
    assert degrees(facts, memory) == {"behind_s": Degree.ACT_NOW}


def test_many_partitions_are_named_by_the_first_and_a_number() -> None:
    names = [f"quipu.bundles.co/{number}" for number in range(9)]
    (behind,) = evaluate(with_kafka(copies=CopyStatus(3, 2, behind=names))).findings
    assert "+6" in str(behind.message)
    assert "9" in behind.message.in_language("es")


def member(name: str = f"sink@{HERE}", **changes: Any) -> SeenMember:
    record: MemberRecord = {
        "name": name,
        "kind": "sink",
        "release": "1.0",
        "generation": 1,
        "partitions": -1,
        "started_at": NOW - 600_000,
        "written_at": NOW - 5_000,
    }
    ahead_ms = changes.pop("ahead_ms", -20)
    record.update(changes)  # type: ignore[typeddict-item]
    return SeenMember(record, record["written_at"] - ahead_ms)


def with_members(*members: SeenMember) -> Facts:
    return replace(good(), members=member_statuses(members, 1, "1.0", HERE, NOW))


def test_a_member_is_of_this_machine_or_of_another() -> None:
    own, foreign = member_statuses([member(), member("sink@m2-bb")], 1, "1.0", HERE, NOW)
    assert (own.is_here, own.machine) == (True, HERE)
    assert (foreign.is_here, foreign.machine) == (False, "m2-bb")


@pytest.mark.parametrize(
    ("seen", "degrees_by_kind"),
    [
        (member(), {}),
        (member("sink@m2", written_at=NOW - LATE_AFTER_MS - 1), {"late": Degree.WATCH}),
        (member(written_at=NOW - LATE_AFTER_MS - 1), {}),
        (member(release="0.9"), {"other_release": Degree.WATCH}),
        (member(generation=7), {"other_generation": Degree.WATCH}),
        (member(kind="worker", partitions=0), {"superfluous": Degree.INFORMED}),
        (member(ahead_ms=2_001), {"clock_s": Degree.WATCH}),
        (member(ahead_ms=61_000), {"clock_s": Degree.ACT_NOW}),
        (member(ahead_ms=-9_000), {}),
        (member(ahead_ms=-13_000), {"clock_s": Degree.WATCH}),
    ],
)
def test_each_problem_of_a_member_has_its_degree(
    seen: SeenMember, degrees_by_kind: dict[str, Degree]
) -> None:
    assert degrees(with_members(seen)) == degrees_by_kind


def test_a_late_members_old_clock_is_not_judged() -> None:
    late = member("sink@m2", written_at=NOW - LATE_AFTER_MS - 1, ahead_ms=99_000)
    assert degrees(with_members(late)) == {"late": Degree.WATCH}


def lines_of(facts: Facts) -> list[str]:
    return HealthScreen(facts, evaluate(facts), "en", colour=False).lines()


def test_the_screen_counts_machines_where_there_are_several() -> None:
    several = lines_of(with_members(member(), member("sink@m2-bb", release="0.9")))
    (line,) = [line for line in several if "machines" in line]
    assert "2 processes · 2 machines · 0.9, 1.0" in line
    assert line.startswith("!")
    assert len(line) <= WIDTH
    assert not [line for line in lines_of(with_members(member())) if "machines" in line]


def test_readers_learn_nothing_of_other_machines() -> None:
    facts = with_members(member("sink@ministry-host", release="0.9")).for_readers()
    report = to_report(facts, evaluate(facts)).model_dump_json()
    assert "ministry-host" not in report
    assert MemberProblem.OTHER_RELEASE not in report


def test_a_status_of_a_member_is_written_as_json() -> None:
    facts = with_members(member())
    (shown,) = to_report(facts, evaluate(facts)).facts["members"]
    assert MemberStatus(**shown).release == "1.0"
