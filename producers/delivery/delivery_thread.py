"""Send and receive in a thread of its own, so that ingesting never waits for Kafka.

The thread works in rounds: read config, send what waits, read what came back, advance erasures. It
has its own connection to the outbox. It works only while somebody is `running` it, so nothing is
sent behind the back of a node that is merely open.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from infra.errors import QuipuError
from infra.kafka.errors import KafkaAccessError
from infra.keys.keyring import NodeKeys
from infra.settings import Settings
from producers.delivery.erasure import ErasureStages
from producers.delivery.kafka_connection import KafkaConnection, KafkaUnavailableError
from producers.delivery.receiver import Receiver
from producers.delivery.round_clock import RoundClock
from producers.delivery.sender import BundleSender
from producers.delivery.witness import LogWitness
from producers.model import Reason
from producers.node_config import NodeConfig, node_config_from
from producers.outbox.erasures import unfinished_erasures
from producers.outbox.store import Outbox

log = structlog.get_logger(__name__)

UNRESPONSIVE_AFTER_S = 4.0
"""A round that heard nothing from Kafka for so long is not waited for."""
FIRST_CONFIG_WAIT_S = 20.0
"""The same where config was never read: without config the node can do nothing."""
LEAVE_WITHIN_S = 2.0
"""How long the last user waits for a round to end. A round that takes longer is abandoned: what
Kafka has acknowledged by then is found in the log the next time."""
WITNESS_EVERY_S, WITNESS_AGAIN_S = 5.0, 600.0
"""Between looks at the checkpoints of the log; after one that failed."""
_SHORTEST_S, _LONGEST_S = 0.05, 1.0  # between rounds that brought nothing new
_UNAVAILABLE_S = (0.5, 10.0)  # between attempts while Kafka does not answer
_PROBLEM_S = 10.0


@dataclass(slots=True)
class DeliveryStatus:
    """What the delivery thread knows.

    `unavailable` is why Kafka does not answer, or empty. `problem` is what keeps the node from
    sending although Kafka answers. `sent` counts bundles and `answered` counts items with a
    receipt, both since the node was opened. `last_contact` is when a round last went to its end, in
    ms since 1970 UTC; None if none did.
    """

    unavailable: Reason = ""
    problem: QuipuError | None = None
    sent: int = 0
    answered: int = 0
    erasing: int = 0
    last_contact: int | None = None


class DeliveryThread:
    """The sending and receiving side of one node.

    `keys` and `clock` (ms since 1970 UTC) are called once a round.
    """

    def __init__(
        self,
        settings: Settings,
        node: str,
        path: Path,
        keys: Callable[[], NodeKeys],
        clock: Callable[[], int],
    ) -> None:
        """Take the node and the path of its outbox; nothing runs before `running`."""
        self.status = DeliveryStatus()
        self.config: NodeConfig | None = None
        """What config says of the node: as the outbox remembers it, then as Kafka says it."""
        self.connection = KafkaConnection(settings)
        self._node = node
        self._path = path
        self._keys = keys
        self._clock = clock
        self._rounds = RoundClock()
        self._hits_read_at = float("-inf")
        self._watch_from = float("-inf")
        self._thread: threading.Thread | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the thread work for the time of the block. Blocks may nest, in several threads.

        The last block to end waits a few seconds at most for the current round.
        """
        self._rounds.enter()
        try:
            self._start()
            yield
        finally:
            self._rounds.leave(LEAVE_WITHIN_S, self._is_hanging)

    def request_round(self) -> int:
        """Wake the thread. Returns the first round that sees all that is in the outbox now."""
        return self._rounds.request()

    def wait_for_round(self, number: int, seconds: float) -> bool:
        """Wait until a round has ended, at most so long, and not while Kafka hangs.

        Returns whether it has ended. Raises what broke the thread.
        """
        return self._rounds.wait_for(number, seconds, self._is_hanging)

    def unavailable(self) -> Reason:
        """Tell why Kafka does not answer now; empty if it does."""
        if not self.status.unavailable and self._is_hanging():
            return f"{UNRESPONSIVE_AFTER_S:.0f} s"
        return self.status.unavailable

    def close(self) -> None:
        """End the thread.

        One that hangs in the Kafka client is left behind and does nothing more.
        """
        self._rounds.close()
        self.connection.abandon()
        if self._thread is not None:
            self._thread.join(1.0)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name=f"delivery of {self._node}", daemon=True
            )
            self._thread.start()

    def _is_hanging(self) -> bool:
        silent_s = time.monotonic() - self.connection.alive_at
        patience_s = UNRESPONSIVE_AFTER_S if self.config else FIRST_CONFIG_WAIT_S
        return self._rounds.in_round and silent_s > patience_s

    def _run(self) -> None:
        try:
            with closing(Outbox(self._path)) as outbox, closing(self.connection):
                pause = 0.0
                self.connection.alive_at = time.monotonic()
                while self._rounds.begin(pause):
                    self.connection.alive_at = time.monotonic()
                    pause = self._round(outbox, pause)
                    self._rounds.end()
        except BaseException as error:  # it is raised again where somebody waits
            self._rounds.fail(error)
            if isinstance(error, QuipuError):
                return
            raise

    def _round(self, outbox: Outbox, pause: float) -> float:
        """Do one round. Returns the seconds to wait before the next."""
        status = self.status
        try:
            is_news = self._do_round(outbox)
        except KafkaUnavailableError as error:
            status.unavailable = error.why
            return min(max(pause, _UNAVAILABLE_S[0] / 2) * 2, _UNAVAILABLE_S[1])
        except QuipuError as error:
            if status.problem is None or status.problem.code != error.code:
                log.warning(
                    "node_in_trouble", node=self._node, code=error.code, why=str(error.message)
                )
            status.unavailable, status.problem = "", error
            return _PROBLEM_S
        status.unavailable, status.problem, status.last_contact = "", None, self._clock()
        return _SHORTEST_S if is_news else min(max(pause, _SHORTEST_S) * 1.2, _LONGEST_S)

    def _do_round(self, outbox: Outbox) -> bool:
        """Return whether anything was sent or received.

        Without a user it ends after the batch in hand. Raises KafkaUnavailableError, QuipuError.
        """
        status, keys = self.status, self._keys()
        before = (status.sent, status.answered)
        config = self._read_config(outbox)
        sender = BundleSender(self._node, outbox, self.connection)
        receiver = Receiver(self._node, outbox, self.connection)
        for count in sender.send(config):
            status.sent += count
            if not self._rounds.is_wanted:
                return True
        for count in receiver.receive_receipts(config):
            status.answered += count
            if not self._rounds.is_wanted:
                return True
        sender.sign_refused_again(config, keys)
        changed_hits = self._receive_hits(receiver, config)
        ErasureStages(outbox, sender, keys).advance(config, self._clock())
        status.erasing = len(unfinished_erasures(outbox))
        self._watch_log(LogWitness(self._node, outbox, self.connection), config, keys)
        return bool(changed_hits) or (status.sent, status.answered) != before

    def _read_config(self, outbox: Outbox) -> NodeConfig:
        """Read config from Kafka; write it to the outbox only where it changed."""
        history = self.connection.config()
        config = node_config_from(self._node, history.at(self._clock()), history.newest())
        if config != outbox.node_config():
            outbox.save_node_config(config)
        self.config = config
        return config

    def _watch_log(self, witness: LogWitness, config: NodeConfig, keys: NodeKeys) -> None:
        """Look at the checkpoints every few seconds.

        Records go on where that fails: the mechanism may be of a release without checkpoints, or
        has not granted their topics yet.
        """
        if time.monotonic() < self._watch_from:
            return
        pause = WITNESS_EVERY_S
        try:
            witness.watch(config, keys, self._clock())
        except (KafkaUnavailableError, KafkaAccessError) as error:
            pause = WITNESS_AGAIN_S
            log.warning("checkpoints_not_read", node=self._node, error=str(error))
        self._watch_from = time.monotonic() + pause

    def _receive_hits(self, receiver: Receiver, config: NodeConfig) -> int:
        """Read hits once a second, as often as the mechanism sends them; rounds may be quicker."""
        now = time.monotonic()
        if now - self._hits_read_at < _LONGEST_S:
            return 0
        changed = receiver.receive_hits(config)
        self._hits_read_at = now
        return changed
