"""Find what follows from what, so that the cause is shown first. Pure.

Only what an outage explains is ever folded. An alarm about the log or a signature never is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import NamedTuple

from consumers.health.findings import Finding
from consumers.health.thresholds import Degree


class _Match(NamedTuple):
    """Match findings by kind and by subject; `*` stands for anything."""

    kind: str
    subject: str

    def matches(self, finding: Finding) -> bool:
        return finding.kind == self.kind and fnmatchcase(finding.subject, self.subject)


_LATE = ("lag_s", "lag_unknown", "nobody")
_STUCK = ("still_s", "silent_s", "down", "ends", "young_s")
_CLIENTS_OF_KAFKA = tuple(
    f"process/{name}" for name in ("worker-*", "sink", "hits", "checkpoints", "api", "canary")
)


def _of(kinds: Sequence[str], *subjects: str) -> tuple[_Match, ...]:
    return tuple(_Match(kind, subject) for kind in kinds for subject in subjects)


_CANARY = _of(("canary_s", "beats_missed"), "*")
_NO_INTAKE = (*_of(_LATE, "stage/intake", "stage/correlate"), *_of(("unanswered_s",), "*"))
_CONSEQUENCES: Sequence[tuple[_Match, Sequence[_Match]]] = (
    (_Match("*", "process/kafka"), _of(("kafka_away", "kafka_s"), "kafka")),
    (_Match("*", "process/clickhouse"), _of(("store_away", "store_s"), "store")),
    (
        _Match("kafka_away", "kafka"),
        (
            *_of(_LATE, "stage/*"),
            *_of(_STUCK, *_CLIENTS_OF_KAFKA),
            *_of(("unsent_s", "unanswered_s"), "node/*"),
            *_CANARY,
        ),
    ),
    (
        _Match("store_away", "store"),
        (
            *_of(_LATE, "stage/sink", "stage/hits"),
            *_of(_STUCK, "process/sink", "process/hits", "process/api"),
            *_CANARY,
        ),
    ),
    (_Match("*", "process/worker-*"), (*_NO_INTAKE, *_CANARY)),
    (_Match("*", "process/sink"), (*_of(_LATE, "stage/sink", "stage/hits"), *_CANARY)),
    (_Match("*", "process/hits"), _of(_LATE, "stage/hits")),
    (_Match("*", "process/api"), _CANARY),
    (_Match("*", "process/canary"), _CANARY),
    (_Match("lag_s", "stage/intake"), (*_of(("unanswered_s",), "*"), *_CANARY)),
    (_Match("lag_s", "stage/*"), _CANARY),
)
"""What is a cause, and what follows from it; `*` as a kind: what stops or delays a process."""

_STOPS_A_PROCESS = frozenset({"down", "ends", "silent_s", "still_s", "memory", "killed"})
_GROWS = frozenset({"lag_s", "unsent_s", "unanswered_s", "canary_s"})
"""Consequences that grow worse with time; the others say only that the cause is there."""


def fold_consequences(findings: Sequence[Finding]) -> list[Finding]:
    """Return the causes, the gravest first, each with the findings that follow from it.

    A cause is as grave as the gravest consequence that grows worse with time.
    """
    causes = {id(finding): _root_of(finding, findings) for finding in findings}
    folded: dict[int, list[Finding]] = {}
    for finding in findings:
        if causes[id(finding)] is not finding:
            folded.setdefault(id(causes[id(finding)]), []).append(finding)
    roots = [
        _with_consequences(finding, folded)
        for finding in findings
        if causes[id(finding)] is finding
    ]
    return sorted(roots, key=lambda root: (-root.degree, -len(root.consequences)))


def _with_consequences(root: Finding, folded: Mapping[int, Sequence[Finding]]) -> Finding:
    consequences = tuple(folded.get(id(root), ()))
    degree = max(
        (finding.degree for finding in consequences if finding.kind in _GROWS),
        default=Degree.GOOD,
    )
    return replace(root, degree=max(root.degree, degree), consequences=consequences)


def _root_of(finding: Finding, findings: Sequence[Finding]) -> Finding:
    """Follow the causes to the first; the table leads to earlier parts only, so it ends."""
    cause = _cause_of(finding, findings)
    return finding if cause is None else _root_of(cause, findings)


def _cause_of(finding: Finding, findings: Sequence[Finding]) -> Finding | None:
    for cause, consequences in _CONSEQUENCES:
        if any(match.matches(finding) for match in consequences):
            for other in findings:
                if other is not finding and _explains(cause, other):
                    return other
    return None


def _explains(cause: _Match, finding: Finding) -> bool:
    if finding.degree < Degree.WATCH or not fnmatchcase(finding.subject, cause.subject):
        return False
    return finding.kind == cause.kind or (cause.kind == "*" and finding.kind in _STOPS_A_PROCESS)
