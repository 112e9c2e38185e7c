"""Make findings: what is not good, since when, what was tried, and what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from consumers.health.remedies import REMEDIES
from consumers.health.thresholds import TABLE, Degree
from schemas.i18n import UserMessage


class FindingKey(NamedTuple):
    """Name a finding as long as it lasts: its part, what is wrong there, and with which item."""

    subject: str
    kind: str
    item: str

    def __str__(self) -> str:
        """Write the key on one line, as files and alerts have it."""
        return "|".join(self)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What an operator knows already: who says so, why, and until when (ms since 1970 UTC).

    It holds for one finding, with the cause and at most the degree that it had.
    """

    key: str
    cause: str
    degree: Degree
    who: str
    reason: str
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not good, and what to do.

    `subject`: kafka, store, stage/intake, process/sink, node/co-ponal, canary/co-ponal. `kind`:
    its name among the remedies. `item`: which one of several, such as a code or a cord. `cause`:
    differs when the same finding has a new cause. `since_at`: ms since 1970 UTC, None where it is
    not known. `tried`: what the supervisor did. `consequences`: the findings that follow from it.
    """

    degree: Degree
    subject: str
    kind: str
    message: UserMessage
    remedy: UserMessage
    item: str = ""
    cause: str = ""
    since_at: int | None = None
    tried: UserMessage | None = None
    consequences: tuple[Finding, ...] = ()
    acknowledged: Acknowledgement | None = None

    @property
    def key(self) -> FindingKey:
        """Return the name under which it is remembered and acknowledged."""
        return FindingKey(self.subject, self.kind, self.item)


def finding(degree: Degree, subject: str, kind: str, message: UserMessage) -> Iterator[Finding]:
    """Yield a finding unless the degree is good. `kind`: its name in the table of remedies."""
    if degree:
        name = subject.rpartition("/")[2]
        remedy = REMEDIES[kind]
        if "{name}" in remedy.msgid:
            remedy = remedy.with_values(name=name)
        yield Finding(degree, subject, kind, message, remedy)


def graded(
    figure: float | None, threshold: str, subject: str, message: UserMessage
) -> Iterator[Finding]:
    """Yield a finding where the figure is beyond its threshold; none where it is not known."""
    if figure is not None:
        yield from finding(TABLE[threshold].degree(figure), subject, threshold, message)


def lasting(findings: Iterator[Finding], since_at: int, item: str = "") -> Iterator[Finding]:
    """Yield the findings with the moment since which they last, and the item that they are of."""
    for unlasting in findings:
        yield replace(unlasting, since_at=since_at, item=item or unlasting.item)
