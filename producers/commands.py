"""The commands of founding and of a country node. Exit codes: 0 all fine, 1 some item refused or rejected, 2 could not run or finish."""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.console import Console

from infra import keyring
from infra.errors import QuipuError, Words
from infra.settings import Settings
from producers import founding, show
from producers.errors import NodeError
from producers.node import ANSWER_S, Act, CountryNode
from producers.outbox import Outbox
from producers.report import Report
from schemas.codes import code_lists
from schemas.config import NOTICE_MS
from schemas.model import COUNTRIES, LANES, EventId

_ERASING_S = 3.0
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
_ALL = click.option(
    "--all", "every", is_flag=True, help="Todos los registros, no solo los primeros 20. | Every item, not only the first 20."
)
_TIMEOUT = click.option(
    "--timeout", type=float, default=ANSWER_S, show_default=True, help="Segundos que espera respuestas. | Seconds to wait for answers."
)
_NO_WAIT = click.option("--no-wait", is_flag=True, help="Enviar y no esperar respuestas. | Send and do not wait for answers.")
_NODE = click.option("--node", required=True, metavar="N", help="El nodo. | The node.")
_MAPPING = click.option("--mapping", required=True, metavar="M", help="Nombre o ruta del mapeo. | Name or path of the mapping.")


@click.command("found", help="Funda el mecanismo: sus llaves y su configuración. | Found the mechanism: its keys and its config.")
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
        founding.close(settings)
        _say(
            settings,
            "Fundación cerrada: los cambios de configuración rigen tras su aviso.",
            "Founding closed: changes of config hold after notice.",
        )
        return
    founding.found(settings, int(notice * 1000))
    _say(
        settings,
        f"Mecanismo fundado. Sus llaves: {settings.keys_dir} (haga copia).",
        f"Mechanism founded. Its keys: {settings.keys_dir} (back them up).",
    )
    _say(settings, "Ahora: quipu node add NODO --country CC --authority A", "Next: quipu node add NODE --country CC --authority A")


@click.group("node", help="Nodos nacionales: crear, rotar y revocar llaves, abrir épocas. | Country nodes: add, rotate, revoke, epochs.")
def node_group() -> None:
    """Entries of quipu.config."""


@node_group.command("add", help="Crea las llaves de un nodo y lo admite. | Make a node's keys and admit it.")
@click.argument("node")
@click.option("--country", required=True, type=click.Choice(COUNTRIES), help="País. | Country.")
@click.option("--authority", required=True, help="Autoridad a la que pertenece. | Authority that it belongs to.")
@click.option("--partition", type=int, help="Partición (si no, la menos usada). | Partition (else the least used).")
@click.option("--succeeds", multiple=True, metavar="OLD", help="Nodo cuyos registros hereda. | Node whose items it takes over.")
@click.pass_obj
def node_add(settings: Settings, node: str, country: str, authority: str, partition: int | None, succeeds: tuple[str, ...]) -> None:
    written = founding.add_node(settings, node, country, authority, partition, succeeds)
    _say(
        settings,
        f"Nodo {node} ({country}, {authority}), llave {written.key_id}, partición {written.partition}; rige {_since(settings, written)}.",
        f"Node {node} ({country}, {authority}), key {written.key_id}, partition {written.partition}; holds {_since(settings, written)}.",
    )


@node_group.command("rotate", help="Da al nodo una llave nueva antes de dejar la anterior. | Give a node a new key before the former goes.")
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
    written = founding.rotate(settings, node, int(keep * 1000))
    _say(
        settings,
        f"Llave nueva {written.key_id}, rige {_since(settings, written)}; la anterior vale {keep:.0f} s más.",
        f"New key {written.key_id}, holds {_since(settings, written)}; the former holds {keep:.0f} s more.",
    )


@node_group.command("revoke", help="Revoca una llave del nodo, o todas. | Revoke a key of the node, or all.")
@click.argument("node")
@click.option("--key", "key_id", metavar="ID", help="Solo esta llave. | Only this key.")
@click.pass_obj
def node_revoke(settings: Settings, node: str, key_id: str | None) -> None:
    written = founding.revoke(settings, node, key_id)
    _say(settings, f"Revocada {written.key_id}: {_since(settings, written)}.", f"Revoked {written.key_id}: {_since(settings, written)}.")


@node_group.command("epoch", help="Aprueba la época siguiente de un nodo restaurado. | Approve the next epoch of a restored node.")
@click.argument("node")
@click.option("--lane", type=click.Choice(LANES), default="routine", show_default=True, help="Carril. | Lane.")
@click.pass_obj
def node_epoch(settings: Settings, node: str, lane: str) -> None:
    written = founding.open_epoch(settings, node, lane)
    _say(
        settings,
        f"Época {written.epoch} de {node}/{lane}, rige {_since(settings, written)}.",
        f"Epoch {written.epoch} of {node}/{lane}, holds {_since(settings, written)}.",
    )


