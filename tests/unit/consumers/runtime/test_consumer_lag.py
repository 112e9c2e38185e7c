"""A group that moves to another broker is asked about again, and no other fault is hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kafka.errors import KafkaError, KafkaTimeoutError, NotCoordinatorError

from consumers.runtime.consumer_lag import SETTLES_WITHIN_S, ask_until_settled


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def answering(*answers: KafkaError | int) -> Callable[[], int]:
    """Give these answers one after another, the last for ever."""
    waiting = list(answers)

    def ask() -> int:
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, KafkaError):
            raise answer
        return answer

    return ask


def test_it_is_asked_again_until_the_coordinator_answers() -> None:
    clock = Clock()
    moved = answering(NotCoordinatorError(), NotCoordinatorError(), 7)
    assert ask_until_settled(moved, clock.time, clock.sleep) == 7
    assert 0 < clock.now < SETTLES_WITHIN_S


def test_who_never_answers_is_an_error_after_a_time() -> None:
    clock = Clock()
    with pytest.raises(NotCoordinatorError):
        ask_until_settled(answering(NotCoordinatorError()), clock.time, clock.sleep)
    assert clock.now >= SETTLES_WITHIN_S


def test_another_fault_is_raised_at_once() -> None:
    clock = Clock()
    with pytest.raises(KafkaTimeoutError):
        ask_until_settled(answering(KafkaTimeoutError()), clock.time, clock.sleep)
    assert clock.now == 0
