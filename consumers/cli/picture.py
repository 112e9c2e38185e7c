"""`quipu picture`: the level of risk of each theme of the plan at each place, also as a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from consumers.cli.figure_options import FigureOutput, show_answer, theme_option, with_output
from consumers.cli.reader_options import QueryContext, gathered, with_query_options
from consumers.presentation.as_of import parse_as_of, parse_since
from consumers.presentation.figure_tables import dated
from consumers.presentation.picture_pdf import picture_pdf
from consumers.presentation.picture_tables import (
    cells_table,
    driver_lines,
    levels_table,
    places_table,
)
from consumers.presentation.picture_words import no_levels
from consumers.query.picture.picture import PictureQuestion
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText
from infra.command_line import command, option
from infra.errors import QuipuError
from infra.list_file import write_file
from infra.terminal import make_console
from schemas.hidden_characters import make_visible
from schemas.i18n import _


def _question(
    theme: str, country: str, place: str, until: str | None, changed_since: str | None
) -> PictureQuestion:
    end = parse_since(until) if until else None
    return PictureQuestion(theme, country, place, end, parse_as_of(changed_since))


@command("picture", help=_("Show the level of risk by place and theme of the plan."))
@gathered(
    "question",
    _question,
    theme_option,
    option(
        "--country",
        type=CodedText("country"),
        default="",
        help=_("Only places of this country."),
    ),
    option(
        "--place",
        type=CodedText("place"),
        default="",
        help=_("Only this place, such as CO-NAR or rumichaca."),
    ),
    option("--until", metavar="DATE", help=_("The twelve months before this date.")),
    option(
        "--changed-since", metavar="DATE", help=_("Next to it, the picture as it was known then.")
    ),
)
@with_output
@option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write two pages to print (PDF)."),
)
@with_query_options
def picture_command(
    context: QueryContext, question: PictureQuestion, output: FigureOutput, pdf: Path | None
) -> None:
    """Show levels, by place and theme; of one theme or place, with what stands behind them."""
    if pdf is not None and question.changed_since is not None:
        raise QuipuError(
            _("The printed picture has one moment."),
            _("Leave --changed-since out, or write a table with --out."),
            "FILE",
        )
    target = output if pdf is None else replace(output, is_for_print=True)
    with open_queries(context.settings) as queries:
        picture = queries.picture.picture(context.reader, question, context.as_of, target.use)
    if pdf is not None:
        printed = dated(picture, datetime.now(UTC))
        write_file(pdf, [picture_pdf(printed, context.lang, target.notes)])
        message = _("{file} is written, two pages.", file=pdf)
        click.echo(message.in_language(context.lang), err=True)
        if not output.files:
            return
    if output.files:
        show_answer(context, output, picture, cells_table)
        return
    is_narrow = bool(question.theme or question.place) and picture.has_levels
    lay_out = levels_table if is_narrow else places_table
    show_answer(context, output, picture, lay_out, no_levels(picture))
    if question.place and not context.as_json:
        console = make_console(highlight=False)
        for line in driver_lines(picture, context.lang):
            console.print(make_visible(line), markup=False)


commands: list[click.Command] = [picture_command]
