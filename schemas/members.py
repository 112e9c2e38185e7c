"""Judge which processes of the mechanism are late, superfluous, or of another release. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from schemas.avro.log_records import MemberRecord

EVERY_MS = 15_000
"""How often a process writes of itself."""
LATE_AFTER_MS = 60_000
FORGOTTEN_AFTER_MS = 86_400_000
"""A process that wrote nothing for a day is no member any more."""
SETTLED_AFTER_MS = 120_000
"""How long a worker may be without a partition, or on another generation, after it began."""
_SINGLE = frozenset({"hits", "checkpoints"})
"""Kinds of which one process works for the whole exchange."""


class MemberProblem(StrEnum):
    """Name what is wrong with a member."""

    LATE = "late"
    SUPERFLUOUS = "superfluous"
    OTHER_RELEASE = "other-release"
    OTHER_GENERATION = "other-generation"


class SeenMember(NamedTuple):
    """What a process wrote of itself, and when Kafka took it (ms since 1970 UTC)."""

    record: MemberRecord
    appended_at: int


class MemberFinding(NamedTuple):
    """One thing that is wrong with one member."""

    member: MemberRecord
    problem: MemberProblem


def find_member_problems(
    members: Iterable[MemberRecord], generation: int, release: str, now: int
) -> list[MemberFinding]:
    """Return what is wrong, by member. `generation`: that serves; `now`: ms since 1970 UTC.

    `release`: of the program that judges. A rebuild's processes work on the next generation.
    """
    present = [
        member
        for member in sorted(members, key=lambda member: (member["kind"], member["started_at"]))
        if now - member["written_at"] <= FORGOTTEN_AFTER_MS
    ]
    working = [member for member in present if not _is_late(member, now)]
    late = [
        MemberFinding(member, MemberProblem.LATE) for member in present if _is_late(member, now)
    ]
    others = [
        MemberFinding(member, problem)
        for member in working
        for problem in _problems(member, generation, release, now)
    ]
    return [*late, *others, *_surplus(working)]


def answering_from_another(members: Iterable[MemberRecord], generation: int, now: int) -> list[str]:
    """Return the names of the APIs at work that do not answer from a generation yet."""
    return sorted(
        member["name"]
        for member in members
        if member["kind"] == "api"
        and member["generation"] != generation
        and not _is_late(member, now)
    )


def _is_late(member: MemberRecord, now: int) -> bool:
    return now - member["written_at"] > LATE_AFTER_MS


def _problems(
    member: MemberRecord, generation: int, release: str, now: int
) -> Iterator[MemberProblem]:
    is_settled = now - member["started_at"] > SETTLED_AFTER_MS
    if member["release"] != release:
        yield MemberProblem.OTHER_RELEASE
    if is_settled and member["generation"] not in (0, generation, generation + 1):
        yield MemberProblem.OTHER_GENERATION
    if is_settled and member["kind"] == "worker" and member["partitions"] == 0:
        yield MemberProblem.SUPERFLUOUS


def _surplus(working: Sequence[MemberRecord]) -> Iterator[MemberFinding]:
    """Yield all but the first of those of whom one works; the others wait for its end."""
    seen: set[str] = set()
    for member in working:
        if member["kind"] in _SINGLE:
            if member["kind"] in seen:
                yield MemberFinding(member, MemberProblem.SUPERFLUOUS)
            seen.add(member["kind"])
