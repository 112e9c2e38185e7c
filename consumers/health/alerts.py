"""Decide which alerts are due: something opened, lasts, or is over. Pure.

What is not known is not over: while ClickHouse does not answer, nobody hears that a node is well.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from consumers.health.facts import Facts, KafkaStatus, StoreStatus, Unavailable
from consumers.health.findings import Finding
from consumers.health.thresholds import Degree
from schemas.i18n import UserMessage

NEVER_SENT = frozenset({"flood"})
"""Kinds that say something of records: only who asks as an operator sees them."""
_ALERT_IDS = uuid.UUID("5f0c9a52-6f2e-4f0e-9a4b-1d5f6a3c7e10")


class AlertKind(StrEnum):
    """Say what an alert reports of a finding."""

    OPENED = "opened"
    REPEATED = "repeated"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Alert:
    """What is sent about a finding. Times are ms since 1970 UTC.

    `remedy`: None where it is over.
    """

    kind: AlertKind
    key: str
    degree: Degree
    message: UserMessage
    remedy: UserMessage | None
    since_at: int
    at: int

    @property
    def id(self) -> str:
        """Return the same id however often this alert is sent, so that a receiver drops copies."""
        return str(uuid.uuid5(_ALERT_IDS, f"{self.kind} {self.key} {self.at}"))

    @property
    def subject(self) -> str:
        """Return the part of the system that it is about."""
        return self.key.partition("|")[0]


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """A finding of which an alert was sent and that is not over. Times in ms."""

    key: str
    cause: str
    degree: Degree
    message: UserMessage
    since_at: int
    sent_at: int


class AlertPolicy(NamedTuple):
    """What is sent: from which degree on, and after how many ms again."""

    least: Degree = Degree.ACT_NOW
    repeat_ms: int = 3_600_000


def due_alerts(
    present: Mapping[str, OpenAlert],
    findings: Sequence[Finding],
    at: int,
    policy: AlertPolicy,
    is_known: Callable[[str], bool],
) -> tuple[list[Alert], dict[str, OpenAlert]]:
    """Return what is to be sent now, and which alerts are open after that.

    `present`: those that are open; `at`: ms since 1970 UTC; `is_known`: whether the state of a part
    of the system could be found out.
    """
    alerts: list[Alert] = []
    now_open: dict[str, OpenAlert] = {}
    for finding in findings:
        if finding.degree >= policy.least and finding.kind not in NEVER_SENT:
            former = present.get(str(finding.key))
            kind = _kind(finding, former, at, policy)
            now_open[str(finding.key)] = _opened(finding, former, at, kind)
            if kind is not None:
                alerts.append(_alert(finding, kind, now_open[str(finding.key)].since_at, at))
    lowered = {str(finding.key): finding for finding in findings}
    folded = {str(item.key) for finding in findings for item in finding.consequences}
    for key, former in present.items():
        if key in now_open:
            continue
        finding_now = lowered.get(key)
        if finding_now is not None and finding_now.acknowledged is not None:
            alerts.append(_ended(former, AlertKind.ACKNOWLEDGED, at))
        elif key in folded or not is_known(key.partition("|")[0]):
            now_open[key] = former
        else:
            alerts.append(_ended(former, AlertKind.RESOLVED, at))
    return alerts, now_open


def _kind(
    finding: Finding, former: OpenAlert | None, at: int, policy: AlertPolicy
) -> AlertKind | None:
    """Return what to send of a finding that lasts or is new; None for nothing yet."""
    if former is None or former.cause != finding.cause or finding.degree > former.degree:
        return AlertKind.OPENED
    return AlertKind.REPEATED if at - former.sent_at >= policy.repeat_ms else None


def _opened(
    finding: Finding, former: OpenAlert | None, at: int, kind: AlertKind | None
) -> OpenAlert:
    since_at = finding.since_at if finding.since_at is not None else at
    if former is not None:
        since_at = min(since_at, former.since_at)
    return OpenAlert(
        str(finding.key),
        finding.cause,
        finding.degree,
        finding.message,
        since_at,
        at if kind is not None or former is None else former.sent_at,
    )


def _alert(finding: Finding, kind: AlertKind, since_at: int, at: int) -> Alert:
    return Alert(
        kind, str(finding.key), finding.degree, finding.message, finding.remedy, since_at, at
    )


def _ended(former: OpenAlert, kind: AlertKind, at: int) -> Alert:
    return Alert(kind, former.key, former.degree, former.message, None, former.since_at, at)


def known_parts(facts: Facts) -> Callable[[str], bool]:
    """Return whether the state of a part of the system could be found out."""
    has_kafka = isinstance(facts.kafka, KafkaStatus)
    has_store = isinstance(facts.store, StoreStatus)
    has_counts = not isinstance(facts.refused, Unavailable)

    def is_known(subject: str) -> bool:
        part = subject.partition("/")[0]
        if part == "stage":
            return has_kafka
        if part in ("node", "canary", "rejects", "authority"):
            return has_store and has_counts
        return part != "process" or not isinstance(facts.processes, Unavailable)

    return is_known
