"""End a command that runs until it is stopped."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """End the process with exit code 0 on SIGTERM and on Ctrl-C, at any moment.

    What is not finished is resumed at the next start.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
