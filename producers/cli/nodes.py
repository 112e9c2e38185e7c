"""The commands that found the mechanism and admit its nodes: they write quipu.config."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from infra.coded_options import WordChoice
from infra.command_line import argument, command, group, json_option, option
from infra.confirmation import YES, require_confirmation
from infra.keys import keyring
from infra.list_file import csv_option, write_csv
from infra.option_types import seconds
from infra.registry import config_writer, founding
from infra.registry.nodes import (
    KEEP_MS,
    NodeRegistration,
    add_node,
    open_epoch,
    revoke_key,
    rotate_key,
)
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.enrolment import accept_command, admit_command, owners, request_command
from producers.cli.own_proof import node_reconcile
from producers.cli.render_config import since
from schemas.exchange_config import NOTICE_MS
from schemas.i18n import UserMessage, _
from schemas.model import LANES


@command(
    "found",
    help=_("Found the mechanism: its keys and its config."),
)
@option(
    "--notice",
    type=seconds(),
    default=NOTICE_MS / 1000,
    show_default=True,
    help=_("Notice of changes, in seconds."),
)
@option("--close", is_flag=True, help=_("Close the founding."))
@option(
    "--require-key-hashes",
    is_flag=True,
    help=_(
        "Reject events without the hash of their key. "
        "First upgrade every node and empty its outbox."
    ),
)
@click.pass_obj
def found_command(settings: Settings, notice: float, close: bool, require_key_hashes: bool) -> None:
    """Entries while founding hold from the beginning; after --close they need their notice."""
    if require_key_hashes:
        start = since(settings, founding.require_key_hashes(settings))
        render_report.print_message(
            settings.lang,
            _("Events without the hash of their key are rejected {since}.", since=start),
        )
        return
    if close:
        founding.close_founding(settings)
        render_report.print_message(
            settings.lang,
            _("Founding closed: changes of config now need their notice."),
        )
        return
    written = founding.found_mechanism(settings, int(notice * 1000))
    if written.announced:
        render_report.print_message(
            settings.lang,
            _(
                "New event types and rules announced, in effect {since}.",
                since=since(settings, written),
            ),
        )
        return
    render_report.print_message(
        settings.lang,
        _("Mechanism founded. Its keys: {keys_dir} (back them up).", keys_dir=settings.keys_dir),
    )
    render_report.print_message(
        settings.lang,
        _("Next: quipu node add NODE --country CC --authority A"),
    )


@group(
    "node",
    help=_("Country nodes: add, rotate, revoke, epochs."),
)
def node_group() -> None:
    """Group the commands of nodes."""


@node_group.command("add", help=_("Create a node's keys and admit it."))
@argument("node")
@option(
    "--country", required=True, type=WordChoice("country", owners()), help=_("Country or partner.")
)
@option(
    "--authority",
    required=True,
    help=_("Authority that it belongs to."),
)
@option(
    "--partition",
    type=click.IntRange(0, 2**31 - 1),
    help=_("Partition (otherwise the least used)."),
)
@option(
    "--succeeds",
    multiple=True,
    metavar="OLD",
    help=_("Node that it succeeds; it takes over its items."),
)
@click.pass_obj
def node_add(
    settings: Settings,
    node: str,
    country: str,
    authority: str,
    partition: int | None,
    succeeds: tuple[str, ...],
) -> None:
    """Announce a node in config and make its keys."""
    written = add_node(settings, NodeRegistration(node, country, authority, partition, succeeds))
    render_report.print_message(
        settings.lang,
        _(
            "Node {node} ({country}, {authority}), key {key_id}, partition "
            "{partition}; in effect {since}.",
            node=node,
            country=country,
            authority=authority,
            key_id=written.key_id,
            partition=written.partition,
            since=since(settings, written),
        ),
    )


@node_group.command(
    "rotate",
    help=_("Give a node a new key and keep the old one for a while."),
)
@argument("node")
@option(
    "--keep",
    type=seconds(),
    default=KEEP_MS / 1000,
    show_default=True,
    help=_("Seconds that the old key stays valid."),
)
@click.pass_obj
def node_rotate(settings: Settings, node: str, keep: float) -> None:
    """Give a node a new signing key."""
    written = rotate_key(settings, node, int(keep * 1000))
    render_report.print_message(
        settings.lang,
        _(
            "New key {key_id}, in effect {since}; the old one stays valid for {keep:.0f} s.",
            key_id=written.key_id,
            since=since(settings, written),
            keep=keep,
        ),
    )


@node_group.command("revoke", help=_("Revoke a key of the node, or all."))
@argument("node")
@option("--key", "key_id", metavar="ID", help=_("Only this key."))
@YES
@click.pass_obj
def node_revoke(settings: Settings, node: str, key_id: str | None, is_confirmed: bool) -> None:
    """Revoke a signing key of a node."""
    require_confirmation(
        lambda: _revocation_facts(settings, node, key_id), is_confirmed, settings.lang
    )
    written = revoke_key(settings, node, key_id)
    render_report.print_message(
        settings.lang,
        _("Revoked {key_id}: {since}.", key_id=written.key_id, since=since(settings, written)),
    )


def _revocation_facts(settings: Settings, node: str, key_id: str | None) -> list[UserMessage]:
    """Say which keys of a node in config a revocation will hit."""
    keys = [
        key.key_id
        for key in config_writer.read_config(settings).keys.values()
        if key.node == node and not key.revoked and key_id in (None, key.key_id)
    ]
    return [
        _("Node {node}, valid keys: {keys}", node=node, keys=", ".join(keys) or "-"),
        _(
            "What these keys sign from now on is rejected. It cannot be taken back: "
            "a node without a key needs `quipu node rotate`."
        ),
    ]


@node_group.command(
    "epoch",
    help=_("Approve the next epoch of a restored node."),
)
@argument("node")
@option(
    "--lane", type=WordChoice("lane", LANES), default="routine", show_default=True, help=_("Lane.")
)
@click.pass_obj
def node_epoch(settings: Settings, node: str, lane: str) -> None:
    """Open a new epoch of a node's lane."""
    written = open_epoch(settings, node, lane)
    render_report.print_message(
        settings.lang,
        _(
            "Epoch {epoch} of {node}/{lane}, in effect {since}.",
            epoch=written.epoch,
            node=node,
            lane=lane,
            since=since(settings, written),
        ),
    )


