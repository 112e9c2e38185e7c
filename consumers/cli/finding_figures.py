"""`quipu flows` and `shares`: figures of findings."""

from __future__ import annotations

from functools import partial

import click

from consumers.cli.figure_options import show_answer
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    grade_option,
    rule_option,
    with_query_options,
)
from consumers.presentation.finding_tables import flows_table, shares_table
from consumers.query.figures.flows import PLACE_LEVELS, FlowsQuestion
from consumers.serving.cli_session import open_queries
from infra.command_line import command, option
from schemas.i18n import _
from streams.correlation.wording import title_of_any


@command("flows", help=_("Count findings from place to place."))
@gathered(
    "question",
    FlowsQuestion,
    rule_option,
    grade_option,
    option(
        "--level",
        type=click.Choice(PLACE_LEVELS),
        default="country",
        show_default=True,
        help=_("Countries or departments."),
    ),
)
@with_query_options
def flows_command(context: QueryContext, question: FlowsQuestion) -> None:
    """Show from where to where things go, as findings show it."""
    with open_queries(context.settings) as queries:
        flows = queries.findings.flows(context.reader, question, context.as_of)
        rules = queries.rules.by_id.values()
    titles = {rule.id: title_of_any(rule)[context.lang] for rule in rules}
    show_answer(context, None, flows, partial(flows_table, titles=titles))


@command("shares", help=_("Say which share of each authority's records is in a finding."))
@with_query_options
def shares_command(context: QueryContext) -> None:
    """Show how many records of each authority take part in a finding."""
    with open_queries(context.settings) as queries:
        shares = queries.findings.shares(context.reader, queries.figures, context.as_of)
    show_answer(context, None, shares, shares_table)


commands: list[click.Command] = [flows_command, shares_command]
