"""A broker that is away makes its clients repeat themselves ten times a second; said once in a
while it is read.
"""

from __future__ import annotations

import logging
import time

CLIENTS = ("aiokafka", "kafka", "faust", "mode")
EVERY_S = 30.0


class LogThrottle(logging.Filter):
    """Lets a line of the Kafka clients through once in `every` seconds, by the place in the code
    that says it.
    """

    def __init__(self, every: float = EVERY_S) -> None:
        super().__init__()
        self._every = every
        self._said: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to say it."""
        if record.name.split(".", 1)[0] not in CLIENTS:
            return True
        where, now = (record.pathname, record.lineno), time.monotonic()
        if now - self._said.get(where, -self._every) < self._every:
            return False
        self._said[where] = now
        return True


def install_log_throttle() -> None:
    """Put the filter before what the process logs."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(LogThrottle())
