"""Bound how many look-ups one reader makes in a minute, so that nobody tries out numbers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from infra.errors import QuipuError
from schemas.i18n import _

WINDOW_S = 60.0


class LookupQuotaError(QuipuError):
    """One reader makes more look-ups than one may within a minute."""

    code = "HIT_QUOTA"


class LookupQuota:
    """The look-ups of the last minute by reader, in this process. Threads may share it."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`most`: lines of one reader within a minute."""
        self._most, self._clock = most, clock
        self._lock = Lock()
        self._lines: dict[str, deque[tuple[float, int]]] = {}

    def take(self, asker: str, lines: int) -> None:
        """Count lines to a reader. Raises LookupQuotaError: then they are not counted."""
        now = self._clock()
        with self._lock:
            recent = self._lines.setdefault(asker, deque())
            while recent and recent[0][0] <= now - WINDOW_S:
                recent.popleft()
            if sum(count for _at, count in recent) + lines > self._most:
                raise _quota_used_up(self._most)
            recent.append((now, lines))
            if len(self._lines) > self._most:
                self._forget(now)

    def _forget(self, now: float) -> None:
        """Forget readers who asked nothing within the window."""
        for asker in [key for key, own in self._lines.items() if own[-1][0] <= now - WINDOW_S]:
            del self._lines[asker]


def _quota_used_up(most: int) -> LookupQuotaError:
    return LookupQuotaError(
        _("One reader makes at most {most:,} hit look-ups in a minute.", most=most),
        _("Wait a minute, or ask for one list less."),
    )
