"""`quipu trace`: what countries answer to traces of weapons, computed and signed."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import limit_of, reader_of_files, write_items
from consumers.cli.reader_options import (
    QueryContext,
    limit_option,
    print_json,
    with_query_options,
)
from consumers.cli.requests import ask_course, moment_of, with_filter
from consumers.cli.trace_render import print_trace, print_trace_figures, print_traces
from consumers.presentation.trace_words import trace_figures_table, trace_table
from consumers.query.lifecycles.course_queries import CourseFilter
from consumers.query.traces.trace_figures import DIMENSIONS, TraceFigures
from consumers.query.traces.trace_views import TraceList, TraceView
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import argument, group, option
from infra.terminal import make_console
from schemas.i18n import _


@group("trace", help=_("Traces of weapons: who made, imported, sold and last held them."))
def trace_group() -> None:
    """Group the commands of traces."""


@trace_group.command("list", help=_("List traces by country asked, what is due first at the top."))
@with_filter
@limit_option
@with_output
@with_query_options
def list_command(
    context: QueryContext, filter_: CourseFilter, limit: int, output: FigureOutput
) -> None:
    """List the traces that this reader may see, or write them into files."""
    reader, most = reader_of_files(context, output), limit_of(output, limit)
    with open_queries(context.settings) as queries:
        answer = queries.traces.traces(reader, filter_, context.as_of, most)
    if output.files:
        write_items(context, output, answer.lines, trace_table)
    elif context.as_json:
        print_json(TraceList, answer)
    else:
        print_traces(make_console(highlight=False), answer, moment_of(context), context.lang)


@trace_group.command("show", help=_("Show a trace: the chain, by country, signed and automatic."))
@argument("id_", metavar="ID")
@with_query_options
def show_command(context: QueryContext, id_: str) -> None:
    """Show one trace with the answer of each country."""
    view = ask_trace(context, id_)
    if context.as_json:
        print_json(TraceView, view)
    else:
        print_trace(make_console(highlight=False), view, moment_of(context), context.lang)


@trace_group.command("figures", help=_("Count the results of traces, in the words of iARMS."))
@option(
    "--by",
    type=WordChoice("by", DIMENSIONS),
    default="country",
    show_default=True,
    help=_("What a line is: the country asked, the asker, or a mark of the weapon."),
)
@with_output
@with_query_options
def figures_command(context: QueryContext, by: str, output: FigureOutput) -> None:
    """Show the results of the traces that this reader may see, or write files of it."""
    reader = reader_of_files(context, output)
    with open_queries(context.settings) as queries:
        rows = queries.traces.figures(reader, by, context.as_of)
    if output.files:
        write_items(context, output, rows, trace_figures_table)
    elif context.as_json:
        print_json(list[TraceFigures], rows)
    else:
        print_trace_figures(make_console(highlight=False), rows, by, context.lang)


def ask_trace(context: QueryContext, id_: str) -> TraceView:
    """Return the trace that this reader may see. Raises as `ask_course` says."""
    return ask_course(context, id_, lambda queries: queries.traces.trace)


commands: list[click.Command] = [trace_group]
