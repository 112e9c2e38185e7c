"""`quipu totals`, `trends`, `ranking`, `delays`, `quality`, `money-flows`: figures of records."""

from __future__ import annotations

from typing import get_args

import click

from consumers.cli.figure_options import (
    FigureOutput,
    by_option,
    changed_since_option,
    clock_option,
    period_option,
    ranked_by_option,
    show_answer,
    to_grouping,
    to_ranked_grouping,
    with_fact_filter,
    with_output,
)
from consumers.cli.reader_options import QueryContext, gathered, with_query_options
from consumers.presentation.as_of import parse_as_of
from consumers.presentation.figure_tables import (
    delays_table,
    quality_table,
    ranking_table,
    totals_table,
    trends_table,
)
from consumers.presentation.finding_tables import money_flows_table
from consumers.query.figures.delays import DELAYS, Delay, DelaysQuestion
from consumers.query.figures.money_flows import MoneyFlowsQuestion
from consumers.query.figures.question import MEASURES, Clock, FactFilter, Grouping, Measure
from consumers.query.figures.ranking import Against, RankingQuestion
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.figures.trends import TrendsQuestion
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import command, option
from infra.errors import QuipuError
from schemas.i18n import _

with_grouping_by_month = gathered(
    "grouping", to_grouping, by_option, period_option("month"), clock_option
)
measure_option = option(
    "--measure",
    type=WordChoice("measure", MEASURES),
    default="records",
    show_default=True,
    help=_("What is added: records, kilograms, litres, pieces, money, dollars …"),
)


@command("totals", help=_("Add up what was recorded, by what, where and when."))
@measure_option
@with_grouping_by_month
@with_fact_filter
@changed_since_option
@with_output
@with_query_options
def totals_command(
    context: QueryContext,
    measure: Measure,
    grouping: Grouping,
    filter_: FactFilter,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Add up what this reader may see."""
    question = TotalsQuestion(measure, grouping, filter_, parse_as_of(changed_since))
    with open_queries(context.settings) as queries:
        totals = queries.figures.totals(context.reader, question, context.as_of, output.use)
    show_answer(context, output, totals, totals_table)


@command("trends", help=_("Follow figures through the periods, with what was to be expected."))
@measure_option
@with_grouping_by_month
@with_fact_filter
@changed_since_option
@with_output
@with_query_options
def trends_command(
    context: QueryContext,
    measure: Measure,
    grouping: Grouping,
    filter_: FactFilter,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Set each period next to the same one of a year before, and next to the range expected."""
    if grouping.period == "none":
        raise _period_missing()
    question = TrendsQuestion(measure, grouping, filter_, parse_as_of(changed_since))
    with open_queries(context.settings) as queries:
        trends = queries.figures.trends(context.reader, question, context.as_of, output.use)
    show_answer(context, output, trends, trends_table)


@command("ranking", help=_("Order what was recorded by how much there was."))
@measure_option
@gathered("grouping", to_ranked_grouping, ranked_by_option, clock_option)
@with_fact_filter
@option(
    "--against",
    type=WordChoice("against", get_args(Against)),
    default="before",
    show_default=True,
    help=_("Compare with the span before, or of a year before."),
)
@option("--limit", type=click.IntRange(1, 1_000), default=10, help=_("How many at most."))
@changed_since_option
@with_output
@with_query_options
def ranking_command(
    context: QueryContext,
    measure: Measure,
    grouping: Grouping,
    filter_: FactFilter,
    against: Against,
    limit: int,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Order groups by their figure; with dates, say how each one's place changed."""
    former = parse_as_of(changed_since)
    question = RankingQuestion(measure, grouping, filter_, against, limit, former)
    with open_queries(context.settings) as queries:
        ranking = queries.figures.ranking(context.reader, question, context.as_of, output.use)
    show_answer(context, output, ranking, ranking_table)


@command("delays", help=_("Say how long it takes until something is reported or recorded."))
@option(
    "--delay",
    type=click.Choice(DELAYS),
    default="occurred_to_reported",
    show_default=True,
    help=_("From what to what."),
)
@gathered("grouping", to_grouping, by_option, period_option("none"), clock_option)
@with_fact_filter
@changed_since_option
@with_output
@with_query_options
def delays_command(
    context: QueryContext,
    delay: Delay,
    grouping: Grouping,
    filter_: FactFilter,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Show how the delays are spread, in days."""
    question = DelaysQuestion(delay, grouping, filter_, parse_as_of(changed_since))
    with open_queries(context.settings) as queries:
        delays = queries.figures.delays(context.reader, question, context.as_of, output.use)
    show_answer(context, output, delays, delays_table)


@command("quality", help=_("Say how late and how complete the records of each authority are."))
@clock_option
@with_fact_filter
@changed_since_option
@with_output
@with_query_options
def quality_command(
    context: QueryContext,
    clock: Clock,
    filter_: FactFilter,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Show what the records of each authority lack, and how many of its items were refused."""
    former = parse_as_of(changed_since)
    with open_queries(context.settings) as queries:
        quality = queries.figures.quality(
            context.reader, filter_, context.as_of, output.use, former, clock
        )
    show_answer(context, output, quality, quality_table)


@command("money-flows", help=_("Add up the money that went from country to country."))
@clock_option
@with_fact_filter
@changed_since_option
@with_output
@with_query_options
def money_flows_command(
    context: QueryContext,
    clock: Clock,
    filter_: FactFilter,
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Show which money went from where to where, in dollars at the rate of the day."""
    question = MoneyFlowsQuestion(filter_, clock, parse_as_of(changed_since))
    with open_queries(context.settings) as queries:
        flows = queries.figures.money_flows(context.reader, question, context.as_of, output.use)
    show_answer(context, output, flows, money_flows_table)


def _period_missing() -> QuipuError:
    return QuipuError(
        _("A trend needs periods."), _("Write --period week, month, quarter or year."), "PERIOD"
    )


commands: list[click.Command] = [
    totals_command,
    trends_command,
    ranking_command,
    delays_command,
    quality_command,
    money_flows_command,
]
