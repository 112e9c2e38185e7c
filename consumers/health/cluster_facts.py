"""Hold what is known of the processes of all machines, by what they write of themselves. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.avro.log_records import MemberRecord
from schemas.members import MemberProblem, SeenMember, find_member_problems


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """A process of the mechanism, on any machine, by what it writes of itself.

    `ahead_s`: by how much its clock is ahead of the broker's, delays counted against it; `is_here`:
    whether it is of this machine.
    """

    name: str
    kind: str
    release: str
    generation: int
    partitions: int
    silent_s: float
    ahead_s: float
    is_here: bool
    problems: Sequence[MemberProblem] = ()

    @property
    def machine(self) -> str:
        """Name the machine on which the process is."""
        return self.name.rpartition("@")[2]


def member_statuses(
    seen: Sequence[SeenMember], generation: int, release: str, machine: str, now: int
) -> list[MemberStatus]:
    """Make the statuses of who wrote of itself within a day, by kind and name.

    `generation`: that serves; `release`, `machine`: of the program that judges.
    """
    problems: dict[str, list[MemberProblem]] = {}
    records = [member.record for member in seen]
    for member, problem in find_member_problems(records, generation, release, now):
        problems.setdefault(member["name"], []).append(problem)
    statuses = [_status(one_seen, machine, now, problems) for one_seen in seen]
    return sorted(statuses, key=lambda status: (status.kind, status.name))


def _status(
    seen: SeenMember, machine: str, now: int, problems: Mapping[str, Sequence[MemberProblem]]
) -> MemberStatus:
    record: MemberRecord = seen.record
    name = record["name"]
    return MemberStatus(
        name,
        record["kind"],
        record["release"],
        record["generation"],
        record["partitions"],
        max(0.0, (now - record["written_at"]) / 1000),
        (record["written_at"] - seen.appended_at) / 1000,
        name.endswith(f"@{machine}"),
        tuple(problems.get(name, ())),
    )
