"""Try a rule on stored records before it is announced: what it would raise and withdraw."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import Field

from consumers.query.rule_findings.candidate_findings import CandidateFinding, CandidateFindings
from streams.rules.detectors.explain import ConditionState

MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What a rule would find in the records that are released to this reader.

    `raised`, `withdrawn`: against the version in force, all and none where none is in force.
    """

    rule: str
    since: datetime | None
    findings: int
    raised: int
    withdrawn: int
    by_month: Annotated[dict[str, int], Field(description="findings by their newest record")]
    records: Annotated[int, Field(description="records that were looked at")]
    microseconds: Annotated[
        float, Field(description="processor time of the evaluation for each record")
    ]
    crowded: Annotated[int, Field(description="values that are hubs")]
    examples: Annotated[list[CandidateFinding], Field(description="of those raised, the newest")]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class ConditionStateView:
    """A condition of a role on a record, or on a transaction or item of it."""

    event: str
    part: int
    role: str
    condition: str
    written: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ClauseView:
    """What a rule asks of records that share something. Amounts are in millionths."""

    group: str
    clause: str
    measured: int
    needed: int
    holds: bool


@dataclass(frozen=True, slots=True)
class RuleReasonsView:
    """Clause by clause what holds of a rule for some records."""

    conditions: list[ConditionStateView]
    clauses: list[ClauseView]
    findings: int


class CpuClock:
    """Measures the processor time of a part of an answer."""

    def __init__(self) -> None:
        """Begin to measure processor time."""
        self._begin = time.process_time()

    def microseconds_for(self, records: int) -> float:
        """Return the processor time for each record so far."""
        return (time.process_time() - self._begin) * 1e6 / max(records, 1)


class TrialCost(NamedTuple):
    """How many records an evaluation looked at, and its processor time for each."""

    records: int
    microseconds: float


def trial_of(
    rule: str,
    since: datetime | None,
    pair: tuple[CandidateFindings, CandidateFindings],
    cost: TrialCost,
) -> RuleTrial:
    """Compare what a rule finds with what the version in force finds. `pair`: in this order."""
    current, former = (_newer(result.findings, since) for result in pair)
    known = {finding.id for finding in former}
    raised = [finding for finding in current if finding.id not in known]
    current_ids = {finding.id for finding in current}
    months = Counter(f"{finding.last_recorded:%Y-%m}" for finding in current)
    return RuleTrial(
        rule=rule,
        since=since,
        findings=len(current),
        raised=len(raised),
        withdrawn=len(known - current_ids),
        by_month=dict(sorted(months.items())),
        records=cost.records,
        microseconds=round(cost.microseconds, 1),
        crowded=pair[0].crowded,
        examples=raised[:MOST_EXAMPLES],
        is_complete=pair[0].is_complete,
    )


def state_view(state: ConditionState) -> ConditionStateView:
    """Return a condition as it is shown."""
    return ConditionStateView(*state)


def _newer(findings: Sequence[CandidateFinding], since: datetime | None) -> list[CandidateFinding]:
    return [finding for finding in findings if since is None or finding.last_recorded >= since]
