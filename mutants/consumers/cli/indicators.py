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
    open_queries,
    parse_as_of,
    with_query_options,
)
from consumers.cli.rebuild import rebuild_command
from consumers.cli.render import TerminalRenderer
from consumers.cli.render_reconcile import print_proof
from consumers.maintenance.reconcile import CordReconciliation, reconcile
from consumers.query.filters import IndicatorFilter
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.indicators import IndicatorView
from consumers.query.query_layer import DEFAULT_LIMIT, AmbiguousIdError, EventFilter, QueryLayer
from consumers.query.series import Clock, Period, SeriesPoint
from consumers.query.things import Thing
from consumers.query.views import EventHistory, EventView
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.errors import QuipuError, Words
from infra.exchange_log import generation
from infra.registry import local_types
from infra.settings import Settings
from streams.correlation.wording import title_of_any
from streams.rules import rules

UNPROVED = 1
FULL = 36

_many = click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Cuántos a lo sumo. | How many at most.",
)
_skip = click.option(
    "--offset",
    type=click.IntRange(0),
    default=0,
    help="Cuántos se saltan. | How many to leave out.",
)


@click.command(
    "indicators",
    help="Qué cruza fronteras, lo más nuevo primero. | What crosses borders, newest first.",
)
@click.option("--rule", default="", help="Solo los de esta regla. | Only of this rule.")
@click.option(
    "--grade",
    type=click.Choice(["certain", "possible"]),
    help="Solo ciertos o solo posibles. | Only certain or possible ones.",
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
            f"Ningún indicador para {asked.reader.person}. Pruebe sin filtros, con otra fecha (--as-of) u otra autorización (--as).",
            f"No indicator for {asked.reader.person}. Try without filters, another date (--as-of) or another clearance (--as).",
        )
        return
    screen.indicators(found)
    screen.say(
        f"{len(found)} indicadores. Por qué: quipu show {found[0].id[:8]}",
        f"{len(found)} indicators. Why: quipu show {found[0].id[:8]}",
        "dim",
    )


@click.command(
    "show",
    help="Un indicador, evento o cosa, por su id o parte de él. | One indicator, event or thing by its id.",
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


@click.command(
    "thing",
    help="Quién conoce esta cosa: por su clave o por sus marcas. | Who knows this thing: by its key or its marks.",
)
@click.argument("key", required=False)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="weapon",
    show_default=True,
    help="Clase de cosa. | Kind of thing.",
)
@click.option(
    "--serial",
    help="De un arma, como se lee; ? donde no se lee. | Of a weapon, as read; ? where it cannot be.",
)
@click.option(
    "--number",
    help="De documento, teléfono, cuenta, placa, IMEI o lote. | Of a document, telephone, account, plate, IMEI or lot.",
)
@click.option("--country", default="", help="Que lo emitió: BO, CO, EC, PE … | That issued it.")
@click.option("--type", "type_", default="", help="PISTOL, REVOLVER …; national_id, passport …")
@click.option(
    "--make", default="", help="Marca, con cualquiera de sus nombres. | Make, by any of its names."
)
@click.option("--calibre", default="", help="De un lote de munición. | Of an ammunition lot.")
@click.option("--institution", default="", help="De una cuenta. | Of an account.")
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
            "Nadie que se le muestre a quien pregunta la conoce. Revise las marcas; en un serial, ponga ? donde dude.",
            "Nobody whom this reader may hear knows it. Check the marks; in a serial, put ? where you are in doubt.",
        )


@click.command(
    "events", help="Lo que se publicó, lo más nuevo primero. | What was published, newest first."
)
@click.option(
    "--type", "type_", default="", help="Tipo de evento: weapon_record, seizure … | Type of event."
)
@click.option("--country", default="", help="País dueño. | Owner's country.")
@click.option("--node", default="", help="Nodo que lo publicó. | Node that published it.")
@click.option(
    "--place", default="", help="País o subdivisión donde ocurrió: CO-NAR. | Where it happened."
)
@click.option(
    "--reference",
    default="",
    help="Referencia del remitente o del caso. | Sender's or case's reference.",
)
@click.option("--since", help="Registrado desde esta fecha. | Recorded since.")
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
    wanted = EventFilter(type_, country.upper(), node, place.upper(), reference, _since(since))
    with open_queries(asked.settings) as layer:
        found = layer.events(asked.reader, wanted, asked.as_of, limit, offset)
    if asked.as_json:
        _json(list[EventView], found)
        return
    screen = _screen(asked)
    if not found:
        screen.say(
            f"Ningún evento para {asked.reader.person} con esos filtros. Quite uno, o pruebe otra fecha (--as-of).",
            f"No event for {asked.reader.person} with these filters. Drop one, or try another date (--as-of).",
        )
        return
    screen.events(found)
    screen.say(
        f"{len(found)} eventos. Uno entero: quipu show {found[0].id[-8:]}",
        f"{len(found)} events. One in full: quipu show {found[0].id[-8:]}",
        "dim",
    )


@click.command(
    "series",
    help="Cuántos indicadores por regla y período. | How many indicators by rule and period.",
)
@click.option("--rule", default="", help="Solo de esta regla. | Only of this rule.")
@click.option(
    "--grade",
    type=click.Choice(["certain", "possible"]),
    help="Solo ciertos o solo posibles. | Only certain or possible ones.",
)
@click.option(
    "--period",
    type=click.Choice(get_args(Period)),
    default="month",
    show_default=True,
    help="Mes o semana. | Month or week.",
)
@click.option(
    "--clock",
    type=click.Choice(get_args(Clock)),
    default="occurred",
    show_default=True,
    help="Cuándo ocurrió o cuándo se registró lo último. | When the newest evidence occurred or was recorded.",
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
        for one in rules(local_types.local_rules(asked.settings)).by_id.values()
    }
    _screen(asked).series(found, titles)


@click.command(
    "reconcile",
    help="Prueba que nada se perdió ni se duplicó. Código de salida 0 si es así. | Proves that nothing was lost or doubled.",
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@click.option(
    "--wait",
    "wait_s",
    type=float,
    default=0.0,
    help="Segundos que se espera a que cuadre. | Seconds to wait for it to hold.",
)
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def reconcile_command(settings: Settings, as_json: bool, wait_s: float, lang: str | None) -> None:
    """Per cord, node beside mechanism; the first difference is named."""
    proofs = _proved(settings, wait_s)
    if as_json:
        click.echo(
            TypeAdapter(list[dict[str, Any]])
            .dump_json([_proof(proof) for proof in proofs], indent=2)
            .decode()
        )
    else:
        print_proof(Console(highlight=False), lang or settings.lang, proofs)
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
        {"what": one.what.en, "left": one.left, "right": one.right, "remedy": one.remedy.en}
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


def _since(text: str | None) -> int:
    if text is None:
        return 0
    at = parse_as_of(f"{text}T00:00" if len(text) == len("2018-07-01") else text)
    return at or 0


def _marks_missing() -> QuipuError:
    return QuipuError(
        Words(
            "Falta la clave, o las marcas de la cosa.",
            "The key is missing, or the marks of the thing.",
        ),
        Words(
            "Por ejemplo: quipu thing --serial TKL12345 --make Taurus --type PISTOL, o --kind document --country PE --number 12345678",
            "Such as: quipu thing --serial TKL12345 --make Taurus --type PISTOL, or --kind document --country PE --number 12345678",
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
