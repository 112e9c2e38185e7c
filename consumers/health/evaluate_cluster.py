"""Judge a cluster: the copies of its topics, and the processes of all machines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from consumers.health.cluster_facts import MemberStatus
from consumers.health.facts import Facts, KafkaStatus, Unavailable
from consumers.health.finding_memory import FindingMemory
from consumers.health.findings import Finding, FindingKey, finding, graded
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import Degree
from infra.kafka.copy_status import LEAST_COPIES, CopyFault, CopyStatus, copy_faults
from schemas.i18n import UserMessage, _, ngettext
from schemas.members import MemberProblem

SHOWN = 3
DELAY_S = 10.0
"""What a process writes of itself may be under way so long, when Kafka is busy."""


def copy_findings(facts: Facts, memory: FindingMemory) -> Iterator[Finding]:
    """Yield what endangers the copies of the log, or stops writes to it."""
    copies = facts.kafka.copies if isinstance(facts.kafka, KafkaStatus) else None
    if copies is None:
        return
    if copies.refusing:
        words = ngettext(
            "Kafka takes no writes to {count} partition: {names}",
            "Kafka takes no writes to {count} partitions: {names}",
            len(copies.refusing),
            names=_listed(copies.refusing),
        )
        yield from finding(Degree.ACT_NOW, "kafka", "refusing", words)
    elif copies.behind:
        words = ngettext(
            "A copy of {count} partition is behind: {names}",
            "Copies of {count} partitions are behind: {names}",
            len(copies.behind),
            names=_listed(copies.behind),
        )
        behind_s = memory.seconds_since(FindingKey("kafka", "behind_s", ""), facts.at)
        yield from graded(behind_s, "behind_s", "kafka", words)
    yield from _setting_findings(copies)


def _setting_findings(copies: CopyStatus) -> Iterator[Finding]:
    for fault in copy_faults(copies):
        yield from finding(Degree.WATCH, "kafka", fault, _setting_words(fault, copies))


def _setting_words(fault: CopyFault, copies: CopyStatus) -> UserMessage:
    match fault:
        case CopyFault.FEW_COPIES:
            return ngettext(
                "The log has {count} copy; it needs {least}",
                "The log has {count} copies; it needs {least}",
                copies.least,
                least=LEAST_COPIES,
            )
        case CopyFault.FEW_ACKNOWLEDGING:
            return _("min.insync.replicas is {value}", value=copies.acknowledging)
        case CopyFault.UNCLEAN:
            topics = _listed(copies.unclean)
            return _("A copy that lacks messages may lead: {topics}", topics=topics)
        case CopyFault.SMALL_MESSAGES:
            return _("max.message.bytes is too small: {topics}", topics=_listed(copies.small))
        case _:
            assert_never(fault)


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" +{rest}" if rest > 0 else "")


def member_findings(facts: Facts) -> Iterator[Finding]:
    """Yield who is late, superfluous, of another release or generation, or has a wrong clock."""
    for member in facts.members if not isinstance(facts.members, Unavailable) else ():
        for problem in member.problems:
            if not (member.is_here and problem is MemberProblem.LATE):  # process_findings has it
                yield from _problem(member, problem)
        if MemberProblem.LATE not in member.problems:
            yield from _clock(member)


def _problem(member: MemberStatus, problem: MemberProblem) -> Iterator[Finding]:
    subject, name = f"member/{member.name}", member.name
    match problem:
        case MemberProblem.LATE:
            silent = humanize_seconds(member.silent_s)
            words = _("{name} has written nothing for {silent}", name=name, silent=silent)
            yield from finding(Degree.WATCH, subject, "late", words)
        case MemberProblem.SUPERFLUOUS:
            words = _("{name} has nothing to do", name=name)
            yield from finding(Degree.INFORMED, subject, "superfluous", words)
        case MemberProblem.OTHER_RELEASE:
            words = _("{name} runs another release: {release}", name=name, release=member.release)
            yield from finding(Degree.WATCH, subject, "other_release", words)
        case MemberProblem.OTHER_GENERATION:
            words = _("{name} works on generation {other}", name=name, other=member.generation)
            yield from finding(Degree.WATCH, subject, "other_generation", words)
        case _:
            assert_never(problem)


def _clock(member: MemberStatus) -> Iterator[Finding]:
    """Yield that a clock is wrong; one that is behind is known less exactly than one ahead."""
    subject, name = f"member/{member.name}", member.name
    if member.ahead_s >= 0:
        ahead = humanize_seconds(member.ahead_s)
        words = _("The clock of {name} is {ahead} ahead of Kafka's", name=name, ahead=ahead)
        yield from graded(member.ahead_s, "clock_s", subject, words)
    else:
        behind = humanize_seconds(-member.ahead_s)
        words = _("The clock of {name} is {behind} behind Kafka's", name=name, behind=behind)
        yield from graded(-member.ahead_s - DELAY_S, "clock_s", subject, words)
