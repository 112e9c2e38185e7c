"""An outbox and the rounds that send it, in any order of events: a round sends what was committed
before it was requested, in order, once.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from producers.delivery.round_clock import RoundClock
from producers.events.sealing import SealedBundle
from producers.outbox.store import IngestBatch, Outbox
from schemas.model import Cord

LANES = ("routine", "urgent")
WINDOW = 2


def sealed_bundle(cord: Cord, sequence: int) -> SealedBundle:
    """Make a bundle without items; its bytes name it."""
    content = f"{cord}/{sequence}".encode()
    digest = hashlib.sha256(content).digest()
    return SealedBundle(cord, sequence, digest, content, b"keys", "key", ())


class OutboxRounds(RuleBasedStateMachine):
    """Commit, request, send a window, end a round, lose the process: whatever the order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.log: list[tuple[str, int]] = []  # what Kafka has acknowledged
        self.requests: dict[int, int] = {}  # round -> bundles committed when it was requested
        self.committed = 0
        self._open()

    def teardown(self) -> None:
        """Remove the folder of the outbox."""
        self.outbox.close()
        shutil.rmtree(self.folder)

    def _open(self) -> None:
        self.outbox = Outbox(self.folder / "outbox.db")
        self.rounds = RoundClock()
        self.rounds.enter()

    @rule(lane=st.sampled_from(LANES), count=st.integers(1, 3))
    def commit(self, lane: str, count: int) -> None:
        """Commit bundles to a cord, chained on to its last."""
        cord = Cord("node", lane, 1)
        sequence, _ = self.outbox.next_link(cord)
        bundles = [sealed_bundle(cord, sequence + place) for place in range(count)]
        self.outbox.commit_batch(IngestBatch(cord, "file", 0, 0, (), bundles), 0)
        self.committed += count

    @rule()
    def request(self) -> None:
        """Request a round, as every method that commits does."""
        self.requests[self.rounds.request()] = self.committed

    @precondition(lambda self: not self.rounds.in_round)
    @rule()
    def begin_round(self) -> None:
        """Begin the next round at once."""
        assert self.rounds.begin(0)

    @precondition(lambda self: self.rounds.in_round)
    @rule()
    def send_window(self) -> None:
        """Send a window as the sender does: Kafka first, then the outbox."""
        self._send_window(is_marked=True)

    @precondition(lambda self: self.rounds.in_round)
    @rule()
    def end_round(self) -> None:
        """Send all that waits and end the round; who waits for it finds it done."""
        while self._send_window(is_marked=True):
            pass
        self.rounds.end()
        for number, count in list(self.requests.items()):
            if self.rounds.wait_for(number, 0):
                del self.requests[number]
                assert len(set(self.log)) >= count

    @precondition(lambda self: self.rounds.in_round)
    @rule()
    def die_before_marking(self) -> None:
        """Lose the process after Kafka's acknowledgement; the next one compares with the log."""
        self._send_window(is_marked=False)
        self.outbox.close()
        self.requests.clear()
        self._open()
        self.outbox.mark_sent(self.log, {})

    def _send_window(self, is_marked: bool) -> bool:
        cords = [f"node/{lane}/1" for lane in LANES]
        pending = self.outbox.pending_bundles(WINDOW, cords)
        keys = [(bundle.cord, bundle.sequence) for bundle in pending]
        self.log.extend(keys)
        if is_marked:
            self.outbox.mark_sent(keys, {})
        return bool(keys)

    @invariant()
    def nothing_is_sent_twice_or_out_of_order(self) -> None:
        """Each cord stands in the log from 0 on, without holes and without repetition."""
        for lane in LANES:
            sequences = [sequence for cord, sequence in self.log if f"/{lane}/" in cord]
            assert sequences == list(range(len(sequences)))

    @invariant()
    def nothing_is_lost(self) -> None:
        """What is committed is in the log or waits in the outbox."""
        assert len(self.log) + self.outbox.count_unsent() == self.committed


TestOutboxRounds = OutboxRounds.TestCase
TestOutboxRounds.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
