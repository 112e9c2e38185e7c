"""Decide how long somebody must wait after failures to sign in. Pure.

The delay doubles with each failure. An account reaches LOCKED_MS: it is locked for that time. An
address waits less, because many people may share one.
"""

from __future__ import annotations

from dataclasses import dataclass

FREE_OF_ACCOUNT = 3
FREE_OF_ADDRESS = 20
LOCKED_MS = 15 * 60_000
ADDRESS_MS = 60_000
FORGOTTEN_MS = 60 * 60_000
"""After this time without a failure, the count begins again."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is remembered of one account or address. `allowed_at`, `last_at`: ms since 1970 UTC."""

    failures: int = 0
    allowed_at: int = 0
    last_at: int = 0

    def wait_ms(self, now: int) -> int:
        """Return how long the next attempt must wait; 0 if it may be made now."""
        return max(0, self.allowed_at - now)

    def after_failure(self, now: int, free: int, longest_ms: int) -> Attempts:
        """Return what is remembered after one failure more.

        `free`: failures without delay; `longest_ms`: the longest delay.
        """
        failures = 1 if now - self.last_at > FORGOTTEN_MS else self.failures + 1
        return Attempts(failures, now + delay_ms(failures, free, longest_ms), now)


def delay_ms(failures: int, free: int, longest_ms: int) -> int:
    """Return the delay after so many failures: 1 s, 2 s, 4 s and so on, `longest_ms` at most."""
    excess = failures - free
    return 0 if excess < 0 else min(longest_ms, 1000 * 2 ** min(excess, 30))
