"""`quipu thing`: who knows a thing, by its key or by its identifiers."""

from __future__ import annotations

import click

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.list_files import moment_of_list, notes_of, reader_of_files
from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    not_found,
    print_json,
    resolve_id,
    with_query_options,
)
from consumers.exports.formats import export_file
from consumers.presentation.list_tables import things_table
from consumers.query.identifiers import KINDS, Identifiers
from consumers.query.things import Thing, tell_findings_once
from consumers.query.views import to_datetime
from consumers.serving.cli_session import open_queries
from infra.coded_options import WordChoice
from infra.command_line import argument, command, option
from infra.errors import QuipuError
from infra.list_file import write_file
from schemas.i18n import _
from schemas.model import Reader

_OF_A_MAKE = ("weapon", "ammunition_lot")


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


@command("thing", help=_("Show the records of a thing, by its key or its values."))
@argument("key", required=False)
@gathered(
    "identifiers",
    _identifiers,
    option(
        "--kind",
        type=WordChoice("thing_kind", KINDS),
        default="weapon",
        show_default=True,
        help=_("Kind of thing."),
    ),
    option("--serial", help=_("Serial of a weapon; ? for an illegible position.")),
    option("--number", help=_("Number of a document, telephone, account, plate, IMEI or lot.")),
    option("--country", default="", help=_("Country that issued it.")),
    option("--type", "type_", default="", help="PISTOL, REVOLVER …; national_id, passport …"),
    option("--make", default="", help=_("Make, under any of its names.")),
    option("--calibre", default="", help=_("Calibre of an ammunition lot.")),
    option("--institution", default="", help=_("Institution of the account.")),
)
@with_output
@with_query_options
def thing_command(
    context: QueryContext, key: str | None, identifiers: Identifiers, output: FigureOutput
) -> None:
    """Show the thing with this key, or those that the identifiers may mean."""
    if not (key or identifiers.number):
        raise _identifiers_missing()
    reader = reader_of_files(context, output)
    things = _by_key(context, reader, key) if key else _by_identifiers(context, reader, identifiers)
    if output.files:
        _write(context, things, output)
        return
    if context.as_json:
        print_json(list[Thing], things)
        return
    renderer = context.renderer
    for thing in things:
        renderer.thing(thing)
    if not things:
        renderer.message(
            _(
                "No records of it that you may see. Check the values; write ? for a "
                "doubtful position of a serial."
            )
        )
        if not key and identifiers.kind in _OF_A_MAKE and not identifiers.make:
            renderer.message(_("Only makes of the table were searched; add --make for another."))


def _write(context: QueryContext, things: list[Thing], output: FigureOutput) -> None:
    """Write the records of the things into files."""
    at = to_datetime(moment_of_list(context))
    for format_, path in output.files.items():
        table = things_table(things, at, context.lang, notes_of(output))
        write_file(path, export_file(table, format_).parts)
        click.echo(_("{file} is written.", file=path).in_language(context.lang), err=True)


def _by_key(context: QueryContext, reader: Reader, key: str) -> list[Thing]:
    with open_queries(context.settings) as queries:
        _kind, id_ = resolve_id(queries, key, context, ("thing",))
        thing = queries.things.thing(id_, reader, context.as_of)
    if thing is None:
        raise not_found(key)
    return [tell_findings_once(thing)]


def _by_identifiers(context: QueryContext, reader: Reader, identifiers: Identifiers) -> list[Thing]:
    with open_queries(context.settings) as queries:
        things = queries.things.identified_by(identifiers, reader, context.as_of)
    return [tell_findings_once(thing) for thing in things]


def _identifiers_missing() -> QuipuError:
    return QuipuError(
        _("Name the thing by its key or by its values."),
        _(
            "For example: quipu thing --serial TKL12345 --make Taurus --type PISTOL, "
            "or --kind document --country PE --number 12345678"
        ),
        "THING_MARKS",
    )


commands: list[click.Command] = [thing_command]
