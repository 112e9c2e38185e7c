"""`quipu serve`: a node that takes events over HTTP."""

import json
import os
import socket
from contextlib import closing
from pathlib import Path

import click

from infra.command_line import command, node_option, option
from infra.data_folder import write_atomically
from infra.garbage_collection import collect_rarely
from infra.settings import LOOPBACK, Settings
from infra.system_errors import reason_of
from producers.api.node_host import NodeHost, ensure_token
from producers.cli import render_report
from producers.cli.stop_signal import ended_by_signal
from producers.errors import NodeError
from schemas.i18n import _

_GRACE_S = 5


@command(
    "serve",
    help=_("Receive events over HTTP at this node and send them."),
)
@node_option
@option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    help=_("Port; otherwise the last one used."),
)
@click.pass_obj
def serve_command(settings: Settings, node: str, port: int) -> None:
    """Serve the node until stopped.

    The address is in `intake.json` of the node's folder, the token in `intake.token`.
    """
    folder = settings.node_dir(node)
    with ended_by_signal(), closing(_socket(folder, port)) as listening:
        url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        with NodeHost(settings, node, f"quipu serve, {url}") as intake:
            secret = ensure_token(folder)
            write_atomically(
                folder / "intake.json", json.dumps({"url": url, "pid": os.getpid()}) + "\n"
            )
            render_report.print_message(
                settings.lang,
                _(
                    "The node {node} receives events at {url}/v1/events · token: {path} · "
                    "Ctrl-C to end",
                    node=node,
                    url=url,
                    path=folder / "intake.token",
                ),
            )
            _answer_requests(intake, secret, settings, listening)


def _answer_requests(
    intake: NodeHost, secret: str, settings: Settings, listening: socket.socket
) -> None:
    import uvicorn  # here, so that other commands need not wait for the web server

    from infra.web_connections import SERVER_OPTIONS
    from producers.api.app import create_app

    config = uvicorn.Config(
        create_app(intake, secret, settings.api_access.trusted_hosts),
        timeout_graceful_shutdown=_GRACE_S,
        **SERVER_OPTIONS,
    )
    collect_rarely()
    uvicorn.Server(config).run(sockets=[listening])


def _socket(folder: Path, port: int) -> socket.socket:
    """Listen on the loopback interface: on this port, else on the last one, else on any.

    Raises NodeError.
    """
    for candidate in [port] if port else [_last_port(folder), 0]:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, candidate))
            listening.listen(128)  # so that who reads the address in intake.json gets through
            return listening
        except OSError as error:
            listening.close()
            failure = error
    raise NodeError(
        _("The port {port} cannot be opened: {strerror}.", port=port, strerror=reason_of(failure)),
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


commands: list[click.Command] = [serve_command]
