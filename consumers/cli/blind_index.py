"""`quipu hit-lookup blind-key, blind-export, blind-match`: compare lists that nobody sends."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from secrets import token_hex

import click

from consumers.cli.hit_lookup import COLUMNS, hit_lookup_group
from consumers.cli.list_files import read_list
from consumers.identity.local_access import write_private
from consumers.query import identifiers
from consumers.query.hit_lookup.blind import (
    KEY_BYTES,
    BlindIndexError,
    is_in_index,
    read_index,
    write_index,
)
from consumers.query.hit_lookup.lines import line_of
from consumers.query.identifiers import Identifiers, ThingName
from consumers.query.persons.lookup_file import LookupLine, read_lookup_file
from infra.command_line import argument, option
from infra.errors import QuipuError
from infra.list_file import write_file
from infra.settings import Settings
from infra.system_errors import reason_of
from schemas.i18n import _

path_type = click.Path(dir_okay=False, path_type=Path)
key_option = option(
    "--key-file", required=True, type=path_type, help=_("The key that both countries hold.")
)


@hit_lookup_group.command("blind-key", help=_("Make the key that two countries agree on."))
@argument("file", metavar="FILE", type=path_type)
def blind_key_command(file: Path) -> None:
    """Write a new key, for this user's eyes alone. It never replaces one."""
    if file.exists():
        raise BlindIndexError(_("{file} exists already.", file=file), _("Name a new file."))
    write_private(file, token_hex(KEY_BYTES))


@hit_lookup_group.command("blind-export", help=_("Write keyed hashes of a list for one month."))
@argument("file", metavar="FILE.csv", type=path_type)
@option("--month", required=True, metavar="2026-11", help=_("Month that the index is good for."))
@option("--out", required=True, type=path_type, help=_("The file to be written."))
@key_option
@click.pass_obj
def blind_export_command(
    settings: Settings, file: Path, month: str, out: Path, key_file: Path
) -> None:
    """Hash each object of the list; say which lines name none."""
    names: list[ThingName] = []
    for line in read_lookup_file(read_list(file), columns=COLUMNS):
        names += _names_of(line, settings.lang)
    write_file(out, [write_index(names, _key(key_file), month).encode()])


@hit_lookup_group.command("blind-match", help=_("Say which lines of a list are in an index."))
@argument("index_file", metavar="INDEX", type=path_type)
@argument("file", metavar="FILE.csv", type=path_type)
@key_option
@click.pass_obj
def blind_match_command(settings: Settings, index_file: Path, file: Path, key_file: Path) -> None:
    """Print a row for each line: its number, and hit or no_hit."""
    index, key = read_index(_index_text(index_file)), _key(key_file)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("line", "answer"))
    for line in read_lookup_file(read_list(file), columns=COLUMNS):
        names = _names_of(line, settings.lang)
        answer = "hit" if names and is_in_index(names, index, key) else "no_hit"
        writer.writerow((line.number, answer if names else "cannot_say"))


def _index_text(file: Path) -> str:
    """Read an index as text. Raises BlindIndexError."""
    try:
        return file.read_text("ascii", "replace")
    except OSError as error:
        raise BlindIndexError(
            _("{file} cannot be read: {error}.", file=file, error=reason_of(error)),
            _("Name a file that you may read."),
        ) from error


def _names_of(line: LookupLine, lang: str) -> list[ThingName]:
    """Return what a line names; none, and the reason on stderr, where it names no object."""
    asked_line = line_of(line.values)
    given = {
        name: value for name, value in asked_line.fields.items() if name in Identifiers.__slots__
    }
    try:
        names = identifiers.thing_names(Identifiers(**given))
    except QuipuError as error:
        names = []
        reason = error.message
    else:
        reason = _("The number cannot be read.")
    if not names:
        text = _("Line {line}: {problem}", line=line.number, problem=reason.in_language(lang))
        click.echo(text.in_language(lang), err=True)
    return names


def _key(file: Path) -> bytes:
    """Read a key. Raises BlindIndexError."""
    try:
        return bytes.fromhex(read_list(file).decode("ascii", "replace").strip())
    except ValueError as error:
        raise BlindIndexError(
            _("{file} holds no key.", file=file),
            _("Make one with `quipu hit-lookup blind-key`."),
        ) from error


commands: list[click.Command] = [hit_lookup_group]
"""The group with the commands of both modules: importing this one adds its own."""
