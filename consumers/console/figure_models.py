"""Ask the query layer the questions with figures, and shape their answers for pages and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from consumers.console import figure_charts, figure_pages, finding_models
from consumers.console.figure_forms import (
    FigureName,
    read_delays,
    read_filter,
    read_ranking,
    read_totals,
    read_trends,
)
from consumers.console.figure_model import FigureModel, FigureRequest, Model
from consumers.console.record_links import RecordLinks, question_parameters
from consumers.presentation.figure_tables import (
    delays_table,
    quality_table,
    ranking_table,
    totals_table,
    trends_table,
)
from consumers.query.figures.question import CLOCKS, Clock, Grouping
from consumers.query.figures.trends import Trends
from consumers.query.query_layer import QueryLayer
from schemas.i18n import _

MOST_PERIODS = 36
"""Periods of a trend that a page shows where nobody chose dates."""
OLDER_PERIODS = _("{count} older periods are left out. Choose dates to see them.")


def totals(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of totals."""
    question = read_totals(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.figures.totals(request.reader, question, request.as_of, request.use)
    base = question_parameters(question.filter, question.grouping, question.measure)
    links = figure_pages.totals_links(
        answer, RecordLinks(request.link, base), question.changed_since
    )
    table = totals_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.totals_chart(answer, links, request.lang)
    options = {**base, "period": question.grouping.period}
    return FigureModel(table, links, chart, answer.marking, options)


def trends(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of trends."""
    question = read_trends(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.figures.trends(request.reader, question, request.as_of, request.use)
    notes = list(request.notes)
    if not request.is_file and question.filter.since is None:
        answer, left_out = newest_periods(answer)
        notes += [OLDER_PERIODS.with_values(count=left_out)] if left_out else []
    base = question_parameters(question.filter, question.grouping, question.measure)
    links = figure_pages.trends_links(
        answer, RecordLinks(request.link, base), question.changed_since
    )
    table = trends_table(request.moment_of(answer), request.lang, notes)
    chart = figure_charts.trends_chart(answer, links, request.lang)
    return FigureModel(table, links, chart, answer.marking, base)


def ranking(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of rankings."""
    question = read_ranking(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.figures.ranking(request.reader, question, request.as_of, request.use)
    base = question_parameters(question.filter, question.grouping, question.measure)
    links = figure_pages.ranking_links(answer, RecordLinks(request.link, base), question)
    table = ranking_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.ranking_chart(answer, links, request.lang)
    own = {"against": question.against, "limit": str(question.limit)}
    return FigureModel(table, links, chart, answer.marking, {**base, **own})


def delays(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of delays."""
    question = read_delays(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.figures.delays(request.reader, question, request.as_of, request.use)
    base = {**question_parameters(question.filter, question.grouping), "delay": question.delay}
    links = figure_pages.delays_links(answer, RecordLinks(request.link, base))
    table = delays_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.delays_chart(answer, links, request.lang)
    return FigureModel(table, links, chart, answer.marking, base)


def quality(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of the quality of records."""
    filter_ = read_filter(request.form, queries.names)
    clock = cast("Clock", request.form.choice("clock", CLOCKS, "occurred"))
    changed_since = request.form.moment("changed_since")
    if request.form.errors:
        return None
    answer = queries.figures.quality(
        request.reader, filter_, request.as_of, request.use, changed_since, clock
    )
    grouping = Grouping(("country", "authority"), clock=clock)
    base = question_parameters(filter_, grouping)
    links = figure_pages.quality_links(answer, RecordLinks(request.link, base))
    table = quality_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.quality_chart(answer, links, request.lang)
    return FigureModel(
        table, links, chart, answer.marking, question_parameters(filter_, Grouping(clock=clock))
    )


MODELS: Mapping[FigureName, Model] = {
    "totals": totals,
    "trends": trends,
    "ranking": ranking,
    "bursts": finding_models.bursts,
    "flows": finding_models.flows,
    "money-flows": finding_models.money_flows,
    "finding-counts": finding_models.finding_counts,
    "finding-delays": finding_models.finding_delays,
    "delays": delays,
    "quality": quality,
    "shares": finding_models.shares,
}


def newest_periods(answer: Trends) -> tuple[Trends, int]:
    """Return the newest periods of trends, as many as can be read, and how many are left out."""
    begins = sorted({point.begins for point in answer.points})
    shown = set(begins[-MOST_PERIODS:])
    points = [point for point in answer.points if point.begins in shown]
    return replace(answer, points=points), len(begins) - len(shown)


def command_options(parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the options of the command that asks the same: there the last day does not count."""
    options = []
    for name, value in parameters.items():
        if value:
            last_day = name == "until"
            text = str(date.fromisoformat(value) + timedelta(days=1)) if last_day else value
            options.append((f"--{name.replace('_', '-')}", text))
    return options
