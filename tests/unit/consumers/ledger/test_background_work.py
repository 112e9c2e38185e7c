"""Work that waits for Kafka keeps nobody longer than the one who waits wants."""

from __future__ import annotations

import threading
from time import monotonic

import pytest

from consumers.ledger.background_work import BackgroundWork

LONG_S = 30.0


def test_work_that_is_late_continues_and_is_not_begun_twice() -> None:
    """P6: each answer would wait for Kafka from the beginning, and leave a connection behind."""
    is_free, begun = threading.Event(), []

    def work() -> int:
        begun.append(monotonic())
        assert is_free.wait(LONG_S)
        return len(begun)

    background = BackgroundWork("test", work)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            background.result(monotonic())
    is_free.set()
    assert background.result(monotonic() + LONG_S) == 1
    assert background.result(monotonic() + LONG_S) == 2, "it is done anew once it was taken"


def test_an_error_of_the_work_reaches_who_waits_and_the_next_begins_anew() -> None:
    results = iter((KeyError("no broker"), 7))

    def work() -> int:
        result = next(results)
        if isinstance(result, KeyError):
            raise result
        return result

    background = BackgroundWork("test", work)
    with pytest.raises(KeyError):
        background.result(monotonic() + LONG_S)
    assert background.result(monotonic() + LONG_S) == 7
