"""Judge what is known of the nodes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consumers.health.facts import Facts, Gap, NodeStatus, OutboxStatus, Unavailable
from consumers.health.findings import Finding, finding, graded
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import ALARMING, ATTENTION, BAD
from schemas.i18n import UserMessage, _, ngettext


class _Subject(NamedTuple):
    """The node that is judged: its name, the findings' subject, and now (ms since 1970 UTC)."""

    node: str
    subject: str
    now: int

    def seconds_since(self, at: int) -> float:
        """Return the seconds since `at` (ms since 1970 UTC)."""
        return (self.now - at) / 1000


def node_findings(facts: Facts) -> Iterator[Finding]:
    """Yield the findings about all nodes."""
    for node in facts.nodes if not isinstance(facts.nodes, Unavailable) else ():
        subject = _Subject(node.name, f"node/{node.name}", facts.at)
        yield from _contact(node, subject)
        for gap in node.gaps:
            yield from _gap(gap, subject)
        yield from _codes(node, subject)
        pending = _("{name}: {pending} pending", name=node.name, pending=node.pending)
        yield from graded(node.pending, "pending", subject.subject, pending)
        if isinstance(node.outbox, Unavailable):
            unreadable = _(
                "{node}: its outbox cannot be read ({why})", node=node.name, why=node.outbox.why
            )
            yield from finding(BAD, subject.subject, "outbox", unreadable)
        elif isinstance(node.outbox, OutboxStatus):
            yield from _outbox(node.outbox, subject)


def _contact(node: NodeStatus, subject: _Subject) -> Iterator[Finding]:
    if isinstance(node.heard_at, Unavailable):
        return
    if node.heard_at is None:
        message = _("{name}: no bundle yet", name=node.name)
        yield from finding(ATTENTION, subject.subject, "never_heard", message)
        return
    seconds = max(0.0, subject.seconds_since(node.heard_at))
    message = _("{name}: last bundle {ago} ago", name=node.name, ago=humanize_seconds(seconds))
    if node.beats_every_s:
        missed = seconds / node.beats_every_s
        yield from graded(missed, "beats_missed", subject.subject, message)
    else:
        yield from graded(seconds, "heard_s", subject.subject, message)


def _gap(gap: Gap, subject: _Subject) -> Iterator[Finding]:
    which = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
    seconds = max(1e-3, subject.seconds_since(gap.since_at))
    message = _(
        "{cord}: {which} missing for {since}",
        cord=gap.cord,
        which=which,
        since=humanize_seconds(seconds),
    )
    yield from graded(seconds, "gap_s", subject.subject, message)


def _codes(node: NodeStatus, subject: _Subject) -> Iterator[Finding]:
    alarming = [code for code in sorted(node.codes) if code in ALARMING]
    others = [code for code in sorted(node.codes) if code not in ALARMING]
    if alarming:
        codes = ", ".join(f"{code} {node.codes[code]}" for code in alarming)
        message = _("{name}: {codes}", name=node.name, codes=codes)
        yield from finding(BAD, subject.subject, "alarm", message)
    codes = ", ".join(f"{code} {node.codes[code]}" for code in others)
    message = _("{name}: rejects in 24 h: {codes}", name=node.name, codes=codes)
    rejected = sum(node.codes[code] for code in others)
    yield from graded(rejected, "rejected", subject.subject, message)


def _outbox(outbox: OutboxStatus, subject: _Subject) -> Iterator[Finding]:
    if outbox.unsent and outbox.unsent_since_at is not None:
        seconds = subject.seconds_since(outbox.unsent_since_at)
        message = ngettext(
            "{node}: {count} bundle unsent, {since}",
            "{node}: {count} bundles unsent, {since}",
            outbox.unsent,
            node=subject.node,
            since=humanize_seconds(seconds),
        )
        yield from graded(seconds, "unsent_s", subject.subject, message)
    if outbox.unanswered and outbox.unanswered_since_at is not None:
        seconds = subject.seconds_since(outbox.unanswered_since_at)
        message = ngettext(
            "{node}: {count} bundle unanswered, {since}",
            "{node}: {count} bundles unanswered, {since}",
            outbox.unanswered,
            node=subject.node,
            since=humanize_seconds(seconds),
        )
        yield from graded(seconds, "unanswered_s", subject.subject, message)
    for tree in outbox.contradictions:
        message = _("{node}: two histories of {tree} were signed", node=subject.node, tree=tree)
        yield from finding(BAD, subject.subject, "two_histories", message)
    if outbox.refused:
        yield from finding(BAD, subject.subject, "alarm", _refused_whole(outbox, subject))


def _refused_whole(outbox: OutboxStatus, subject: _Subject) -> UserMessage:
    return ngettext(
        "{node}: {count} rejected bundle",
        "{node}: {count} rejected bundles",
        outbox.refused,
        node=subject.node,
    )
