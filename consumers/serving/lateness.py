"""Remember how long questions waited lately, and say whether answers are late. No I/O."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SPAN_S = 60.0
"""What was longer ago says nothing of now."""
LATE_S = 1.0
"""A question that waits longer than this makes the service late."""
SHORTEST_RETRY_S, LONGEST_RETRY_S = 2, 30
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late answers are. `longest_wait_s`, `refused`: within the last minute."""

    is_late: bool
    running: int
    waiting: int
    longest_wait_s: float
    refused: int


class LatenessRecord:
    """The waits and refusals of the last minute. Whoever shares it holds a lock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with nothing to remember. `clock`: seconds, never backwards."""
        self._clock = clock
        self._waits: deque[tuple[float, float]] = deque(maxlen=_MOST)
        self._refusals: deque[float] = deque(maxlen=_MOST)

    def note_wait(self, seconds: float) -> None:
        """Note how long a question waited for its turn."""
        if seconds > LATE_S / 10:  # the many that hardly wait must not push out the others
            self._waits.append((self._clock(), seconds))

    def note_refusal(self) -> None:
        """Note that a question was refused, since too many wait."""
        self._refusals.append(self._clock())

    def now(self, running: int, waiting: int) -> Lateness:
        """Say how late answers are. `running`, `waiting`: how many questions, at this moment."""
        self._forget()
        longest = max((seconds for _, seconds in self._waits), default=0.0)
        refused = len(self._refusals)
        is_late = refused > 0 or longest > LATE_S
        return Lateness(is_late, running, waiting, round(longest, 2), refused)

    def retry_after_s(self) -> int:
        """Return when to ask again: longer, the longer questions waited and the more are refused.

        In whole seconds. Who is refused again and again is asked to wait longer, so that those
        who come back do not all come at once.
        """
        self._forget()
        longest = max((seconds for _, seconds in self._waits), default=0.0)
        seconds = math.ceil(longest) + math.ceil(len(self._refusals) / 10)
        return min(LONGEST_RETRY_S, max(SHORTEST_RETRY_S, seconds))

    def _forget(self) -> None:
        since = self._clock() - SPAN_S
        while self._waits and self._waits[0][0] < since:
            self._waits.popleft()
        while self._refusals and self._refusals[0] < since:
            self._refusals.popleft()
