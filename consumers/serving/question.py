"""Know of one question: who asks it, how long it may take, and whether somebody still waits.

The web server makes it when a request comes (`consumers.api.question_watch`); the query pool, in
whichever thread, finds it in the context.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from threading import Lock

from infra.errors import QuipuError
from schemas.i18n import _

ANSWER_WITHIN_S = 20.0
"""How long a question of the API or the page may take, from its request on."""
COMMAND_WITHIN_S = 300.0
"""How long a question of the command line may take; the one who asks can end it."""
NOBODY = ""


class QuestionCost(IntEnum):
    """How much work a question is, so that cheap ones need not wait for dear ones."""

    KEY = 0
    """One item, by its id."""
    LIST = 1
    """A page of a list."""
    FIGURE = 2
    """Figures, which read far more than they show."""


class QuestionTooLongError(QuipuError):
    """The question takes more time than one question may."""

    code = "TOO_LONG"


class QuestionCancelledError(QuipuError):
    """Nobody waits for the answer any more."""

    code = "CANCELLED"


class Question:
    """One question under way; threads share it. `asker`: whose limit of questions it counts to."""

    def __init__(
        self,
        asker: str = NOBODY,
        within_s: float = ANSWER_WITHIN_S,
        clock: Callable[[], float] = time.monotonic,
        cost: QuestionCost = QuestionCost.LIST,
    ) -> None:
        """Start the time; `within_s`: how long the answer may take, in seconds."""
        self.asker = asker
        self.cost = cost
        self._within_s = within_s
        self._clock = clock
        self._deadline = clock() + within_s
        self._lock = Lock()
        self._is_cancelled = False
        self._stop: Callable[[], None] | None = None

    def remaining_s(self) -> float:
        """Return the seconds that are left, above 0.

        Raises QuestionTooLongError, QuestionCancelledError.
        """
        if self._is_cancelled:
            raise QuestionCancelledError(
                _("The one who asked has gone."), _("Ask again where it was a mistake.")
            )
        remaining = self._deadline - self._clock()
        if remaining <= 0:
            raise self.too_long()
        return remaining

    def too_long(self) -> QuestionTooLongError:
        """Return the error for a question that would take more time."""
        return QuestionTooLongError(
            _(
                "The answer takes more than {seconds:.0f} s, so the question was ended.",
                seconds=self._within_s,
            ),
            _("Narrow it: a rule, a country, a type, dates; a cursor instead of an offset."),
        )

    def cancel(self) -> None:
        """End the question: it leaves the queue, and what runs for it is interrupted."""
        with self._lock:
            self._is_cancelled = True
            stop = self._stop
        if stop is not None:
            stop()

    @contextmanager
    def interrupted_by(self, stop: Callable[[], None]) -> Iterator[None]:
        """Have `stop` called, from any thread, where the question is cancelled in this block."""
        with self._lock:
            self._stop, is_cancelled = stop, self._is_cancelled
        if is_cancelled:
            stop()
        try:
            yield
        finally:
            with self._lock:
                self._stop = None


_current: ContextVar[Question | None] = ContextVar("question", default=None)


@contextmanager
def asking(question: Question) -> Iterator[Question]:
    """Make this the question of the context, and of the threads that work for it."""
    token = _current.set(question)
    try:
        yield question
    finally:
        _current.reset(token)


def current_question() -> Question:
    """Return the question of the context; a new one where none was put there."""
    return _current.get() or Question()
