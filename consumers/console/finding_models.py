"""Ask the questions with figures of findings, bursts and flows of money, and shape the answers."""

from __future__ import annotations

from consumers.console import figure_charts, figure_pages, finding_charts, finding_pages
from consumers.console.figure_forms import (
    read_bursts,
    read_finding_counts,
    read_finding_delays,
    read_flows,
    read_money_flows,
)
from consumers.console.figure_model import FigureModel, FigureRequest, rule_titles
from consumers.console.record_links import RecordLinks, question_parameters
from consumers.presentation.burst_table import bursts_table
from consumers.presentation.finding_tables import (
    finding_counts_table,
    finding_delays_table,
    flows_table,
    money_flows_table,
    shares_table,
)
from consumers.query.figures.question import Grouping
from consumers.query.query_layer import QueryLayer


def bursts(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of bursts."""
    question = read_bursts(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.bursts.bursts(request.reader, question, request.as_of, request.use)
    parameters = question_parameters(question.filter, Grouping())
    links = finding_pages.burst_links(answer, request.link, parameters)
    table = bursts_table(request.moment_of(answer), request.lang, request.notes)
    chart = finding_charts.bursts_chart(answer, links, request.lang)
    sentences = [
        (burst.sentence[request.lang], finding_pages.burst_address(burst, request.link))
        for burst in answer.bursts
    ]
    options = {**parameters, "grade": question.grade}
    return FigureModel(table, links, chart, answer.marking, options, sentences=sentences)


def money_flows(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of flows of money."""
    question = read_money_flows(request.form, queries.names)
    if request.form.errors:
        return None
    answer = queries.figures.money_flows(request.reader, question, request.as_of, request.use)
    base = question_parameters(question.filter, question.totals.grouping, "usd")
    own = RecordLinks(request.link, base)
    links = finding_pages.money_flow_links(answer, own, question.changed_since)
    table = money_flows_table(request.moment_of(answer), request.lang, request.notes)
    chart = finding_charts.money_flows_chart(answer, links, request.lang)
    options = question_parameters(question.filter, Grouping(clock=question.clock))
    return FigureModel(table, links, chart, answer.marking, options)


def finding_counts(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of findings by rule."""
    question = read_finding_counts(request.form, queries.rules.every_by_id)
    if request.form.errors:
        return None
    answer = queries.findings.finding_counts(request.reader, question, request.as_of, request.use)
    links = finding_pages.finding_count_links(answer, request.link)
    titles = rule_titles(queries, request.lang)
    table = finding_counts_table(request.moment_of(answer), request.lang, request.notes, titles)
    chart = finding_charts.finding_counts_chart(answer, links, titles, request.lang)
    options = {"rule": question.rule, "grade": question.grade}
    return FigureModel(table, links, chart, answer.marking, options)


def finding_delays(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of delays of findings."""
    question = read_finding_delays(request.form, queries.rules.every_by_id)
    if request.form.errors:
        return None
    answer = queries.findings.finding_delays(request.reader, question, request.as_of, request.use)
    titles = rule_titles(queries, request.lang)
    table = finding_delays_table(request.moment_of(answer), request.lang, request.notes, titles)
    chart = finding_charts.finding_delays_chart(answer, titles, request.lang)
    options = {"delay": question.delay, "rule": question.rule, "grade": question.grade}
    return FigureModel(table, [{} for _row in answer.rows], chart, answer.marking, options)


def flows(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of flows."""
    question = read_flows(request.form, queries.rules.every_by_id)
    if request.form.errors:
        return None
    answer = queries.findings.flows(request.reader, question, request.as_of, request.use)
    links = figure_pages.flows_links(answer, request.link, question.grade)
    titles = rule_titles(queries, request.lang)
    table = flows_table(request.moment_of(answer), request.lang, request.notes, titles)
    own = {"rule": question.rule, "grade": question.grade}
    chart = figure_charts.flows_chart(answer, request.link, own, request.lang)
    matrix = figure_pages.flow_matrix(answer, request.link, own, request.lang)
    options = {**own, "level": question.level}
    return FigureModel(table, links, chart, answer.marking, options, matrix)


def shares(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of shares."""
    changed_since = request.form.moment("changed_since")
    if request.form.errors:
        return None
    answer = queries.findings.shares(
        request.reader, queries.figures, request.as_of, request.use, changed_since
    )
    base = {"by": "country,authority"}
    links = figure_pages.shares_links(answer, RecordLinks(request.link, base))
    table = shares_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.shares_chart(answer, links, request.lang)
    return FigureModel(table, links, chart, answer.marking, {})
