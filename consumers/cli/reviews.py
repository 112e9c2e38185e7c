"""`quipu reviews`: the records that their owners must extend, or that must expire."""

from __future__ import annotations

from collections import Counter

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, reader_of_files, write_items
from consumers.cli.reader_options import QueryContext, gathered, print_json, with_query_options
from consumers.presentation.list_tables import reviews_table
from consumers.query.reviews import RecordReview, ReviewFilter, Reviews
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText
from infra.command_line import command, option
from infra.list_table import ListColumn, print_list
from infra.terminal import make_console
from schemas import words
from schemas.i18n import UserMessage, _, ngettext
from schemas.retention import ReviewStatus

_SHOWN = _("How many are shown.")


def _filter(country: str, node: str, only_overdue: bool) -> ReviewFilter:
    return ReviewFilter(country.upper(), node, only_overdue)


@command("reviews", help=_("Show which records are overdue for review, or due in four months."))
@gathered(
    "filter_",
    _filter,
    option("--country", type=CodedText("country"), default="", help=_("Country of the owner.")),
    option("--node", default="", help=_("Only records of this node.")),
    option("--overdue", "only_overdue", is_flag=True, help=_("Only what is overdue.")),
)
@option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help=_SHOWN)
@with_output
@with_query_options
def reviews_command(
    context: QueryContext, filter_: ReviewFilter, limit: int, output: FigureOutput
) -> None:
    """Count what is due by node, and list the earliest; or write all of it into files."""
    if output.files:
        with open_queries(context.settings) as queries:
            reader = reader_of_files(context, output)
            due = queries.review_dates.reviews(reader, filter_, moment_of_list(context)).items
        write_items(context, output, due, reviews_table)
        return
    with open_queries(context.settings) as queries:
        reviews = queries.review_dates.reviews(context.reader, filter_, context.as_of)
    if context.as_json:
        print_json(Reviews, reviews)
        return
    if not reviews.items:
        context.renderer.message(_("No record that you may see is due for review."))
        return
    console = make_console(highlight=False)
    for line in _by_node(reviews):
        console.print(line.in_language(context.lang), markup=False)
    print_list(console, _columns(context.lang), reviews.items[:limit])
    if len(reviews.items) > limit:
        context.renderer.message(
            _("{count:,} in all; --limit shows more, --csv all.", count=len(reviews.items))
        )
    if not reviews.is_complete:
        context.renderer.message(
            _("More records are old than were looked at. Name a country or a node.")
        )


def _by_node(reviews: Reviews) -> list[UserMessage]:
    """Say how many records of each node are overdue."""
    overdue = Counter(
        item.record.node for item in reviews.items if item.status is ReviewStatus.OVERDUE
    )
    return [
        ngettext(
            "{node}: {count:,} record overdue",
            "{node}: {count:,} records overdue",
            count,
            node=node,
        )
        for node, count in sorted(overdue.items())
    ]


def _columns(lang: str) -> list[ListColumn[RecordReview]]:
    return [
        ListColumn(_("review date").in_language(lang), lambda item: item.review_date.isoformat()),
        ListColumn(_("node").in_language(lang), lambda item: item.record.node),
        ListColumn(
            _("type").in_language(lang),
            lambda item: words.event_type(item.record.type, lang),
            is_main=True,
        ),
        ListColumn(_("record").in_language(lang), lambda item: item.record.id, is_whole=True),
    ]


commands: list[click.Command] = [reviews_command]
