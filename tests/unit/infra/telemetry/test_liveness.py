"""How a process measures its speed and its stalls, with the clock given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from infra.telemetry.liveness import WINDOW_S, SlidingWindow, StallClock


def test_the_window_spans_its_length_and_a_tick() -> None:
    window = SlidingWindow(0, now=0.0)
    for second in range(1, 101):
        window.record(second * 3, now=float(second))
    seconds, oldest, newest = window.ends()
    assert newest == 300
    assert WINDOW_S <= seconds <= WINDOW_S + 1
    assert (newest - oldest) / seconds == 3


def test_a_window_of_one_moment_has_a_length_above_zero() -> None:
    seconds, oldest, newest = SlidingWindow(7, now=5.0).ends()
    assert seconds > 0
    assert (oldest, newest) == (7, 7)


def test_waiting_work_that_does_not_move_is_a_stall() -> None:
    clock = StallClock(now=0.0)
    clock.record_step(moved=False, now=50.0)
    assert clock.stalled_seconds(now=60.0) == 60.0
    clock.record_step(moved=True, now=60.0)
    assert clock.stalled_seconds(now=61.0) == 1.0
    clock.record_step(moved=False, now=80.0)
    clock.reset(now=90.0)
    assert clock.stalled_seconds(now=90.0) == 0.0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=30))
def test_a_stall_lasts_since_the_last_move(steps: list[tuple[bool, float]]) -> None:
    clock, now, moved_at = StallClock(0.0), 0.0, 0.0
    for moved, passed in steps:
        now += passed
        clock.record_step(moved, now)
        moved_at = now if moved else moved_at
    assert clock.stalled_seconds(now) == now - moved_at
