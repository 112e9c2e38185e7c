"""`quipu goals`: what the high-level group set itself, how far it is, and its report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.goal_render import print_measures, print_plan, print_report
from consumers.cli.list_files import reader_of_files, write_items
from consumers.cli.reader_options import QueryContext, gathered, print_json, with_query_options
from consumers.cli.requests import show_course
from consumers.identity.local_access import existing_identity, in_exercise
from consumers.presentation.as_of import parse_since
from consumers.presentation.group_report_pdf import group_report_pdf
from consumers.presentation.plan_table import plan_rows, plan_table
from consumers.query.figures.suppression import DEFAULT_THRESHOLD
from consumers.query.high_level_group.group_queries import GroupQuestion
from consumers.query.high_level_group.group_report import GroupPlan, GroupReport
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, group, option
from infra.errors import QuipuError
from infra.list_file import write_file
from infra.settings import Settings
from infra.terminal import make_console
from schemas.i18n import _
from schemas.model import Reader

LEAST_THRESHOLD, MOST_THRESHOLD = 3, 1_000


@group("goals", help=_("Goals and decisions of the high-level group, and its report."))
def goals_group() -> None:
    """Group the commands of the high-level group."""


def _period(since: str | None, until: str | None) -> GroupQuestion:
    return GroupQuestion(
        parse_since(since) if since else None, parse_since(until) if until else None
    )


_with_period = gathered(
    "question",
    _period,
    option("--since", metavar="DATE", help=_("From this date; else two months before the end.")),
    option("--until", metavar="DATE", help=_("Before this date; else to the end of today.")),
)


@goals_group.command("list", help=_("List goals with their values, and decisions."))
@_with_period
@with_output
@with_query_options
def list_command(context: QueryContext, question: GroupQuestion, output: FigureOutput) -> None:
    """List the goals and decisions that this reader may see, or write files of them."""
    with open_queries(context.settings) as queries:
        plan = queries.group.plan(reader_of_files(context, output), question, context.as_of)
    if output.files:
        write_items(context, output, plan_rows(plan), plan_table)
        return
    if context.as_json:
        print_json(GroupPlan, plan)
        return
    print_plan(make_console(highlight=False), plan, context.lang)


@goals_group.command(
    "show", help=_("Show a goal or decision: its steps, its day, what may come next.")
)
@argument("id_", metavar="ID")
@with_query_options
def show_command(context: QueryContext, id_: str) -> None:
    """Show one goal or decision with its history."""
    show_course(context, id_)


@goals_group.command("measures", help=_("List by which measures a goal can be measured."))
@click.pass_obj
def measures_command(settings: Settings) -> None:
    """List the measures by their names, with what each is computed from."""
    print_measures(make_console(highlight=False), settings.lang)


@goals_group.command("report", help=_("Make the two-monthly report: on the screen or as PDF."))
@_with_period
@option(
    "--drill",
    "drills",
    multiple=True,
    metavar="NAME",
    help=_("Count the alerts of this exercise, in which you take part."),
)
@option(
    "--threshold",
    type=click.IntRange(LEAST_THRESHOLD, MOST_THRESHOLD),
    default=DEFAULT_THRESHOLD,
    show_default=True,
    help=_("Hide counts below this number."),
)
@option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write a report to print (PDF)."),
)
@with_query_options
def report_command(
    context: QueryContext,
    question: GroupQuestion,
    drills: tuple[str, ...],
    threshold: int,
    pdf: Path | None,
) -> None:
    """Show the report, or write it. It holds nothing that may not be passed on."""
    if pdf is not None and context.as_json:
        raise QuipuError(
            _("--json writes to the screen, and --pdf into a file."),
            _("Leave one of them out."),
            "FILE",
        )
    readers = _drill_readers(context, drills) if drills else None
    whole = GroupQuestion(question.since, question.until, readers, threshold)
    with open_queries(context.settings) as queries:
        report = queries.group.report(context.reader, whole, context.as_of)
    if context.as_json:
        print_json(GroupReport, report)
    elif pdf is None:
        print_report(make_console(highlight=False), report, context.reader, context.lang)
    else:
        write_file(pdf, [group_report_pdf(report, context.reader, datetime.now(UTC), context.lang)])
        click.echo(_("{file} is written.", file=pdf).in_language(context.lang), err=True)


def _drill_readers(context: QueryContext, names: tuple[str, ...]) -> tuple[Reader, ...]:
    """Return the reader as it takes part in each exercise. Raises WiderReaderError."""
    with existing_identity(context.settings) as identity:
        return tuple(
            in_exercise(context.settings, identity, context.reader, name)
            for name in dict.fromkeys(names)
        )


commands: list[click.Command] = [goals_group]