@node_group.command("list", help="Los nodos, sus llaves y épocas. | The nodes, their keys and epochs.")
@_JSON
@_LANG
@click.pass_obj
def node_list(settings: Settings, as_json: bool, lang: str | None) -> None:
    view = founding.view(settings)
    rows: list[dict[str, Any]] = [
        {
            "node": node.name,
            "country": node.country,
            "authority": node.authority,
            "partition": node.partition,
            "succeeds": list(node.succeeds),
            "keys": [{"key_id": key.key_id, "revoked": key.revoked} for key in view.keys.values() if key.node == node.name],
            "epochs": {lane: max([1, *(e for n, of, e in view.epochs if (n, of) == (node.name, lane))]) for lane in LANES},
            "here": keyring.node_folder(settings, node.name).exists(),
        }
        for node in sorted(view.nodes.values(), key=lambda each: (each.country, each.name))
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        show.nodes(rows, lang or settings.lang, _console())
    else:
        _say(
            settings,
            "No hay nodos: quipu node add NODO --country CC --authority A",
            "No nodes yet: quipu node add NODE --country CC --authority A",
        )


@click.command("publish", help="Publica un archivo de un sistema nacional. | Publish a file of a national system.")
@click.argument("file", type=click.Path(path_type=Path))
@_NODE
@_MAPPING
@click.option("--lane", type=click.Choice(LANES), default="routine", show_default=True, help="Carril. | Lane.")
@click.option("--justification", help="Por qué es urgente. | Why it is urgent.")
@_NO_WAIT
@_TIMEOUT
@_ALL
@_JSON
@_LANG
@click.pass_obj
def publish_command(settings: Settings, /, file: Path, mapping: str, lane: str, justification: str | None, **options: Any) -> None:
    """Ends with what became of every item; interrupted and repeated safely."""
    _run(settings, options, lambda node, wait: node.publish(file, mapping, lane, wait, justification))


@click.command("correct", help="Publica versiones corregidas, por su referencia. | Publish corrected versions, by their reference.")
@click.argument("file", type=click.Path(path_type=Path))
@_NODE
@_MAPPING
@click.option("--reason", required=True, metavar="CODE", help="Por qué; queda en el buzón. | Why; kept in the outbox.")
@_NO_WAIT
@_TIMEOUT
@_ALL
@_JSON
@_LANG
@click.pass_obj
def correct_command(settings: Settings, /, file: Path, mapping: str, reason: str, **options: Any) -> None:
    _known_reason("retraction", reason)
    _run(settings, options, lambda node, wait: node.correct(file, mapping, reason, wait))


def _act_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        _NODE,
        click.option("--id", "id_", metavar="ID", help="El id del evento. | The event's id."),
        click.option("--reference", metavar="R", help="O su referencia de origen, con --type. | Or its source reference, with --type."),
        click.option("--type", "type_", metavar="T", help="Tipo de evento. | Event type."),
        click.option("--reason", required=True, metavar="CODE", help="Por qué. | Why."),
        click.option("--note", help="Nota (sellada). | Note (sealed)."),
        click.option("--ordered-by", help="Quién lo ordenó (sellado). | Who ordered it (sealed)."),
    )
    for option in reversed((*options, _NO_WAIT, _TIMEOUT, _ALL, _JSON, _LANG)):
        command = option(command)
    return command


@click.command("retract", help="Retira un registro: no era así. | Retract an item: it was not so.")
@_act_options
@click.pass_obj
def retract_command(settings: Settings, /, **options: Any) -> None:
    _run(settings, options, lambda node, wait: node.retract(_act(node, "retraction", options), wait))


@click.command("erase", help="Suprime un registro: su contenido desaparece. | Erase an item: its content disappears.")
@_act_options
@click.option(
    "--wait", "until_done", is_flag=True, help="Espera hasta que se pueda compactar (más de 1 min). | Wait until compaction may take it."
)
@click.pass_obj
def erase_command(settings: Settings, /, until_done: bool, **options: Any) -> None:
    """Waits for the stages of the erasure when asked to; any later command of the node goes on with them."""

    def run(node: CountryNode, wait: float) -> Report:
        report = node.erase(_act(node, "erasure", options), wait)
        return _until_erased(node, report) if until_done else report

    _run(settings, options, run)


@click.command("send", help="Envía lo que queda en el buzón y lee respuestas. | Send what is left and read answers.")
@click.argument("node")
@click.option(
    "--wait", "until_done", is_flag=True, help="Hasta que no quede nada, supresiones incluidas. | Until nothing is left, erasures too."
)
@_TIMEOUT
@_JSON
@_LANG
@click.pass_obj
def send_command(settings: Settings, /, until_done: bool, **options: Any) -> None:
    def run(node: CountryNode, wait: float) -> Report:
        report = node.send(wait)
        return _until_erased(node, report) if until_done else report

    _run(settings, options, run)


