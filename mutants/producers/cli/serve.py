"""`quipu serve`, `quipu watch`, `quipu receipts`: a node that others hand their records to, and
what came of them.
"""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import uvicorn
from rich.table import Table

from infra.data_folder import write_atomically
from infra.errors import Words
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.settings import LOOPBACK, Settings
from producers.api import app
from producers.api.node_host import Intake, token
from producers.cli import render_report
from producers.errors import NodeError
from producers.folder_watch.watcher import LOOK_S, SETTLED_S, Handled, Route, Watch
from producers.mapping.mapping import load
from producers.node import CountryNode
from producers.outbox.receipts import MOST, VERDICTS, Page, Receipt, news, of_event, of_item
from producers.outbox.store import Outbox
from schemas import words
from schemas.codes import code_lists
from schemas.model import EventId

_NODE = click.option("--node", required=True, metavar="N", help="El nodo. | The node.")
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
_GRACE_S = 5


@click.command(
    "serve",
    help="Recibe eventos por HTTP en este nodo, y los envía. | Take events in over HTTP at this node, and send them.",
)
@_NODE
@click.option(
    "--port",
    type=int,
    default=0,
    help="Puerto; si no, el de la última vez. | Port; else that of the last time.",
)
@_LANG
@click.pass_obj
def serve_command(settings: Settings, node: str, port: int, lang: str | None) -> None:
    """Until stopped. The address is in `intake.json` of the node's folder, the token in
    `intake.token`.
    """
    folder = settings.node_dir(node)
    with _ended_by_signal(), closing(_socket(folder, port)) as listening:
        url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        with Intake(settings, node, f"quipu serve, {url}") as intake:
            secret = token(folder)
            write_atomically(
                folder / "intake.json", json.dumps({"url": url, "pid": os.getpid()}) + "\n"
            )
            render_report.say(
                lang or settings.lang,
                f"El nodo {node} recibe en {url}/v1/events · ficha: {folder / 'intake.token'} · Ctrl-C para terminar",
                f"The node {node} takes in at {url}/v1/events · token: {folder / 'intake.token'} · Ctrl-C to end",
            )
            config = uvicorn.Config(
                app.create(intake, secret), log_config=None, timeout_graceful_shutdown=_GRACE_S
            )
            uvicorn.Server(config).run(sockets=[listening])


@click.command(
    "watch",
    help="Publica los archivos que se dejan en una carpeta. | Publish the files that are left in a folder.",
)
@_NODE
@click.option(
    "--folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="D",
    help="La carpeta. | The folder.",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="'P=M'",
    help="Mapeo M para los nombres P (armas-*.csv). | Mapping M for names P.",
)
@click.option(
    "--mapping", metavar="M", help="Mapeo de los demás archivos. | Mapping of all other files."
)
@click.option(
    "--correct",
    "corrections",
    multiple=True,
    metavar="'P=R'",
    help="Los de nombre P corrigen, motivo R. | Those named P correct, reason R.",
)
@click.option(
    "--settled",
    type=float,
    default=SETTLED_S,
    show_default=True,
    help="Segundos sin crecer. | Seconds without growing, before it is read.",
)
@click.option("--once", is_flag=True, help="Lo que hay, y terminar. | What is there, and end.")
@_LANG
@click.pass_obj
def watch_command(
    settings: Settings,
    /,
    node: str,
    folder: Path,
    maps: tuple[str, ...],
    corrections: tuple[str, ...],
    lang: str | None,
    **options: Any,
) -> None:
    """Until stopped, or with --once until all that is there was taken in and sent, or Kafka is
    away.
    """
    routes = list(_routes(maps, options["mapping"], corrections))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        _ended_by_signal(),
        CountryNode(settings, node, what=f"quipu watch, {folder}") as country,
        country.courier.at_work(),
    ):
        country.standing()
        watch = Watch(country, folder, routes, _told(lang or settings.lang), options["settled"])
        watch.begin()
        if not options["once"]:
            watch.go_on()
        while watch.once():
            time.sleep(min(LOOK_S, options["settled"] / 2))
        country.send(0)
        watch.fill_in(now=True)


