"""`quipu bursts`: where more happens than the past and the calendar explain."""

from __future__ import annotations

from typing import Literal

import click

from consumers.cli.figure_options import (
    FigureOutput,
    changed_since_option,
    show_answer,
    with_fact_filter,
    with_output,
)
from consumers.cli.reader_options import QueryContext, grade_option, with_query_options
from consumers.presentation.as_of import parse_as_of
from consumers.presentation.burst_table import bursts_table
from consumers.presentation.severity_words import severity_line
from consumers.query.bursts.burst import BurstsQuestion
from consumers.query.figures.question import FactFilter
from consumers.serving.cli_session import open_queries
from infra.command_line import command
from schemas.i18n import _

NOTHING_UNUSUAL = _(
    "No burst among the records that you may see. For earlier weeks, write --since."
)


@command("bursts", help=_("Find where more is recorded than its past and calendar explain."))
@with_fact_filter
@grade_option
@changed_since_option
@with_output
@with_query_options
def bursts_command(
    context: QueryContext,
    filter_: FactFilter,
    grade: Literal["", "certain", "possible"],
    changed_since: str | None,
    output: FigureOutput,
) -> None:
    """Show each burst, and explain it."""
    question = BurstsQuestion(filter_, grade, parse_as_of(changed_since))
    with open_queries(context.settings) as queries:
        bursts = queries.bursts.bursts(context.reader, question, context.as_of, output.use)
    show_answer(context, output, bursts, bursts_table, NOTHING_UNUSUAL)
    if not context.as_json and not output.files:
        for burst in bursts.bursts:
            line = severity_line(burst.assessment, context.lang)
            click.echo(f"\n{burst.id or ''}\n{burst.sentence[context.lang]}\n{line}")


commands: list[click.Command] = [bursts_command]
