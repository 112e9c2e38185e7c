"""`quipu person-lookup`: a list of persons and plates in, one report out."""

from __future__ import annotations

from pathlib import Path

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, notes_of, read_list, reader_of_files
from consumers.cli.reader_options import QueryContext, with_query_options
from consumers.exports.formats import export_file
from consumers.presentation.lookup_table import lookup_table
from consumers.query.persons.bulk_lookup import LineAnswer
from consumers.query.persons.lookup_file import read_lookup_file
from consumers.query.views import to_datetime
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, command
from infra.errors import QuipuError
from infra.list_file import write_file
from schemas.i18n import _, ngettext


@command("person-lookup", help=_("Look up a CSV file of names, documents, telephones and plates."))
@argument("file", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@with_output
@with_query_options
def lookup_command(context: QueryContext, file: Path, output: FigureOutput) -> None:
    """Read the list, and write what each line finds into a report."""
    if not output.files:
        raise QuipuError(
            _("The report needs a file."), _("Add --out report.xlsx, or report.csv."), "FILE"
        )
    lines = read_lookup_file(read_list(file))
    reader = reader_of_files(context, output)
    with open_queries(context.settings) as queries:
        answers = queries.persons.look_up(lines, reader, context.as_of)
    at = to_datetime(moment_of_list(context))
    for format_, path in output.files.items():
        table = lookup_table(answers, at, context.lang, notes_of(output))
        write_file(path, export_file(table, format_).parts)
        click.echo(_("{file} is written.", file=path).in_language(context.lang), err=True)
    _report(answers, context.lang)


def _report(answers: list[LineAnswer], lang: str) -> None:
    """Say on standard error which lines were not looked up, and how many found something."""
    for answer in answers:
        if answer.problem is not None:
            line = _(
                "Line {line}: {problem}",
                line=answer.line.number,
                problem=answer.problem.in_language(lang),
            )
            click.echo(line.in_language(lang), err=True)
    count = sum(bool(answer.persons or answer.things) for answer in answers)
    summary = ngettext(
        "{count} line with records that you may see, of {total}.",
        "{count} lines with records that you may see, of {total}.",
        count,
        total=len(answers),
    )
    click.echo(summary.in_language(lang), err=True)


commands: list[click.Command] = [lookup_command]
