"""`quipu disclosures`, `conditions` and `accept-condition`: the disclosure ledger."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from uuid import UUID

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import reader_of_files, write_items, write_list
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    point_to_next,
    print_json,
    with_page_options,
    with_query_options,
)
from consumers.cli.verify import print_losses
from consumers.ledger.verification import ChainBreak, verify_chain
from consumers.presentation.as_of import parse_since
from consumers.presentation.list_tables import disclosures_table
from consumers.presentation.plain_tables import conditions_table
from consumers.presentation.times import utc
from consumers.query.conditions import ConditionView
from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.query.paging import PageRange
from consumers.serving.cli_session import accept_condition, open_queries
from infra.command_line import argument, command, option
from infra.errors import QuipuError
from infra.exchange_log.history_check import TopicVerification, verify_log
from infra.exchange_log.ledger_key import load_ledger_trust
from infra.exchange_log.partition_reader import PartitionReader
from infra.list_table import print_rows
from infra.settings import Settings
from infra.terminal import make_console
from schemas.hidden_characters import make_visible
from schemas.i18n import UserMessage, _, ngettext
from schemas.model import ReaderCondition
from schemas.topics import DISCLOSURES

EXIT_BROKEN = 1
SHORT = 8
"""Digits of an event's id."""
PREVIEW_EVENTS = 4
ACTS = {
    "shown": _("shown"),
    "accepted": _("condition accepted"),
    "empty": _("nothing found"),
    "decided": _("verdict on a person"),
    "worked": _("work on a case, note, list, search or finding"),
    "stated": _("another purpose"),
}
INDICATORS = _("indicator"), _("indicators")
EVENTS = _("event"), _("events")


def _disclosure_filter(event: str, person: str, since: str | None) -> DisclosureFilter:
    return DisclosureFilter(event=event, person=person, since=parse_since(since))


@command("disclosures", help=_("Show who saw what. A country sees its own records."))
@gathered(
    "filter_",
    _disclosure_filter,
    option("--event", default="", help=_("The id of an event, or part of it.")),
    option("--reader", "person", default="", help=_("Who saw it.")),
    option("--since", help=_("Since this date.")),
)
@with_page_options
@with_output
@option("--verify", is_flag=True, help=_("Check the signatures and the chain of the ledger."))
@with_query_options
def disclosures_command(
    context: QueryContext,
    filter_: DisclosureFilter,
    page: PageRange,
    output: FigureOutput,
    verify: bool,
) -> None:
    """List the entries of the ledger that this reader may see, or verify all of them."""
    if verify:
        _verify(context.settings)
        return
    if output.files:
        reader = reader_of_files(context, output)
        write_list(
            context,
            output,
            lambda queries, place: queries.disclosures.page(reader, filter_, place),
            disclosures_table,
            page,
        )
        return
    with open_queries(context.settings) as queries:
        disclosures = queries.disclosures.page(context.reader, filter_, page)
    if context.as_json:
        print_json(list[Disclosure], disclosures.items)
    elif disclosures.items:
        _print(disclosures.items, context.lang)
    else:
        click.echo(_("Nothing that you may see.").in_language(context.lang))
    point_to_next(disclosures, context.lang)


@command("conditions", help=_("List the conditions of owners (H3)."))
@with_output
@with_query_options
def conditions_command(context: QueryContext, output: FigureOutput) -> None:
    """List the owners' conditions, those that the reader accepted too, or write them into files."""
    with open_queries(context.settings) as queries:
        conditions = queries.disclosures.conditions(context.reader)
    if output.files:
        write_items(context, output, conditions, conditions_table)
        return
    if context.as_json:
        print_json(list[ConditionView], conditions)
        return
    for condition in conditions:
        state = (
            utc(condition.accepted_at)
            if condition.accepted_at
            else _("not accepted").in_language(context.lang)
        )
        click.echo(f"{condition.country}: {make_visible(condition.text)} ({state})")
    if not conditions:
        click.echo(_("No owner sets a condition.").in_language(context.lang))


