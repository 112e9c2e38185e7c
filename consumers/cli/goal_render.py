"""Print goals, decisions and the report of the high-level group on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.presentation import group_words
from consumers.presentation.figure_words import marking_lines
from consumers.presentation.group_report_pdf import report_content
from consumers.presentation.group_words import (
    day_text,
    due_text,
    measure_name,
    owner_name,
    point_name,
    state_line,
    value_text,
)
from consumers.query.high_level_group.commitment_views import Commitment, DecisionView, GoalView
from consumers.query.high_level_group.group_report import GroupPlan, GroupReport
from consumers.query.high_level_group.measures import MEASURES, REPORTED
from infra.list_table import ListColumn, print_list, print_rows
from schemas.i18n import UserMessage, _
from schemas.model import Reader

SHORT = 8
"""Digits of an id by which a list names a goal or decision."""


def print_plan(console: Console, plan: GroupPlan, lang: str) -> None:
    """Print the goals with their values, then the decisions."""
    _heading(console, _("Goals of the plan of action"), lang)
    if plan.goals:
        print_list(console, _goal_columns(lang), plan.goals)
    else:
        console.print(group_words.NO_GOALS.in_language(lang), markup=False)
    _heading(console, _("Decisions"), lang)
    if plan.decisions:
        print_list(console, _decision_columns(lang), plan.decisions)
    else:
        console.print(group_words.NO_DECISIONS.in_language(lang), markup=False)
    every: list[GoalView | DecisionView] = [*plan.goals, *plan.decisions]
    if every:
        last = every[0].commitment.id[-SHORT:]
        hint = _("One in full: quipu goals show {id}", id=last).in_language(lang)
        console.print(hint, markup=False, style="dim")
    if not plan.is_complete:
        console.print(group_words.MORE.in_language(lang), markup=False, style="yellow")
    span = _(
        "Values from {since} to before {until}.",
        since=f"{plan.since:%Y-%m-%d}",
        until=f"{plan.until:%Y-%m-%d}",
    )
    lines = [span.in_language(lang), *marking_lines(plan.marking, lang)]
    console.print(Text(" · ".join(lines), style="dim"))


def _goal_columns(lang: str) -> list[ListColumn[GoalView]]:
    def what(goal: GoalView) -> str:
        commitment = goal.commitment
        point = point_name(commitment.plan_point, lang)
        return f"{commitment.title} ({point} · {commitment.id[-SHORT:]})"

    def values(goal: GoalView) -> str:
        shown = (goal.baseline, goal.value, goal.target)
        return " → ".join(value_text(value, goal.unit, lang) for value in shown)

    return [
        ListColumn(group_words.GOAL_COLUMNS[0].in_language(lang), what, is_main=True),
        ListColumn(_("Start → now → target").in_language(lang), values),
        ListColumn(_("Until").in_language(lang), lambda goal: due_text(goal.commitment, lang)),
        ListColumn(_("State").in_language(lang), lambda goal: _state(goal.commitment, lang)),
        ListColumn(_("Owners").in_language(lang), lambda goal: _owners(goal.commitment)),
        ListColumn(
            _("Measured by").in_language(lang),
            lambda goal: measure_name(goal.measured_by, lang),
            is_extra=True,
        ),
    ]


def _decision_columns(lang: str) -> list[ListColumn[DecisionView]]:
    def what(decision: DecisionView) -> str:
        commitment = decision.commitment
        return f"{commitment.title} ({commitment.id[-SHORT:]})"

    return [
        ListColumn(_("Meeting").in_language(lang), lambda item: day_text(item.meeting)),
        ListColumn(_("Decision").in_language(lang), what, is_main=True),
        ListColumn(_("Until").in_language(lang), lambda item: due_text(item.commitment, lang)),
        ListColumn(_("State").in_language(lang), lambda item: _state(item.commitment, lang)),
        ListColumn(_("Owners").in_language(lang), lambda item: _owners(item.commitment)),
    ]


def _owners(commitment: Commitment) -> str:
    return ", ".join(map(owner_name, commitment.owners))


def _state(commitment: Commitment, lang: str) -> Text:
    if not commitment.counts:
        return Text(group_words.NO_SEAT.in_language(lang), style="yellow")
    return Text(state_line(commitment, lang), style="bold red" if commitment.is_overdue else "")


def print_report(console: Console, report: GroupReport, reader: Reader, lang: str) -> None:
    """Print what the printed report says, part by part."""
    content = report_content(report, reader, lang)
    for line in (content["marking"], content["exercise"]):
        console.print(Text(line, style="bold yellow"))
    console.print(Text(content["title"], style="bold"))
    for line in content["lead"]:
        print_indented(console, line, 0)
    for part in content["sections"]:
        console.print()
        console.print(Text(part["title"], style="bold"))
        for line in part["lead"]:
            print_indented(console, line, 0, "dim")
        if table := part["table"]:
            numbers = [place for place, width in enumerate(table["widths"]) if not width]
            print_rows(console, table["heads"], map(_cells, table["rows"]), numbers)


def _cells(row: list[str | dict[str, str]]) -> list[str | Text]:
    return [
        cell if isinstance(cell, str) else Text(f"{cell['head']}\n{cell['text']}") for cell in row
    ]


def print_measures(console: Console, lang: str) -> None:
    """Print the measures that a goal can have."""
    headings = [_("Code").in_language(lang), _("What it measures").in_language(lang)]
    rows = [[name, measure_name(name, lang)] for name in (*MEASURES, REPORTED)]
    print_rows(console, headings, rows, main=1)


def _heading(console: Console, text: UserMessage, lang: str) -> None:
    console.print(Text(text.in_language(lang), style="bold"))
