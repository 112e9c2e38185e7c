"""Print the two-monthly report of the high-level group as a PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from consumers.presentation import course_words, group_words
from consumers.presentation.figure_tables import LEFT_OUT
from consumers.presentation.figure_words import marking_lines, moment_label
from consumers.presentation.group_words import (
    day_text,
    due_text,
    measure_name,
    owner_line,
    point_name,
    shown_count,
    state_line,
    theme_name,
    value_text,
)
from consumers.presentation.printed_report import Json, printed
from consumers.presentation.report_words import printed_by, short_marking
from consumers.query.high_level_group.commitment_views import DecisionView, GoalView
from consumers.query.high_level_group.group_report import GroupReport
from consumers.query.high_level_group.measures import MeasureUnit
from schemas import words
from schemas.i18n import UserMessage, _
from schemas.model import Reader

FULL, AUTO = 1, 0
"""Widths of columns: a share of what is free, or as wide as its content."""


def group_report_pdf(report: GroupReport, reader: Reader, now: datetime, lang: str) -> bytes:
    """Return the PDF. `reader`: for whom it was made; `now`: when, where it is as of now."""
    dated = replace(report, as_of=report.as_of or now)
    return printed(report_content(dated, reader, lang))


def report_content(report: GroupReport, reader: Reader, lang: str) -> Json:
    """Return what the template shows, as texts."""
    exercise = _("EXERCISE {name}: nothing shown here is real", name=report.exercise or "")
    return {
        "lang": lang,
        "title": _("Report of the high-level group").in_language(lang),
        "marking": short_marking(report.marking),
        "exercise": exercise.in_language(lang) if report.exercise else "",
        "moment": f"{_span(report, lang)} · {_as_of(report, lang)}",
        "lead": [_span(report, lang), printed_by(reader, lang)],
        "sections": list(_sections(report, lang)),
    }


def _span(report: GroupReport, lang: str) -> str:
    return _(
        "Period: {since} to {last_day}",
        since=f"{report.since:%Y-%m-%d}",
        last_day=report.last_day.isoformat(),
    ).in_language(lang)


def _as_of(report: GroupReport, lang: str) -> str:
    return moment_label(report.as_of, lang)


def _sections(report: GroupReport, lang: str) -> Iterator[Json]:
    yield _goals(report, lang)
    yield _decisions(report, lang)
    yield _trends(report, lang)
    yield _findings(report, lang)
    yield _times(report, lang)
    yield _joint_work(report, lang)
    yield _drills(report, lang)
    yield _assets(report, lang)
    yield section(
        _("How to read this report"),
        lang,
        [
            *(note.with_values(threshold=report.threshold).in_language(lang) for note in NOTES),
            *([group_words.MORE.in_language(lang)] if not report.is_complete else []),
            *marking_lines(report.marking, lang),
        ],
    )


NOTES: Sequence[UserMessage] = (
    _(
        "It is computed from the records of the exchange that are released to the reader who made "
        "it. Another reader may have other figures."
    ),
    LEFT_OUT,
    _(
        "A figure counts what the exchange took in during the period. Counts of records and "
        "findings below {threshold}, and those from which such a count follows, are written as "
        "<{threshold}."
    ),
    _(
        "Answer times count requests, alerts and traces that were opened in the period. A goal or "
        "decision is overdue if nobody has reported by its day that it is carried out."
    ),
)


def section(title: UserMessage, lang: str, lead: Sequence[str], table: Json | None = None) -> Json:
    """Return a part of the report."""
    return {"title": title.in_language(lang), "lead": list(lead), "rows": [], "table": table}


def _table(
    heads: Sequence[UserMessage | str],
    lang: str,
    widths: Sequence[int],
    rows: Sequence[Sequence[str | Json]],
) -> Json | None:
    """Return a table; None without rows. Columns that are as wide as their content are right."""
    texts = [head.in_language(lang) if isinstance(head, UserMessage) else head for head in heads]
    return {"heads": texts, "widths": list(widths), "rows": list(map(list, rows))} if rows else None


def _goals(report: GroupReport, lang: str) -> Json:
    lead = [] if report.goals else [group_words.NO_GOALS.in_language(lang)]
    if report.without_goal:
        points = "; ".join(point_name(code, lang) for code in report.without_goal)
        lead.append(
            _(
                "Points of the plan without a goal that you may see: {points}.", points=points
            ).in_language(lang)
        )
    rows = [_goal_cells(goal, lang) for goal in report.goals]
    table = _table(group_words.GOAL_COLUMNS, lang, (5, AUTO, AUTO, AUTO, AUTO, 2), rows)
    return section(_("Goals of the plan of action"), lang, lead, table)


def _goal_cells(goal: GoalView, lang: str) -> list[str | Json]:
    commitment = goal.commitment
    texts = [
        point_name(commitment.plan_point, lang),
        _("Measured by: {measure}", measure=measure_name(goal.measured_by, lang)).in_language(lang),
        *(owner_line(owner, lang) for owner in commitment.owners),
    ]
    values = [value_text(value, goal.unit, lang) for value in (goal.baseline, goal.value)]
    reached = group_words.reached_text(goal)
    state = [state_line(commitment, lang), *([reached.in_language(lang)] if reached else [])]
    target = value_text(goal.target, goal.unit, lang)
    due = due_text(commitment, lang)
    return [_headed(commitment.title, texts), *values, target, due, "\n".join(state)]


def _decisions(report: GroupReport, lang: str) -> Json:
    lead = [] if report.decided else [group_words.NO_DECISIONS.in_language(lang)]
    if report.last_meeting is not None:
        text = _(
            "Last meeting: {day}. Older decisions follow if they are open or ended in the period.",
            day=day_text(report.last_meeting),
        )
        lead.append(text.in_language(lang))
    rows = [_decision_cells(decision, lang) for decision in report.decided]
    table = _table(group_words.DECISION_COLUMNS, lang, (AUTO, 5, AUTO, 2), rows)
    return section(_("What was decided, and what followed"), lang, lead, table)


def _decision_cells(decision: DecisionView, lang: str) -> list[str | Json]:
    commitment = decision.commitment
    texts = [owner_line(owner, lang) for owner in commitment.owners]
    if commitment.plan_point:
        texts.insert(0, point_name(commitment.plan_point, lang))
    headed, due = _headed(commitment.title, texts), due_text(commitment, lang)
    return [day_text(decision.meeting), headed, due, state_line(commitment, lang)]


def _headed(head: str, texts: Sequence[str]) -> Json:
    return {"head": head, "text": "\n".join(texts)}


def _trends(report: GroupReport, lang: str) -> Json:
    countries = list(report.themes[0].by_country) if report.themes else []
    heads: list[UserMessage | str] = [
        _("Theme"),
        *countries,
        _("All"),
        _("Period before"),
        _("A year before"),
    ]
    rows = [
        [
            theme_name(row.theme, lang),
            *(
                shown_count(count, report.threshold, lang)
                for count in (*row.by_country.values(), row.total, row.before, row.year_before)
            ),
        ]
        for row in report.themes
    ]
    lead = _("Records that the exchange took in, by theme and country of the owner.")
    nothing = [] if rows else [_nothing(lang)]
    table = _table(heads, lang, (FULL, *(AUTO for _head in heads[1:])), rows)
    return section(_("Trends"), lang, [lead.in_language(lang), *nothing], table)


def _findings(report: GroupReport, lang: str) -> Json:
    new = _("New findings, severity {severity}")
    rows = [
        [
            new.with_values(severity=group_words.SEVERITIES[name].in_language(lang)).in_language(
                lang
            ),
            shown_count(count, report.threshold, lang),
        ]
        for name, count in report.findings.items()
    ]
    decided = _("Findings on which somebody decided: {verdict}")
    rows += [
        [
            decided.with_values(verdict=group_words.VERDICTS[name].in_language(lang)).in_language(
                lang
            ),
            shown_count(count, report.threshold, lang),
        ]
        for name, count in report.verdicts.items()
    ]
    table = _table((_("Findings"), _("Number")), lang, (FULL, AUTO), rows)
    return section(_("Findings between countries"), lang, [], table)


def _times(report: GroupReport, lang: str) -> Json:
    rows = [
        [course_words.kind_name(row.kind, lang), *course_words.times_line(row, lang)]
        for row in report.times
    ]
    heads = (_("Kind"), *course_words.TIMES_COLUMNS)
    table = _table(heads, lang, (3, 3, *(AUTO for _head in heads[2:])), rows)
    lead = [] if rows else [_nothing(lang)]
    return section(_("Requests and answer times"), lang, lead, table)


def _joint_work(report: GroupReport, lang: str) -> Json:
    rows = [
        [_("Border operations with a result").in_language(lang), str(report.operations)],
        [_("Joint investigations that are open").in_language(lang), str(report.investigations)],
    ]
    table = _table((_("Joint work"), _("Number")), lang, (FULL, AUTO), rows)
    return section(_("Operations and investigations"), lang, [], table)


def _drills(report: GroupReport, lang: str) -> Json:
    title = _("Drills of the 24/7 network: nothing in this part is real")
    if report.drills is None:
        lead = _("No exercise was asked about. Name those that you take part in, to count them.")
        return section(title, lang, [lead.in_language(lang)])
    rows = [
        [drill.name, *map(str, (drill.alerts, drill.in_time, drill.late, drill.missed))]
        for drill in report.drills
    ]
    heads = (_("Exercise"), _("Alerts"), _("Kept"), _("Late"), _("Overdue"))
    lead_rows = [] if rows else [_nothing(lang)]
    return section(title, lang, lead_rows, _table(heads, lang, (FULL, 0, 0, 0, 0), rows))


def _assets(report: GroupReport, lang: str) -> Json:
    rows = [
        [
            words.value("asset_stage", row.stage, lang),
            shown_count(row.records, report.threshold, lang),
            value_text(row.dollars, MeasureUnit.DOLLARS, lang),
        ]
        for row in report.assets
    ]
    lead = _("Assets in records of the period, in dollars at the rates known then.")
    nothing = [] if rows else [_nothing(lang)]
    heads = (_("Stage of an asset"), _("Records"), _("Value"))
    table = _table(heads, lang, (FULL, AUTO, AUTO), rows)
    return section(_("Assets"), lang, [lead.in_language(lang), *nothing], table)


def _nothing(lang: str) -> str:
    return _("Nothing that this reader may see.").in_language(lang)
