"""Lower what an operator acknowledged, for as long as it is the same. Pure.

An acknowledgement hides nothing: the finding stays, lowered, with who knows it and why. It ends
with its time, with another cause, and where the finding grows graver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consumers.health.findings import Acknowledgement, Finding
from consumers.health.thresholds import Degree


def acknowledge(
    findings: Iterable[Finding], acknowledgements: Sequence[Acknowledgement], now: int
) -> list[Finding]:
    """Return the findings, the acknowledged ones lowered and last. `now`: ms since 1970 UTC."""
    current = {
        acknowledgement.key: acknowledgement
        for acknowledgement in acknowledgements
        if acknowledgement.at <= now < acknowledgement.until
    }
    judged = [_lower(finding, current.get(str(finding.key))) for finding in findings]
    return sorted(judged, key=lambda finding: -finding.degree)


def _lower(finding: Finding, acknowledgement: Acknowledgement | None) -> Finding:
    if (
        acknowledgement is None
        or acknowledgement.cause != finding.cause
        or finding.degree > acknowledgement.degree
    ):
        return finding
    return replace(finding, degree=Degree.INFORMED, acknowledged=acknowledgement)


def make_acknowledgements(
    findings: Iterable[Finding], who: str, reason: str, at: int, until: int
) -> list[Acknowledgement]:
    """Acknowledge these findings as they are. `at`, `until`: ms since 1970 UTC."""
    return [
        Acknowledgement(str(finding.key), finding.cause, finding.degree, who, reason, at, until)
        for finding in findings
    ]


def with_newer(
    former: Iterable[Acknowledgement], newer: Iterable[Acknowledgement], now: int
) -> list[Acknowledgement]:
    """Return the newer ones, and those of the former that still run for other findings."""
    replaced = list(newer)
    keys = {acknowledgement.key for acknowledgement in replaced}
    return [
        *(
            acknowledgement
            for acknowledgement in former
            if acknowledgement.key not in keys and acknowledgement.until > now
        ),
        *replaced,
    ]
