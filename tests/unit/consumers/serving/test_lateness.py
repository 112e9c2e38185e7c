"""Under load cheap questions come first, refusals say when to ask again, and lateness ends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import pytest

from consumers.api.question_watch import cost_of
from consumers.serving.lateness import LONGEST_RETRY_S, SPAN_S, LatenessRecord
from consumers.serving.question import Question, QuestionCost
from consumers.serving.question_queue import QuestionQueue, QueueFullError, QueueLimits
from tests.support.engines import eventually


def ask(queue: QuestionQueue, name: str, cost: QuestionCost, answered: list[str]) -> None:
    with queue.place(Question(name, cost=cost)):
        answered.append(name)


def _waits(queue: QuestionQueue, number: int) -> bool:
    return queue.load == (1, number)


def test_cheap_questions_that_wait_come_before_figures() -> None:
    queue = QuestionQueue(QueueLimits(running=1, wait_s=60.0, patience_s=60.0))
    order = [
        ("figure", QuestionCost.FIGURE),
        ("list", QuestionCost.LIST),
        ("key", QuestionCost.KEY),
        ("later key", QuestionCost.KEY),
    ]
    answered: list[str] = []
    with ThreadPoolExecutor(len(order)) as readers:
        with queue.place(Question("first")):
            for number, (name, cost) in enumerate(order, start=1):
                readers.submit(ask, queue, name, cost, answered)
                eventually(partial(_waits, queue, number), "it waits")
        eventually(lambda: queue.load == (0, 0), "all are answered")
    assert answered == ["key", "later key", "list", "figure"]


def test_who_has_waited_long_comes_before_what_is_cheap() -> None:
    queue = QuestionQueue(QueueLimits(running=1, wait_s=60.0, patience_s=0.0))
    answered: list[str] = []
    with ThreadPoolExecutor(2) as readers:
        with queue.place(Question("first")):
            readers.submit(ask, queue, "figure", QuestionCost.FIGURE, answered)
            eventually(lambda: queue.load == (1, 1), "it waits")
            readers.submit(ask, queue, "key", QuestionCost.KEY, answered)
            eventually(lambda: queue.load == (1, 2), "it waits")
        eventually(lambda: queue.load == (0, 0), "all are answered")
    assert answered == ["figure", "key"]


def test_figures_never_hold_all_places() -> None:
    queue = QuestionQueue(QueueLimits(running=4, running_figures=2, wait_s=0.1))
    with ExitStack() as places:
        for name in ("a", "b"):
            places.enter_context(queue.place(Question(name, cost=QuestionCost.FIGURE)))
        with (
            pytest.raises(QueueFullError),
            queue.place(Question("c", cost=QuestionCost.FIGURE)),
        ):
            pass
        with queue.place(Question("d", cost=QuestionCost.KEY)):
            assert queue.load == (3, 0)


def test_waiting_figures_leave_room_for_cheap_questions_that_wait() -> None:
    queue = QuestionQueue(QueueLimits(running=1, waiting=2, waiting_figures=1, wait_s=60.0))
    entered = threading.Event()
    with ThreadPoolExecutor(2) as readers, queue.place(Question("first")):
        waiting = [
            readers.submit(ask, queue, name, cost, [])
            for name, cost in (("a", QuestionCost.FIGURE), ("b", QuestionCost.KEY))
        ]
        eventually(lambda: queue.load == (1, 2), "both wait")
        with pytest.raises(QueueFullError), queue.place(Question("c", cost=QuestionCost.FIGURE)):
            entered.set()
        for future in waiting:
            future.cancel()
        assert not entered.is_set()
        assert queue.lateness().is_late


def test_the_service_is_late_for_a_minute_and_then_no_more() -> None:
    now = 0.0
    record = LatenessRecord(lambda: now)
    assert not record.now(0, 0).is_late
    record.note_wait(0.5)
    assert not record.now(1, 0).is_late
    record.note_wait(3.2)
    record.note_refusal()
    late = record.now(4, 2)
    assert (late.is_late, late.longest_wait_s, late.refused) == (True, 3.2, 1)
    assert record.retry_after_s() == 5
    for _ in range(1000):
        record.note_refusal()
    assert record.retry_after_s() == LONGEST_RETRY_S
    now = SPAN_S + 1
    assert not record.now(0, 0).is_late
    assert record.retry_after_s() < 5


def test_a_refusal_says_when_to_ask_again() -> None:
    queue = QuestionQueue(QueueLimits(running=1, waiting=0))
    with queue.place(Question("a")), pytest.raises(QueueFullError) as refused:
        queue.place(Question("b")).__enter__()
    assert str(refused.value.retry_after_s) in str(refused.value)


@pytest.mark.parametrize(
    ("path", "cost"),
    [
        ("/v1/events/4b1d0001-0000-8000-8000-000000000001", QuestionCost.KEY),
        ("/v1/events", QuestionCost.LIST),
        ("/v1/figures/totals", QuestionCost.FIGURE),
        ("/v1/series", QuestionCost.FIGURE),
        ("/", QuestionCost.LIST),
    ],
)
def test_the_address_says_what_a_question_costs(path: str, cost: QuestionCost) -> None:
    assert cost_of(path) is cost
