"""Rate-limit log lines of the Kafka clients: while a broker is down they log ten times a second."""

from __future__ import annotations

import logging
import time

CLIENTS = ("aiokafka", "kafka", "faust", "mode")
EVERY_S = 30.0


class LogThrottle(logging.Filter):
    """Lets one line of the Kafka clients through in `every` seconds, by the place that logs it."""

    def __init__(self, every: float = EVERY_S) -> None:
        """Begin with every line admitted."""
        super().__init__()
        self._every = every
        self._logged_at: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Decide whether a line is logged."""
        if record.name.split(".", 1)[0] not in CLIENTS:
            return True
        where, now = (record.pathname, record.lineno), time.monotonic()
        if now - self._logged_at.get(where, -self._every) < self._every:
            return False
        self._logged_at[where] = now
        return True


def install_log_throttle() -> None:
    """Put the filter before all that the process logs."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(LogThrottle())
