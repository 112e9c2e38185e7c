"""`quipu events`: what was published."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import page_or_files
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    point_to_next,
    print_json,
    with_page_options,
    with_query_options,
)
from consumers.presentation.as_of import parse_since
from consumers.presentation.list_tables import events_table
from consumers.query.filters import EventFilter
from consumers.query.paging import PageRange
from consumers.query.views import EventView
from infra.coded_options import CodedText
from infra.command_line import command, option
from schemas.i18n import _, ngettext


def _event_filter(
    type_: str, country: str, node: str, place: str, reference: str, since: str | None
) -> EventFilter:
    return EventFilter(
        type=type_,
        country=country.upper(),
        node=node,
        place=place.upper(),
        reference=reference,
        since=parse_since(since),
    )


@command("events", help=_("List published events, newest first."))
@gathered(
    "filter_",
    _event_filter,
    option("--type", "type_", type=CodedText("event_type"), default="", help=_("Type of event.")),
    option("--country", type=CodedText("country"), default="", help=_("Country of the owner.")),
    option("--node", default="", help=_("Node that published it.")),
    option(
        "--place",
        type=CodedText("place"),
        default="",
        help=_("Country or region where it happened, such as CO-NAR."),
    ),
    option("--reference", default="", help=_("Reference of the sender or of the case.")),
    option("--since", help=_("Recorded since this date.")),
)
@with_page_options
@with_output
@with_query_options
def events_command(
    context: QueryContext, filter_: EventFilter, page: PageRange, output: FigureOutput
) -> None:
    """List the current versions that this reader may see, or write them into files."""
    events = page_or_files(
        context,
        output,
        page,
        lambda queries, reader, at, place: queries.events.page(reader, filter_, at, place),
        events_table,
    )
    if events is None:
        return
    if context.as_json:
        print_json(list[EventView], events.items)
        point_to_next(events, context.lang)
        return
    renderer = context.renderer
    if not events.items:
        renderer.message(
            _(
                "No event for {person} with these filters. Remove one, or try another "
                "date (--as-of).",
                person=context.reader.person,
            )
        )
        return
    renderer.events(events.items)
    renderer.message(
        ngettext(
            "{count} event. In full: quipu show {id}",
            "{count} events. One in full: quipu show {id}",
            len(events.items),
            id=events.items[0].id[-8:],
        ),
        "dim",
    )
    point_to_next(events, context.lang)


commands: list[click.Command] = [events_command]
