"""`quipu request` and `quipu alert`: what countries ask of one another, with its deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import click

from consumers.cli.course_render import print_contacts, print_course, print_courses, print_times
from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.finding_files import PassedOn, with_printed_form
from consumers.cli.list_files import limit_of, reader_of_files, write_items
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    limit_option,
    not_found,
    print_json,
    resolve_id,
    with_query_options,
)
from consumers.presentation.plain_tables import contacts_table, courses_table, times_table
from consumers.query.lifecycles.answer_times import AnswerTimes
from consumers.query.lifecycles.course_queries import STATES, CourseFilter, CourseList
from consumers.query.lifecycles.course_views import ContactView, CourseView
from consumers.query.query_layer import QueryLayer
from consumers.query.views import to_datetime
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText, WordChoice
from infra.command_line import argument, group, option
from infra.terminal import make_console
from schemas.i18n import _
from schemas.model import Reader
from streams.lifecycles.library import REQUESTS

View = TypeVar("View")


def _filter(state: str, country: str, yours: bool) -> CourseFilter:
    return CourseFilter("", state, country.upper(), yours)


with_filter = gathered(
    "filter_",
    _filter,
    option(
        "--state",
        type=WordChoice("state", STATES),
        default="open",
        show_default=True,
        help=_("Only open or ended ones, or all."),
    ),
    option(
        "--country",
        type=CodedText("country"),
        default="",
        help=_("Country that opened it or is addressed."),
    ),
    option("--yours", is_flag=True, help=_("Only what waits for your authority.")),
)
_kind_option = option(
    "--kind",
    type=WordChoice("kind", sorted(REQUESTS)),
    callback=lambda _context, _parameter, kind: kind or "",
    help=_("Only this kind of request."),
)


@group("request", help=_("Requests between authorities, their answers and deadlines."))
def request_group() -> None:
    """Group the commands of requests."""


@group("alert", help=_("Alerts of the 24/7 network, and whom to call."))
def alert_group() -> None:
    """Group the commands of alerts."""


@request_group.command("list", help=_("List requests, what is due first at the top."))
@_kind_option
@with_filter
@limit_option
@with_output
@with_query_options
def list_command(
    context: QueryContext, filter_: CourseFilter, kind: str, limit: int, output: FigureOutput
) -> None:
    """List the courses that this reader may see, or write them into files."""
    _list(context, replace(filter_, kind=kind), limit, output)


@alert_group.command("list", help=_("List alerts, what is due first at the top."))
@with_filter
@limit_option
@with_output
@with_query_options
def alerts_command(
    context: QueryContext, filter_: CourseFilter, limit: int, output: FigureOutput
) -> None:
    """List the alerts that this reader may see, or write them into files."""
    _list(context, replace(filter_, kind="alert"), limit, output)


def _list(context: QueryContext, filter_: CourseFilter, limit: int, output: FigureOutput) -> None:
    reader = reader_of_files(context, output)
    most = limit_of(output, limit)
    with open_queries(context.settings) as queries:
        answer = queries.courses.courses(reader, filter_, context.as_of, most)
    if output.files:
        write_items(context, output, answer.courses, courses_table)
        return
    if context.as_json:
        print_json(CourseList, answer)
        return
    print_courses(make_console(highlight=False), answer, moment_of(context), context.lang)


def show_course(context: QueryContext, id_: str) -> None:
    """Show the course that an event opens, or is a step of."""
    view = ask_course(context, id_, lambda queries: queries.courses.course)
    if context.as_json:
        print_json(CourseView, view)
        return
    print_course(make_console(highlight=False), view, moment_of(context), context.lang)


@request_group.command(
    "show", help=_("Show a request: its steps, its deadlines, what may come next.")
)
@argument("id_", metavar="ID")
@with_printed_form
@with_query_options
def show_command(context: QueryContext, passed_on: PassedOn, id_: str) -> None:
    """Show a course, or write a request for assistance to print."""
    if not passed_on.files:
        show_course(context, id_)
        return
    with open_queries(context.settings) as queries:
        whole = course_id(queries, id_, context)
    passed_on.write_request(context, whole)


@alert_group.command("show", help=_("Show an alert: its steps, whose turn it is, whom to call."))
@argument("id_", metavar="ID")
@with_query_options
def show_alert_command(context: QueryContext, id_: str) -> None:
    """Show an alert with whose turn it is to answer."""
    show_course(context, id_)


@request_group.command("times", help=_("Show how deadlines were kept, by country."))
@_kind_option
@with_output
@with_query_options
def times_command(context: QueryContext, kind: str, output: FigureOutput) -> None:
    """Show the service-level report of what this reader may see, or write files of it."""
    with open_queries(context.settings) as queries:
        reader = reader_of_files(context, output)
        rows = queries.courses.times(reader, kind, None, context.as_of)
    if output.files:
        write_items(context, output, rows, times_table)
        return
    if context.as_json:
        print_json(list[AnswerTimes], rows)
        return
    print_times(make_console(highlight=False), rows, context.lang)


@alert_group.command("contacts", help=_("Show whom to call in the 24/7 network."))
@with_output
@with_query_options
def contacts_command(context: QueryContext, output: FigureOutput) -> None:
    """Show the contact points in force, in the order of calling, or write files of them."""
    with open_queries(context.settings) as queries:
        contacts = queries.courses.contacts(reader_of_files(context, output), context.as_of)
    if output.files:
        write_items(context, output, contacts, contacts_table)
        return
    if context.as_json:
        print_json(list[ContactView], contacts)
        return
    print_contacts(make_console(highlight=False), contacts, context.lang)


def ask_course(
    context: QueryContext,
    id_: str,
    question: Callable[[QueryLayer], Callable[[str, Reader, int | None], View | None]],
) -> View:
    """Return what a question says of the course that an event opens, or is a step of.

    `question`: picks it from the query layer; it takes the whole id, the reader and the moment.
    Raises as `not_found` and `resolve_id` say.
    """
    with open_queries(context.settings) as queries:
        whole = course_id(queries, id_, context)
        view = question(queries)(whole, context.reader, context.as_of)
    if view is None:
        raise not_found(id_)
    return view


def course_id(queries: QueryLayer, digits: str, context: QueryContext) -> str:
    """Return the whole id of an event of a course. Raises as `resolve_id` does."""
    waiting = queries.courses.waiting(digits, context.reader, context.as_of)
    if len(waiting) == 1:
        return waiting[0]
    _kind, whole = resolve_id(queries, digits, context, ("event",))
    return whole


def moment_of(context: QueryContext) -> datetime:
    """Return the moment of the question."""
    return datetime.now(UTC) if context.as_of is None else to_datetime(context.as_of)


commands: list[click.Command] = [request_group, alert_group]
