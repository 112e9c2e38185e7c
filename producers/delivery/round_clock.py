"""Count the rounds of a loop in one thread, so that other threads can wait for one of them.

A round sees everything that was written before it began. Whoever wrote something requests a round
and waits for the number that the request returned.
"""

import threading
import time
from collections.abc import Callable


def _never() -> bool:
    return False


class RoundClock:
    """The turns of one loop and its users. Every method may be called from any thread.

    `clock` gives seconds, monotonic. The loop runs only while it has a user.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without users and without a round."""
        self._clock = clock
        self._turn = threading.Condition()
        self._users = 0
        self._requested = 0
        self._begun = 0
        self._ended = 0
        self._closed = False
        self._failure: BaseException | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody uses the loop; without users a round ends at its next safe point."""
        return self._users > 0 and not self._closed

    @property
    def in_round(self) -> bool:
        """Whether a round has begun and not ended."""
        return self._ended < self._begun

    def enter(self) -> None:
        """Add a user of the loop."""
        with self._turn:
            self._users += 1
            self._turn.notify_all()

    def leave(self, seconds: float, is_hanging: Callable[[], bool] = _never) -> bool:
        """Remove a user; the last one waits for the current round.

        It waits at most `seconds`, and not while `is_hanging`. Returns whether the loop rests.
        """
        deadline = self._clock() + seconds
        with self._turn:
            self._users -= 1
            self._turn.notify_all()
            while not self._users and self.in_round and self._failure is None:
                if is_hanging() or self._clock() >= deadline:
                    break
                self._turn.wait(0.1)
            return not self.in_round

    def request(self) -> int:
        """Wake the loop. Returns the number of the first round that begins after this call."""
        with self._turn:
            self._requested = self._begun + 1
            self._turn.notify_all()
            return self._requested

    def wait_for(
        self, number: int, seconds: float, is_hanging: Callable[[], bool] = _never
    ) -> bool:
        """Wait until round `number` has ended. Returns whether it has.

        It waits at most `seconds`, and not while `is_hanging`. Raises what `fail` was given.
        """
        deadline = self._clock() + seconds
        with self._turn:
            while self._ended < number:
                if self._failure is not None:
                    raise self._failure
                remaining = deadline - self._clock()
                if remaining <= 0 or is_hanging():
                    return False
                self._turn.wait(min(remaining, 0.2))
        return True

    def begin(self, pause: float) -> bool:
        """Wait until the next round is due and begin it: after `pause` seconds, or on a request.

        Returns False where the loop is over.
        """
        due_at = self._clock() + pause
        with self._turn:
            while not self._closed and not self._is_due(due_at):
                self._turn.wait(max(0.0, due_at - self._clock()) if self._users else None)
            self._begun += not self._closed
            return not self._closed

    def end(self) -> None:
        """End the round that is running."""
        with self._turn:
            self._ended = self._begun
            self._turn.notify_all()

    def fail(self, error: BaseException) -> None:
        """Stop the loop for good; everybody who waits for a round raises `error`."""
        with self._turn:
            self._failure = error
            self._turn.notify_all()

    def close(self) -> None:
        """End the loop; no further round begins."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()

    def _is_due(self, due_at: float) -> bool:
        if not self._users:
            return False
        return self._requested > self._begun or self._clock() >= due_at
