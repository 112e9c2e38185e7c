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
    CHANNEL,
    QueryContext,
    open_ledger,
    open_queries,
    parse_as_of,
    with_query_options,
)
from consumers.ledger.writer import verify_chain
from consumers.presentation.times import utc
from consumers.query.conditions import ConditionView
from consumers.query.disclosures import Disclosure, DisclosureFilter
from consumers.query.query_layer import DEFAULT_LIMIT
from infra.errors import QuipuError, Words
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import trust_anchor
from infra.settings import Settings
from schemas.model import ReaderCondition
from schemas.topics import DISCLOSURES

BROKEN = 1
SHORT = 8
ACTS = {
    "shown": Words("mostrado", "shown"),
    "accepted": Words("condición aceptada", "condition accepted"),
}
INDICATORS = Words("indicador", "indicator"), Words("indicadores", "indicators")
EVENTS = Words("evento", "event"), Words("eventos", "events")


@click.command(
    "disclosures",
    help="Qué se mostró a quién. Un país ve lo suyo. | What was shown to whom. A country sees its own.",
)
@click.option(
    "--event", default="", help="Id de un evento, o sus cifras. | An event's id, or digits of it."
)
@click.option("--reader", "person", default="", help="A quién se mostró. | Who was shown it.")
@click.option("--since", help="Desde esta fecha. | Since this date.")
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Cuántos a lo sumo. | How many at most.",
)
@click.option(
    "--offset",
    type=click.IntRange(0),
    default=0,
    help="Cuántos se saltan. | How many to leave out.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Comprueba firmas y cadenas de todo el registro. | Check signatures and chains of all of it.",
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
    start = (
        parse_as_of(f"{since}T00:00" if since and len(since) == len("2018-07-01") else since) or 0
    )
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
            Words(
                "Nada que se pueda decir a quien pregunta.", "Nothing that may be told to who asks."
            ).text(asked.lang),
        )


@click.command(
    "conditions",
    help="Lo que los dueños piden antes de mostrar más (H3). | What owners ask before more is shown (H3).",
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
            utc(one.accepted_at)
            if one.accepted_at
            else Words("sin aceptar", "not accepted").text(asked.lang)
        )
        click.echo(f"{one.country}: {one.text} ({state})")
    if not found:
        click.echo(Words("Ningún dueño pide nada.", "No owner asks for anything.").text(asked.lang))


@click.command(
    "accept-condition",
    help="Acepta una vez la condición de un dueño (H3). | Accept an owner's condition once (H3).",
)
@click.argument("country", metavar="PAIS")
@click.argument("text", metavar="TEXTO")
@click.option(
    "--event",
    type=click.UUID,
    help="Id del evento en que se leyó. | Id of the event where it was read.",
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
    click.echo(Words("Aceptada y anotada.", "Accepted and recorded.").text(asked.lang))


def _table(found: Sequence[Disclosure], lang: str) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim", padding=(0, 2, 0, 0))
    for heading in (
        Words("cuándo UTC", "when UTC"),
        Words("quién", "who"),
        Words("para qué", "purpose"),
        Words("por", "through"),
    ):
        table.add_column(heading.text(lang), no_wrap=True)
    table.add_column(Words("qué", "what").text(lang), ratio=1)
    for one in found:
        table.add_row(
            utc(one.recorded_at), one.person, one.purpose or "—", one.through, _what(one, lang)
        )
    return table


def _what(one: Disclosure, lang: str) -> str:
    if one.condition is not None:
        return f"{ACTS[one.act].text(lang)}: {one.condition_of}: {one.condition}"
    events = list(dict.fromkeys(event.id[-SHORT:] for event in one.events))
    listed = ", ".join(events[:4]) + (f" +{len(events) - 4}" if len(events) > 4 else "")
    said = [
        f"{count} {(single if count == 1 else several).text(lang)}"
        for count, single, several in ((len(one.indicators), *INDICATORS), (len(events), *EVENTS))
        if count
    ]
    if not said:
        return Words("cifras", "figures").text(lang)
    return ", ".join(said) + (f": {listed}" if listed else "")


def _verify(settings: Settings, lang: str) -> None:
    """The topic itself, from its beginning: the tables could be made again."""
    with closing(PartitionReader(settings.kafka, DISCLOSURES, 0)) as reader:
        end = reader.end()
        found = verify_chain(reader.read(end), *trust_anchor(settings))
    for one in found:
        click.echo(f"{DISCLOSURES}/0/{one.offset}: {one.why.text(lang)}", err=True)
    if found:
        sys.exit(BROKEN)
    click.echo(
        Words(
            f"{end} anotaciones, ninguna falta ni cambió.",
            f"{end} entries, none missing or changed.",
        ).text(lang)
    )


def _no_condition(wanted: ReaderCondition) -> QuipuError:
    return QuipuError(
        Words(
            f"{wanted.country} no pide «{wanted.text}» a quien pregunta.",
            f"{wanted.country} does not ask `{wanted.text}` of who asks.",
        ),
        Words(
            "Vea lo que piden con «quipu conditions».", "See what is asked with `quipu conditions`."
        ),
        "NO_CONDITION",
    )


commands: list[click.Command] = [disclosures_command, conditions_command, accept_command]
