"""A keeper of derived tables looks when there may be something to do, and seldom otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.sink.derived_tables import IDLE_EVERY_S, LookTimes


@dataclass
class Sink:
    """What a keeper knows of the sink, and what time it is."""

    batches: int = 0
    now: float = 100.0

    def times(self) -> LookTimes:
        return LookTimes(lambda: self.batches, lambda: self.now)


def test_it_looks_at_once_and_after_each_batch() -> None:
    sink = Sink()
    times = sink.times()
    assert [times.is_due(), times.is_due()] == [True, False]
    sink.batches += 1
    assert [times.is_due(), times.is_due()] == [True, False]


def test_an_idle_sink_is_looked_at_once_in_a_while() -> None:
    """Another sink may have written, and a month may have come to stand still."""
    sink = Sink()
    times = sink.times()
    due = []
    for second in range(1, 31):
        sink.now = 100.0 + second
        if times.is_due():
            due.append(second)
    assert due == [1, 1 + IDLE_EVERY_S, 1 + 2 * IDLE_EVERY_S]


def test_it_looks_again_after_it_did_something() -> None:
    sink = Sink()
    times = sink.times()
    assert times.is_due()
    times.look_again()
    assert [times.is_due(), times.is_due()] == [True, False]
