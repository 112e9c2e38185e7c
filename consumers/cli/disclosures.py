"""The command line of the disclosure ledger: `quipu disclosures`, `conditions`, `accept-condition`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from uuid import UUID

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from consumers.cli.reader_options import (
    QueryContext,
    with_query_options,
)
from consumers.ledger.verification import verify_chain
from consumers.presentation.as_of import parse_since
from consumers.presentation.times import utc
from consumers.query.conditions import ConditionView
from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.query.query_layer import DEFAULT_LIMIT
from consumers.serving.cli_session import CHANNEL, open_ledger, open_queries
from infra.command_line import command, option
from infra.errors import QuipuError
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import trust_anchor
from infra.settings import Settings
from schemas.i18n import _, ngettext
from schemas.model import ReaderCondition
from schemas.topics import DISCLOSURES

BROKEN = 1
SHORT = 8
ACTS = {
    "shown": _("shown"),
    "accepted": _("condition accepted"),
}
INDICATORS = _("indicator"), _("indicators")
EVENTS = _("event"), _("events")


@command(
    "disclosures",
    help=_("What was shown to whom. A country sees its own."),
)
@option("--event", default="", help=_("An event's id, or digits of it."))
@option("--reader", "person", default="", help=_("Who was shown it."))
@option("--since", help=_("Since this date."))
@option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help=_("How many at most."),
)
@option(
    "--offset",
    type=click.IntRange(0),
    default=0,
    help=_("How many to leave out."),
)
@option(
    "--verify",
    is_flag=True,
    help=_("Check signatures and chains of all of it."),
)
@with_query_options
def disclosures_command(
    asked: QueryContext,
    event: str,
    person: str,
    since: str | None,
    limit: int,
    offset: int,
    verify: bool,
) -> None:
    """The ledger as this reader may see it."""
    if verify:
        _verify(asked.settings, asked.lang)
        return
    start = parse_since(since)
    with open_queries(asked.settings) as layer:
        found = layer.disclosures(
            asked.reader, DisclosureFilter(event, person, start), limit, offset
        )
    if asked.as_json:
        click.echo(TypeAdapter(list[Disclosure]).dump_json(found, indent=2).decode())
    elif found:
        Console(highlight=False).print(_table(found, asked.lang))
    else:
        click.echo(
            _("Nothing that may be told to who asks.").in_language(asked.lang),
        )


@command(
    "conditions",
    help=_("What owners ask before more is shown (H3)."),
)
@with_query_options
def conditions_command(asked: QueryContext) -> None:
    """Accepted ones too."""
    with open_queries(asked.settings) as layer:
        found = layer.conditions(asked.reader)
    if asked.as_json:
        click.echo(TypeAdapter(list[ConditionView]).dump_json(found, indent=2).decode())
        return
    for one in found:
        state = (
            utc(one.accepted_at) if one.accepted_at else _("not accepted").in_language(asked.lang)
        )
        click.echo(f"{one.country}: {one.text} ({state})")
    if not found:
        click.echo(_("No owner asks for anything.").in_language(asked.lang))


@command(
    "accept-condition",
    help=_("Accept an owner's condition once (H3)."),
)
@click.argument("country", metavar="PAIS")
@click.argument("text", metavar="TEXTO")
@option(
    "--event",
    type=click.UUID,
    help=_("Id of the event where it was read."),
)
@with_query_options
def accept_command(asked: QueryContext, country: str, text: str, event: UUID | None) -> None:
    """It is recorded in the ledger, with who and when."""
    wanted = ReaderCondition(country.upper(), text)
    with open_queries(asked.settings) as layer:
        offered = layer.conditions(asked.reader)
    found = next((one for one in offered if (one.country, one.text) == wanted), None)
    if found is None:
        raise _no_condition(wanted)
    if found.accepted_at is None:
        with closing(open_ledger(asked.settings)) as written:
            written.accept(asked.reader, wanted, str(event) if event else None, CHANNEL)
    click.echo(_("Accepted and recorded.").in_language(asked.lang))


def _table(found: Sequence[Disclosure], lang: str) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim", padding=(0, 2, 0, 0))
    for heading in (
        _("when UTC"),
        _("who"),
        _("purpose"),
        _("through"),
    ):
        table.add_column(heading.in_language(lang), no_wrap=True)
    table.add_column(_("what").in_language(lang), ratio=1)
    for one in found:
        table.add_row(
            utc(one.recorded_at), one.person, one.purpose or "—", one.through, _what(one, lang)
        )
    return table


def _what(one: Disclosure, lang: str) -> str:
    if one.condition is not None:
        return f"{ACTS[one.act].in_language(lang)}: {one.condition_of}: {one.condition}"
    events = list(dict.fromkeys(event.id[-SHORT:] for event in one.events))
    listed = ", ".join(events[:4]) + (f" +{len(events) - 4}" if len(events) > 4 else "")
    said = [
        f"{count} {(single if count == 1 else several).in_language(lang)}"
        for count, single, several in ((len(one.indicators), *INDICATORS), (len(events), *EVENTS))
        if count
    ]
    if not said:
        return _("figures").in_language(lang)
    return ", ".join(said) + (f": {listed}" if listed else "")


def _verify(settings: Settings, lang: str) -> None:
    """The topic itself, from its beginning: the tables could be made again."""
    with closing(PartitionReader(settings.kafka, DISCLOSURES, 0)) as reader:
        end = reader.end()
        found = verify_chain(reader.read(end), *trust_anchor(settings))
    for one in found:
        click.echo(f"{DISCLOSURES}/0/{one.offset}: {one.why.in_language(lang)}", err=True)
    if found:
        sys.exit(BROKEN)
    click.echo(
        ngettext(
            "{count} entry, complete and unchanged.",
            "{count} entries, none missing or changed.",
            end,
        ).in_language(lang)
    )


def _no_condition(wanted: ReaderCondition) -> QuipuError:
    return QuipuError(
        _("{country} does not ask `{text}` of who asks.", country=wanted.country, text=wanted.text),
        _("See what is asked with `quipu conditions`."),
        "NO_CONDITION",
    )


commands: list[click.Command] = [disclosures_command, conditions_command, accept_command]
