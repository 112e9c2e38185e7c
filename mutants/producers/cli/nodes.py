"""The commands that found the mechanism and admit its nodes: they write quipu.config."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from infra.errors import Words
from infra.keys import keyring
from infra.registry import founding
from infra.settings import Settings
from producers.cli import render_report
from schemas.exchange_config import NOTICE_MS
from schemas.model import COUNTRIES, LANES


@click.command(
    "found",
    help="Funda el mecanismo: sus llaves y su configuración. | Found the mechanism: its keys and its config.",
)
@click.option(
    "--notice",
    type=float,
    default=NOTICE_MS / 1000,
    show_default=True,
    help="Segundos de aviso de los cambios. | Notice of changes, seconds.",
)
@click.option("--close", is_flag=True, help="Cierra la fundación. | Close the founding.")
@click.pass_obj
def found_command(settings: Settings, notice: float, close: bool) -> None:
    """Entries while founding hold from the beginning; after --close they need their notice."""
    if close:
        founding.close_founding(settings)
        render_report.say(
            settings.lang,
            "Fundación cerrada: los cambios de configuración rigen tras su aviso.",
            "Founding closed: changes of config hold after notice.",
        )
        return
    written = founding.found_mechanism(settings, int(notice * 1000))
    if written.announced:
        render_report.say(
            settings.lang,
            f"Tipos de evento nuevos, anunciados; rigen {since(settings, written)}.",
            f"New event types, announced; they hold {since(settings, written)}.",
        )
        return
    render_report.say(
        settings.lang,
        f"Mecanismo fundado. Sus llaves: {settings.keys_dir} (haga copia).",
        f"Mechanism founded. Its keys: {settings.keys_dir} (back them up).",
    )
    render_report.say(
        settings.lang,
        "Ahora: quipu node add NODO --country CC --authority A",
        "Next: quipu node add NODE --country CC --authority A",
    )


@click.group(
    "node",
    help="Nodos nacionales: crear, rotar y revocar llaves, abrir épocas. | Country nodes: add, rotate, revoke, epochs.",
)
def node_group() -> None:
    """Entries of quipu.config."""


@node_group.command(
    "add", help="Crea las llaves de un nodo y lo admite. | Make a node's keys and admit it."
)
@click.argument("node")
@click.option("--country", required=True, type=click.Choice(COUNTRIES), help="País. | Country.")
@click.option(
    "--authority",
    required=True,
    help="Autoridad a la que pertenece. | Authority that it belongs to.",
)
@click.option(
    "--partition",
    type=int,
    help="Partición (si no, la menos usada). | Partition (else the least used).",
)
@click.option(
    "--succeeds",
    multiple=True,
    metavar="OLD",
    help="Nodo cuyos registros hereda. | Node whose items it takes over.",
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
    written = founding.add_node(settings, node, country, authority, partition, succeeds)
    render_report.say(
        settings.lang,
        f"Nodo {node} ({country}, {authority}), llave {written.key_id}, partición {written.partition}; rige {since(settings, written)}.",
        f"Node {node} ({country}, {authority}), key {written.key_id}, partition {written.partition}; holds {since(settings, written)}.",
    )


@node_group.command(
    "rotate",
    help="Da al nodo una llave nueva antes de dejar la anterior. | Give a node a new key before the former goes.",
)
@click.argument("node")
@click.option(
    "--keep",
    type=float,
    default=founding.KEEP_MS / 1000,
    show_default=True,
    help="Segundos que vale aún la anterior. | Seconds the former holds.",
)
@click.pass_obj
def node_rotate(settings: Settings, node: str, keep: float) -> None:
    written = founding.rotate_key(settings, node, int(keep * 1000))
    render_report.say(
        settings.lang,
        f"Llave nueva {written.key_id}, rige {since(settings, written)}; la anterior vale {keep:.0f} s más.",
        f"New key {written.key_id}, holds {since(settings, written)}; the former holds {keep:.0f} s more.",
    )


@node_group.command(
    "revoke", help="Revoca una llave del nodo, o todas. | Revoke a key of the node, or all."
)
@click.argument("node")
@click.option("--key", "key_id", metavar="ID", help="Solo esta llave. | Only this key.")
@click.pass_obj
def node_revoke(settings: Settings, node: str, key_id: str | None) -> None:
    written = founding.revoke_key(settings, node, key_id)
    render_report.say(
        settings.lang,
        f"Revocada {written.key_id}: {since(settings, written)}.",
        f"Revoked {written.key_id}: {since(settings, written)}.",
    )


@node_group.command(
    "epoch",
    help="Aprueba la época siguiente de un nodo restaurado. | Approve the next epoch of a restored node.",
)
@click.argument("node")
@click.option(
    "--lane", type=click.Choice(LANES), default="routine", show_default=True, help="Carril. | Lane."
)
@click.pass_obj
def node_epoch(settings: Settings, node: str, lane: str) -> None:
    written = founding.open_epoch(settings, node, lane)
    render_report.say(
        settings.lang,
        f"Época {written.epoch} de {node}/{lane}, rige {since(settings, written)}.",
        f"Epoch {written.epoch} of {node}/{lane}, holds {since(settings, written)}.",
    )


@node_group.command(
    "list", help="Los nodos, sus llaves y épocas. | The nodes, their keys and epochs."
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def node_list(settings: Settings, as_json: bool, lang: str | None) -> None:
    view = founding.read_config(settings)
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
        for node in sorted(view.nodes.values(), key=lambda each: (each.country, each.name))
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        render_report.nodes(rows, lang or settings.lang, render_report.console())
    else:
        render_report.say(
            settings.lang,
            "No hay nodos: quipu node add NODO --country CC --authority A",
            "No nodes yet: quipu node add NODE --country CC --authority A",
        )


def since(settings: Settings, written: founding.ConfigChange) -> str:
    if not written.holds_from:
        return Words("desde el principio", "from the beginning").text(settings.lang)
    moment = datetime.fromtimestamp(written.holds_from / 1000, UTC)
    return Words(
        f"desde {moment:%Y-%m-%d %H:%M:%S} UTC", f"from {moment:%Y-%m-%d %H:%M:%S} UTC"
    ).text(settings.lang)
