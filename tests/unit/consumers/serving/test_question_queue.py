"""A few questions run at a time, of one reader fewer; the others wait in turn or are refused."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from consumers.serving.question import (
    Question,
    QuestionCancelledError,
    QuestionTooLongError,
    asking,
    current_question,
)
from consumers.serving.question_queue import (
    QuestionQueue,
    QueueFullError,
    QueueLimits,
    TooManyQuestionsError,
)
from tests.support.engines import eventually

LIMITS = QueueLimits(running=3, running_of_one=2, waiting=2, waiting_of_one=1, wait_s=0.1)


def test_one_reader_never_holds_all_places() -> None:
    queue = QuestionQueue(LIMITS)
    with ExitStack() as places:
        for _ in range(LIMITS.running_of_one):
            places.enter_context(queue.place(Question("one")))
        with pytest.raises(TooManyQuestionsError), queue.place(Question("one")):
            pass
        with queue.place(Question("other")):
            assert queue.load == (3, 0)
    assert queue.load == (0, 0)


def test_a_full_house_is_said_to_be_busy() -> None:
    queue = QuestionQueue(LIMITS)
    with ExitStack() as places:
        for reader in ("a", "b", "c"):
            places.enter_context(queue.place(Question(reader)))
        with pytest.raises(QueueFullError), queue.place(Question("d")):
            pass


def test_who_waits_gets_the_place_that_is_left_and_a_long_queue_is_refused_at_once() -> None:
    queue = QuestionQueue(QueueLimits(1, 1, 2, 1, wait_s=60.0))
    entered = threading.Event()

    def ask(reader: str) -> str:
        with queue.place(Question(reader)):
            entered.set()
            return reader

    with ThreadPoolExecutor(2) as readers:
        with queue.place(Question("a")):
            waiting = [readers.submit(ask, reader) for reader in ("b", "c")]
            eventually(lambda: queue.load == (1, 2), "two wait")
            with pytest.raises(QueueFullError), queue.place(Question("d")):
                pass
            assert not entered.is_set()
        assert [future.result(10) for future in waiting] == ["b", "c"]
    assert queue.load == (0, 0)


def test_a_cancelled_question_leaves_the_queue() -> None:
    queue, question = QuestionQueue(QueueLimits(running=1, wait_s=60.0)), Question("b")

    def ask() -> None:
        with queue.place(question):
            raise AssertionError("it ran")

    with ThreadPoolExecutor(1) as readers, queue.place(Question("a")):
        answer = readers.submit(ask)
        eventually(lambda: queue.load == (1, 1), "it waits")
        question.cancel()
        with pytest.raises(QuestionCancelledError):
            answer.result(10)
        assert queue.load == (1, 0)


def test_the_budget_ends_and_what_runs_is_interrupted() -> None:
    now = 0.0
    question = Question("a", 5.0, clock=lambda: now)
    assert question.remaining_s() == 5.0
    stops: list[str] = []
    with question.interrupted_by(lambda: stops.append("stopped")):
        question.cancel()
    question.cancel()
    assert stops == ["stopped"]
    with question.interrupted_by(lambda: stops.append("at once")):
        assert stops == ["stopped", "at once"]
    late = Question("a", 5.0, clock=lambda: now)
    now = 5.0
    with pytest.raises(QuestionTooLongError, match="5 s"):
        late.remaining_s()


def test_a_thread_finds_the_question_of_its_context() -> None:
    question = Question("a")
    with asking(question):
        assert current_question() is question
    assert current_question() is not question