@click.command(
    "receipts",
    help="Qué dijo el mecanismo de lo publicado. | What the mechanism said of what was published.",
)
@_NODE
@click.option(
    "--reference",
    metavar="R",
    help="De un registro, por su referencia. | Of one item, by its reference.",
)
@click.option(
    "--id", "id_", metavar="ID", help="De un evento, por su id. | Of one event, by its id."
)
@click.option("--verdict", type=click.Choice(VERDICTS), help="Solo estos. | Only these.")
@click.option(
    "--since",
    type=int,
    default=0,
    help="El cursor: lo que siga a este. | The cursor: what comes after it.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MOST),
    default=50,
    show_default=True,
    help="Cuántos. | How many.",
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@_LANG
@click.pass_obj
def receipts_command(
    settings: Settings, /, node: str, as_json: bool, lang: str | None, **asked: Any
) -> None:
    """As of the last time the node listened. Only reads the outbox: neither Kafka nor the node need
    be free.
    """
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        page = _page(outbox, keys, **asked)
    if as_json:
        click.echo(json.dumps(asdict(page), ensure_ascii=False))
        return
    _show_page(page, lang or settings.lang)


def _page(
    outbox: Outbox,
    keys: NodeKeys,
    reference: str | None,
    id_: str | None,
    verdict: str | None,
    since: int,
    limit: int,
) -> Page:
    if id_:
        try:
            found = of_event(outbox, [EventId(UUID(id_).bytes)])
        except ValueError as error:
            raise click.BadParameter("UUID?", param_hint="--id") from error
    elif reference:
        found = of_item(outbox, keys, reference, None)
    else:
        return news(outbox, since, limit, verdict or "")
    return Page([one for one in found if not verdict or one.verdict == verdict], since, False)


def _show_page(page: Page, lang: str) -> None:
    heads = Words(
        "id,tipo,veredicto,motivo,origen,sellado", "id,type,verdict,reason,taken from,sealed"
    ).text(lang)
    table = Table()
    for name in heads.split(","):
        table.add_column(name, no_wrap=name == "id")
    for one in page.receipts:
        sealed = datetime.fromtimestamp(one.sealed_at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        table.add_row(
            one.id,
            words.event_type(one.type, lang),
            words.verdict(one.verdict, lang),
            _reason(one, lang),
            _origin(one),
            sealed,
        )
    render_report.console().print(table)
    if page.more:
        render_report.say(
            lang, f"Hay más: --since {page.next}", f"There is more: --since {page.next}"
        )


def _reason(one: Receipt, lang: str) -> str:
    return words.message(one.code, lang, field=one.field) if one.code else ""


def _origin(one: Receipt) -> str:
    return f"{one.file}:{one.line}" if one.line else one.file


def _routes(
    maps: tuple[str, ...], other: str | None, corrections: tuple[str, ...]
) -> Iterator[Route]:
    """Raises MappingError, NodeError, click.UsageError."""
    reasons = dict(_pair(text, "--correct") for text in corrections)
    for reason in reasons.values():
        if reason not in code_lists()["correction_reason"].codes:
            raise _no_reason(reason)
    plain = [*(_pair(text, "--map") for text in maps), *([("*", other)] if other else [])]
    if not plain:
        raise click.UsageError("--mapping, --map")
    loaded = [(pattern, load(name)) for pattern, name in plain]
    for pattern, reason in reasons.items():
        yield from (
            Route(pattern, mapping, reason) for named, mapping in loaded if named in (pattern, "*")
        )
    yield from (Route(pattern, mapping) for pattern, mapping in loaded)


def _pair(text: str, option: str) -> tuple[str, str]:
    pattern, mark, value = text.rpartition("=")
    if not (mark and pattern and value):
        raise click.BadParameter(f"{text!r} ≠ 'armas-*.csv=…'", param_hint=option)
    return pattern, value


def _told(lang: str) -> Callable[[Handled], None]:
    def tell(one: Handled) -> None:
        tally = one.report.tally
        if one.reason:
            render_report.say(
                lang,
                f"✗ {one.moved}: {words.message(one.reason, lang)}",
                f"✗ {one.moved}: {words.message(one.reason, lang)}",
            )
            return
        mend = f" → {one.refused.name}" if one.refused else ""
        render_report.say(
            lang,
            f"✓ {one.moved}: {tally.sealed:,} sellados, {tally.repeated:,} ya estaban, {tally.refused:,} no admitidos{mend}",
            f"✓ {one.moved}: {tally.sealed:,} sealed, {tally.repeated:,} were there, {tally.refused:,} refused{mend}",
        )

    return tell


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does, at any moment and with exit code 0: what was not finished is
    taken up at the next start.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)


def _socket(folder: Path, port: int) -> socket.socket:
    """Listening on the loopback interface: on this port, else that of the last time, else any.
    Raises NodeError.
    """
    for wanted in [port] if port else [_last_port(folder), 0]:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, wanted))
            listening.listen(128)  # so that who reads the address in intake.json gets through
            return listening
        except OSError as error:
            listening.close()
            failure = error
    raise NodeError(
        Words(
            f"No se puede abrir el puerto {port}: {failure.strerror}.",
            f"The port {port} cannot be opened: {failure.strerror}.",
        ),
        Words("Elija otro con --port.", "Choose another with --port."),
        "PORT_IN_USE",
    )


def _last_port(folder: Path) -> int:
    try:
        return int(
            json.loads((folder / "intake.json").read_text(encoding="utf-8"))["url"].rpartition(":")[
                2
            ]
        )
    except (OSError, ValueError, KeyError):
        return 0


def _no_reason(reason: str) -> NodeError:
    known = ", ".join(code_lists()["correction_reason"].codes)
    return NodeError(
        Words(f"«{reason}» no es un motivo.", f"`{reason}` is no reason."),
        Words(f"Use uno de: {known}.", f"Use one of: {known}."),
        "UNKNOWN_CODE",
    )


commands: list[click.Command] = [serve_command, watch_command, receipts_command]
