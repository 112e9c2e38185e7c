"""Say findings in words, for the terminal, the page and alerts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from consumers.health.findings import Acknowledgement, Finding
from consumers.health.humanize import humanize_seconds
from consumers.health.thresholds import Degree
from schemas.i18n import UserMessage, _

DEGREE_NAMES: Mapping[Degree, UserMessage] = {
    Degree.GOOD: _("GOOD"),
    Degree.INFORMED: _("FOR YOUR INFORMATION"),
    Degree.WATCH: _("WATCH"),
    Degree.ACT_NOW: _("ACT NOW"),
}
MOST_SUBJECTS = 6
"""So many consequences are named; the rest are counted."""


def since_text(finding: Finding, now: int) -> UserMessage | None:
    """Say since when a finding lasts; None where that is not known. `now`: ms since 1970 UTC."""
    if finding.since_at is None:
        return None
    ago = humanize_seconds(max(0.0, (now - finding.since_at) / 1000))
    return _("since {moment} ({ago})", moment=moment_text(finding.since_at, now), ago=ago)


def moment_text(at: int, now: int) -> str:
    """Write a moment: 03:12, with its date where that is another day. Both in ms since 1970 UTC."""
    moment, today = (datetime.fromtimestamp(ms / 1000, UTC) for ms in (at, now))
    return f"{moment:%H:%M}" if moment.date() == today.date() else f"{moment:%Y-%m-%d %H:%M}"


def further_texts(finding: Finding) -> list[UserMessage]:
    """Say who knows of a finding, what was tried already, and what follows from it."""
    texts = []
    if finding.acknowledged is not None:
        texts.append(acknowledged_text(finding.acknowledged))
    if finding.tried is not None:
        texts.append(_("Done already: {tried}", tried=finding.tried))
    if finding.consequences:
        texts.append(_("From it follows: {subjects}", subjects=subjects_text(finding.consequences)))
    return texts


def acknowledged_text(known: Acknowledgement) -> UserMessage:
    """Say who acknowledged a finding, until when, and why."""
    return _(
        "{who} knows it until {until} UTC: {reason}",
        who=known.who,
        until=moment_text(known.until, known.at),
        reason=known.reason,
    )


def subjects_text(findings: Sequence[Finding]) -> str:
    """Name the parts that findings are of, each once; the last ones are counted only."""
    subjects = list(dict.fromkeys(finding.subject for finding in findings))
    rest = len(subjects) - MOST_SUBJECTS
    return ", ".join(subjects[:MOST_SUBJECTS]) + (f" +{rest}" if rest > 0 else "")
