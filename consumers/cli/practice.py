"""`quipu practice`: guides of specialised offices, and the forms of their reports."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.text import Text

from consumers.cli.person_render import print_indented
from consumers.presentation import practice_words
from infra.command_line import argument, command, group, json_option, option
from infra.list_file import csv_option, write_csv
from infra.list_table import ListColumn, print_list
from infra.settings import Settings
from infra.terminal import echo_json, make_console
from schemas import words
from schemas.i18n import _
from schemas.practice import PracticeGuide, guides

_GUIDES = TypeAdapter(list[PracticeGuide])
_GUIDE = TypeAdapter(PracticeGuide)


@group("practice", help=_("Guides of specialised offices, and the forms of their reports."))
def practice_group() -> None:
    """Group the commands of the practice library."""


@command("list", help=_("List the guides with their versions."))
@csv_option
@json_option
@click.pass_obj
def list_command(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """List the guides, or write the list into a file. Nobody need sign in for it."""
    if as_json:
        echo_json(_GUIDES.dump_python(list(guides().values()), mode="json"))
        return
    lang = settings.lang
    if csv_path:
        rows = [
            (guide.name, guide.title[lang], guide.current.version, guide.current.day.isoformat())
            for guide in guides().values()
        ]
        write_csv(csv_path, ("name", "title", "version", "day"), rows, lang)
        return
    headings = [heading.in_language(lang) for heading in practice_words.COLUMNS]
    columns: list[ListColumn[PracticeGuide]] = [
        ListColumn(headings[0], lambda guide: guide.name, is_whole=True),
        ListColumn(headings[1], lambda guide: guide.title[lang], is_main=True),
        ListColumn(headings[2], lambda guide: guide.current.version),
        ListColumn(headings[3], lambda guide: guide.current.day.isoformat()),
    ]
    console = make_console(highlight=False)
    print_list(console, columns, guides().values())
    hint = _("One in full: quipu practice show {name}", name=next(iter(guides())))
    console.print(hint.in_language(lang), markup=False, style="dim")


@command("show", help=_("Show a guide and the questions of its report form."))
@argument("name")
@json_option
@click.pass_obj
def show_command(settings: Settings, name: str, as_json: bool) -> None:
    """Print one guide. Raises UnknownNameError."""
    guide = practice_words.find_guide(name)
    if as_json:
        echo_json(_GUIDE.dump_python(guide, mode="json"))
        return
    print_guide(make_console(highlight=False), guide, settings.lang)


@command("form", help=_("Print the report form as JSON, to be filled in and published."))
@argument("name")
@option(
    "--to",
    "recipients",
    multiple=True,
    default=("ALL",),
    show_default=True,
    metavar="CO/FGN",
    help=_("Who is addressed: a country, an authority, a sharing group."),
)
@option("--exercise", help=_("Name of the exercise: it is not real."))
@click.pass_obj
def form_command(
    settings: Settings, name: str, recipients: tuple[str, ...], exercise: str | None
) -> None:
    """Print the form, and on stderr which answers it needs. Raises UnknownNameError."""
    guide = practice_words.find_guide(name)
    form = practice_words.blank_report(guide, recipients, exercise)
    click.echo(json.dumps(form, ensure_ascii=False, indent=1))
    for question in guide.lacking({}):
        field = words.field(question.field, settings.lang)
        message = _("To be filled in: {name} ({field})", name=field, field=question.field)
        click.echo(message.in_language(settings.lang), err=True)
    then = _("Then publish it: quipu request send FILE --node NODE")
    click.echo(then.in_language(settings.lang), err=True)


def print_guide(console: Console, guide: PracticeGuide, lang: str) -> None:
    """Print a guide: what to do, what the report asks, and where it comes from."""
    console.print(Text(guide.title[lang], style="bold"))
    console.print(Text(guide.office[lang], style="dim"))
    console.print(Text(practice_words.version_line(guide, lang), style="dim"))
    for section in guide.sections:
        _heading(console, section.title[lang])
        for line in section.lines:
            _print_point(console, line[lang])
    _heading(console, practice_words.form_title(guide, lang))
    for question in guide.questions:
        _print_point(console, question.text[lang])
        print_indented(console, practice_words.question_label(guide, question, lang), 4, "dim")
    console.print(Text(f"  quipu {practice_words.form_command(guide)}", style="dim"))
    _heading(console, _("Sources").in_language(lang))
    for source in guide.sources:
        _print_point(console, source[lang])


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold"))


def _print_point(console: Console, text: str) -> None:
    """Print a sentence of a list, its further lines below its first word."""
    first, *others = Text(text).wrap(console, max(1, console.width - 4))
    first.rstrip()
    console.print(Text("  · ").append_text(first), soft_wrap=True)
    for line in others:
        line.rstrip()
        console.print(Text("    ").append_text(line), soft_wrap=True)


for _command in (list_command, show_command, form_command):
    practice_group.add_command(_command)
commands: list[click.Command] = [practice_group]
