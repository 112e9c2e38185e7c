"""`quipu statistics publish`: counts that may be published, with small numbers hidden."""

from __future__ import annotations

from pathlib import Path

import click

from consumers.cli.figure_options import NOTHING_COUNTED
from consumers.cli.figure_render import print_table
from consumers.cli.reader_options import QueryContext, gathered, with_query_options
from consumers.exports.formats import export_file
from consumers.presentation.as_of import parse_since
from consumers.presentation.published_table import published_table
from consumers.query.figures.published import (
    AUDIENCES,
    AXES,
    Audience,
    Axis,
    PublishedQuestion,
)
from consumers.query.figures.suppression import DEFAULT_THRESHOLD
from consumers.serving.cli_session import open_queries
from infra.clock import now_ms
from infra.coded_options import WordChoice
from infra.command_line import group, option
from infra.errors import QuipuError
from infra.list_file import write_file
from infra.terminal import make_console
from schemas.i18n import _

LEAST_THRESHOLD, MOST_THRESHOLD = 3, 1_000


@group("statistics", help=_("Statistics that may leave the exchange."))
def statistics_group() -> None:
    """Group the commands that make figures for others than readers."""


def _question(
    rows: Axis,
    columns: Axis,
    audience: Audience,
    threshold: int,
    since: str | None,
    until: str | None,
) -> PublishedQuestion:
    if rows == columns:
        raise QuipuError(
            _("The table needs two different axes."),
            _("Give --rows and --columns two of: {names}.", names=", ".join(AXES)),
            "AXES",
        )
    first = parse_since(since) if since else None
    end = parse_since(until) if until else None
    return PublishedQuestion(rows, columns, audience, threshold, first, end)


@statistics_group.command(
    "publish", help=_("Count records for publication, with small counts hidden.")
)
@gathered(
    "question",
    _question,
    option(
        "--rows",
        type=WordChoice("axis", AXES),
        default="type",
        show_default=True,
        help=_("What the rows are: type, country or month."),
    ),
    option(
        "--columns",
        type=WordChoice("axis", AXES),
        default="country",
        show_default=True,
        help=_("What the columns are: type, country or month."),
    ),
    option(
        "--audience",
        type=WordChoice("audience", AUDIENCES),
        default="public",
        show_default=True,
        help=_("For whom: public (CLEAR) or community (CLEAR and GREEN)."),
    ),
    option(
        "--threshold",
        type=click.IntRange(LEAST_THRESHOLD, MOST_THRESHOLD),
        default=DEFAULT_THRESHOLD,
        show_default=True,
        help=_("Hide counts below this number."),
    ),
    option("--since", metavar="DATE", help=_("From this date.")),
    option("--until", metavar="DATE", help=_("Before this date.")),
)
@option(
    "--csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write a CSV file, and a note (.txt) next to it."),
)
@with_query_options
def publish_command(context: QueryContext, question: PublishedQuestion, csv: Path | None) -> None:
    """Print the table, or write it with the note that must go with it."""
    with open_queries(context.settings) as queries:
        figures = queries.figures.published(context.reader, question, context.as_of)
    moment = now_ms() if context.as_of is None else context.as_of
    table = published_table(figures, moment, context.lang)
    if csv is None and not context.as_json:
        if not table.rows:
            context.renderer.message(NOTHING_COUNTED)
        print_table(make_console(highlight=False), table, context.lang)
        return
    if csv is None:
        click.echo(b"".join(export_file(table, "json").parts).decode())
        return
    write_file(csv, export_file(table, "csv").parts)
    write_file(csv.with_suffix(".txt"), ["\n".join([table.title, *table.notes, ""]).encode()])
    message = _("{file} is written, with its note.", file=csv)
    click.echo(message.in_language(context.lang), err=True)


commands: list[click.Command] = [statistics_group]
