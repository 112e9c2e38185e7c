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

from infra.command_line import command, json_option, node_option, option
from infra.data_folder import write_atomically
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.settings import LOOPBACK, Settings
from producers.api import app
from producers.api.node_host import NodeHost, ensure_token
from producers.cli import render_report
from producers.errors import NodeError
from producers.folder_watch.watcher import (
    POLL_EVERY_S,
    SETTLED_S,
    FolderWatcher,
    ProcessedFile,
    Route,
)
from producers.mapping.mapping import load_mapping
from producers.node import CountryNode
from producers.outbox.receipts import (
    MAX_PAGE,
    VERDICTS,
    Receipt,
    ReceiptPage,
    changes_since,
    receipts_by_id,
    receipts_by_reference,
)
from producers.outbox.store import Outbox
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import _
from schemas.model import EventId

_GRACE_S = 5


@command(
    "serve",
    help=_("Take events in over HTTP at this node, and send them."),
)
@node_option
@option(
    "--port",
    type=int,
    default=0,
    help=_("Port; else that of the last time."),
)
@click.pass_obj
def serve_command(settings: Settings, node: str, port: int) -> None:
    """Until stopped. The address is in `intake.json` of the node's folder, the token in
    `intake.token`.
    """
    folder = settings.node_dir(node)
    with _ended_by_signal(), closing(_socket(folder, port)) as listening:
        url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        with NodeHost(settings, node, f"quipu serve, {url}") as intake:
            secret = ensure_token(folder)
            write_atomically(
                folder / "intake.json", json.dumps({"url": url, "pid": os.getpid()}) + "\n"
            )
            render_report.print_bilingual(
                settings.lang,
                _(
                    "The node {node} takes in at {url}/v1/events · token: {path} · Ctrl-C to end",
                    node=node,
                    url=url,
                    path=folder / "intake.token",
                ),
            )
            config = uvicorn.Config(
                app.create_app(intake, secret), log_config=None, timeout_graceful_shutdown=_GRACE_S
            )
            uvicorn.Server(config).run(sockets=[listening])


@command(
    "watch",
    help=_("Publish the files that are left in a folder."),
)
@node_option
@option(
    "--folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="D",
    help=_("The folder."),
)
@option(
    "--map",
    "maps",
    multiple=True,
    metavar="'P=M'",
    help=_("Mapping M for names P."),
)
@option("--mapping", metavar="M", help=_("Mapping of all other files."))
@option(
    "--correct",
    "corrections",
    multiple=True,
    metavar="'P=R'",
    help=_("Those named P correct, reason R."),
)
@option(
    "--settled",
    type=float,
    default=SETTLED_S,
    show_default=True,
    help=_("Seconds without growing, before it is read."),
)
@option("--once", is_flag=True, help=_("What is there, and end."))
@click.pass_obj
def watch_command(
    settings: Settings,
    /,
    node: str,
    folder: Path,
    maps: tuple[str, ...],
    corrections: tuple[str, ...],
    **options: Any,
) -> None:
    """Until stopped, or with --once until all that is there was taken in and sent, or Kafka is
    away.
    """
    routes = list(_routes(maps, options["mapping"], corrections))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        _ended_by_signal(),
        CountryNode(settings, node, holder_label=f"quipu watch, {folder}") as country,
        country.delivery.running(),
    ):
        country.read_config()
        watch = FolderWatcher(country, folder, routes, _told(settings.lang), options["settled"])
        watch.begin()
        if not options["once"]:
            watch.run_forever()
        while watch.scan():
            time.sleep(min(POLL_EVERY_S, options["settled"] / 2))
        country.send(0)
        watch.update_reports(now=True)


@command(
    "receipts",
    help=_("What the mechanism said of what was published."),
)
@node_option
@option(
    "--reference",
    metavar="R",
    help=_("Of one item, by its reference."),
)
@option("--id", "id_", metavar="ID", help=_("Of one event, by its id."))
@option("--verdict", type=click.Choice(VERDICTS), help=_("Only these."))
@option(
    "--since",
    type=int,
    default=0,
    help=_("The cursor: what comes after it."),
)
@option(
    "--limit",
    type=click.IntRange(1, MAX_PAGE),
    default=50,
    show_default=True,
    help=_("How many."),
)
@json_option
@click.pass_obj
def receipts_command(settings: Settings, /, node: str, as_json: bool, **asked: Any) -> None:
    """As of the last time the node listened. Only reads the outbox: neither Kafka nor the node need
    be free.
    """
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        page = _page(outbox, keys, **asked)
    if as_json:
        click.echo(json.dumps(asdict(page), ensure_ascii=False))
        return
    _show_page(page, settings.lang)


def _page(
    outbox: Outbox,
    keys: NodeKeys,
    reference: str | None,
    id_: str | None,
    verdict: str | None,
    since: int,
    limit: int,
) -> ReceiptPage:
    if id_:
        try:
            found = receipts_by_id(outbox, [EventId(UUID(id_).bytes)])
        except ValueError as error:
            raise click.BadParameter("UUID?", param_hint="--id") from error
    elif reference:
        found = receipts_by_reference(outbox, keys, reference, None)
    else:
        return changes_since(outbox, since, limit, verdict or "")
    return ReceiptPage(
        [one for one in found if not verdict or one.verdict == verdict], since, False
    )


def _show_page(page: ReceiptPage, lang: str) -> None:
    table = Table()
    table.add_column("id", no_wrap=True)
    for heading in (_("type"), _("verdict"), _("reason"), _("taken from"), _("sealed")):
        table.add_column(heading.in_language(lang))
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
    render_report.make_console().print(table)
    if page.more:
        render_report.print_bilingual(lang, _("There is more: --since {next}", next=page.next))


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
    loaded = [(pattern, load_mapping(name)) for pattern, name in plain]
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


def _told(lang: str) -> Callable[[ProcessedFile], None]:
    def tell(one: ProcessedFile) -> None:
        tally = one.report.ingested
        if one.reason:
            render_report.print_bilingual(
                lang,
                _("✗ {moved}: {reason}", moved=one.moved, reason=words.message(one.reason, lang)),
            )
            return
        mend = f" → {one.refused.name}" if one.refused else ""
        render_report.print_bilingual(
            lang,
            _(
                "✓ {moved}: {sealed:,} sealed, {repeated:,} were there, {refused:,} refused{mend}",
                moved=one.moved,
                sealed=tally.sealed,
                repeated=tally.repeated,
                refused=tally.refused,
                mend=mend,
            ),
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
        _("The port {port} cannot be opened: {strerror}.", port=port, strerror=failure.strerror),
        _("Choose another with --port."),
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
        _("`{reason}` is no reason.", reason=reason),
        _("Use one of: {known}.", known=known),
        "UNKNOWN_CODE",
    )


commands: list[click.Command] = [serve_command, watch_command, receipts_command]
