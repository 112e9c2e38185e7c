"""The rounds of the delivery thread: who waits for one sees what was written before it began."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from producers.delivery.round_clock import RoundClock


class HandClock:
    """Seconds that a test turns by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Give the time that the test has set."""
        return self.now


def when(condition: Callable[[], bool]) -> threading.Event:
    """Call `condition` in a thread; the event is set when it returns true."""
    event = threading.Event()

    def run() -> None:
        if condition():
            event.set()

    threading.Thread(target=run, daemon=True).start()
    return event


def test_a_request_during_a_round_means_the_next_one() -> None:
    rounds = RoundClock()
    rounds.enter()
    first = rounds.request()
    assert rounds.begin(60)
    assert rounds.request() == first + 1
    rounds.end()
    assert rounds.wait_for(first, 0)
    assert not rounds.wait_for(first + 1, 0)


def test_without_a_request_the_next_round_begins_after_the_pause() -> None:
    clock = HandClock()
    rounds = RoundClock(clock)
    rounds.enter()
    begun = when(lambda: rounds.begin(5))
    assert not begun.wait(0.2)
    clock.now = 5.0
    rounds.enter()  # a user who comes wakes the loop, which looks at the clock again
    assert begun.wait(5)


def test_without_a_user_no_round_begins_though_one_is_requested() -> None:
    rounds = RoundClock()
    rounds.request()
    begun = when(lambda: rounds.begin(0))
    assert not begun.wait(0.2)
    rounds.enter()
    assert begun.wait(5)


def test_the_last_user_waits_until_the_round_has_ended() -> None:
    rounds = RoundClock()
    rounds.enter()
    rounds.begin(0)
    assert rounds.is_wanted
    has_left = when(lambda: rounds.leave(60))
    assert not has_left.wait(0.2)
    assert not rounds.is_wanted
    rounds.end()
    assert has_left.wait(5)


def test_the_last_user_waits_no_longer_than_it_was_told_to() -> None:
    clock = HandClock()
    rounds = RoundClock(clock)
    rounds.enter()
    rounds.begin(0)
    clock.now = 1.0
    assert rounds.leave(0) is False
    assert rounds.in_round


def test_the_first_of_two_users_leaves_at_once() -> None:
    rounds = RoundClock()
    rounds.enter()
    rounds.enter()
    rounds.begin(0)
    assert rounds.leave(60) is False
    assert rounds.is_wanted


def test_nobody_waits_for_a_loop_that_hangs() -> None:
    rounds = RoundClock()
    rounds.enter()
    rounds.begin(0)
    assert not rounds.wait_for(1, 60, is_hanging=lambda: True)
    assert rounds.leave(60, is_hanging=lambda: True) is False


def test_what_broke_the_loop_is_raised_where_somebody_waits() -> None:
    rounds = RoundClock()
    rounds.enter()
    rounds.begin(0)
    rounds.fail(ValueError("disk"))
    with pytest.raises(ValueError, match="disk"):
        rounds.wait_for(1, 60)
    assert rounds.leave(60) is False  # nor does it keep anybody from leaving


def test_a_closed_loop_begins_no_round() -> None:
    rounds = RoundClock()
    rounds.enter()
    ended = when(lambda: not rounds.begin(60))
    rounds.close()
    assert ended.wait(5)
    assert not rounds.in_round
    assert not rounds.is_wanted
