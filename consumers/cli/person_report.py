"""`quipu person-report`: all that is held on a person, for the authority entitled to ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from pydantic import TypeAdapter

from consumers.cli.reader_options import QueryContext, not_found, print_json, with_query_options
from consumers.presentation.person_report_pdf import person_report_pdf
from consumers.query.figures.marking import file_for_others
from consumers.query.person_reports import PersonReport
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, command, option
from infra.errors import QuipuError
from infra.list_file import write_file
from schemas.i18n import _
from schemas.model import Reader
from streams.identities.mention import parse_mention

_FILE = click.Path(dir_okay=False, path_type=Path)


@command("person-report", help=_("Report all that is held on a person and released to you."))
@argument("id_", metavar="ID")
@option("--pdf", type=_FILE, help=_("Write the report to print (PDF)."))
@option("--out", type=_FILE, metavar="FILE.json", help=_("Write the report for programs (JSON)."))
@with_query_options
def person_report_command(
    context: QueryContext, id_: str, pdf: Path | None, out: Path | None
) -> None:
    """Gather the records of the person of a mention; `quipu person NAME` gives its id."""
    if parse_mention(id_) is None:
        raise QuipuError(
            _("{text} is no person of a record.", text=id_[:60]),
            _("Find the person with `quipu person NAME`, and give the id that it prints."),
            "PERSON",
        )
    if pdf is None and out is None and not context.as_json:
        raise QuipuError(
            _("The report needs a file."), _("Add --pdf report.pdf, or --out report.json."), "FILE"
        )
    reader = replace(context.reader, use=file_for_others)
    with open_queries(context.settings) as queries:
        report = queries.person_reports.report(id_, reader, context.as_of)
    if report is None:
        raise not_found(id_)
    if context.as_json:
        print_json(PersonReport, report)
    if out is not None:
        write_file(out, [TypeAdapter(PersonReport).dump_json(report, indent=1)])
        click.echo(_("{file} is written.", file=out).in_language(context.lang), err=True)
    if pdf is not None:
        write_file(pdf, [person_report_pdf(report, _shown_to(reader, context.lang), context.lang)])
        click.echo(_("{file} is written.", file=pdf).in_language(context.lang), err=True)


def _shown_to(reader: Reader, lang: str) -> str:
    parts = [reader.country, reader.authority or "", reader.person, reader.purpose or ""]
    return _("Shown to: {reader}", reader=" · ".join(filter(None, parts))).in_language(lang)


commands: list[click.Command] = [person_report_command]
