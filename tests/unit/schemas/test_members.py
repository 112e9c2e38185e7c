"""Who is late, superfluous, of another release or another generation is named; nobody else."""

from __future__ import annotations

from typing import Any, cast

from schemas.avro.log_records import MemberRecord
from schemas.members import (
    FORGOTTEN_AFTER_MS,
    LATE_AFTER_MS,
    SETTLED_AFTER_MS,
    answering_from_another,
    find_member_problems,
)

NOW = 1_800_000_000_000
LONG_AGO = NOW - SETTLED_AFTER_MS - 1


def member(
    kind: str = "worker",
    generation: int = 3,
    partitions: int = 4,
    release: str = "0.1.0",
    started_at: int = LONG_AGO,
) -> MemberRecord:
    return {
        "name": f"{kind}@host",
        "kind": kind,
        "release": release,
        "generation": generation,
        "partitions": partitions if kind == "worker" else -1,
        "started_at": started_at,
        "written_at": NOW,
    }


def problems(*members: MemberRecord) -> list[str]:
    return [finding.problem for finding in find_member_problems(members, 3, "0.1.0", NOW)]


def silent(age_ms: int, kind: str = "sink") -> MemberRecord:
    return {**member(kind), "written_at": NOW - age_ms}


def test_members_that_work_as_they_should_are_no_problem() -> None:
    kinds = ("worker", "sink", "hits", "checkpoints", "api")
    assert problems(*map(member, kinds), member("sink"), member("worker")) == []
    assert problems(member("api", generation=0)) == []


def test_each_problem_is_named() -> None:
    new = NOW - SETTLED_AFTER_MS
    for members, expected in (
        ([silent(LATE_AFTER_MS)], []),
        ([silent(LATE_AFTER_MS + 1)], ["late"]),
        ([silent(FORGOTTEN_AFTER_MS)], ["late"]),
        ([silent(FORGOTTEN_AFTER_MS + 1)], []),
        ([member(partitions=0)], ["superfluous"]),
        ([member(partitions=0, started_at=new)], []),
        ([member("hits"), member("hits", started_at=NOW)], ["superfluous"]),
        ([silent(LATE_AFTER_MS + 1, "hits"), member("hits")], ["late"]),
        ([member(release="0.0.9")], ["other-release"]),
        ([member(release="0.2.0")], ["other-release"]),
        ([member(generation=2)], ["other-generation"]),
        ([member(generation=2, started_at=new)], []),
        ([member(generation=4)], []),  # the next one, while a rebuild fills it
        ([member(generation=5)], ["other-generation"]),
    ):
        assert problems(*members) == expected, members


def test_a_second_process_of_a_kind_of_which_one_works_is_the_later_one() -> None:
    first, second = member("hits"), {**member("hits", started_at=NOW), "name": "hits@other"}
    (finding,) = find_member_problems([second, first], 3, "0.1.0", NOW)  # type: ignore[list-item]
    assert finding.member["name"] == "hits@other"


def named(name: str, kind: str = "worker", **changes: Any) -> MemberRecord:
    return cast("MemberRecord", {**member(kind), "name": name, **changes})


def test_who_answers_from_another_generation_is_every_api_at_work_that_did_not_change() -> None:
    late = NOW - LATE_AFTER_MS - 1
    members = [
        named("api@c", "api"),
        named("api@a", "api"),
        named("api@b", "api", generation=4),
        named("api@d", "api", written_at=late),
        named("worker-1@a"),
    ]
    assert answering_from_another(members, 4, NOW) == ["api@a", "api@c"]
