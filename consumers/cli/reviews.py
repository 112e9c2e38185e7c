"""`quipu reviews`: the records that their owners must extend, or that must expire."""

from __future__ import annotations

from collections import Counter

import click
from rich.table import Table

from consumers.cli.reader_options import QueryContext, gathered, print_json, with_query_options
from consumers.query.reviews import ReviewFilter, Reviews
from consumers.serving.cli_session import open_queries
from infra.coded_options import CodedText
from infra.command_line import command, option
from infra.terminal import make_console
from schemas import words
from schemas.i18n import UserMessage, _, ngettext
from schemas.retention import ReviewStatus

MOST_SHOWN = 20


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
@with_query_options
def reviews_command(context: QueryContext, filter_: ReviewFilter) -> None:
    """Count what is due by node, and list the earliest."""
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
    console.print(_table(reviews, context.lang))
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


def _table(reviews: Reviews, lang: str) -> Table:
    table = Table()
    for heading in (_("review date"), _("node"), _("type"), _("record")):
        table.add_column(heading.in_language(lang), overflow="fold")
    for item in reviews.items[:MOST_SHOWN]:
        table.add_row(
            item.review_date.isoformat(),
            item.record.node,
            words.event_type(item.record.type, lang),
            item.record.id,
        )
    return table


commands: list[click.Command] = [reviews_command]
