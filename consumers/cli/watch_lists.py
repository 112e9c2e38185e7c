"""`quipu watch-list`, `saved-search` and `verdict`: marks to wait for, searches, decisions."""

from __future__ import annotations

from collections.abc import Mapping

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import reader_of_files, write_items
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    not_found,
    print_json,
    with_query_options,
)
from consumers.cli.work_parts import (
    act,
    add_endings,
    do,
    group_option,
    opened,
    print_summaries,
    scope_option,
    text_option,
)
from consumers.cli.work_render import print_hits, print_marks
from consumers.presentation.as_of import parse_as_of
from consumers.presentation.plain_tables import (
    marks_table,
    saved_searches_table,
    watch_hits_table,
    watch_lists_table,
)
from consumers.query.work.acts import WorkKind
from consumers.query.work.drafts import (
    FINDING_REASONS,
    MARK_KINDS,
    ActWords,
    FindingWord,
    mark_draft,
    opening,
    read_audience,
    texts,
    verdict_draft,
)
from consumers.query.work.work_views import SavedSearchView, WatchHit, WatchListView
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText
from infra.command_line import argument, command, group, option
from infra.terminal import make_console
from schemas.i18n import _


@group("watch-list", help=_("Watch for plates, documents, telephones and names. Nobody sees it."))
def watch_list_group() -> None:
    """Group the commands about watch-lists."""


@watch_list_group.command("list", help=_("List your watch-lists."))
@with_output
@with_query_options
def list_command(context: QueryContext, output: FigureOutput) -> None:
    """List the watch-lists of the reader, the last changed first, or write them into files."""
    with open_queries(context.settings) as queries:
        lists = queries.work.watch_lists(reader_of_files(context, output), context.as_of)
    if output.files:
        write_items(context, output, lists, watch_lists_table)
        return
    if context.as_json:
        print_json(list[WatchListView], lists)
        return
    summaries = [view.summary for view in lists]
    nothing = _("No watch-list. Open one: quipu watch-list open TITLE")
    print_summaries(summaries, context.lang, nothing)


@watch_list_group.command("show", help=_("Show the marks of a watch-list."))
@argument("id", metavar="ID")
@with_output
@with_query_options
def show_command(context: QueryContext, id: str, output: FigureOutput) -> None:
    """Show the marks with their ids, by which they are removed, or write them into files."""
    with open_queries(context.settings) as queries:
        view = queries.work.watch_list(id, context.reader, context.as_of)
    if view is None:
        raise not_found(id)
    if output.files:
        write_items(context, output, view.marks, marks_table)
        return
    if context.as_json:
        print_json(WatchListView, view)
        return
    print_marks(make_console(highlight=False), view, context.lang)


@watch_list_group.command("open", help=_("Open a watch-list; its id is printed."))
@argument("title", metavar="TITLE")
@with_query_options
def open_command(context: QueryContext, title: str) -> None:
    """Open a list without a mark yet."""
    opened(context, opening(WorkKind.WATCH_LIST, texts(title=title), read_audience("self")))


def _mark(**parts: str) -> Mapping[str, str]:
    return parts


def _parts(country: str, type: str, make: str, calibre: str, born: str) -> Mapping[str, str]:
    return _mark(country=country, type=type, make=make, calibre=calibre, born=born)


@watch_list_group.command("add", help=_("Add a mark: a number, a plate or a name."))
@argument("id", metavar="ID")
@argument("kind", metavar="KIND", type=click.Choice(MARK_KINDS))
@argument("number", metavar="NUMBER")
@gathered(
    "parts",
    _parts,
    option("--country", default="", help=_("Country of the document, telephone or plate.")),
    option("--type", default="", help=_("Type of the document or weapon.")),
    option("--make", default="", help=_("Make of the weapon.")),
    option("--calibre", default="", help=_("Calibre of the weapon.")),
    option("--born", default="", help=_("Year, month or day of birth: 1984, 14/03/1984.")),
)
@text_option
@with_query_options
def add_command(
    context: QueryContext, id: str, kind: str, number: str, parts: Mapping[str, str], text: str
) -> None:
    """Add a mark, which is read as look-ups read it."""
    mark = {**parts, "kind": kind, "number": number, "text": text}
    do(context, mark_draft(id, mark))


