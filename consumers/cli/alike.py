"""`quipu alike-findings`: objects and ways of acting that records of two countries share."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, reader_of_files, write_items
from consumers.cli.reader_options import QueryContext, print_json, with_query_options
from consumers.presentation.alike_words import MORE_LINKS, NOTHING_ALIKE, record_line
from consumers.presentation.finding_lists import alike_findings_table
from consumers.presentation.person_words import reasons_line, sureness
from consumers.presentation.severity_words import severity_line
from consumers.query.alike.alike_findings import AlikeFinding
from consumers.query.alike.alike_queries import AlikeAnswer
from consumers.serving.cli_session import open_queries
from infra.command_line import command
from infra.terminal import make_console
from schemas.i18n import _


@command(
    "alike-findings",
    help=_("Show objects and ways of acting that are alike in records of two countries."),
)
@with_output
@with_query_options
def findings_command(context: QueryContext, output: FigureOutput) -> None:
    """List what is alike, the newest first, or write it into files."""
    if output.files:
        with open_queries(context.settings) as queries:
            reader = reader_of_files(context, output)
            listed = queries.alike.findings(reader, moment_of_list(context)).findings
        write_items(context, output, listed, alike_findings_table)
        return
    with open_queries(context.settings) as queries:
        answer = queries.alike.findings(context.reader, context.as_of)
    if context.as_json:
        print_json(AlikeAnswer, answer)
        return
    console = make_console(highlight=False)
    print_alike(console, answer.findings, context.lang)
    if not answer.is_complete:
        console.print(MORE_LINKS.in_language(context.lang), markup=False, style="yellow")


def print_alike(console: Console, findings: Sequence[AlikeFinding], lang: str) -> None:
    """Print findings, each with its sentence, how sure it is and why, and its two records."""
    for finding in findings:
        console.print(Text(finding.sentence[lang], style="bold"))
        heading = (finding.title[lang], sureness(finding.probability, lang), finding.tlp)
        console.print(f"   {' · '.join(heading)}", markup=False)
        console.print(
            f"   {reasons_line(finding.explanation.features, lang)}", markup=False, style="dim"
        )
        if line := severity_line(finding.assessment, lang):
            console.print(f"   {line}", markup=False, style="dim")
        for record in finding.evidence:
            console.print(f"   {record_line(record, lang)}", markup=False)
            console.print(f"     {record.event}", markup=False, style="dim")
    if not findings:
        console.print(NOTHING_ALIKE.in_language(lang), markup=False)


commands: list[click.Command] = [findings_command]
