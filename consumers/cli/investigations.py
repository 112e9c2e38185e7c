"""`quipu investigation`: joint investigations, and who holds which exhibit."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.investigation_render import print_investigation, print_investigations
from consumers.cli.list_files import reader_of_files, write_items
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.cli.requests import ask_course, moment_of
from consumers.presentation.custody_words import investigations_table
from consumers.query.investigations.investigation_views import (
    InvestigationList,
    InvestigationView,
)
from consumers.query.lifecycles.course_queries import STATES
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import argument, group, option
from infra.terminal import make_console
from schemas.i18n import _


@group("investigation", help=_("Joint investigations: steps, and custody of exhibits."))
def investigation_group() -> None:
    """Group the commands of joint investigations."""


@investigation_group.command("list", help=_("List joint investigations with their exhibits."))
@option(
    "--state",
    type=WordChoice("state", STATES),
    default="open",
    show_default=True,
    help=_("Only those in this state."),
)
@with_output
@with_query_options
def list_command(context: QueryContext, state: str, output: FigureOutput) -> None:
    """List the investigations that this reader may see, or write them into files."""
    reader = reader_of_files(context, output)
    with open_queries(context.settings) as queries:
        answer = queries.investigations.investigations(reader, state, context.as_of)
    if output.files:
        write_items(context, output, answer.investigations, investigations_table)
    elif context.as_json:
        print_json(InvestigationList, answer)
    else:
        print_investigations(make_console(highlight=False), answer, context.lang)


@investigation_group.command(
    "show", help=_("Show an investigation: steps, and the chain of custody of each exhibit.")
)
@argument("id_", metavar="ID")
@with_query_options
def show_command(context: QueryContext, id_: str) -> None:
    """Show one investigation that this reader may see."""
    view = ask_investigation(context, id_)
    if context.as_json:
        print_json(InvestigationView, view)
    else:
        print_investigation(make_console(highlight=False), view, moment_of(context), context.lang)


def ask_investigation(context: QueryContext, id_: str) -> InvestigationView:
    """Return the investigation that this reader may see. Raises as `ask_course` says."""
    return ask_course(context, id_, lambda queries: queries.investigations.investigation)


commands: list[click.Command] = [investigation_group]
