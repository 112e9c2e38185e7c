"""Let a few questions in at a time; the others wait a moment, or hear at once that it is busy.

No reader holds more than a part of the places, so the questions of one never keep others out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from time import monotonic

from consumers.serving.question import NOBODY, Question
from infra.errors import QuipuError
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """How many questions run and wait, and how long one waits, in seconds."""

    running: int = 4
    running_of_one: int = 2
    waiting: int = 16
    waiting_of_one: int = 4
    wait_s: float = 5.0


class QueueFullError(QuipuError):
    """More questions wait than can be answered soon."""

    code = "BUSY"


class TooManyQuestionsError(QuipuError):
    """One reader asks more at a time than one reader may."""

    code = "TOO_MANY_QUESTIONS"


class QuestionQueue:
    """The places of the questions that run, and the order of those that wait. Threads share it."""

    def __init__(self, limits: QueueLimits = QueueLimits()) -> None:
        """Begin with all places free."""
        self._limits = limits
        self._changed = Condition()
        self._running: Counter[str] = Counter()
        self._waiting: list[Question] = []

    @property
    def load(self) -> tuple[int, int]:
        """How many questions run, and how many wait."""
        with self._changed:
            return self._running.total(), len(self._waiting)

    @contextmanager
    def place(self, question: Question) -> Iterator[None]:
        """Hold a place for the block; wait for it in turn.

        Raises QueueFullError and TooManyQuestionsError at once, or when no place came in time, and
        what the question raises when it is cancelled.
        """
        self._enter(question)
        try:
            yield
        finally:
            with self._changed:
                self._running[question.asker] -= 1
                self._changed.notify_all()

    def _enter(self, question: Question) -> None:
        with question.interrupted_by(self._wake), self._changed:
            if not self._may_run(question):
                self._refuse_where_long(question)
            self._waiting.append(question)
            try:
                self._wait_for_turn(question)
                self._running[question.asker] += 1
            finally:
                self._waiting.remove(question)
                self._changed.notify_all()

    def _wait_for_turn(self, question: Question) -> None:
        until = monotonic() + self._limits.wait_s
        while self._next() is not question:
            wait_s = min(until - monotonic(), question.remaining_s())
            if wait_s <= 0:
                raise self._refusal(question)
            self._changed.wait(wait_s)
        question.remaining_s()

    def _next(self) -> Question | None:
        """Return the first that may run of those that wait."""
        return next((question for question in self._waiting if self._may_run(question)), None)

    def _may_run(self, question: Question) -> bool:
        is_free = self._running.total() < self._limits.running
        own = self._running[question.asker]
        return is_free and (question.asker == NOBODY or own < self._limits.running_of_one)

    def _refuse_where_long(self, question: Question) -> None:
        own = sum(other.asker == question.asker for other in self._waiting)
        if question.asker != NOBODY and own >= self._limits.waiting_of_one:
            raise self._refusal(question)
        if len(self._waiting) >= self._limits.waiting:
            raise _queue_full()

    def _refusal(self, question: Question) -> QuipuError:
        own = self._running[question.asker]
        is_own_fault = question.asker != NOBODY and own >= self._limits.running_of_one
        return _too_many() if is_own_fault else _queue_full()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _queue_full() -> QueueFullError:
    return QueueFullError(
        _("Too many questions wait for an answer at this moment."),
        _("Ask again in some seconds."),
    )


def _too_many() -> TooManyQuestionsError:
    return TooManyQuestionsError(
        _("You have too many questions under way at this moment."),
        _("Wait for their answers, then ask again."),
    )
