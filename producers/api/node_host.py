"""Keep a node open for a server: many requests use it, and it sends by itself.

All of it happens in one thread, in the order of the requests.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

import structlog

from infra.errors import QuipuError
from infra.settings import Settings
from producers.delivery.delivery_thread import DeliveryStatus
from producers.node import CountryNode
from producers.retention import expire_daily

log = structlog.get_logger(__name__)

T = TypeVar("T")
_LOOK_S = 0.1
_HOUSE_S = 600.0
"""Between looks whether a new day of the log has begun."""


def ensure_token(folder: Path) -> str:
    """Read the bearer token of a node's intake; make it at the first use.

    It is in `intake.token` of the node's folder, for its owner's eyes only.
    """
    path = folder / "intake.token"
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".intake.token.{os.getpid()}")
    part.unlink(missing_ok=True)
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    try:
        os.link(part, path)  # unlike a rename it never takes the place of one that is there
    except FileExistsError:
        path.chmod(0o600)
    finally:
        part.unlink()
    return path.read_text(encoding="ascii").strip()


class NodeHost:
    """An open node in a thread of its own; a context manager.

    It raises what opening a CountryNode raises. If Kafka does not answer, or config does not know
    the node, `status` says so later.
    """

    def __init__(self, settings: Settings, name: str, what: str) -> None:
        """Take the node to open; `what` shows other processes who holds it."""
        self.node = CountryNode(settings, name, holder_label=what)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._stack = ExitStack()
        self._closing = Event()
        self._house = Thread(target=self._keep_house, name="expiry", daemon=True)

    def __enter__(self) -> "NodeHost":
        """Open the node and start sending."""
        try:
            self._thread.submit(self._open).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self._house.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop sending and close the node."""
        self._closing.set()
        self._house.join()
        self._thread.submit(self._stack.close).result()
        self._thread.shutdown()

    async def run(self, work: Callable[[CountryNode], T]) -> T:
        """Give what `work` returns, called when its turn comes.

        A request that is given up does not undo it.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self.node)

    @property
    def status(self) -> DeliveryStatus:
        """What the courier knows, without waiting for a turn."""
        return self.node.delivery.status

    async def poll_until(self, read: Callable[[CountryNode], tuple[bool, T]], seconds: float) -> T:
        """Call `read` until it says that its value is enough, at most for `seconds`.

        It is called again whenever a receipt came. Returns the last value.
        """
        deadline = time.monotonic() + seconds
        while True:
            answered = self.status.answered
            enough, value = await self.run(read)
            while not enough and self.status.answered == answered and time.monotonic() < deadline:
                await asyncio.sleep(_LOOK_S)
            if enough or time.monotonic() >= deadline:
                return value

    def _keep_house(self) -> None:
        """Let overdue records expire once a day of the log, between the requests."""
        while not self._closing.is_set():
            try:
                self._thread.submit(expire_daily, self.node).result()
            except QuipuError as error:
                log.warning("expiry_waits", node=self.node.name, why=str(error.message))
            self._closing.wait(_HOUSE_S)

    def _open(self) -> None:
        with ExitStack() as stack:
            stack.enter_context(self.node)
            stack.enter_context(self.node.delivery.running())
            try:
                self.node.read_config()
            except QuipuError as error:
                log.warning(
                    "node_not_ready", node=self.node.name, code=error.code, why=str(error.message)
                )
            self._stack = stack.pop_all()