_NODE_COLUMNS = (
    *("node", "country", "authority", "partition", "succeeds", "valid_keys"),
    *(f"epoch_{lane}" for lane in LANES),
    "here",
)


@node_group.command("list", help=_("List nodes, keys and epochs."))
@json_option
@csv_option
@click.pass_obj
def node_list(settings: Settings, as_json: bool, csv_path: Path | None) -> None:
    """Show the nodes of config."""
    view = config_writer.read_config(settings)
    rows: list[dict[str, Any]] = [
        {
            "node": node.name,
            "country": node.country,
            "authority": node.authority,
            "partition": node.partition,
            "succeeds": list(node.succeeds),
            "keys": [
                {"key_id": key.key_id, "revoked": key.revoked}
                for key in view.keys.values()
                if key.node == node.name
            ],
            "epochs": {
                lane: max([1, *(e for n, of, e in view.epochs if (n, of) == (node.name, lane))])
                for lane in LANES
            },
            "here": keyring.node_folder(settings, node.name).exists(),
        }
        for node in sorted(view.nodes.values(), key=lambda member: (member.country, member.name))
    ]
    if csv_path:
        write_csv(csv_path, _NODE_COLUMNS, map(_node_cells, rows), settings.lang)
    elif as_json:
        echo_json(rows)
    elif rows:
        render_report.print_nodes(rows, settings.lang, render_report.make_console())
    else:
        render_report.print_message(
            settings.lang,
            _("No nodes yet: quipu node add NODE --country CC --authority A"),
        )


def _node_cells(row: Mapping[str, Any]) -> list[object]:
    """Return the cells of a node; its keys are those that are valid."""
    keys = [key["key_id"] for key in row["keys"] if not key["revoked"]]
    plain = [row[name] for name in _NODE_COLUMNS[:5]]
    return [*plain, keys, *(row["epochs"][lane] for lane in LANES), row["here"]]


for node_command in (request_command, admit_command, accept_command, node_reconcile):
    node_group.add_command(node_command)
commands: list[click.Command] = [found_command, node_group]