@command("accept-condition", help=_("Accept an owner's condition once (H3)."))
@argument("country", metavar="COUNTRY")
@argument("text", metavar="TEXT")
@option("--event", type=click.UUID, help=_("Id of the event that states the condition."))
@with_query_options
def accept_command(context: QueryContext, country: str, text: str, event: UUID | None) -> None:
    """Record in the ledger that the reader accepts a condition, with who and when."""
    condition = ReaderCondition(country.upper(), text)
    event_id = str(event) if event else None
    if not accept_condition(context.settings, context.reader, condition, event_id):
        raise _no_condition(condition)
    click.echo(_("Accepted and recorded.").in_language(context.lang))


def _print(disclosures: Sequence[Disclosure], lang: str) -> None:
    headings = (_("when UTC"), _("who"), _("purpose"), _("via"), _("what"))
    rows = (
        (
            utc(disclosure.recorded_at),
            disclosure.person,
            disclosure.purpose or "—",
            disclosure.through,
            _content(disclosure, lang),
        )
        for disclosure in disclosures
    )
    texts = [heading.in_language(lang) for heading in headings]
    print_rows(make_console(highlight=False), texts, rows, main=4)


def _content(disclosure: Disclosure, lang: str) -> str:
    """Say in a line what was shown or accepted."""
    if disclosure.condition is not None:
        act = ACTS[disclosure.act].in_language(lang)
        return f"{act}: {disclosure.condition_of}: {disclosure.condition}"
    if disclosure.justification is not None:
        return f"{ACTS[disclosure.act].in_language(lang)}: {make_visible(disclosure.justification)}"
    if disclosure.act in ("decided", "worked"):
        return ACTS[disclosure.act].in_language(lang)
    if disclosure.act == "empty" and disclosure.question_hash is not None:
        return f"{ACTS[disclosure.act].in_language(lang)}: {disclosure.question_hash[:SHORT]}"
    events = list(dict.fromkeys(event.id[-SHORT:] for event in disclosure.events))
    more = f" +{len(events) - PREVIEW_EVENTS}" if len(events) > PREVIEW_EVENTS else ""
    preview = ", ".join(events[:PREVIEW_EVENTS]) + more
    counts = [
        f"{count} {(single if count == 1 else several).in_language(lang)}"
        for count, single, several in (
            (len(disclosure.indicators), *INDICATORS),
            (len(events), *EVENTS),
        )
        if count
    ]
    if not counts:
        return _("figures").in_language(lang)
    return ", ".join(counts) + (f": {preview}" if preview else "")


def _verify(settings: Settings) -> None:
    """Read the topic itself from its beginning, since the tables could be made again."""
    (history,) = verify_log(settings, [DISCLOSURES])
    breaks: list[ChainBreak] = []
    count = sum(head.size for head in history.record.heads)
    if history.record.identity is not None:
        with closing(PartitionReader(settings.kafka, DISCLOSURES, 0)) as reader:
            breaks = verify_chain(reader.read(reader.end()), load_ledger_trust(settings))
    for chain_break in breaks:
        reason = chain_break.reason.in_language(settings.lang)
        click.echo(f"{DISCLOSURES}/0/{chain_break.offset}: {reason}", err=True)
    print_losses(settings.lang, history.losses)
    if breaks or history.losses:
        sys.exit(EXIT_BROKEN)
    click.echo(_whole(history, count).in_language(settings.lang))


def _whole(history: TopicVerification, count: int) -> UserMessage:
    if history.former is None or not history.former.heads:
        return ngettext(
            "{count} entry; signature and chain hold. It is the first check: whether the end is "
            "missing shows from the next one on.",
            "{count} entries; signatures and chain hold. It is the first check: whether the end is "
            "missing shows from the next one on.",
            count,
        )
    return ngettext(
        "{count} entry, complete and unchanged.",
        "{count} entries, none missing or changed.",
        count,
    )


def _no_condition(condition: ReaderCondition) -> QuipuError:
    return QuipuError(
        _(
            "{country} has no condition `{text}`.",
            country=condition.country,
            text=condition.text,
        ),
        _("List the conditions with `quipu conditions`."),
        "NO_CONDITION",
    )


commands: list[click.Command] = [disclosures_command, conditions_command, accept_command]
