"""Lend the query layer to one answer at a time, and record what the answer showed.

A client of clickhouse-driver is for one thread at a time, so each answer borrows one. What the
answer showed is in the disclosure ledger before it goes out.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from consumers.ledger.work_desk import WorkDesk
from consumers.ledger.writer import DisclosureLedger
from consumers.query.acknowledgements import acknowledgement, require_authority
from consumers.query.conditions import ConditionView
from consumers.query.earlier_answers import EarlierAnswers
from consumers.query.empty_lookups import EmptyLookup, HashedLookup, hash_lookups
from consumers.query.figures.values import UnknownValueError
from consumers.query.ids import AmbiguousIdError
from consumers.query.persons.decision import require_analyst
from consumers.query.persons.person_views import LinkView
from consumers.query.query_layer import QueryLayer
from consumers.query.work.acts import WorkDraft
from consumers.runtime.serving_config import (
    FIRST_ANSWER_S,
    ServingConfigWatch,
    read_serving_config,
)
from consumers.serving.lateness import Lateness
from consumers.serving.question import Question, current_question
from consumers.serving.question_queue import QuestionQueue
from infra.clickhouse.answer_client import AnswerClient, connect_for_answers
from infra.clickhouse.migrations import database_of
from infra.errors import NotFoundedError
from infra.keys.keyring import load_mechanism_keys
from infra.settings import Settings
from schemas.model import Reader, ReaderCondition
from streams.identities.mention import PairVerdict

ThingSecret = Callable[[], bytes | None]

EARLIER_ANSWERS_S = 1.0
STORED_WITHIN_S = 3.0
"""How long an act waits to come from the log into the store, so that the next answer has it."""
STORED_EVERY_S = 0.05


class WrittenAct(NamedTuple):
    """An act that is in the log. `is_stored`: the tables have it, so the next answer shows it."""

    is_stored: bool


class _Connection(NamedTuple):
    generation: int
    client: AnswerClient


class QueryPool:
    """Answers a few questions at a time, each with a client of its own; further ones wait."""

    def __init__(
        self,
        settings: Settings,
        serving: ServingConfigWatch,
        thing_secret: ThingSecret,
        ledger: DisclosureLedger,
    ) -> None:
        """`serving` returns what config says now, `thing_secret` what things' keys need."""
        self.settings = settings
        self.serving = serving
        self._ledger = ledger
        self._desk = WorkDesk(settings, ledger)
        self._thing_secret = thing_secret
        self._queue = QuestionQueue()
        self._free: queue.LifoQueue[_Connection] = queue.LifoQueue()
        self._earlier: tuple[float, int, EarlierAnswers] = (0.0, 0, EarlierAnswers())

    def close(self) -> None:
        """Close the idle connections and the ledger."""
        while (idle := self._idle()) is not None:
            idle.client.disconnect()
        self.serving.close()
        self._desk.close()
        self._ledger.close()

    @property
    def load(self) -> tuple[int, int]:
        """How many questions run, and how many wait."""
        return self._queue.load

    def lateness(self) -> Lateness:
        """Say how late answers have been within the last minute."""
        return self._queue.lateness()

    @contextmanager
    def queries(self, channel: str = "api") -> Iterator[QueryLayer]:
        """Borrow the query layer over the generation that serves now, for one answer.

        When the block ends, what was shown, and which questions showed nothing, has been written to
        the disclosure ledger: nothing may go out within it. `channel`: api, page or cli. Raises
        LedgerUnavailableError, and what the queue and the budget of the question raise.
        """
        question = current_question()
        empty_lookups: list[EmptyLookup] = []
        try:
            with self._queue.place(question), self._borrowed(question) as queries:
                empty_lookups = queries.answer.empty_lookups
                yield queries
        except AmbiguousIdError:
            self._ledger.disclose((), channel, self._hashed(empty_lookups))
            raise
        except UnknownValueError:
            self._ledger.disclose(queries.answer.disclosed, channel, self._hashed(empty_lookups))
            raise
        question.remaining_s()
        self._ledger.disclose(queries.answer.disclosed, channel, self._hashed(empty_lookups))

    def accept_condition(
        self, reader: Reader, condition: ReaderCondition, event: str | None, channel: str
    ) -> ConditionView | None:
        """Record that the reader accepts a condition, unless it did; None where none is offered.

        `event`: id of the event where the reader met it. Raises LedgerUnavailableError.
        """
        with self.queries(channel) as queries:
            offered = queries.disclosures.conditions(reader)
        for view in offered:
            if (view.country, view.text) == condition:
                if view.accepted_at is None:
                    self._ledger.accept(reader, condition, event, channel)
                return view
        return None

    def decide(self, reader: Reader, verdict: PairVerdict, channel: str) -> LinkView | None:
        """Record an analyst's verdict on two persons; None where the reader may not see both.

        Returns the pair as it was before. Raises VerdictRoleError, LedgerUnavailableError.
        """
        require_analyst(reader)
        with self.queries(channel) as queries:
            link = queries.persons.pair(verdict.pair, reader)
        if link is not None:
            self._ledger.decide(reader, verdict, channel)
        return link

    def work(self, reader: Reader, draft: WorkDraft, channel: str) -> WrittenAct | None:
        """Do what a reader wants to do with an object of work; None where they may not see it.

        It is in the log when this answers, and in the store within a moment, for which this waits.
        Raises WorkRefusedError, WorkRoleError, LedgerUnavailableError.
        """
        with self.queries(channel) as queries:
            if not queries.work.prepare(draft, reader):
                return None
        offset = self._desk.write(reader, draft, channel)
        until = time.monotonic() + STORED_WITHIN_S
        while time.monotonic() < until:
            with self.queries(channel) as queries:
                if queries.work.is_stored(draft.object, offset):
                    return WrittenAct(is_stored=True)
            time.sleep(STORED_EVERY_S)
        return WrittenAct(is_stored=False)

    @property
    def ledger(self) -> DisclosureLedger:
        """The ledger that this pool's answers are recorded in."""
        return self._ledger

    def thing_secret(self) -> bytes | None:
        """Return the secret of the keys of things; None where the mechanism's keys are not."""
        return self._thing_secret()

    def acknowledge(self, reader: Reader, id_: str, channel: str) -> bool:
        """Record that the reader's authority knows of a hit; False where the reader sees none.

        Raises LedgerUnavailableError, NoAuthorityError.
        """
        require_authority(reader)
        with self.queries(channel) as queries:
            view = queries.indicators.indicator(id_, reader)
        if view is not None:
            self._ledger.disclose([acknowledgement(reader, view)], channel)
        return view is not None

    def _hashed(self, lookups: Sequence[EmptyLookup]) -> list[HashedLookup]:
        """Return the look-ups without what was asked; none before the mechanism is founded."""
        secret = self._thing_secret() if lookups else None
        return [] if secret is None else hash_lookups(lookups, secret)

    @contextmanager
    def _borrowed(self, question: Question) -> Iterator[QueryLayer]:
        """Lend a query layer; a client that met an error is not used again."""
        config = self.serving()
        connection = self._connection(question, config.generation)
        is_reusable = False
        try:
            secret, earlier = self._thing_secret(), self._earlier_answers(config.generation)
            with question.interrupted_by(connection.client.interrupt):
                yield QueryLayer(connection.client, config, secret, earlier)
            is_reusable = True
        finally:
            if is_reusable:
                self._free.put(connection)
            else:
                connection.client.disconnect()

    def _connection(self, question: Question, generation: int) -> _Connection:
        idle = self._idle()
        if idle is not None and idle.generation == generation:
            idle.client.budget = question
            return idle
        if idle is not None:
            idle.client.disconnect()
        database = database_of(generation)
        return _Connection(generation, connect_for_answers(self.settings, database, question))

    def _idle(self) -> _Connection | None:
        with suppress(queue.Empty):
            return self._free.get_nowait()
        return None

    def _earlier_answers(self, generation: int) -> EarlierAnswers:
        """Return what earlier answers read; readers and labels are forgotten after a moment.

        An acceptance only widens what is shown, and counts once stored. A label that came meanwhile
        only delays what it releases. What rules saw is kept.
        """
        now = time.monotonic()
        read_at, of_generation, earlier = self._earlier
        if now - read_at > EARLIER_ANSWERS_S or of_generation != generation:
            earlier = EarlierAnswers(records=earlier.records)
            self._earlier = now, generation, earlier
        return earlier


def open_pool(settings: Settings, first_answer_s: float = FIRST_ANSWER_S) -> QueryPool:
    """Open the pool of a data folder; generation and rules are those that config says.

    The mechanism need not be founded yet; nothing is connected before the first question, which
    waits `first_answer_s` for Kafka.
    """
    return QueryPool(
        settings,
        ServingConfigWatch(lambda: read_serving_config(settings), first_answer_s=first_answer_s),
        lambda: load_thing_secret(settings),
        DisclosureLedger(settings),
    )


def load_thing_secret(settings: Settings) -> bytes | None:
    """Load the secret under which things have their keys; None where the mechanism's keys are not.

    Raises KeyringError where the keys are there and cannot be read.
    """
    try:
        return load_mechanism_keys(settings).thing_secret
    except NotFoundedError:
        return None
