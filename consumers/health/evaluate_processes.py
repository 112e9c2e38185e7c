"""Judge the processes of this machine: down, restarted, silent, without progress. Pure."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consumers.health.facts import Facts, ProcessEnd, ProcessState, Unavailable
from consumers.health.findings import Finding, finding, graded, lasting
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import TABLE, Degree
from schemas.i18n import UserMessage, _, ngettext

RECENT_MS = 600_000
"""How long an end of a process counts."""
_KINDS = {"memory": "memory", "signal": "killed"}
"""By the cause of its end, what is wrong with a process that does not stay up."""


def process_findings(facts: Facts) -> Iterator[Finding]:
    """Yield the findings about all processes.

    Where nothing of `quipu up` is on this machine, the groups in Kafka tell who lives.
    """
    if not isinstance(facts.processes, Unavailable):
        for process in facts.processes:
            yield from _process(process, facts.at)


def broken_tree_findings(facts: Facts) -> Iterator[Finding]:
    """Yield what the process that signs checkpoints found to be other than what was signed."""
    for process in facts.processes if not isinstance(facts.processes, Unavailable) else ():
        for tree in process.figures.get("broken", ()):
            words = _("{tree} is not what was signed: it was cut or changed", tree=tree)
            broken = finding(Degree.ACT_NOW, f"process/{process.name}", "broken_tree", words)
            yield from (replace(one_tree, item=str(tree)) for one_tree in broken)


def _process(process: ProcessState, at: int) -> Iterator[Finding]:
    subject = f"process/{process.name}"
    recent = [end for end in process.ends if at - end.at <= RECENT_MS]
    if not process.alive:
        yield from _down(process, recent, at)
        return
    yield from _restarted(process, recent, at)
    yield from _sign_of_life(process, subject, at)
    yield from _undelivered(process, subject)
    if process.rss is not None:
        memory = f"{process.rss / 1e9:.1f} GB"
        message = _("{name} uses {memory}", name=process.name, memory=memory)
        yield from graded(process.rss, "rss", subject, message)


def _undelivered(process: ProcessState, subject: str) -> Iterator[Finding]:
    """Yield that no receiver takes the monitor's alerts."""
    count = process.figures.get("undelivered", 0)
    if count:
        message = ngettext(
            "{count} alert was not delivered for {since}",
            "{count} alerts were not delivered for {since}",
            count,
            since=humanize_seconds(process.figures["undelivered_s"]),
        )
        yield from graded(process.figures["undelivered_s"], "undelivered_s", subject, message)


def _down(process: ProcessState, recent: Sequence[ProcessEnd], at: int) -> Iterator[Finding]:
    """Yield that a process is down; one that the supervisor just restarts is watched first."""
    subject = f"process/{process.name}"
    if not recent:
        message = _("{name} is down", name=process.name)
        yield from finding(Degree.ACT_NOW, subject, "down", message)
        return
    end = recent[-1]
    message = _("{name} is down: {how}", name=process.name, how=_how_it_ended(end))
    first = _first_unrecovered(recent)
    degree = max(
        TABLE["down_s"].degree((at - first.at) / 1000),
        TABLE["ends"].degree(len(recent)),
    )
    down = finding(degree, subject, _KINDS.get(end.cause, "down"), message)
    yield from _with_tries(lasting(down, first.at), recent, at)


def _restarted(process: ProcessState, recent: Sequence[ProcessEnd], at: int) -> Iterator[Finding]:
    """Yield that a process was restarted: graver where it ends again and again."""
    subject = f"process/{process.name}"
    if not recent:
        ago = humanize_seconds(process.up_s or 0)
        message = _(
            "{name} was restarted {ago} ago ({restarts} in all)",
            name=process.name,
            ago=ago,
            restarts=process.restarts,
        )
        yield from graded(process.up_s if process.restarts else None, "young_s", subject, message)
        return
    end = recent[-1]
    how, ago = _how_it_ended(end), humanize_seconds((at - end.at) / 1000)
    repeated = TABLE["ends"].degree(len(recent))
    if end.recovered_s is None:
        message = _(
            "{name} is starting again: {how}, {ago} ago", name=process.name, how=how, ago=ago
        )
        first = _first_unrecovered(recent)
        degree = max(repeated, TABLE["down_s"].degree((at - first.at) / 1000))
        starting = finding(degree, subject, _KINDS.get(end.cause, "down"), message)
        yield from _with_tries(lasting(starting, first.at), recent, at)
        return
    message = _(
        "{name}: {how}, {ago} ago; it works again after {recovered}",
        name=process.name,
        how=how,
        ago=ago,
        recovered=humanize_seconds(end.recovered_s),
    )
    kind = "young_s" if repeated == Degree.GOOD else _KINDS.get(end.cause, "ends")
    restart = finding(max(Degree.INFORMED, repeated), subject, kind, message)
    yield from _with_tries(lasting(restart, recent[0].at), recent, at)


def _first_unrecovered(recent: Sequence[ProcessEnd]) -> ProcessEnd:
    """Return the end since which the process did not work again."""
    first = recent[-1]
    for end in reversed(recent[:-1]):
        if end.recovered_s is not None:
            break
        first = end
    return first


def _with_tries(
    findings: Iterator[Finding], recent: Sequence[ProcessEnd], at: int
) -> Iterator[Finding]:
    """Yield the findings with what the supervisor did, and with the end as their cause."""
    tried = ngettext(
        "the supervisor restarted it once in 10 min, the last time {ago} ago",
        "the supervisor restarted it {count} times in 10 min, the last time {ago} ago",
        len(recent),
        ago=humanize_seconds((at - recent[-1].at) / 1000),
    )
    for untried in findings:
        yield replace(untried, tried=tried, cause=str(recent[-1].at))


def _how_it_ended(end: ProcessEnd) -> UserMessage:
    if end.cause == "memory":
        return _("the kernel killed it, out of memory (SIGKILL)")
    if end.cause == "stuck":
        return _("it stood still, and the supervisor killed it")
    if end.cause == "signal":
        return _("signal {signal}", signal=signal.Signals(-end.code).name)
    return _("it ended with exit code {code}", code=end.code)


def _sign_of_life(process: ProcessState, subject: str, at: int) -> Iterator[Finding]:
    silent = humanize_seconds(process.silent_s or 0)
    message = _("{name} has given no sign of life for {silent}", name=process.name, silent=silent)
    quiet = graded(process.silent_s, "silent_s", subject, message)
    yield from lasting(quiet, at - int((process.silent_s or 0) * 1000))
    still = humanize_seconds(process.still_s)
    message = _(
        "{name}: no progress for {still} while messages wait", name=process.name, still=still
    )
    unmoved = graded(process.still_s, "still_s", subject, message)
    yield from lasting(unmoved, at - int(process.still_s * 1000))
