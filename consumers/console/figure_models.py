"""Ask the query layer the questions with figures, and shape their answers for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, cast

from consumers.console import figure_charts, figure_pages
from consumers.console.chart_parts import Chart
from consumers.console.figure_forms import (
    FigureName,
    read_delays,
    read_filter,
    read_flows,
    read_ranking,
    read_totals,
    read_trends,
)
from consumers.console.figure_pages import PageTable, RowLinks
from consumers.console.parameters import FieldReader
from consumers.console.record_links import Link, RecordLinks, question_parameters
from consumers.exports.table import ExportTable
from consumers.presentation.figure_tables import (
    LEFT_OUT,
    LEFT_OUT_FOR_COURT,
    Answer,
    dated,
    delays_table,
    quality_table,
    ranking_table,
    totals_table,
    trends_table,
)
from consumers.presentation.finding_tables import flows_table, shares_table
from consumers.query.figures.marking import (
    FigureMarking,
    file_for_court,
    file_for_others,
    reading,
)
from consumers.query.figures.question import CLOCKS, Clock, Grouping
from consumers.query.figures.trends import Trends
from consumers.query.query_layer import QueryLayer
from schemas.i18n import UserMessage, _
from schemas.model import Reader, Use
from streams.correlation.wording import title_of_any


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What a page asks, for whom, as of when (ms since 1970 UTC, None is now).

    `is_file`: the answer leaves Quipu; `for_court`: for use as evidence.
    """

    form: FieldReader
    reader: Reader
    as_of: int | None
    lang: str
    link: Link
    is_file: bool = False
    for_court: bool = False

    @property
    def use(self) -> Use:
        """Which records may be counted."""
        if not self.is_file:
            return reading
        return file_for_court if self.for_court else file_for_others

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it does not count."""
        if not self.is_file:
            return []
        return [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if self.for_court else [])]

    def moment_of(self, answer: Answer) -> Answer:
        """Return an answer as its form demands: a file names its moment."""
        return dated(answer, datetime.now(UTC)) if self.is_file else answer


MOST_PERIODS = 36
"""Periods of a trend that a page shows where nobody chose dates."""
OLDER_PERIODS = _("{count} older periods are left out. Choose dates to see them.")


class FigureModel(NamedTuple):
    """An answer: its table, where each figure leads, its chart, and its parameters.

    `matrix`: the same figures by two places, where they are of that kind.
    """

    table: ExportTable
    links: Sequence[RowLinks]
    chart: Chart | None
    marking: FigureMarking
    parameters: Mapping[str, str]
    matrix: PageTable | None = None


Model = Callable[[QueryLayer, FigureRequest], FigureModel | None]
"""Answers a request; None where a field of its form is wrong."""


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
    if request.form.errors:
        return None
    answer = queries.figures.quality(
        request.reader, filter_, request.as_of, request.use, clock=clock
    )
    grouping = Grouping(("country", "authority"), clock=clock)
    base = question_parameters(filter_, grouping)
    links = figure_pages.quality_links(answer, RecordLinks(request.link, base))
    table = quality_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.quality_chart(answer, links, request.lang)
    return FigureModel(
        table, links, chart, answer.marking, question_parameters(filter_, Grouping(clock=clock))
    )


def flows(queries: QueryLayer, request: FigureRequest) -> FigureModel | None:
    """Answer the page of flows."""
    question = read_flows(request.form, queries.rules.by_id)
    if request.form.errors:
        return None
    answer = queries.findings.flows(request.reader, question, request.as_of)
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
    answer = queries.findings.shares(request.reader, queries.figures, request.as_of)
    base = {"by": "country,authority"}
    links = figure_pages.shares_links(answer, RecordLinks(request.link, base))
    table = shares_table(request.moment_of(answer), request.lang, request.notes)
    chart = figure_charts.shares_chart(answer, links, request.lang)
    return FigureModel(table, links, chart, answer.marking, {})


MODELS: Mapping[FigureName, Model] = {
    "totals": totals,
    "trends": trends,
    "ranking": ranking,
    "flows": flows,
    "delays": delays,
    "quality": quality,
    "shares": shares,
}
WITH_FILES: frozenset[FigureName] = frozenset({"totals", "trends", "ranking", "delays", "quality"})
"""Questions whose answers may leave Quipu as files."""


def newest_periods(answer: Trends) -> tuple[Trends, int]:
    """Return the newest periods of trends, as many as can be read, and how many are left out."""
    begins = sorted({point.begins for point in answer.points})
    shown = set(begins[-MOST_PERIODS:])
    points = [point for point in answer.points if point.begins in shown]
    return replace(answer, points=points), len(begins) - len(shown)


def rule_titles(queries: QueryLayer, lang: str) -> dict[str, str]:
    """Return the titles of the rules in effect, by id."""
    return {rule.id: title_of_any(rule)[lang] for rule in queries.rules.by_id.values()}


def command_options(parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the options of the command that asks the same: there the last day does not count."""
    options = []
    for name, value in parameters.items():
        if value:
            last_day = name == "until"
            text = str(date.fromisoformat(value) + timedelta(days=1)) if last_day else value
            options.append((f"--{name.replace('_', '-')}", text))
    return options
