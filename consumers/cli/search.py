"""`quipu search`: anything that one can type, in one question."""

from __future__ import annotations

from dataclasses import replace

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, reader_of_files, write_list
from consumers.cli.person_render import print_indented
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    point_to_next,
    print_json,
    with_page_options,
    with_query_options,
)
from consumers.presentation.list_tables import events_table
from consumers.presentation.person_words import INCOMPLETE, mention_line, sureness
from consumers.presentation.search_lines import facet_label, facet_title
from consumers.presentation.wording import thing_title
from consumers.query.paging import Page, PageRange
from consumers.query.search.search_answer import SearchAnswer, SearchQuestion
from consumers.query.things import tell_findings_once
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText
from infra.command_line import argument, command, option
from infra.terminal import make_console
from schemas.i18n import UserMessage, _

MOST_VALUES = 5
"""Values of a facet that a terminal shows."""


def _question(words: tuple[str, ...], type_: str, country: str, month: str) -> SearchQuestion:
    return SearchQuestion(" ".join(words), type_, country.upper(), month)


@command("search", help=_("Find anything: a name, number, place, id or words."))
@gathered(
    "question",
    _question,
    argument("words", nargs=-1, required=True),
    option("--type", "type_", type=CodedText("event_type"), default="", help=_("Type of event.")),
    option("--country", type=CodedText("country"), default="", help=_("Country of the owner.")),
    option("--month", default="", help=_("Month in which it happened, such as 2018-10.")),
)
@with_page_options
@with_output
@with_query_options
def search_command(
    context: QueryContext, question: SearchQuestion, page: PageRange, output: FigureOutput
) -> None:
    """Show what the words find in groups, or write the records into files."""
    if output.files:
        reader, at = reader_of_files(context, output), moment_of_list(context)
        write_list(
            context,
            output,
            lambda queries, place: queries.search.record_page(
                replace(question, page=place), reader, at
            ),
            events_table,
            page,
        )
        return
    with open_queries(context.settings) as queries:
        part = queries.search.search(replace(question, page=page), context.reader, context.as_of)
    things = [tell_findings_once(thing) for thing in part.answer.things]
    answer = replace(part.answer, things=things)
    if context.as_json:
        print_json(SearchAnswer, answer)
    else:
        _Groups(context, make_console(highlight=False)).show(answer)
    point_to_next(Page([], part.next), context.lang)


class _Groups:
    """Prints the groups of an answer, one after the other."""

    def __init__(self, context: QueryContext, console: Console) -> None:
        self._context = context
        self._console = console
        self._lang = context.lang

    def show(self, answer: SearchAnswer) -> None:
        """Print how the text was read, what was found, and what was not searched."""
        for reading in answer.readings:
            self._console.print(Text(f"{reading.sentence[self._lang]}: {reading.count}", "dim"))
        if answer.id is not None:
            self._heading(_("Id"), 1)
            print_indented(self._console, f"quipu show {answer.id.id}")
        self._things(answer)
        self._persons(answer)
        if answer.findings.items:
            self._heading(_("Findings"), answer.findings.count)
            self._context.renderer.indicators(answer.findings.items)
        self._records(answer)
        for sentence in answer.not_searched:
            self._console.print(Text(sentence[self._lang], "dim"))

    def _things(self, answer: SearchAnswer) -> None:
        if answer.things:
            self._heading(_("Things"), answer.thing_count)
        for thing in answer.things:
            title = thing_title(thing.kind, thing.title, thing.id, self._lang)
            counts = _(
                "records: {records}, findings: {findings}",
                records=len(thing.members),
                findings=len(thing.indicators),
            )
            print_indented(self._console, f"{title} · {counts.in_language(self._lang)}")
            print_indented(self._console, f"quipu thing {thing.id}", 5, "dim")

    def _persons(self, answer: SearchAnswer) -> None:
        if answer.persons:
            self._heading(_("Persons"), answer.person_count)
        for person in answer.persons:
            best = person.mentions[0].mention
            print_indented(
                self._console, f"{best.name or '—'} · {sureness(person.probability, self._lang)}"
            )
            print_indented(self._console, mention_line(best, self._lang), 5)
            print_indented(self._console, f"quipu person {person.id}", 5, "dim")
        if not answer.persons_complete:
            self._console.print(INCOMPLETE.in_language(self._lang), markup=False)

    def _records(self, answer: SearchAnswer) -> None:
        if not answer.records:
            nothing = _("No record with all of these words that you may see.")
            self._console.print(nothing.in_language(self._lang), markup=False)
            return
        self._heading(_("Records"), answer.record_count or None)
        for name, values in answer.facets.items():
            shown = [
                f"{facet_label(name, item.value, self._lang)} {item.records}"
                for item in values[:MOST_VALUES]
            ]
            more = " …" if len(values) > MOST_VALUES else ""
            title = facet_title(name).in_language(self._lang)
            print_indented(self._console, f"{title}: {', '.join(shown)}{more}", 2, "dim")
        self._context.renderer.events(answer.records)

    def _heading(self, text: UserMessage, count: int | None) -> None:
        number = "" if count is None else f" ({count})"
        self._console.print()
        self._console.print(Text(f"{text.in_language(self._lang)}{number}", style="bold"))


commands: list[click.Command] = [search_command]