@watch_list_group.command("remove", help=_("Take a mark out of a watch-list."))
@argument("id", metavar="ID")
@argument("mark", metavar="MARK")
@with_query_options
def remove_command(context: QueryContext, id: str, mark: str) -> None:
    """Remove a mark, by its id."""
    act(context, WorkKind.WATCH_LIST, id, "item_removed", ActWords(item=mark))


@watch_list_group.command("hits", help=_("List the records that name a mark."))
@argument("id", metavar="ID")
@option("--since", metavar="DATE", help=_("Only what the log took after this date or time (UTC)."))
@with_output
@with_query_options
def hits_command(context: QueryContext, id: str, since: str | None, output: FigureOutput) -> None:
    """List released records that name a mark, in the order of the log, or write files of them."""
    reader, begin = reader_of_files(context, output), parse_as_of(since) or 0
    with open_queries(context.settings) as queries:
        view = queries.work.watch_list(id, reader, context.as_of)
        hits = queries.work.watch_hits(id, reader, begin, context.as_of)
    if view is None:
        raise not_found(id)
    if output.files:
        write_items(context, output, hits, watch_hits_table)
        return
    if context.as_json:
        print_json(list[WatchHit], hits)
        return
    print_hits(make_console(highlight=False), view, hits, context.lang)


add_endings(
    watch_list_group,
    WorkKind.WATCH_LIST,
    _("Withdraw a watch-list."),
    _("Erase for good the marks of a watch-list."),
)


@group("saved-search", help=_("Save searches, for yourself or for others."))
def saved_search_group() -> None:
    """Group the commands about saved searches."""


@saved_search_group.command("list", help=_("List the saved searches that you see."))
@with_output
@with_query_options
def list_searches_command(context: QueryContext, output: FigureOutput) -> None:
    """List them with who sees them, the last changed first, or write them into files."""
    with open_queries(context.settings) as queries:
        searches = queries.work.saved_searches(reader_of_files(context, output), context.as_of)
    if output.files:
        write_items(context, output, searches, saved_searches_table)
        return
    if context.as_json:
        print_json(list[SavedSearchView], searches)
        return
    summaries = [view.summary for view in searches]
    print_summaries(summaries, context.lang, _("No saved search."))


@saved_search_group.command("save", help=_("Save a search: a page and its filters."))
@argument("title", metavar="TITLE")
@argument("page", metavar="PAGE")
@argument("query", metavar="FILTERS", default="")
@scope_option
@group_option
@with_query_options
def save_command(
    context: QueryContext, title: str, page: str, query: str, scope: str, group: str
) -> None:
    """Save a search, as in the address of its page."""
    content = texts(title=title, page=page, query=query)
    opened(context, opening(WorkKind.SAVED_SEARCH, content, read_audience(scope, group)))


add_endings(
    saved_search_group,
    WorkKind.SAVED_SEARCH,
    _("Withdraw a saved search of your own."),
    _("Erase for good a saved search of your own."),
)


@command("verdict", help=_("Confirm or reject a finding, or say that it is unsure."))
@argument("id", metavar="ID")
@argument("word", metavar="VERDICT", type=click.Choice([str(word) for word in FindingWord]))
@option(
    "--reason",
    type=CodedText(FINDING_REASONS),
    required=True,
    help=_("Why: a code of the list finding_verdict_reason."),
)
@text_option
@with_query_options
def verdict_command(context: QueryContext, id: str, word: str, reason: str, text: str) -> None:
    """Write an analyst's verdict on a finding to the log; `withdrawn` takes it back."""
    do(context, verdict_draft(id, word, reason, text))


commands: list[click.Command] = [watch_list_group, saved_search_group, verdict_command]
