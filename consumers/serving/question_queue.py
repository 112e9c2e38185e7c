"""Let a few questions in at a time; the others wait a moment, or hear at once that it is late.

No reader holds more than a part of the places, so the questions of one never keep others out. Of
those that wait, cheap questions come first, and figures hold a part of the places alone. So what
takes a second does not hold up what takes milliseconds. Who has waited long comes first all the
same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from time import monotonic
from typing import NamedTuple

from consumers.serving.lateness import Lateness, LatenessRecord
from consumers.serving.question import NOBODY, Question, QuestionCost
from infra.errors import QuipuError
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """How many questions run and wait, and how long one waits, in seconds.

    `running_figures`, `waiting_figures`: questions for figures among them. `patience_s`: who has
    waited for longer comes before cheaper questions.
    """

    running: int = 4
    running_of_one: int = 2
    waiting: int = 16
    waiting_of_one: int = 4
    wait_s: float = 5.0
    running_figures: int = 2
    waiting_figures: int = 8
    patience_s: float = 2.0


class QueueFullError(QuipuError):
    """More questions wait than can be answered soon. `retry_after_s`: when to ask again."""

    code = "BUSY"

    def __init__(self, retry_after_s: int) -> None:
        """Say when to ask again."""
        self.retry_after_s = retry_after_s
        super().__init__(
            _("The service is late: too many questions wait for an answer at this moment."),
            _("Ask again in {seconds} s.", seconds=retry_after_s),
        )


class TooManyQuestionsError(QuipuError):
    """One reader asks more at a time than one reader may."""

    code = "TOO_MANY_QUESTIONS"


class _Waiting(NamedTuple):
    """A question that waits. `since`: by the monotonic clock, in seconds."""

    question: Question
    since: float


class QuestionQueue:
    """The places of the questions that run, and the order of those that wait. Threads share it."""

    def __init__(self, limits: QueueLimits = QueueLimits()) -> None:
        """Begin with all places free."""
        self._limits = limits
        self._changed = Condition()
        self._running: Counter[str] = Counter()
        self._running_figures = 0
        self._waiting: list[_Waiting] = []
        self._record = LatenessRecord(monotonic)

    @property
    def load(self) -> tuple[int, int]:
        """How many questions run, and how many wait."""
        with self._changed:
            return self._running.total(), len(self._waiting)

    def lateness(self) -> Lateness:
        """Say how late answers have been within the last minute."""
        with self._changed:
            return self._record.now(self._running.total(), len(self._waiting))

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
                self._running_figures -= question.cost is QuestionCost.FIGURE
                self._changed.notify_all()

    def _enter(self, question: Question) -> None:
        with question.interrupted_by(self._wake), self._changed:
            if not self._may_run(question):
                self._refuse_where_long(question)
            waiting = _Waiting(question, monotonic())
            self._waiting.append(waiting)
            try:
                self._wait_for_turn(waiting)
                self._running[question.asker] += 1
                self._running_figures += question.cost is QuestionCost.FIGURE
            finally:
                self._waiting.remove(waiting)
                self._changed.notify_all()

    def _wait_for_turn(self, waiting: _Waiting) -> None:
        question, until = waiting.question, waiting.since + self._limits.wait_s
        while self._next() is not waiting:
            wait_s = min(until - monotonic(), question.remaining_s())
            if wait_s <= 0:
                raise self._refusal(question)
            self._changed.wait(wait_s)
        question.remaining_s()
        self._record.note_wait(monotonic() - waiting.since)

    def _next(self) -> _Waiting | None:
        """Return the first that may run of those that wait: cheap ones, and who waited long."""
        able = [waiting for waiting in self._waiting if self._may_run(waiting.question)]
        return min(able, key=self._turn, default=None)

    def _turn(self, waiting: _Waiting) -> tuple[int, float]:
        is_patient = monotonic() - waiting.since < self._limits.patience_s
        return (waiting.question.cost if is_patient else QuestionCost.KEY), waiting.since

    def _may_run(self, question: Question) -> bool:
        is_free = self._running.total() < self._limits.running
        if question.cost is QuestionCost.FIGURE:
            is_free &= self._running_figures < self._limits.running_figures
        own = self._running[question.asker]
        return is_free and (question.asker == NOBODY or own < self._limits.running_of_one)

    def _refuse_where_long(self, question: Question) -> None:
        own = sum(other.question.asker == question.asker for other in self._waiting)
        if question.asker != NOBODY and own >= self._limits.waiting_of_one:
            raise self._refusal(question)
        figures = sum(other.question.cost is QuestionCost.FIGURE for other in self._waiting)
        is_figure = question.cost is QuestionCost.FIGURE
        if is_figure and figures >= self._limits.waiting_figures:
            raise self._queue_full()
        if len(self._waiting) >= self._limits.waiting:
            raise self._queue_full()

    def _refusal(self, question: Question) -> QuipuError:
        own = self._running[question.asker]
        is_own_fault = question.asker != NOBODY and own >= self._limits.running_of_one
        return _too_many() if is_own_fault else self._queue_full()

    def _queue_full(self) -> QueueFullError:
        self._record.note_refusal()
        return QueueFullError(self._record.retry_after_s())

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _too_many() -> TooManyQuestionsError:
    return TooManyQuestionsError(
        _("You have too many questions under way at this moment."),
        _("Wait for their answers, then ask again."),
    )
