"""Examine which processes of the mechanism work, on all machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kafka.errors import KafkaError

from infra.clock import now_ms
from infra.doctor.check import Check, CheckResult
from infra.errors import LogStalledError, QuipuError
from infra.exchange_log.generation import current_generation
from infra.exchange_log.members import read_members
from infra.kafka.tcp_probe import require_tcp
from infra.program_version import this_release
from infra.settings import Settings
from schemas.avro.log_records import MemberRecord
from schemas.i18n import UserMessage, _
from schemas.members import MemberFinding, MemberProblem, find_member_problems

_ANSWER_S = 3.0
_SUBJECT = _("members")


def check_members(settings: Settings) -> list[Check]:
    """Return a check for each member with which something is wrong, or that all is well."""
    try:
        require_tcp(settings.kafka, _ANSWER_S)
        generation, members = current_generation(settings), read_members(settings)
    except (KafkaError, LogStalledError, QuipuError, OSError) as error:
        return [Check(_SUBJECT, CheckResult.UNKNOWN, _("Not known: {error}.", error=repr(error)))]
    return judge_members(members, generation, this_release(), now_ms())


def judge_members(
    members: Sequence[MemberRecord], generation: int, release: str, now: int
) -> list[Check]:
    """Judge the members. `generation`: that serves; `now`: ms since 1970 UTC."""
    findings = find_member_problems(members, generation, release, now)
    if findings:
        return [_check(finding, generation, release, now) for finding in findings]
    counts = Counter(member["kind"] for member in members)
    listed = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items())) or "0"
    seen = _(
        "Processes at work: {listed}. Release {release}, generation {generation}.",
        listed=listed,
        release=release,
        generation=generation,
    )
    return [Check(_SUBJECT, CheckResult.OK, seen)]


def _check(finding: MemberFinding, generation: int, release: str, now: int) -> Check:
    name = finding.member["name"]
    match finding.problem:
        case MemberProblem.LATE:
            seconds = (now - finding.member["written_at"]) // 1000
            seen: UserMessage = _(
                "{name} has written nothing for {seconds} s.", name=name, seconds=seconds
            )
            remedy = _("It was killed, or its machine is unreachable. Start `quipu up` there.")
        case MemberProblem.SUPERFLUOUS:
            seen = _("{name} has nothing to do.", name=name)
            remedy = _("Another process does its work. Stop it, or leave it as a reserve.")
        case MemberProblem.OTHER_RELEASE:
            seen = _(
                "{name} runs release {other}, this machine {release}.",
                name=name,
                other=finding.member["release"],
                release=release,
            )
            remedy = _("Upgrade every machine of the mechanism, then the nodes.")
        case MemberProblem.OTHER_GENERATION:
            seen = _(
                "{name} works on generation {other}; {generation} serves.",
                name=name,
                other=finding.member["generation"],
                generation=generation,
            )
            remedy = _("Restart it: a process follows the generation that config names.")
    return Check(_SUBJECT, CheckResult.WARNING, seen, remedy)
