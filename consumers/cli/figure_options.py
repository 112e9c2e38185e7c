"""Options that the questions with figures share: which records, by what, and into which file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from consumers.cli.figure_render import print_table
from consumers.cli.reader_options import Decorator, QueryContext, gathered, print_json
from consumers.exports.formats import FORMATS, FileFormat, export_file
from consumers.exports.table import ExportTable
from consumers.presentation.as_of import parse_since
from consumers.presentation.figure_tables import LEFT_OUT, LEFT_OUT_FOR_COURT, Answer, LayOut, dated
from consumers.query.figures.marking import file_for_court, file_for_others, reading
from consumers.query.figures.periods import PERIODS, Period
from consumers.query.figures.question import CLOCKS, Clock, FactFilter, Grouping
from consumers.query.figures.reading import read_dimensions, read_where
from infra.coded_options import CodedText, WordChoice
from infra.command_line import option
from infra.errors import QuipuError
from infra.list_file import json_and_file, write_file
from infra.terminal import make_console
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import Use


def _fact_filter(
    type_: str,
    country: str,
    authority: str,
    crime: str,
    theme: str,
    place: str,
    where: str,
    since: str | None,
    until: str | None,
) -> FactFilter:
    return FactFilter(
        type=type_,
        country=country.upper(),
        authority=authority,
        crime=crime,
        theme=theme,
        place=place.upper(),
        where=read_where(where),
        since=parse_since(since) if since else None,
        until=parse_since(until) if until else None,
    )


theme_option = option(
    "--theme",
    type=CodedText("theme"),
    default="",
    help=_("Theme of the plan, such as arms or drugs."),
)
with_fact_filter = gathered(
    "filter_",
    _fact_filter,
    option("--type", "type_", type=CodedText("event_type"), default="", help=_("Type of event.")),
    option("--country", type=CodedText("country"), default="", help=_("Country of the owner.")),
    option("--authority", default="", help=_("Authority of the owner.")),
    option(
        "--crime",
        type=CodedText("crime"),
        default="",
        help=_("First digits of the crime's code, or its name."),
    ),
    theme_option,
    option(
        "--place",
        type=CodedText("place"),
        default="",
        help=_("Country or region where it happened, such as CO-NAR."),
    ),
    option("--where", default="", metavar="A=B", help=_("Only with this, such as drug=cannabis.")),
    option("--since", metavar="DATE", help=_("From this date.")),
    option("--until", metavar="DATE", help=_("Before this date.")),
)
clock_option = option(
    "--clock",
    type=WordChoice("clock", CLOCKS),
    default="occurred",
    show_default=True,
    help=_("Date that counts: occurred, reported or recorded."),
)


changed_since_option = option(
    "--changed-since", metavar="DATE", help=_("Compare with what was known then.")
)


def period_option(default: Period) -> Decorator:
    """Return the option of the period, with what a question takes where none is given."""
    return option(
        "--period",
        type=WordChoice("period", PERIODS),
        default=default,
        show_default=True,
        help=_("Calendar period, in UTC."),
    )


by_option = option("--by", default="", metavar="A,B", help=_("Group by these, such as drug,place."))

ranked_by_option = option(
    "--by", default="subdivision", show_default=True, help=_("What is ordered, such as crossing.")
)


def to_ranked_grouping(by: str, clock: Clock) -> Grouping:
    """Return the grouping of a ranking."""
    return Grouping(read_dimensions(by), "none", clock)


def to_grouping(by: str, period: Period, clock: Clock) -> Grouping:
    """Return the grouping that the options say."""
    return Grouping(read_dimensions(by), period, clock)


@dataclass(frozen=True, slots=True)
class FigureOutput:
    """Where the figures go: to the terminal, or into files.

    `for_court`: without H1; `is_for_print`: into a document that is printed, too.
    """

    files: dict[FileFormat, Path]
    for_court: bool
    is_for_print: bool = False

    @property
    def use(self) -> Use:
        """Which records may be counted for it."""
        if not (self.files or self.is_for_print):
            return reading
        return file_for_court if self.for_court else file_for_others

    @property
    def notes(self) -> list[UserMessage]:
        """What a file must say of the records that it does not count."""
        if not (self.files or self.is_for_print):
            return []
        return [LEFT_OUT, *([LEFT_OUT_FOR_COURT] if self.for_court else [])]

    def write(self, table: ExportTable, context: QueryContext) -> None:
        """Print the table, or write it into each file. Raises QuipuError FILE."""
        if not self.files:
            print_table(make_console(highlight=False), table, context.lang)
        for format_, path in self.files.items():
            write_file(path, export_file(table, format_).parts)
            rows = len(table.rows)
            message = ngettext(
                "{file} is written, {count} row.",
                "{file} is written, {count} rows.",
                rows,
                file=path,
            )
            click.echo(message.in_language(context.lang), err=True)


NO_FILES = FigureOutput({}, False)


NOTHING_COUNTED = _("No record that you may see. Remove a filter, or try another date (--as-of).")


def show_answer(
    context: QueryContext,
    output: FigureOutput | None,
    answer: Answer,
    lay_out: LayOut[Answer],
    if_empty: UserMessage = NOTHING_COUNTED,
) -> None:
    """Print the answer as JSON or as a table, or write it into files.

    `output`: None for a question that has no files. Raises QuipuError FILE.
    """
    if context.as_json:
        print_json(type(answer), answer)
        return
    target = output or NO_FILES
    if target.files:
        answer = dated(answer, datetime.now(UTC))
    table = lay_out(answer, context.lang, target.notes)
    if not table.rows:
        context.renderer.message(if_empty)
    target.write(table, context)


def _output(
    out: Path | None, csv: Path | None, xlsx: Path | None, parquet: Path | None, for_court: bool
) -> FigureOutput:
    files: dict[FileFormat, Path | None] = {"csv": csv, "xlsx": xlsx, "parquet": parquet}
    named = {} if out is None else {_format_of(out): out}
    given = {**named, **{name: path for name, path in files.items() if path is not None}}
    if given and click.get_current_context().params.get("as_json"):
        raise json_and_file()
    return FigureOutput(given, for_court)


def _format_of(path: Path) -> FileFormat:
    """Return the format that the ending of a file names. Raises QuipuError FILE."""
    ending = path.suffix.lower().lstrip(".")
    for format_ in FORMATS:
        if ending == format_:
            return format_
    raise QuipuError(
        _("The ending of {file} names no format.", file=path),
        _("End the name with {endings}.", endings=", ".join(f".{name}" for name in FORMATS)),
        "FILE",
    )


_FILE = click.Path(dir_okay=False, path_type=Path)
with_output = gathered(
    "output",
    _output,
    option(
        "--out",
        type=_FILE,
        metavar="FILE",
        help=_("Write a file; its ending says which: .csv, .xlsx, .parquet, .json."),
    ),
    option("--csv", type=_FILE, help=_("Write a CSV file.")),
    option("--xlsx", type=_FILE, help=_("Write an Excel workbook.")),
    option("--parquet", type=_FILE, help=_("Write a Parquet file.")),
    option("--for-court", is_flag=True, help=_("Leave H1 records out of the file.")),
)
