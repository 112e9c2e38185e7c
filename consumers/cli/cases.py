"""`quipu case`: what analysts collect of one matter, with whom, and who did what with it."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import reader_of_files, write_items
from consumers.cli.reader_options import (
    Decorator,
    QueryContext,
    gathered,
    not_found,
    print_json,
    with_query_options,
)
from consumers.cli.work_parts import (
    SHOWN_TO,
    act,
    add_endings,
    group_option,
    opened,
    print_summaries,
    reference_options,
    scope_option,
    text_option,
)
from consumers.cli.work_render import print_case, print_notes
from consumers.presentation.plain_tables import cases_table, notes_table
from consumers.query.work.acts import Reference, Role, WorkKind
from consumers.query.work.drafts import (
    ActWords,
    opening,
    read_audience,
    read_member,
    read_reference,
    texts,
)
from consumers.query.work.work_views import CaseView, NoteView, WorkSummary
from consumers.serving.cli_session import open_queries
from infra.command_line import argument, group, option
from infra.errors import QuipuError
from infra.terminal import make_console
from schemas.i18n import _


def _references(**ids: tuple[str, ...]) -> list[Reference]:
    return [
        read_reference(name.removesuffix("_ids"), id_) for name, many in ids.items() for id_ in many
    ]


def _named(
    finding_ids: tuple[str, ...],
    record_ids: tuple[str, ...],
    thing_ids: tuple[str, ...],
    person_ids: tuple[str, ...],
) -> list[Reference]:
    return _references(
        finding_ids=finding_ids,
        record_ids=record_ids,
        thing_ids=thing_ids,
        person_ids=person_ids,
    )


with_references: Decorator = gathered("references", _named, *reference_options)


@group("case", help=_("Work on cases: collect findings, records and notes, with others."))
def case_group() -> None:
    """Group the commands about cases."""


@case_group.command("list", help=_("List the cases that you see."))
@with_output
@with_query_options
def list_command(context: QueryContext, output: FigureOutput) -> None:
    """List cases, the last changed first, or write them into files."""
    with open_queries(context.settings) as queries:
        cases = queries.work.cases(reader_of_files(context, output), context.as_of)
    if output.files:
        write_items(context, output, cases, cases_table)
        return
    if context.as_json:
        print_json(list[WorkSummary], cases)
        return
    print_summaries(cases, context.lang, _("No case. Open one: quipu case open TITLE"))


@case_group.command("show", help=_("Show a case: items, notes, timeline, custody record."))
@argument("id", metavar="ID")
@with_query_options
def show_command(context: QueryContext, id: str) -> None:
    """Show a case, as far as its content is released to the reader."""
    with open_queries(context.settings) as queries:
        case = queries.work.case(id, context.reader, context.as_of)
    if case is None:
        raise not_found(id)
    if context.as_json:
        print_json(CaseView, case)
        return
    print_case(make_console(highlight=False), case, context.lang)


@case_group.command("open", help=_("Open a case; its id is printed."))
@argument("title", metavar="TITLE")
@text_option
@scope_option
@group_option
@with_query_options
def open_command(context: QueryContext, title: str, text: str, scope: str, group: str) -> None:
    """Write the first act of a case, whose author owns it."""
    content = texts(title=title, text=text)
    opened(context, opening(WorkKind.CASE, content, read_audience(scope, group)))


@case_group.command("add", help=_("Put findings, records, objects or persons into a case."))
@argument("id", metavar="ID")
@with_references
@text_option
@with_query_options
def add_command(context: QueryContext, id: str, references: list[Reference], text: str) -> None:
    """Add items, with the reason."""
    _require(references)
    words = ActWords(about=references, content=texts(text=text))
    act(context, WorkKind.CASE, id, "item_added", words)


@case_group.command("remove", help=_("Take items out of a case."))
@argument("id", metavar="ID")
@with_references
@with_query_options
def remove_command(context: QueryContext, id: str, references: list[Reference]) -> None:
    """Remove items that the reader added or sees."""
    _require(references)
    act(context, WorkKind.CASE, id, "item_removed", ActWords(about=references))


@case_group.command("note", help=_("Write a note that whoever sees the case sees."))
@argument("id", metavar="ID")
@argument("text", metavar="TEXT")
@with_query_options
def note_command(context: QueryContext, id: str, text: str) -> None:
    """Write a note on a case."""
    case = read_reference("case", id)
    opened(context, opening(WorkKind.NOTE, texts(text=text), read_audience("case"), case))


@case_group.command("member", help=_("Let somebody take part, or end it with --leaves."))
@argument("id", metavar="ID")
@argument("person", metavar="ACCOUNT")
@argument("country", metavar="COUNTRY")
@option(
    "--role",
    type=click.Choice([str(role) for role in Role]),
    default="viewer",
    show_default=True,
    help=_("viewer looks, editor adds and removes items, owner does all."),
)
@option("--leaves", is_flag=True, help=_("Take the member out."))
@with_query_options
def member_command(
    context: QueryContext, id: str, person: str, country: str, role: str, leaves: bool
) -> None:
    """Add, change or remove a member."""
    words = ActWords(member=read_member(person, country, role))
    act(context, WorkKind.CASE, id, "member_removed" if leaves else "member_added", words)


@case_group.command("share", help=_("Say who may see a case besides its members."))
@argument("id", metavar="ID")
@argument("scope", metavar="AUDIENCE", type=click.Choice(SHOWN_TO))
@group_option
@with_query_options
def share_command(context: QueryContext, id: str, scope: str, group: str) -> None:
    """Change who sees it besides its members."""
    words = ActWords(audience=read_audience(scope, group))
    act(context, WorkKind.CASE, id, "shared", words)


@case_group.command("close", help=_("Close a case: nothing is added any more."))
@argument("id", metavar="ID")
@with_query_options
def close_command(context: QueryContext, id: str) -> None:
    """Close it until an owner reopens it."""
    act(context, WorkKind.CASE, id, "closed")


@case_group.command("reopen", help=_("Reopen a closed case."))
@argument("id", metavar="ID")
@with_query_options
def reopen_command(context: QueryContext, id: str) -> None:
    """Let items be added again."""
    act(context, WorkKind.CASE, id, "reopened")


add_endings(
    case_group,
    WorkKind.CASE,
    _("Withdraw a case: it leaves all lists."),
    _("Erase for good what was written in a case."),
)


@group("note", help=_("Write notes on records, findings, objects and persons."))
def note_group() -> None:
    """Group the commands about notes."""


@note_group.command("list", help=_("List the notes on something, or your own."))
@option("--about", default="", metavar="KIND:ID", help=_("Such as record:4b1d0007-…"))
@with_output
@with_query_options
def list_notes_command(context: QueryContext, about: str, output: FigureOutput) -> None:
    """List notes, the newest first, or write them into files."""
    kind, colon, id_ = about.partition(":")
    if about and not (colon and id_):
        raise QuipuError(
            _("`{about}` does not say of what and which.", about=about),
            _("Write the kind and the whole id, such as --about record:4b1d0007-…"),
            "WORK",
        )
    reference = read_reference(kind, id_) if about else None
    with open_queries(context.settings) as queries:
        notes = queries.work.notes(reader_of_files(context, output), reference, context.as_of)
    if output.files:
        write_items(context, output, notes, notes_table)
        return
    if context.as_json:
        print_json(list[NoteView], notes)
        return
    print_notes(make_console(highlight=False), notes, context.lang)


@note_group.command("write", help=_("Write a note; its id is printed."))
@argument("text", metavar="TEXT")
@with_references
@scope_option
@group_option
@with_query_options
def write_command(
    context: QueryContext, text: str, references: list[Reference], scope: str, group: str
) -> None:
    """Write a note for oneself, or for others."""
    audience = read_audience(scope, group)
    opened(context, opening(WorkKind.NOTE, texts(text=text), audience, *references))


add_endings(
    note_group,
    WorkKind.NOTE,
    _("Withdraw a note of your own."),
    _("Erase for good what a note of your own says."),
)


def _require(references: list[Reference]) -> None:
    if not references:
        raise QuipuError(
            _("Say what to add or to take out."),
            _("For example: --record 4b1d0007-… or --finding 4b1d0007-…"),
            "WORK",
        )


commands: list[click.Command] = [case_group, note_group]
