"""The questions of the command line: `quipu indicators`, `show`, `thing`, `events`, `series`,
`reconcile`, `rebuild`, and the ledger's.
"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import Any, get_args

import click
from pydantic import TypeAdapter
from rich.console import Console

from consumers.cli import disclosures
from consumers.cli.reader_options import (
    QueryContext,
    ambiguous_id,
    not_found,
    with_query_options,
)
from consumers.cli.rebuild import rebuild_command
from consumers.cli.render import TerminalRenderer
from consumers.cli.render_reconcile import print_proof
from consumers.maintenance.reconcile import CordReconciliation, reconcile
from consumers.presentation.as_of import parse_since
from consumers.query.filters import IndicatorFilter
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.indicators import IndicatorView
from consumers.query.query_layer import DEFAULT_LIMIT, AmbiguousIdError, EventFilter, QueryLayer
from consumers.query.series import Clock, Period, SeriesPoint
from consumers.query.things import Thing
from consumers.query.views import EventHistory, EventView
from consumers.serving.cli_session import open_queries
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.command_line import command, json_option, option
from infra.errors import QuipuError
from infra.exchange_log import generation
from infra.registry import local_types
from infra.settings import Settings
from schemas.i18n import _, ngettext
from streams.correlation.wording import title_of_any
from streams.rules import library_texts, read_rule_book

UNPROVED = 1
FULL = 36

_many = option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help=_("How many at most."),
)
_skip = option(
    "--offset",
    type=click.IntRange(0),
    default=0,
    help=_("How many to leave out."),
)


@command(
    "indicators",
    help=_("What crosses borders, newest first."),
)
@option("--rule", default="", help=_("Only of this rule."))
@option(
    "--grade",
    type=click.Choice(["certain", "possible"]),
    help=_("Only certain or possible ones."),
)
@_many
@_skip
@with_query_options
def indicators_command(
    asked: QueryContext, rule: str, grade: str | None, limit: int, offset: int
) -> None:
    """The newest indicators that this reader may see."""
    with open_queries(asked.settings) as layer:
        found = layer.indicators(
            asked.reader, IndicatorFilter(rule, grade or ""), asked.as_of, limit, offset
        )
    if asked.as_json:
        _json(list[IndicatorView], found)
        return
    screen = _screen(asked)
    if not found:
        screen.say(
            _(
                "No indicator for {person}. Try without filters, another date (--as-of) "
                "or another clearance (--as).",
                person=asked.reader.person,
            ),
        )
        return
    screen.indicators(found)
    screen.say(
        ngettext(
            "{count} indicator. Why: quipu show {id}",
            "{count} indicators. Why: quipu show {id}",
            len(found),
            id=found[0].id[:8],
        ),
        "dim",
    )


@command(
    "show",
    help=_("One indicator, event or thing by its id."),
)
@click.argument("id_", metavar="ID")
@with_query_options
def show_command(asked: QueryContext, id_: str) -> None:
    """Whatever the id means; its first or last digits are enough where they are unique."""
    events: list[EventView] = []
    with open_queries(asked.settings) as layer:
        what, full = _resolve(layer, id_, asked)
        found: IndicatorView | EventHistory | Thing | None
        if what == "indicator":
            found = layer.indicator(full, asked.reader, asked.as_of)
            events = (
                layer.current([one.event for one in found.evidence], asked.reader, asked.as_of)
                if found
                else []
            )
        elif what == "event":
            found = layer.event(full, asked.reader, asked.as_of)
        else:
            found = layer.thing(full, asked.reader, asked.as_of)
    if found is None:
        raise not_found(id_)
    if asked.as_json:
        _json(type(found), found)
        return
    screen = _screen(asked)
    if isinstance(found, IndicatorView):
        screen.indicator(found, {event.id: event for event in events})
    elif isinstance(found, EventHistory):
        screen.history(found)
    else:
        screen.thing(found)


@command(
    "thing",
    help=_("Who knows this thing: by its key or its marks."),
)
@click.argument("key", required=False)
@option(
    "--kind",
    type=click.Choice(KINDS),
    default="weapon",
    show_default=True,
    help=_("Kind of thing."),
)
@option(
    "--serial",
    help=_("Of a weapon, as read; ? where it cannot be."),
)
@option(
    "--number",
    help=_("Of a document, telephone, account, plate, IMEI or lot."),
)
@option("--country", default="", help=_("That issued it."))
@option("--type", "type_", default="", help="PISTOL, REVOLVER …; national_id, passport …")
@option("--make", default="", help=_("Make, by any of its names."))
@option("--calibre", default="", help=_("Of an ammunition lot."))
@option("--institution", default="", help=_("Of an account."))
@with_query_options
def thing_command(
    asked: QueryContext,
    key: str | None,
    kind: str,
    serial: str | None,
    number: str | None,
    country: str,
    type_: str,
    make: str,
    calibre: str,
    institution: str,
) -> None:
    """By key, or by the marks of its kind."""
    if not (key or serial or number):
        raise _marks_missing()
    with open_queries(asked.settings) as layer:
        if key:
            _, full = _resolve(layer, key, asked, "thing")
            one = layer.thing(full, asked.reader, asked.as_of)
            found = [one] if one else []
        else:
            said = Identifiers(
                kind, serial or number or "", country.upper(), type_, make, calibre, institution
            )
            found = layer.things(said, asked.reader, asked.as_of)
    if key and not found:
        raise not_found(key)
    if asked.as_json:
        _json(list[Thing], found)
        return
    screen = _screen(asked)
    for thing in found:
        screen.thing(thing)
    if not found:
        screen.say(
            _(
                "Nobody whom this reader may hear knows it. Check the marks; in a "
                "serial, put ? where you are in doubt."
            ),
        )


@command("events", help=_("What was published, newest first."))
@option("--type", "type_", default="", help=_("Type of event."))
@option("--country", default="", help=_("Owner's country."))
@option("--node", default="", help=_("Node that published it."))
@option("--place", default="", help=_("Where it happened."))
@option(
    "--reference",
    default="",
    help=_("Sender's or case's reference."),
)
@option("--since", help=_("Recorded since."))
@_many
@_skip
@with_query_options
def events_command(
    asked: QueryContext,
    type_: str,
    country: str,
    node: str,
    place: str,
    reference: str,
    since: str | None,
    limit: int,
    offset: int,
) -> None:
    """Current versions that this reader may see."""
    wanted = EventFilter(type_, country.upper(), node, place.upper(), reference, parse_since(since))
    with open_queries(asked.settings) as layer:
        found = layer.events(asked.reader, wanted, asked.as_of, limit, offset)
    if asked.as_json:
        _json(list[EventView], found)
        return
    screen = _screen(asked)
    if not found:
        screen.say(
            _(
                "No event for {person} with these filters. Drop one, or try another date "
                "(--as-of).",
                person=asked.reader.person,
            ),
        )
        return
    screen.events(found)
    screen.say(
        ngettext(
            "{count} event. In full: quipu show {id}",
            "{count} events. One in full: quipu show {id}",
            len(found),
            id=found[0].id[-8:],
        ),
        "dim",
    )


@command(
    "series",
    help=_("How many indicators by rule and period."),
)
@option("--rule", default="", help=_("Only of this rule."))
@option(
    "--grade",
    type=click.Choice(["certain", "possible"]),
    help=_("Only certain or possible ones."),
)
@option(
    "--period",
    type=click.Choice(get_args(Period)),
    default="month",
    show_default=True,
    help=_("Month or week."),
)
@option(
    "--clock",
    type=click.Choice(get_args(Clock)),
    default="occurred",
    show_default=True,
    help=_("When the newest evidence occurred or was recorded."),
)
@with_query_options
def series_command(
    asked: QueryContext, rule: str, grade: str | None, period: Period, clock: Clock
) -> None:
    """Computed from what this reader sees."""
    with open_queries(asked.settings) as layer:
        found = layer.series(asked.reader, asked.as_of, rule, grade or "", period, clock)
    if asked.as_json:
        _json(list[SeriesPoint], found)
        return
    titles = {
        one.id: title_of_any(one)[asked.lang]
        for one in read_rule_book(
            {**library_texts(), **local_types.local_rules(asked.settings)}
        ).by_id.values()
    }
    _screen(asked).series(found, titles)


@command(
    "reconcile",
    help=_("Proves that nothing was lost or doubled."),
)
@json_option
@option(
    "--wait",
    "wait_s",
    type=float,
    default=0.0,
    help=_("Seconds to wait for it to hold."),
)
@click.pass_obj
def reconcile_command(settings: Settings, as_json: bool, wait_s: float) -> None:
    """Per cord, node beside mechanism; the first difference is named."""
    proofs = _proved(settings, wait_s)
    if as_json:
        click.echo(
            TypeAdapter(list[dict[str, Any]])
            .dump_json([_proof(proof) for proof in proofs], indent=2)
            .decode()
        )
    else:
        print_proof(Console(highlight=False), settings.lang, proofs)
    if not all(proof.holds for proof in proofs):
        sys.exit(UNPROVED)


def _proved(settings: Settings, wait_s: float) -> list[CordReconciliation]:
    client = connect(settings, database_of(generation.current_generation(settings)))
    until = time.monotonic() + wait_s
    try:
        while True:
            proofs = reconcile(settings, client)
            if all(proof.holds for proof in proofs) or time.monotonic() >= until:
                return proofs
            time.sleep(min(0.5, max(0.0, until - time.monotonic())))
    finally:
        client.disconnect()


def _proof(proof: CordReconciliation) -> dict[str, Any]:
    differences = [
        {"what": str(one.what), "left": one.left, "right": one.right, "remedy": str(one.remedy)}
        for one in proof.differences
    ]
    node = asdict(proof.node) if proof.node else None
    return {
        "cord": proof.cord,
        "holds": proof.holds,
        "node": node,
        "mechanism": asdict(proof.mechanism),
        "differences": differences,
    }


def _resolve(layer: QueryLayer, id_: str, asked: QueryContext, *what: Any) -> tuple[str, str]:
    try:
        return layer.resolve(
            id_, asked.reader, asked.as_of, what or ("indicator", "event", "thing")
        )
    except AmbiguousIdError as error:
        raise ambiguous_id(error) from error


def _marks_missing() -> QuipuError:
    return QuipuError(
        _("The key is missing, or the marks of the thing."),
        _(
            "Such as: quipu thing --serial TKL12345 --make Taurus --type PISTOL, or "
            "--kind document --country PE --number 12345678"
        ),
        "THING_MARKS",
    )


def _screen(asked: QueryContext) -> TerminalRenderer:
    return TerminalRenderer(Console(highlight=False), asked.lang, asked.reader)


def _json(kind: Any, value: Any) -> None:
    click.echo(TypeAdapter(kind).dump_json(value, indent=2).decode())


commands: list[click.Command] = [
    *disclosures.commands,
    indicators_command,
    show_command,
    thing_command,
    events_command,
    series_command,
    reconcile_command,
    rebuild_command,
]
