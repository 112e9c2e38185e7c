"""Hold what is known of a cluster: the copies of the log, and the processes of all machines. Pure.

`copy_status` and `member_statuses` make it of what Kafka answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.avro.log_records import MemberRecord
from schemas.members import MemberProblem, SeenMember, find_member_problems

LEAST_COPIES = 3
"""Copies of the log on a cluster: one broker may fail while another is upgraded."""
LEAST_ACKNOWLEDGING = 2


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """How Kafka keeps the copies of the topics. Partitions are written as topic/number.

    `least`: copies of the log's partition with the fewest; `acknowledging`: the least
    min.insync.replicas of the log's topics, None where it may not be read. `behind`: partitions
    of which a copy is not in sync; `refusing`: those that take no writes; `unclean`: topics of
    which a copy that lacks messages may lead.
    """

    least: int
    acknowledging: int | None
    behind: Sequence[str] = ()
    refusing: Sequence[str] = ()
    unclean: Sequence[str] = ()
    is_embedded: bool = False


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


def copy_status(
    described: Sequence[Mapping[str, Any]],
    configs: Mapping[str, Mapping[str, Mapping[str, Any]]],
    log_names: Collection[str],
    is_embedded: bool,
) -> CopyStatus:
    """Make the status of what Kafka says of existing topics.

    `described`, `configs`: as kafka-python's describe_topics and describe_configs answer; `configs`
    lacks what this user may not read.
    """
    places = list(_places(described))
    needed = {name: int(_value(config, _ACKNOWLEDGING) or 1) for name, config in configs.items()}
    return CopyStatus(
        min((len(part["replica_nodes"]) for name, part in places if name in log_names), default=0),
        min((needed[name] for name in needed if name in log_names), default=None),
        [
            _written(name, part)
            for name, part in places
            if len(part["isr_nodes"]) < len(part["replica_nodes"])
        ],
        [
            _written(name, part)
            for name, part in places
            if part["leader_id"] < 0 or len(part["isr_nodes"]) < needed.get(name, 1)
        ],
        sorted(name for name, config in configs.items() if _value(config, _UNCLEAN) == "true"),
        is_embedded,
    )


_ACKNOWLEDGING = "min.insync.replicas"
_UNCLEAN = "unclean.leader.election.enable"


def _places(
    described: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for topic in described:
        for part in topic["partitions"]:
            yield topic["name"], part


def _written(name: str, part: Mapping[str, Any]) -> str:
    return f"{name}/{part['partition_index']}"


def _value(config: Mapping[str, Mapping[str, Any]], key: str) -> str | None:
    return config.get(key, {}).get("value")


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
