"""Make the report of the high-level group from answers of existing questions. Pure.

The report leaves Quipu, so small counts of records and findings are not in it: none of 1 to the
threshold less one, and none from which one could be computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.suppression import DEFAULT_THRESHOLD, TOTAL, PublishedTable, publish
from consumers.query.high_level_group.commitment_views import (
    DecisionView,
    GoalView,
    by_meeting,
    by_point,
)
from consumers.query.high_level_group.period import ReportPeriod
from consumers.query.high_level_group.period_answers import (
    NO_THEME,
    AssetTotal,
    Drill,
    PeriodAnswers,
)
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.views import to_datetime, to_datetime_or_none
from schemas.codes import code_lists

ShownCount = Annotated[int | None, Field(description="null where it is too small to be printed")]
VERDICTS = ("confirmed", "rejected", "unsure")
SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """The goals and decisions that a reader sees, of a period of the log.

    `since`, `until`: of the values of the goals, `until` exclusive; `is_complete`: whether every
    goal and decision was looked at.
    """

    since: datetime
    until: datetime
    marking: FigureMarking
    goals: list[GoalView]
    decisions: list[DecisionView]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """Records that the log took of a theme: by country, and in the spans before."""

    theme: Annotated[str, Field(description="of the plan; none: of no theme")]
    by_country: Mapping[str, ShownCount]
    total: ShownCount
    before: ShownCount
    year_before: ShownCount


@dataclass(frozen=True, slots=True)
class AssetRow:
    """What assets of a stage were worth. Without figures where few records say so."""

    stage: Annotated[str, Field(description="a code of the list asset_stage")]
    dollars: float | None
    records: ShownCount


@dataclass(frozen=True, slots=True)
class GroupReport:
    """The report on two months, as one reader may see and print it.

    `decided`: decisions of the last meeting, and older ones that are open or ended in the period;
    `without_goal`: points of the plan for which the reader sees no goal; `drills`: null where no
    exercise was asked about.
    """

    since: datetime
    until: datetime
    as_of: Annotated[datetime | None, Field(description="null: when it was made")]
    exercise: str | None
    marking: FigureMarking
    threshold: int
    goals: list[GoalView]
    without_goal: list[str]
    last_meeting: date | None
    decided: list[DecisionView]
    themes: list[ThemeRow]
    findings: Mapping[str, ShownCount]
    verdicts: Mapping[str, ShownCount]
    times: list[AnswerTimes]
    operations: int
    investigations: int
    assets: list[AssetRow]
    drills: list[Drill] | None
    is_complete: bool

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return (self.until - timedelta(milliseconds=1)).date()


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """What a report says of itself. `as_of`: ms since 1970 UTC, None is now."""

    period: ReportPeriod
    as_of: int | None
    exercise: str | None
    threshold: int = DEFAULT_THRESHOLD


def make_report(plan: GroupPlan, answers: PeriodAnswers, frame: ReportFrame) -> GroupReport:
    """Return the report. `plan`: with goals that are measured by the answers."""
    limit = frame.threshold
    goals = [goal for goal in by_point(plan.goals) if goal.commitment.counts]
    table = publish(
        {(cell.theme, cell.country): count for cell, count in answers.records.items()}, limit
    )
    decisions = [item for item in by_meeting(plan.decisions) if item.commitment.counts]
    last = max((item.meeting for item in decisions if item.meeting), default=None)
    return GroupReport(
        since=to_datetime(frame.period.since),
        until=to_datetime(frame.period.until),
        as_of=to_datetime_or_none(frame.as_of),
        exercise=frame.exercise,
        marking=plan.marking,
        threshold=limit,
        goals=[_printable(goal, limit) for goal in goals],
        without_goal=_without_goal(goals),
        last_meeting=last,
        decided=[item for item in decisions if _is_reported(item, last, frame.period)],
        themes=_theme_rows(table, answers, limit),
        findings=_shown(SEVERITIES, answers.findings, limit),
        verdicts=_shown(VERDICTS, answers.verdicts, limit),
        times=list(answers.times),
        operations=answers.operations,
        investigations=answers.investigations,
        assets=[_asset_row(total, limit) for total in answers.assets],
        drills=None if answers.drills is None else list(answers.drills),
        is_complete=plan.is_complete and answers.findings_complete,
    )


def is_small(count: int, threshold: int) -> bool:
    """Say whether a count is too small to be printed. Zero is no count of anybody."""
    return 0 < count < threshold


def _shown(
    names: Iterable[str], counts: Mapping[str, int], threshold: int
) -> dict[str, int | None]:
    every = {name: counts.get(name, 0) for name in names}
    return {name: None if is_small(count, threshold) else count for name, count in every.items()}


def _printable(goal: GoalView, threshold: int) -> GoalView:
    """Return a goal without a value that few records or findings make."""
    if not any(is_small(count, threshold) for count in goal.counts_behind):
        return replace(goal, counts_behind=())
    return replace(goal, value=None, is_reached=None, counts_behind=())


def _without_goal(goals: Sequence[GoalView]) -> list[str]:
    known = {goal.commitment.plan_point for goal in goals}
    return [code for code in code_lists()["plan_point"].codes if code not in known]


def _is_reported(decision: DecisionView, last: date | None, period: ReportPeriod) -> bool:
    """Say whether a decision is of the last meeting, open, or ended in the period."""
    commitment = decision.commitment
    ended = [owner.at for owner in commitment.owners if owner.at is not None]
    ended_in_period = bool(ended) and max(ended) >= to_datetime(period.since)
    return decision.meeting == last or commitment.is_open or ended_in_period


def _theme_rows(table: PublishedTable, answers: PeriodAnswers, threshold: int) -> list[ThemeRow]:
    themes = [*code_lists()["theme"].codes, NO_THEME]
    before = _shown(themes, answers.before, threshold)
    year_before = _shown(themes, answers.year_before, threshold)
    return [
        ThemeRow(
            theme,
            {country: table.counts[theme, country] for country in table.columns}
            if theme in table.rows
            else dict.fromkeys(table.columns, 0),
            table.counts[theme, TOTAL] if theme in table.rows else 0,
            before[theme],
            year_before[theme],
        )
        for theme in themes
        if theme in table.rows or answers.before.get(theme) or answers.year_before.get(theme)
    ]


def _asset_row(total: AssetTotal, threshold: int) -> AssetRow:
    if is_small(total.records, threshold):
        return AssetRow(total.stage, None, None)
    return AssetRow(total.stage, round(float(total.dollars), 2), total.records)
