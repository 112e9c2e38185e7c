"""Serve an engine: `python -m infra.clickhouse.embedded.server --data DIR --credentials DIR`.

The process owns the data folder, listens, and gives each client a thread. On SIGTERM or SIGINT it
takes no new clients, finishes queries under way (10 s at most), closes the engine and exits with 0.
Exit 1: the data folder or the port cannot be had. Exit 70 or by a signal: the engine crashed (a
supervisor starts a new process).
"""

import argparse
import faulthandler
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import structlog

from infra.clickhouse.embedded.engine import Engine
from infra.clickhouse.embedded.errors import DataFolderError
from infra.clickhouse.embedded.logins import Logins
from infra.clickhouse.embedded.places import ClientPlaces
from infra.clickhouse.embedded.query_watch import DisconnectWatch
from infra.clickhouse.embedded.session import Session, Shared
from infra.clickhouse.embedded.statement_guard import StatementGuard
from infra.errors import KeyringError
from infra.logging_setup import configure
from infra.private_files import keep_private

GRACE_SECONDS = 10.0
BACKLOG = 128

log = structlog.get_logger()


class Server:
    """Listens on a port and serves an engine."""

    def __init__(self, engine: Engine, logins: Logins, host: str, port: int) -> None:
        """Bind and listen. Raises OSError if the port cannot be had."""
        self._listener = socket.create_server((host, port), backlog=BACKLOG)
        self._watch = DisconnectWatch(engine.kill)
        guard = StatementGuard(engine.canonical, engine.table_functions)
        self._shared = Shared(engine, self._watch, logins, ClientPlaces(), guard)
        self._clients: dict[threading.Thread, socket.socket] = {}
        self._lock = threading.Lock()
        self._served = 0

    @property
    def port(self) -> int:
        """Return the port listened on; the system chooses one for 0."""
        return int(self._listener.getsockname()[1])

    def serve(self) -> None:
        """Accept clients until `stop` is called from a signal handler or another thread."""
        while not self._shared.stopping:
            try:
                client, _ = self._listener.accept()
            except OSError:
                if not self._shared.stopping:
                    raise
                return
            self._start(client)

    def _start(self, client: socket.socket) -> None:
        self._served += 1
        thread = threading.Thread(
            target=self._serve_client,
            args=(client, self._served),
            name=f"client-{self._served}",
            daemon=True,
        )
        with self._lock:
            self._clients[thread] = client
        self._shared.places.arrive(client)
        thread.start()

    def _serve_client(self, client: socket.socket, number: int) -> None:
        try:
            with client:
                Session(self._shared, client, number).serve()
        finally:
            self._shared.places.leave(client)
            with self._lock:
                del self._clients[threading.current_thread()]

    def stop(self) -> None:
        """Take no new clients, and nothing more from those that are there."""
        if not self._shared.stopping:
            self._shared.stopping = True
            self._listener.shutdown(socket.SHUT_RDWR)

    def close(self, grace: float = GRACE_SECONDS) -> None:
        """Let queries under way finish, at most `grace` seconds; then end all connections."""
        self._watch.close()
        self._shutdown_clients(socket.SHUT_RD)
        running = self._join(grace)
        if running:
            log.warning("clickhouse.queries_cut_off", clients=running, after_seconds=grace)
            self._shared.engine.kill_all()
            self._shutdown_clients(socket.SHUT_RDWR)
            self._join(5.0)
        self._listener.close()

    def _shutdown_clients(self, how: int) -> None:
        with self._lock:
            clients = list(self._clients.values())
        for client in clients:
            try:
                client.shutdown(how)
            except OSError as error:
                log.debug("clickhouse.client_already_gone", reason=str(error))

    def _join(self, seconds: float) -> int:
        deadline = time.monotonic() + seconds
        with self._lock:
            threads = list(self._clients)
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return sum(thread.is_alive() for thread in threads)


def run(data: Path, credentials: Path, host: str, port: int, ready: Path | None) -> None:
    """Serve `data` until SIGTERM or SIGINT to who has a password of the folder `credentials`.

    Raises DataFolderError, KeyringError or OSError if it cannot start.
    """
    logins = Logins.of_folder(credentials)
    engine = Engine(data)
    _die_of_crashes()
    try:
        server = Server(engine, logins, host, port)

        def stop(number: int, _: FrameType | None) -> None:
            log.info("clickhouse.stopping", signal=signal.Signals(number).name)
            server.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        log.info(
            "clickhouse.listening",
            host=host,
            port=server.port,
            data=str(data),
            version=str(engine.version),
        )
        if ready is not None:
            _announce(ready, server.port)
        server.serve()
        server.close()
    finally:
        engine.close()
    log.info("clickhouse.stopped")


def _die_of_crashes() -> None:
    """Put back the system's own answer to a crash.

    The engine's handler leaves a process that hangs and holds the folder.
    """
    for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT):
        signal.signal(number, signal.SIG_DFL)
    faulthandler.enable(all_threads=False)


def _announce(ready: Path, port: int) -> None:
    """Write `pid port` so that a reader sees the whole line or no file."""
    temporary = ready.with_name(f"{ready.name}.{os.getpid()}.tmp")
    temporary.write_text(f"{os.getpid()} {port}\n")
    temporary.replace(ready)


def main() -> int:
    """Parse the command line and run. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="infra.clickhouse.embedded.server",
        description="ClickHouse for one machine, native protocol.",
    )
    parser.add_argument("--data", type=Path, required=True, help="data folder; made if missing")
    parser.add_argument(
        "--credentials", type=Path, required=True, help="folder of the users' passwords"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0: any free one")
    parser.add_argument(
        "--ready", type=Path, help="file to write 'pid port' to once the port is open"
    )
    options = parser.parse_args()
    configure()
    keep_private()
    try:
        run(options.data, options.credentials, options.host, options.port, options.ready)
    except (DataFolderError, KeyringError, OSError) as error:
        log.critical(
            "clickhouse.cannot_start",
            reason=str(error),
            data=str(options.data),
            host=options.host,
            port=options.port,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
