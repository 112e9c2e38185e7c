"""`quipu hit-lookup`: is a person or an object known, and whom to ask."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import read_list, reader_of_files, write_list
from consumers.cli.person_render import print_indented
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    point_to_next,
    print_json,
    with_place_options,
    with_query_options,
)
from consumers.presentation import hit_lookup_words as hit_words
from consumers.presentation.plain_tables import asked_table
from consumers.query.hit_lookup.answers import HitAnswer, HitLookupAnswer
from consumers.query.hit_lookup.asked import AskedHit, Side
from consumers.query.hit_lookup.follow_up import FollowUp, draft_follow_up
from consumers.query.hit_lookup.lines import LINE_KINDS, HitLine, line_of
from consumers.query.paging import Page, PageRange
from consumers.query.persons.lookup_file import read_lookup_file
from consumers.query.query_layer import QueryLayer
from consumers.serving.cli_session import open_lookups, open_queries
from consumers.serving.hit_lookups import MOST_LINES, HitRequest
from infra.coded_options import CodedText, WordChoice
from infra.command_line import argument, group, option
from infra.errors import QuipuError
from infra.terminal import make_console
from schemas.i18n import _

CHANNEL = "cli"
COLUMNS = {
    "kind": ("kind", "clase"),
    "number": ("number", "numero", "documento", "document", "placa", "plate", "serie", "serial"),
    "country": ("country", "pais"),
    "type": ("type", "tipo"),
    "make": ("make", "marca"),
    "calibre": ("calibre", "caliber"),
    "institution": ("institution", "institucion"),
    "name": ("name", "nombre", "nombres", "persona"),
    "born": ("born", "nacido", "nacimiento", "fecha de nacimiento"),
    "sex": ("sex", "sexo"),
}
"""By what a line says, how its column may be headed."""
basis_option = option(
    "--basis",
    required=True,
    type=CodedText("legal_basis"),
    help=_("Legal basis: the code of an agreement, such as CAN-589."),
)


@group("hit-lookup", help=_("Ask whether a person or object is known, and whom to ask."))
def hit_lookup_group() -> None:
    """Hold the commands of hit look-ups."""


def _line(
    kind: str,
    number: str,
    country: str,
    type_: str,
    make: str,
    calibre: str,
    institution: str,
    name: str,
    born: str,
    sex: str,
) -> HitLine:
    return HitLine(
        kind or ("person" if name else "document"),
        number,
        country,
        type_,
        make,
        calibre,
        institution,
        name,
        born,
        sex,
    )


@hit_lookup_group.command("ask", help=_("Ask for one person or object: hit or no hit."))
@gathered(
    "line",
    _line,
    option(
        "--kind",
        default="",
        type=WordChoice("thing_kind", ["", *LINE_KINDS]),
        help=_("What it is; left out: a document, or a person with --name."),
    ),
    option("--number", default="", help=_("Number of the object; a weapon's serial.")),
    option("--country", default="", help=_("Country that issued it.")),
    option("--type", "type_", default="", help=_("Type of the document or weapon.")),
    option("--make", default="", help=_("Make, under any of its names.")),
    option("--calibre", default="", help=_("Calibre of an ammunition lot.")),
    option("--institution", default="", help=_("Institution of the account.")),
    option("--name", default="", help=_("Name of a person.")),
    option("--born", default="", help=_("Year, month or day of birth: 1984, 14/03/1984.")),
    option("--sex", default="", help=_("F or M.")),
)
@basis_option
@with_query_options
def ask_command(context: QueryContext, line: HitLine, basis: str) -> None:
    """Print the answer; exit code 0 for a hit and for no hit alike."""
    answer = _ask(context, [line], basis)
    if context.as_json:
        print_json(HitLookupAnswer, answer)
        return
    _print_answer(make_console(highlight=False), answer.answers[0], context.lang)


@hit_lookup_group.command("file", help=_("Ask for each line of a CSV file; the answer is CSV."))
@argument("file", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@basis_option
@with_query_options
def file_command(context: QueryContext, file: Path, basis: str) -> None:
    """Print a row for each line: its number, the answer, whom to ask, the reference."""
    lines = read_lookup_file(read_list(file), columns=COLUMNS)
    answers: list[tuple[int, HitAnswer]] = []
    for start in range(0, len(lines), MOST_LINES):
        part = lines[start : start + MOST_LINES]
        answer = _ask(context, [line_of(line.values) for line in part], basis)
        answers += zip((line.number for line in part), answer.answers, strict=True)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("line", "answer", "certainty", "ask", "reference", "problem"))
    writer.writerows(_row(number, answer, context.lang) for number, answer in answers)


@hit_lookup_group.command("asked", help=_("Show who had a hit from your country's records."))
@option("--mine", is_flag=True, help=_("Show what you asked instead."))
@option("--reference", default="", help=_("Only this one."))
@with_place_options
@with_output
@with_query_options
def asked_command(
    context: QueryContext, mine: bool, reference: str, page: PageRange, output: FigureOutput
) -> None:
    """Print the look-ups of one side, newest first, or write them into files."""
    side: Side = "asker" if mine else "owner"
    reader = reader_of_files(context, output)
    if output.files:

        def ask(queries: QueryLayer, part: PageRange) -> Page[AskedHit]:
            return queries.hit_lookups.look_ups(reader, side, part, reference)

        write_list(context, output, ask, asked_table, page)
        return
    with open_queries(context.settings) as queries:
        hits = queries.hit_lookups.look_ups(reader, side, page, reference)
    if context.as_json:
        print_json(list[AskedHit], hits.items)
    else:
        console = make_console(highlight=False)
        for hit in hits.items:
            _print_asked(console, hit, context.lang)
        if not hits.items:
            nothing = hit_words.NOTHING_ASKED if mine else hit_words.NOBODY_ASKED
            console.print(nothing.in_language(context.lang), markup=False)
    point_to_next(hits, context.lang)


@hit_lookup_group.command(
    "follow-up", help=_("Draft the request that follows one of your hits, to publish it.")
)
@argument("reference", metavar="REFERENCE")
@option("--to", "owner", default="", metavar="COUNTRY/AUTHORITY", help=_("Whom to ask."))
@with_query_options
def follow_up_command(context: QueryContext, reference: str, owner: str) -> None:
    """Print the draft as JSON."""
    reader = context.reader
    with open_queries(context.settings) as queries:
        hits = queries.hit_lookups.look_ups(reader, "asker", PageRange(1), reference)
    print_json(FollowUp, draft_follow_up(next(iter(hits.items), None), owner))


def _ask(context: QueryContext, lines: Sequence[HitLine], basis: str) -> HitLookupAnswer:
    if context.as_of is not None:
        raise QuipuError(
            _("A hit look-up is about now, not about a past moment."),
            _("Leave --as-of out."),
            "AS_OF",
        )
    with open_lookups(context.settings) as lookups:
        return lookups.answer(HitRequest(lines, basis, CHANNEL), context.reader)


def _print_answer(console: Console, answer: HitAnswer, lang: str) -> None:
    console.print(Text(hit_words.headline(answer, lang), style="bold"))
    for text in hit_words.detail_lines(answer, lang):
        print_indented(console, text, 2)
    if answer.answer == "no_hit":
        print_indented(console, hit_words.NOTHING_RELEASED.in_language(lang), 2, "dim")


def _print_asked(console: Console, hit: AskedHit, lang: str) -> None:
    console.print(Text(hit.reference, style="bold"))
    print_indented(console, hit_words.asked_line(hit, lang), 2)
    for text in hit_words.outcome_lines(hit, lang):
        print_indented(console, text, 4, "dim")


def _row(number: int, answer: HitAnswer, lang: str) -> Iterator[str]:
    yield str(number)
    yield answer.answer
    yield answer.certainty or ""
    yield "; ".join(hit_words.contact_line(contact, lang) for contact in answer.ask)
    yield answer.reference
    yield answer.problem[lang] if answer.problem else ""