@click.command("outbox", help="El buzón de un nodo. | A node's outbox.")
@click.argument("node")
@_JSON
@_LANG
@click.pass_obj
def outbox_command(settings: Settings, node: str, as_json: bool, lang: str | None) -> None:
    """Only reads the outbox: Kafka need not run."""
    keyring.node_key_ids(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as box:
        names = [name for (name,) in box.rows("SELECT name FROM pragma_table_info('reconcile')")]
        rows = [dict(zip(names, row, strict=True)) for row in box.rows("SELECT * FROM reconcile ORDER BY cord")]
        states = dict(box.rows("SELECT state, count(*) FROM bundles GROUP BY state"))
        left = box.rows("SELECT count(*) FROM erasures WHERE stage <> 'done'")[0][0]
    if as_json:
        click.echo(json.dumps({"node": node, "cords": rows, "bundles": states, "erasures_left": left}))
        return
    show.outbox(rows, lang or settings.lang, _console())
    waiting, unanswered = states.get("sealed", 0), states.get("sent", 0)
    _say(
        settings,
        f"Paquetes: {waiting} por enviar, {unanswered} sin respuesta, {states.get('refused', 0)} rechazados. Supresiones en curso: {left}.",
        f"Bundles: {waiting} to be sent, {unanswered} unanswered, {states.get('refused', 0)} refused. Erasures under way: {left}.",
        lang,
    )


def _run(settings: Settings, options: dict[str, Any], work: Callable[[CountryNode, float], Report]) -> None:
    """Open the node, do the work under a progress line, show the report, end with the exit code."""
    lang, as_json = options.get("lang") or settings.lang, bool(options.get("as_json"))
    wait = 0.0 if options.get("no_wait") else float(options["timeout"])
    try:
        with show.watching(lang, not as_json, Console(stderr=True)) as watch, CountryNode(settings, options["node"], watch) as node:
            report = work(node, wait)
    except QuipuError as error:
        if not as_json:
            raise
        click.echo(
            json.dumps({"error": error.code, "message": error.message.text(lang), "remedy": error.remedy.text(lang)}, ensure_ascii=False)
        )
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        show.report(report, lang, bool(options.get("every")), _console())
    sys.exit(_exit_code(report))


def _exit_code(report: Report) -> int:
    """1 where something was refused or rejected, 2 where the run did not get to its end (interrupted, Kafka away), else 0."""
    if not report.all_fine():
        return 1
    return 2 if report.interrupted or report.unsent else 0


def _until_erased(node: CountryNode, report: Report) -> Report:
    """Go on with the erasures until they are done; Ctrl-C leaves them to the node's next command."""
    try:
        while report.erasures and not report.interrupted:
            time.sleep(_ERASING_S)
            report = report.after(node.send(_ERASING_S))
    except KeyboardInterrupt:
        return report
    return report


def _act(node: CountryNode, type_: str, options: dict[str, Any]) -> Act:
    _known_reason(type_, options["reason"])
    if options["id_"]:
        try:
            target = EventId(UUID(options["id_"]).bytes)
        except ValueError as error:
            raise click.BadParameter("UUID?", param_hint="--id") from error
    elif options["reference"] and options["type_"]:
        target = node.id_of_reference(options["type_"], options["reference"])
    else:
        raise click.UsageError("--id, --reference + --type")
    return Act(type_, target, options["reason"], options["note"], options["ordered_by"])


def _known_reason(type_: str, reason: str) -> None:
    known = code_lists()[f"{type_}_reason"].codes
    if reason not in known:
        raise NodeError(
            Words(f"«{reason}» no es un motivo.", f"`{reason}` is no reason."),
            Words(f"Use uno de: {', '.join(known)}.", f"Use one of: {', '.join(known)}."),
            "UNKNOWN_CODE",
        )


def _since(settings: Settings, written: founding.Written) -> str:
    if not written.holds_from:
        return Words("desde el principio", "from the beginning").text(settings.lang)
    moment = datetime.fromtimestamp(written.holds_from / 1000, UTC)
    return Words(f"desde {moment:%Y-%m-%d %H:%M:%S} UTC", f"from {moment:%Y-%m-%d %H:%M:%S} UTC").text(settings.lang)


def _say(settings: Settings, es: str, en: str, lang: str | None = None) -> None:
    click.echo(Words(es, en).text(lang or settings.lang))


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=int(os.environ.get("COLUMNS", "100")))


commands: list[click.Command] = [
    found_command,
    node_group,
    publish_command,
    correct_command,
    retract_command,
    erase_command,
    send_command,
    outbox_command,
]
