"""The courier: sends and listens in a thread of its own, so that taking in never waits for Kafka.

It goes in rounds: look at config, send what waits, read what came back, go on with erasures. It has
its own connection to the outbox, and works only while somebody is `at_work`: nothing is sent behind
the back of a node that is merely open.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from infra.errors import QuipuError
from infra.keys.keyring import NodeKeys
from infra.settings import Settings
from producers.delivery.erasure import Erasing
from producers.delivery.kafka_connection import Away, Link
from producers.delivery.sender import Sender
from producers.node_config import Standing, of_view
from producers.outbox import verdicts
from producers.outbox.store import Outbox

log = structlog.get_logger(__name__)

SILENT_S = 4.0  # a round that heard nothing from Kafka for so long is not waited for
_SHORTEST_S, _LONGEST_S = 0.05, 1.0  # between rounds that found nothing new
_AWAY_S = (0.5, 10.0)  # between attempts while Kafka is away
_TROUBLE_S = 10.0


@dataclass(slots=True)
class Heard:
    """What the courier knows. `away`: why Kafka does not answer, or empty; `trouble`: what keeps it
    from sending though Kafka answers.

    `sent`: bundles, `answered`: items of which receipts spoke, both since the node was opened;
    `last`: ms since 1970 UTC of the last round that went to its end, None if there was none.
    """

    away: str = ""
    trouble: QuipuError | None = None
    sent: int = 0
    answered: int = 0
    erasing: int = 0
    last: int | None = None


class Courier:
    """For one node; `keys` and `clock` (ms since 1970 UTC) are asked anew each round."""

    def __init__(
        self,
        settings: Settings,
        node: str,
        path: Path,
        keys: Callable[[], NodeKeys],
        clock: Callable[[], int],
    ) -> None:
        self.heard = Heard()
        self._settings, self._node, self._path, self._keys, self._clock = (
            settings,
            node,
            path,
            keys,
            clock,
        )
        self.link = Link(settings)
        self._turn = threading.Condition()
        self._users, self._asked, self._begun, self._ended, self._closed = 0, 0, 0, 0, False
        self._broken: BaseException | None = None
        self._listened = float("-inf")
        self._thread: threading.Thread | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """It goes on by itself for the time of the block; may be nested, and entered by several
        threads.
        """
        with self._turn:
            self._users += 1
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._live, name=f"courier of {self._node}", daemon=True
                )
                self._thread.start()
            self._turn.notify_all()
        try:
            yield
        finally:
            with self._turn:
                self._users -= 1
                while not self._users and self._ended < self._begun and not self._stuck():
                    self._turn.wait(0.1)

    def ask(self) -> int:
        """Wake it; the number of the first round that will see all that is in the outbox now."""
        with self._turn:
            self._asked = self._begun + 1
            self._turn.notify_all()
            return self._asked

    def await_round(self, number: int, seconds: float) -> bool:
        """Wait until that round has ended, at most so long, and not while Kafka only hangs; whether
        it has ended.

        Raises what broke the courier, if it is our fault.
        """
        deadline = time.monotonic() + seconds
        with self._turn:
            while self._ended < number:
                left = deadline - time.monotonic()
                if self._broken is not None:
                    raise self._broken
                if left <= 0 or self._stuck():
                    return False
                self._turn.wait(min(left, 0.2))
        return True

    def away(self) -> str:
        """Why Kafka does not answer now; empty if it does."""
        with self._turn:
            if not self.heard.away and self._stuck():
                return f"{SILENT_S:.0f} s"
            return self.heard.away

    def close(self) -> None:
        """End; a thread that hangs in Kafka's client is left behind and will touch nothing any
        more.
        """
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self.link.give_up()
        if self._thread is not None:
            self._thread.join(1.0)

    def _stuck(self) -> bool:
        return self._ended < self._begun and time.monotonic() - self.link.alive_at > SILENT_S

    def _live(self) -> None:
        try:
            with closing(Outbox(self._path)) as outbox, closing(self.link):
                pause = 0.0
                while self._begin(pause):
                    pause = self._round(outbox, pause)
                    with self._turn:
                        self._ended = self._begun
                        self._turn.notify_all()
        except BaseException as error:  # it is raised again where somebody waits
            with self._turn:
                self._broken = error
                self._turn.notify_all()
            if isinstance(error, QuipuError):
                return
            raise

    def _begin(self, pause: float) -> bool:
        """Wait for the next round's time, or for being asked; False where it is over."""
        deadline = time.monotonic() + pause
        with self._turn:
            while not self._closed and (
                not self._users or (self._asked <= self._begun and time.monotonic() < deadline)
            ):
                self._turn.wait(max(0.0, deadline - time.monotonic()) if self._users else None)
            self._begun += not self._closed
            self.link.alive_at = time.monotonic()
            return not self._closed

    def _round(self, outbox: Outbox, pause: float) -> float:
        """One round; seconds to wait before the next."""
        heard = self.heard
        try:
            news = self._exchange(outbox)
        except Away as away:
            heard.away = str(away)
            return min(max(pause, _AWAY_S[0] / 2) * 2, _AWAY_S[1])
        except QuipuError as error:
            if heard.trouble is None or heard.trouble.code != error.code:
                log.warning(
                    "node_in_trouble", node=self._node, code=error.code, why=error.message.en
                )
            heard.away, heard.trouble = "", error
            return _TROUBLE_S
        heard.away, heard.trouble, heard.last = "", None, self._clock()
        return _SHORTEST_S if news else min(max(pause, _SHORTEST_S) * 1.2, _LONGEST_S)

    def _listen(self, sender: Sender, standing: Standing) -> int:
        """Hits that were new or changed; looked for once a second, as often as the mechanism tells
        them, however quick the rounds are.
        """
        now = time.monotonic()
        if now - self._listened < _LONGEST_S:
            return 0
        told = sender.receive_hits(standing)
        self._listened = now
        return told

    def _exchange(self, outbox: Outbox) -> bool:
        """Whether anything was sent or heard. Raises Away, QuipuError."""
        heard, keys = self.heard, self._keys()
        config = self.link.config()
        standing = of_view(self._node, config.at(self._clock()), config.newest())
        if standing.write() != outbox.fact("standing"):
            outbox.set_fact("standing", standing.write())
        sender, before = Sender(self._node, outbox, self.link), (heard.sent, heard.answered)
        for count in sender.send(standing):
            heard.sent += count
        heard.answered += sender.receive(standing, keys)
        told = self._listen(sender, standing)
        Erasing(outbox, sender, keys).advance(standing, self._clock())
        heard.erasing = len(verdicts.unfinished(outbox))
        return bool(told) or (heard.sent, heard.answered) != before
