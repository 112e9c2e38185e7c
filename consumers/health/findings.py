"""Make findings: what is not good, and what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consumers.health.remedies import REMEDIES
from consumers.health.thresholds import TABLE
from schemas.i18n import UserMessage


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not good, and what to do.

    `subject`: kafka, store, stage/intake, process/sink, node/co-ponal, canary/co-ponal.
    """

    level: int
    subject: str
    message: UserMessage
    remedy: UserMessage


def finding(level: int, subject: str, remedy: str, message: UserMessage) -> Iterator[Finding]:
    """Yield a finding unless the level is good. `remedy`: its name in the table of remedies."""
    if level:
        yield Finding(level, subject, message, REMEDIES[remedy])


def graded(
    figure: float | None, threshold: str, subject: str, message: UserMessage
) -> Iterator[Finding]:
    """Yield a finding where the figure is beyond its threshold; none where it is not known."""
    if figure is not None:
        yield from finding(TABLE[threshold].level(figure), subject, threshold, message)
