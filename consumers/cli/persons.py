"""`quipu person`: who a person may be, by what is known of them, or by the id of a mention."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.finding_files import PassedOn, with_network_file
from consumers.cli.list_files import page_or_files
from consumers.cli.person_render import print_answer, print_findings, print_person
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    not_found,
    point_to_next,
    print_json,
    with_place_options,
    with_query_options,
)
from consumers.presentation.finding_lists import person_findings_table
from consumers.query.paging import PageRange
from consumers.query.persons.decision import REASONS, WORDS, read_verdict
from consumers.query.persons.person_findings import PersonFinding
from consumers.query.persons.person_question import PersonQuestion
from consumers.query.persons.person_views import Person, PersonAnswer
from consumers.serving.cli_session import decide_pair, open_queries
from infra.coded_options import CodedText
from infra.command_line import argument, command, option
from infra.errors import QuipuError
from infra.terminal import make_console
from schemas.i18n import _
from streams.identities.mention import parse_mention


def _parts(born: str, document: str, phone: str, country: str, sex: str) -> PersonQuestion:
    return PersonQuestion(
        born=born, document=document, phone=phone, country=country.upper(), sex=sex
    )


@command("person", help=_("Say who a person may be, by name, birth, document or telephone."))
@argument("name", required=False)
@gathered(
    "parts",
    _parts,
    option("--born", default="", help=_("Year, month or day of birth: 1984, 14/03/1984.")),
    option("--document", default="", help=_("Number of a document.")),
    option("--phone", default="", help=_("Number of a telephone.")),
    option("--country", default="", help=_("Country of the document or telephone.")),
    option("--sex", default="", help=_("F or M.")),
)
@with_network_file
@with_query_options
def person_command(
    context: QueryContext, name: str | None, parts: PersonQuestion, passed_on: PassedOn
) -> None:
    """Search for a person; with the id of a mention, show who is who around it."""
    mention = name if name and parse_mention(name) and parts == PersonQuestion() else None
    if passed_on.files:
        if mention is None:
            raise _no_mention()
        passed_on.write_person(context, mention)
        return
    if mention is not None:
        _show_person(context, mention)
        return
    question = PersonQuestion(**{**parts.fields, "name": name or ""})
    if question == PersonQuestion():
        raise _nothing_said()
    with open_queries(context.settings) as queries:
        answer = queries.persons.search(question, context.reader, context.as_of)
    if context.as_json:
        print_json(PersonAnswer, answer)
        return
    print_answer(make_console(highlight=False), answer, context.lang)


def _show_person(context: QueryContext, id_: str) -> None:
    with open_queries(context.settings) as queries:
        person = queries.persons.person(id_, context.reader, context.as_of)
    if person is None:
        raise not_found(id_)
    if context.as_json:
        print_json(Person, person)
        return
    print_person(make_console(highlight=False), person, context.lang)


@command("person-findings", help=_("Show what records of one person show together."))
@with_place_options
@with_output
@with_query_options
def findings_command(context: QueryContext, page: PageRange, output: FigureOutput) -> None:
    """List the findings on persons, the newest links first, or write them into files."""
    findings = page_or_files(
        context,
        output,
        page,
        lambda queries, reader, at, place: queries.persons.findings(reader, at, place),
        person_findings_table,
    )
    if findings is None:
        return
    if context.as_json:
        print_json(list[PersonFinding], findings.items)
    else:
        print_findings(make_console(highlight=False), findings.items, context.lang)
    point_to_next(findings, context.lang)


@command("person-verdict", help=_("Decide whether two persons of records are one."))
@argument("first", metavar="ID")
@argument("second", metavar="ID")
@argument("word", metavar="VERDICT", type=click.Choice([str(word) for word in WORDS]))
@option(
    "--reason",
    type=CodedText(REASONS),
    required=True,
    help=_("Why: a code of the list verdict_reason."),
)
@with_query_options
def verdict_command(context: QueryContext, first: str, second: str, word: str, reason: str) -> None:
    """Write an analyst's verdict on a pair to the log: confirm, reject, leave open, take back."""
    verdict = read_verdict(first, second, word, reason)
    if decide_pair(context.settings, context.reader, verdict) is None:
        raise not_found(f"{first} {second}")
    click.echo(_("Recorded. It takes effect in a moment.").in_language(context.lang))


def _nothing_said() -> QuipuError:
    return QuipuError(
        _("Say what you know of the person."),
        _('For example: quipu person "Quispe Mamani, Juan" --born 1984'),
        "PERSON",
    )


def _no_mention() -> QuipuError:
    return QuipuError(
        _("A file has the network around one person of a record."),
        _("Search first; then give the id that stands next to a person."),
        "FILE",
    )


commands: list[click.Command] = [person_command, findings_command, verdict_command]
