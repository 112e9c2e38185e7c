"""`quipu thing`: who knows a thing, by its key or by its identifiers."""

from __future__ import annotations

import click

from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    not_found,
    print_json,
    resolve_id,
    with_query_options,
)
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.things import Thing
from consumers.serving.cli_session import open_queries
from infra.command_line import command, option
from infra.errors import QuipuError
from schemas.i18n import _


def _identifiers(
    kind: str,
    serial: str | None,
    number: str | None,
    country: str,
    type_: str,
    make: str,
    calibre: str,
    institution: str,
) -> Identifiers:
    return Identifiers(
        kind=kind,
        number=serial or number or "",
        country=country.upper(),
        type=type_,
        make=make,
        calibre=calibre,
        institution=institution,
    )


@command("thing", help=_("Who knows this thing: by its key or its marks."))
@click.argument("key", required=False)
@gathered(
    "identifiers",
    _identifiers,
    option(
        "--kind",
        type=click.Choice(KINDS),
        default="weapon",
        show_default=True,
        help=_("Kind of thing."),
    ),
    option("--serial", help=_("Of a weapon, as read; ? where it cannot be.")),
    option("--number", help=_("Of a document, telephone, account, plate, IMEI or lot.")),
    option("--country", default="", help=_("That issued it.")),
    option("--type", "type_", default="", help="PISTOL, REVOLVER …; national_id, passport …"),
    option("--make", default="", help=_("Make, by any of its names.")),
    option("--calibre", default="", help=_("Of an ammunition lot.")),
    option("--institution", default="", help=_("Of an account.")),
)
@with_query_options
def thing_command(context: QueryContext, key: str | None, identifiers: Identifiers) -> None:
    """Show the thing with this key, or those that the identifiers may mean."""
    if not (key or identifiers.number):
        raise _identifiers_missing()
    things = _by_key(context, key) if key else _by_identifiers(context, identifiers)
    if context.as_json:
        print_json(list[Thing], things)
        return
    renderer = context.renderer
    for thing in things:
        renderer.thing(thing)
    if not things:
        renderer.message(
            _(
                "Nobody whom this reader may hear knows it. Check the marks; in a "
                "serial, put ? where you are in doubt."
            )
        )


def _by_key(context: QueryContext, key: str) -> list[Thing]:
    with open_queries(context.settings) as queries:
        _kind, id_ = resolve_id(queries, key, context, ("thing",))
        thing = queries.thing(id_, context.reader, context.as_of)
    if thing is None:
        raise not_found(key)
    return [thing]


def _by_identifiers(context: QueryContext, identifiers: Identifiers) -> list[Thing]:
    with open_queries(context.settings) as queries:
        return queries.things(identifiers, context.reader, context.as_of)


def _identifiers_missing() -> QuipuError:
    return QuipuError(
        _("The key is missing, or the marks of the thing."),
        _(
            "Such as: quipu thing --serial TKL12345 --make Taurus --type PISTOL, or "
            "--kind document --country PE --number 12345678"
        ),
        "THING_MARKS",
    )


commands: list[click.Command] = [thing_command]
