"""Judge what is known of the nodes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from consumers.health.facts import Facts, Gap, NodeStatus, OutboxStatus, Unavailable
from consumers.health.findings import Finding, finding, graded, lasting
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import ALARMING, Degree
from schemas.i18n import UserMessage, _, ngettext
from schemas.time_zones import zone_of

SIGNING_KEY_CODES = frozenset({"KEY_REVOKED", "UNKNOWN_KEY"})
"""Alarms that the node's own rotation or revocation may explain."""


class _Subject(NamedTuple):
    """The node that is judged: its name, the findings' subject, and now (ms since 1970 UTC).

    `country`: its country's code, for the hour there.
    """

    node: str
    subject: str
    now: int
    country: str

    def seconds_since(self, at: int) -> float:
        """Return the seconds since `at` (ms since 1970 UTC)."""
        return (self.now - at) / 1000


def node_findings(facts: Facts) -> Iterator[Finding]:
    """Yield the findings about all nodes."""
    for node in facts.nodes if not isinstance(facts.nodes, Unavailable) else ():
        subject = _Subject(node.name, f"node/{node.name}", facts.at, node.country)
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
            yield from finding(Degree.ACT_NOW, subject.subject, "outbox", unreadable)
        elif isinstance(node.outbox, OutboxStatus):
            yield from _outbox(node.outbox, subject)
            yield from _reviews(node.outbox, subject)


def _contact(node: NodeStatus, subject: _Subject) -> Iterator[Finding]:
    if isinstance(node.heard_at, Unavailable):
        return
    if node.heard_at is None:
        message = _("{name}: no bundle yet", name=node.name)
        yield from finding(Degree.WATCH, subject.subject, "never_heard", message)
        return
    seconds = max(0.0, subject.seconds_since(node.heard_at))
    ago = humanize_seconds(seconds)
    message = _("{name}: last bundle {ago} ago", name=node.name, ago=ago)
    if node.beats_every_s:
        missed = seconds / node.beats_every_s
        silent = graded(missed, "beats_missed", subject.subject, message)
    else:
        zone = zone_of(subject.country)
        if zone is not None:
            message = _(
                "{name}: last bundle {ago} ago (there it is {hour})",
                name=node.name,
                ago=ago,
                hour=f"{datetime.fromtimestamp(subject.now / 1000, zone):%H:%M}",
            )
        silent = graded(seconds, "heard_s", subject.subject, message)
    yield from lasting(silent, node.heard_at)


def _gap(gap: Gap, subject: _Subject) -> Iterator[Finding]:
    which = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
    seconds = max(1e-3, subject.seconds_since(gap.since_at))
    message = _(
        "{cord}: {which} missing for {since}",
        cord=gap.cord,
        which=which,
        since=humanize_seconds(seconds),
    )
    missing = graded(seconds, "gap_s", subject.subject, message)
    yield from lasting(missing, gap.since_at, f"{gap.cord} {gap.first}")


def _codes(node: NodeStatus, subject: _Subject) -> Iterator[Finding]:
    for code in sorted(ALARMING & node.codes.keys()):
        kind = "signing_key" if code in SIGNING_KEY_CODES else "alarm"
        message = _("{name}: {codes}", name=node.name, codes=f"{code} {node.codes[code]}")
        for alarm in finding(Degree.ACT_NOW, subject.subject, kind, message):
            yield replace(alarm, item=code, cause=str(node.rejected_at.get(code, "")))
    others = sorted(node.codes.keys() - ALARMING)
    codes = ", ".join(f"{code} {node.codes[code]}" for code in others)
    message = _("{name}: rejects in 24 h: {codes}", name=node.name, codes=codes)
    rejected = sum(node.codes[code] for code in others)
    yield from graded(rejected, "rejected", subject.subject, message)
    if node.mended and not node.codes:
        mended = ngettext(
            "{name}: {count} reject of the last 24 h was mended",
            "{name}: {count} rejects of the last 24 h were mended",
            node.mended,
            name=node.name,
        )
        yield from finding(Degree.INFORMED, subject.subject, "mended", mended)


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
        unsent = graded(seconds, "unsent_s", subject.subject, message)
        yield from lasting(unsent, outbox.unsent_since_at)
    if outbox.unanswered and outbox.unanswered_since_at is not None:
        seconds = subject.seconds_since(outbox.unanswered_since_at)
        message = ngettext(
            "{node}: {count} bundle unanswered, {since}",
            "{node}: {count} bundles unanswered, {since}",
            outbox.unanswered,
            node=subject.node,
            since=humanize_seconds(seconds),
        )
        unanswered = graded(seconds, "unanswered_s", subject.subject, message)
        yield from lasting(unanswered, outbox.unanswered_since_at)
    for tree in outbox.contradictions:
        message = _("{node}: two histories of {tree} were signed", node=subject.node, tree=tree)
        for contradiction in finding(Degree.ACT_NOW, subject.subject, "two_histories", message):
            yield replace(contradiction, item=tree)
    if outbox.refused:
        whole = _refused_whole(outbox, subject)
        for alarm in finding(Degree.ACT_NOW, subject.subject, "signing_key", whole):
            yield replace(alarm, item="bundles", cause=str(outbox.refused))


def _reviews(outbox: OutboxStatus, subject: _Subject) -> Iterator[Finding]:
    """Yield what must be extended or erased: a watch once it is overdue, before that a notice."""
    if outbox.overdue:
        overdue = ngettext(
            "{node}: {count:,} record is overdue for review",
            "{node}: {count:,} records are overdue for review",
            outbox.overdue,
            node=subject.node,
        )
        yield from finding(Degree.WATCH, subject.subject, "overdue_records", overdue)
    if outbox.soon:
        soon = ngettext(
            "{node}: {count:,} record expires within four months",
            "{node}: {count:,} records expire within four months",
            outbox.soon,
            node=subject.node,
        )
        yield from finding(Degree.INFORMED, subject.subject, "records_soon_due", soon)


def _refused_whole(outbox: OutboxStatus, subject: _Subject) -> UserMessage:
    return ngettext(
        "{node}: {count} rejected bundle",
        "{node}: {count} rejected bundles",
        outbox.refused,
        node=subject.node,
    )
