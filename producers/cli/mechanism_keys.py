"""The commands for the mechanism's own keys: list them, and give it new ones."""

from collections.abc import Mapping
from pathlib import Path

import click

from infra.command_line import argument, group, json_option, option
from infra.errors import KeyringError
from infra.keys import keyring, rotation
from infra.keys.rotation import KeyKind
from infra.list_file import csv_option, write_csv
from infra.option_types import number
from infra.registry.config_writer import read_config_history
from infra.registry.mechanism_keys import announced_keys, rotate_mechanism_key
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import since
from schemas.i18n import UserMessage, _

THINGS = "things"
HOUR_MS = 3_600_000

PURPOSES = {
    KeyKind.SIGNING: _("signs config, receipts and hits"),
    KeyKind.LEDGER: _("signs the disclosure ledger"),
    KeyKind.ENCRYPTION: _("opens what nodes encrypt"),
}


@group("key", help=_("The mechanism's own keys: list, rotate."))
def key_group() -> None:
    """Group the commands of the mechanism's keys."""


@key_group.command("list", help=_("List the mechanism's keys and whether they are here."))
@json_option
@csv_option
@click.pass_obj
def key_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """List the newest key of each kind that config names, and whether this folder has it."""
    newest = announced_keys(read_config_history(settings), keyring.trust_anchor(settings)[0])
    here = {key.key_id for kind in KeyKind if (key := rotation.current_key(settings, kind))}
    rows = [
        {"kind": kind.value, "key_id": key_id, "is_here": key_id in here}
        for kind, key_id in newest.items()
    ]
    if csv_path:
        names = ("kind", "key_id", "is_here")
        write_csv(csv_path, names, (tuple(row.values()) for row in rows), settings.lang)
        return
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        render_report.print_message(settings.lang, _row_text(row, KeyKind(str(row["kind"]))))
    if newest[KeyKind.LEDGER] == newest[KeyKind.SIGNING]:
        render_report.print_message(
            settings.lang,
            _("The ledger has no key of its own yet. Give it one: quipu found"),
        )


@key_group.command(
    "rotate",
    help=_("Give the mechanism a new key; what the former one signed or opened stays valid."),
)
@argument("kind", type=click.Choice([*(kind.value for kind in KeyKind), THINGS]))
@option(
    "--in",
    "hours",
    type=number(0, 8_784),
    default=0,
    show_default=True,
    help=_("Hours until the former key ends (at least the notice of config)."),
)
@click.pass_obj
def key_rotate(settings: Settings, kind: str, hours: float) -> None:
    """Rotate one key; the secret of things is refused, because all ids hang on it."""
    if kind == THINGS:
        raise _things_stay()
    written = rotate_mechanism_key(settings, KeyKind(kind), int(hours * HOUR_MS))
    render_report.print_message(
        settings.lang,
        _(
            "New key {key_id}. It is in use here now; the former one ends {since}.",
            key_id=written.key_id,
            since=since(settings, written),
        ),
    )
    render_report.print_message(
        settings.lang,
        _(
            "Before then, copy {folder} to the mechanism's other machines. Back it up, and destroy "
            "the copies of the former key, except those of `encryption`: old records need them.",
            folder=settings.keys_dir / "mechanism",
        ),
    )


def _row_text(row: Mapping[str, object], kind: KeyKind) -> UserMessage:
    values = {"kind": kind.value, "key_id": row["key_id"], "purpose": PURPOSES[kind]}
    if row["is_here"]:
        return _("{kind}: {key_id}, {purpose}.", **values)
    return _("{kind}: {key_id}, {purpose}. It is missing in this folder.", **values)


def _things_stay() -> KeyringError:
    return KeyringError(
        _("The secret of things cannot be rotated: all thing keys and indicator ids depend on it."),
        _(
            "Another secret needs a new exchange: found one in another data folder, and let each "
            "node publish its records there again."
        ),
        "THING_SECRET",
    )


commands: list[click.Command] = [key_group]
