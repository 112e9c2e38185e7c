"""Do in a thread what may wait for Kafka for longer than anybody waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

Result = TypeVar("Result")


class BackgroundWork(Generic[Result]):
    """Work that is done once for all who wait for it. Not for two threads at once."""

    def __init__(self, name: str, work: Callable[[], Result]) -> None:
        """`name`: of the thread; nothing begins before somebody waits for the result."""
        self._name, self._work = name, work
        self._future: Future[Result] | None = None

    def result(self, until: float) -> Result:
        """Return the result; begin the work unless it is under way. `until`: monotonic, seconds.

        Raises TimeoutError where it is not done by then, and what the work raises. Work that is not
        done in time continues for the next who waits.
        """
        future = self._future = self._future or self._begin()
        try:
            return future.result(timeout=seconds_until(until))
        finally:
            if future.done():
                self._future = None

    def _begin(self) -> Future[Result]:
        """Begin in a thread that does not keep the process from ending."""
        future: Future[Result] = Future()

        def run() -> None:
            try:
                future.set_result(self._work())
            except Exception as error:  # noqa: BLE001 - who waits for the result raises it
                future.set_exception(error)

        Thread(target=run, name=self._name, daemon=True).start()
        return future


def seconds_until(moment: float) -> float:
    """Return the seconds until a moment of the monotonic clock; 0 where it has passed."""
    return max(0.0, moment - monotonic())
