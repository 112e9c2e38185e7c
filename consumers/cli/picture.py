"""`quipu picture`: the level of risk of each theme of the plan at each place, also as a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from consumers.cli.figure_options import (
    FigureOutput,
    show_answer,
    theme_option,
    with_output,
    write_file,
)
from consumers.cli.reader_options import QueryContext, gathered, with_query_options
from consumers.presentation.figure_tables import dated
from consumers.presentation.picture_pdf import picture_pdf
from consumers.presentation.picture_tables import (
    cells_table,
    driver_lines,
    levels_table,
    places_table,
)
from consumers.query.picture.picture import PictureQuestion
from consumers.serving.cli_session import open_queries
from infra.command_line import command, option
from schemas.hidden_characters import make_visible
from schemas.i18n import _


@command("picture", help=_("Show the level of risk by place and theme of the plan."))
@gathered(
    "question",
    PictureQuestion,
    theme_option,
    option("--country", default="", help=_("Only places of this country.")),
    option("--place", default="", help=_("Only this place, such as CO-NAR or rumichaca.")),
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
    is_narrow = bool(question.theme or question.place)
    show_answer(context, output, picture, levels_table if is_narrow else places_table)
    if question.place and not context.as_json:
        for line in driver_lines(picture, context.lang):
            click.echo(make_visible(line))


commands: list[click.Command] = [picture_command]
