"""`quipu indicators`, `show` and `series`: what crosses borders."""

from __future__ import annotations

from typing import get_args

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.finding_files import PassedOn, with_finding_files
from consumers.cli.list_files import page_or_files
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    grade_option,
    not_found,
    point_to_next,
    print_json,
    resolve_id,
    rule_option,
    with_page_options,
    with_query_options,
)
from consumers.presentation.list_tables import indicators_table
from consumers.query.filters import IndicatorFilter
from consumers.query.indicators import IndicatorView
from consumers.query.paging import PageRange
from consumers.query.query_layer import QueryLayer
from consumers.query.series import Clock, Period, SeriesFilter, SeriesPoint
from consumers.query.things import Thing, tell_findings_once
from consumers.query.views import EventHistory, EventView
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import argument, command, option
from schemas.i18n import _, ngettext
from streams.correlation.wording import title_of_any

every_option = option(
    "--every",
    is_flag=True,
    help=_("Also those that a stronger one covers with the same records."),
)


def _indicator_filter(rule: str, grade: str, every: bool) -> IndicatorFilter:
    return IndicatorFilter(rule=rule, grade=grade, once=not every)


@command("indicators", help=_("List matches between countries, newest first."))
@gathered("filter_", _indicator_filter, rule_option, grade_option, every_option)
@with_page_options
@with_output
@with_query_options
def indicators_command(
    context: QueryContext, filter_: IndicatorFilter, page: PageRange, output: FigureOutput
) -> None:
    """List the newest indicators that this reader may see, or write them into files."""
    indicators = page_or_files(
        context,
        output,
        page,
        lambda queries, reader, at, place: queries.indicators.page(reader, filter_, at, place),
        indicators_table,
    )
    if indicators is None:
        return
    if context.as_json:
        print_json(list[IndicatorView], indicators.items)
        point_to_next(indicators, context.lang)
        return
    renderer = context.renderer
    if not indicators.items:
        renderer.message(
            _(
                "No indicator for {person}. Try without filters, with another date "
                "(--as-of) or another clearance (--as).",
                person=context.reader.person,
            )
        )
        return
    renderer.indicators(indicators.items)
    renderer.message(
        ngettext(
            "{count} indicator. Why: quipu show {id}",
            "{count} indicators. Why: quipu show {id}",
            len(indicators.items),
            id=indicators.items[0].id[:8],
        ),
        "dim",
    )
    point_to_next(indicators, context.lang)


@command("show", help=_("Show one indicator, event or thing by its id."))
@argument("id_", metavar="ID")
@with_finding_files
@with_query_options
def show_command(context: QueryContext, id_: str, passed_on: PassedOn) -> None:
    """Show what the id means; its first or last digits are enough where they are unique."""
    if passed_on.files:
        with open_queries(context.settings) as queries:
            kind, full_id = resolve_id(queries, id_, context)
        passed_on.write_item(context, kind, full_id)
        return
    with open_queries(context.settings) as queries:
        answer, events = _look_up(queries, id_, context)
    if answer is None:
        raise not_found(id_)
    if context.as_json:
        print_json(type(answer), answer)
        return
    renderer = context.renderer
    if isinstance(answer, IndicatorView):
        renderer.indicator(answer, {event.id: event for event in events})
    elif isinstance(answer, EventHistory):
        renderer.history(answer)
    else:
        renderer.thing(answer)


def _look_up(
    queries: QueryLayer, id_: str, context: QueryContext
) -> tuple[IndicatorView | EventHistory | Thing | None, list[EventView]]:
    """Return what the id means, and the events of an indicator's evidence that are released."""
    kind, full_id = resolve_id(queries, id_, context)
    reader, as_of = context.reader, context.as_of
    if kind == "event":
        return queries.events.event(full_id, reader, as_of), []
    if kind == "thing":
        thing = queries.things.thing(full_id, reader, as_of)
        return thing and tell_findings_once(thing), []
    indicator = queries.indicators.indicator(full_id, reader, as_of)
    if indicator is None:
        return None, []
    ids = [evidence.event for evidence in indicator.evidence]
    return indicator, queries.events.current(ids, reader, as_of)


@command("series", help=_("Count indicators by rule and period."))
@gathered(
    "filter_",
    SeriesFilter,
    rule_option,
    grade_option,
    option(
        "--period",
        type=WordChoice("period", get_args(Period)),
        default="month",
        show_default=True,
        help=_("Month or week."),
    ),
    option(
        "--clock",
        type=WordChoice("clock", get_args(Clock)),
        default="occurred",
        show_default=True,
        help=_("Count by when the newest evidence occurred or was recorded."),
    ),
)
@with_query_options
def series_command(context: QueryContext, filter_: SeriesFilter) -> None:
    """Count the indicators that this reader sees, by rule, grade and period."""
    with open_queries(context.settings) as queries:
        points = queries.indicators.series(context.reader, filter_, context.as_of)
        rules = queries.rules.every_by_id.values()
    if context.as_json:
        print_json(list[SeriesPoint], points)
        return
    titles = {rule.id: title_of_any(rule)[context.lang] for rule in rules}
    context.renderer.series(points, titles)


commands: list[click.Command] = [indicators_command, show_command, series_command]
