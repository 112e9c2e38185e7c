"""The commands of a country node. Exit codes: 0 all fine, 1 some item refused or rejected, 2 could
not run or finish.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.console import Console

from infra.errors import QuipuError, Words
from infra.keys import keyring
from infra.settings import Settings
from producers.cli import render_report
from producers.cli.contacts import contact_group
from producers.cli.hits import hits_command
from producers.cli.mapping import mapping_group
from producers.cli.nodes import found_command, node_group
from producers.cli.serve import commands as intake_commands
from producers.errors import NodeError
from producers.ingest.report import Report
from producers.node import ANSWER_S, Act, CountryNode
from producers.outbox.store import Outbox
from schemas.codes import code_lists
from schemas.model import LANES, EventId

_ERASING_S = 3.0
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
_ALL = click.option(
    "--all",
    "every",
    is_flag=True,
    help="Todos los registros, no solo los primeros 20. | Every item, not only the first 20.",
)
_TIMEOUT = click.option(
    "--timeout",
    type=float,
    default=ANSWER_S,
    show_default=True,
    help="Segundos que espera respuestas. | Seconds to wait for answers.",
)
_NO_WAIT = click.option(
    "--no-wait",
    is_flag=True,
    help="Enviar y no esperar respuestas. | Send and do not wait for answers.",
)
_NODE = click.option("--node", required=True, metavar="N", help="El nodo. | The node.")
_MAPPING = click.option(
    "--mapping",
    required=True,
    metavar="M",
    help="Nombre o ruta del mapeo. | Name or path of the mapping.",
)


@click.command(
    "publish",
    help="Publica un archivo de un sistema nacional. | Publish a file of a national system.",
)
@click.argument("file", type=click.Path(path_type=Path))
@_NODE
@_MAPPING
@click.option(
    "--lane", type=click.Choice(LANES), default="routine", show_default=True, help="Carril. | Lane."
)
@click.option("--justification", help="Por qué es urgente. | Why it is urgent.")
@_NO_WAIT
@_TIMEOUT
@_ALL
@_JSON
@_LANG
@click.pass_obj
def publish_command(
    settings: Settings,
    /,
    file: Path,
    mapping: str,
    lane: str,
    justification: str | None,
    **options: Any,
) -> None:
    """Ends with what became of every item; interrupted and repeated safely."""
    _run(
        settings, options, lambda node, wait: node.publish(file, mapping, lane, wait, justification)
    )


@click.command(
    "correct",
    help="Publica versiones corregidas, por su referencia. | Publish corrected versions, by their reference.",
)
@click.argument("file", type=click.Path(path_type=Path))
@_NODE
@_MAPPING
@click.option(
    "--reason",
    required=True,
    metavar="CODE",
    help="Por qué, p. ej. TYPING_ERROR. | Why, e.g. TYPING_ERROR.",
)
@_NO_WAIT
@_TIMEOUT
@_ALL
@_JSON
@_LANG
@click.pass_obj
def correct_command(
    settings: Settings, /, file: Path, mapping: str, reason: str, **options: Any
) -> None:
    _known_reason("correction", reason)
    _run(settings, options, lambda node, wait: node.correct(file, mapping, reason, wait))


def _act_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        _NODE,
        click.option("--id", "id_", metavar="ID", help="El id del evento. | The event's id."),
        click.option(
            "--reference",
            metavar="R",
            help="O su referencia de origen, con --type. | Or its source reference, with --type.",
        ),
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
    _run(
        settings, options, lambda node, wait: node.retract(_act(node, "retraction", options), wait)
    )


@click.command(
    "erase",
    help="Suprime un registro: su contenido desaparece. | Erase an item: its content disappears.",
)
@_act_options
@click.pass_obj
def erase_command(settings: Settings, /, **options: Any) -> None:
    """Goes through all stages of the erasure, for about a minute: nobody else would. With --no-wait
    the node's next commands do.
    """

    def run(node: CountryNode, wait: float) -> Report:
        report = node.erase(_act(node, "erasure", options), wait)
        return _until_erased(node, report) if wait else report

    _run(settings, options, run)


@click.command(
    "send",
    help="Envía lo que queda en el buzón y lee respuestas. | Send what is left and read answers.",
)
@click.argument("node")
@click.option(
    "--wait",
    "until_done",
    is_flag=True,
    help="Hasta que no quede nada, supresiones incluidas. | Until nothing is left, erasures too.",
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
        rows = [
            dict(zip(names, row, strict=True))
            for row in box.rows("SELECT * FROM reconcile ORDER BY cord")
        ]
        states = dict(box.rows("SELECT state, count(*) FROM bundles GROUP BY state"))
        left = box.rows("SELECT count(*) FROM erasures WHERE stage <> 'done'")[0][0]
    if as_json:
        click.echo(
            json.dumps({"node": node, "cords": rows, "bundles": states, "erasures_left": left})
        )
        return
    render_report.outbox(rows, lang or settings.lang, render_report.console())
    waiting, unanswered = states.get("sealed", 0), states.get("sent", 0)
    render_report.say(
        lang or settings.lang,
        f"Paquetes: {waiting} por enviar, {unanswered} sin respuesta, {states.get('refused', 0)} rechazados. Supresiones en curso: {left}.",
        f"Bundles: {waiting} to be sent, {unanswered} unanswered, {states.get('refused', 0)} refused. Erasures under way: {left}.",
    )


def _run(
    settings: Settings, options: dict[str, Any], work: Callable[[CountryNode, float], Report]
) -> None:
    """Open the node, do the work under a progress line, show the report, end with the exit code."""
    lang, as_json = options.get("lang") or settings.lang, bool(options.get("as_json"))
    wait = 0.0 if options.get("no_wait") else float(options["timeout"])
    try:
        with (
            render_report.watching(lang, not as_json, Console(stderr=True)) as watch,
            CountryNode(settings, options["node"], watch) as node,
        ):
            report = work(node, wait)
    except QuipuError as error:
        if not as_json:
            raise
        click.echo(
            json.dumps(
                {
                    "error": error.code,
                    "message": error.message.text(lang),
                    "remedy": error.remedy.text(lang),
                },
                ensure_ascii=False,
            )
        )
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        render_report.report(report, lang, bool(options.get("every")), render_report.console())
    sys.exit(_exit_code(report))


def _exit_code(report: Report) -> int:
    """1 where something was refused or rejected, 2 where the run did not get to its end
    (interrupted, Kafka away), else 0.
    """
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


commands: list[click.Command] = [
    found_command,
    node_group,
    contact_group,
    mapping_group,
    publish_command,
    correct_command,
    retract_command,
    erase_command,
    send_command,
    outbox_command,
    hits_command,
    *intake_commands,
]
