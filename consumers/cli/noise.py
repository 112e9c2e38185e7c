"""`quipu noise`: what is left out and why, and what a list of known values would remove."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.list_files import read_list
from consumers.cli.person_render import print_indented
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.presentation import noise_words
from consumers.query.noise.noise_views import Noise, WithoutValues
from consumers.query.noise.warning_list import read_warning_list
from consumers.serving.cli_session import open_queries
from infra.command_line import command, option
from infra.terminal import make_console
from schemas.i18n import _


@command("noise", help=_("Show what is left out as noise, and why."))
@option(
    "--without",
    "file",
    metavar="FILE.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Count the findings that would go without the values of this list."),
)
@with_query_options
def noise_command(context: QueryContext, file: Path | None) -> None:
    """List what is left out and what joins most; with a list, what it would remove."""
    values = None if file is None else read_warning_list(read_list(file))
    console = make_console(highlight=False)
    with open_queries(context.settings) as queries:
        if values is None:
            noise = queries.noise.noise(context.reader, context.as_of)
        else:
            answer = queries.noise.without(values, context.reader, context.as_of)
    if values is not None:
        if context.as_json:
            print_json(WithoutValues, answer)
        else:
            print_without(console, answer, context.lang)
    elif context.as_json:
        print_json(Noise, noise)
    else:
        print_noise(console, noise, context.lang)


def print_noise(console: Console, noise: Noise, lang: str) -> None:
    """Print what is left out by reason, then the values that join most records."""
    for reason, items in groupby(noise.left_out, key=lambda item: item.reason):
        console.print(Text(noise_words.HEADINGS[reason].in_language(lang), style="bold"))
        for item in items:
            print_indented(console, noise_words.group_line(item, lang), 2)
            print_indented(console, item.sentence[lang], 4, "dim")
    if not noise.left_out:
        console.print(noise_words.NOTHING.in_language(lang), markup=False)
    if noise.most_linking:
        console.print(Text(noise_words.LINKING.in_language(lang), style="bold"))
    for value in noise.most_linking:
        print_indented(console, noise_words.linking_line(value, lang), 2)
    _note_incomplete(console, noise.is_complete, lang)


def print_without(console: Console, answer: WithoutValues, lang: str) -> None:
    """Print how many findings of each rule would go, and the lines that name nothing."""
    console.print(noise_words.summary_line(answer).in_language(lang), markup=False)
    for item in answer.removed:
        console.print(noise_words.removed_line(item, lang), markup=False)
    for line in answer.refused:
        text = _("Line {line}: {problem}", line=line.line, problem=line.problem[lang])
        console.print(text.in_language(lang), markup=False, style="yellow")
    _note_incomplete(console, answer.is_complete, lang)


def _note_incomplete(console: Console, is_complete: bool, lang: str) -> None:
    if not is_complete:
        text = noise_words.INCOMPLETE.in_language(lang)
        console.print(text, markup=False, style="yellow")


commands: list[click.Command] = [noise_command]
