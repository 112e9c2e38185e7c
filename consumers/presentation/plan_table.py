"""Lay goals and decisions of the high-level group out as one table for files. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from consumers.presentation.plain_tables import plain_table
from consumers.query.high_level_group.commitment_views import Commitment, DecisionView, GoalView
from consumers.query.high_level_group.group_report import GroupPlan
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A goal or a decision; what the other kind has alone is None."""

    kind: str
    commitment: Commitment
    owners: list[str]
    measured_by: str | None = None
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    value: float | None = None
    is_reached: bool | None = None
    meeting: date | None = None
    goal: str | None = None


def plan_rows(plan: GroupPlan) -> list[PlanRow]:
    """Return a row for each goal, then one for each decision."""
    return [*map(_goal_row, plan.goals), *map(_decision_row, plan.decisions)]


def _goal_row(goal: GoalView) -> PlanRow:
    return PlanRow(
        "goal",
        goal.commitment,
        _owners(goal.commitment),
        goal.measured_by,
        goal.unit.value,
        goal.baseline,
        goal.target,
        goal.value,
        goal.is_reached,
    )


def _decision_row(decision: DecisionView) -> PlanRow:
    return PlanRow(
        "decision",
        decision.commitment,
        _owners(decision.commitment),
        meeting=decision.meeting,
        goal=decision.goal,
    )


def _owners(commitment: Commitment) -> list[str]:
    return [
        f"{owner.country}/{owner.authority}: {owner.state}, {owner.deadline}"
        for owner in commitment.owners
    ]


_OF_BOTH = "id title details plan_point country authority state is_open is_overdue due first_due"
plan_table = plain_table(
    PlanRow,
    "goals",
    _("Goals and decisions"),
    " ".join(f"commitment.{name}" for name in _OF_BOTH.split())
    + " commitment.tlp commitment.counts kind owners measured_by unit baseline target value "
    "is_reached meeting goal",
)
