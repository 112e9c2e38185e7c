"""`quipu operation`: whether plans of your authority meet others, and what operations gave."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import reader_of_files, write_items
from consumers.cli.operation_render import print_checks, print_operation
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.cli.requests import ask_course, moment_of
from consumers.presentation.operation_words import checks_table
from consumers.query.operations.operation_views import OperationView, PlanChecks
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, group
from infra.terminal import make_console
from schemas.i18n import _


@group("operation", help=_("Border operations: conflicts with others, and results."))
def operation_group() -> None:
    """Group the commands of operations."""


@operation_group.command(
    "list", help=_("List plans of your authority: whether they meet others, and whom to call.")
)
@with_output
@with_query_options
def list_command(context: QueryContext, output: FigureOutput) -> None:
    """List the plans of the reader's own authority, or write them into files."""
    reader = reader_of_files(context, output)
    with open_queries(context.settings) as queries:
        answer = queries.operations.checks(reader, context.as_of)
    if output.files:
        write_items(context, output, answer.plans, checks_table)
    elif context.as_json:
        print_json(PlanChecks, answer)
    else:
        print_checks(make_console(highlight=False), answer, context.lang)


@operation_group.command(
    "show", help=_("Show an operation: conflict, history, results, seizures and arrests.")
)
@argument("id_", metavar="ID")
@with_query_options
def show_command(context: QueryContext, id_: str) -> None:
    """Show one operation that this reader may see."""
    view = ask_course(context, id_, lambda queries: queries.operations.operation)
    if context.as_json:
        print_json(OperationView, view)
        return
    print_operation(make_console(highlight=False), view, moment_of(context), context.lang)


commands: list[click.Command] = [operation_group]
