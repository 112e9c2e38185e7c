"""Give one command of the command line its query layer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from consumers.query.persons.person_views import LinkView
from consumers.query.query_layer import QueryLayer
from consumers.query.work.acts import WorkDraft
from consumers.serving.hit_lookups import HitLookups
from consumers.serving.query_pool import QueryPool, open_pool
from consumers.serving.question import COMMAND_WITHIN_S, Question, asking
from infra.settings import Settings
from schemas.model import Reader, ReaderCondition
from streams.identities.mention import PairVerdict

CHANNEL = "cli"
FIRST_ANSWER_S = 15.0
"""How long a command waits for a Kafka that is slow. A person waits rather than repeats."""


@contextmanager
def open_queries(settings: Settings) -> Iterator[QueryLayer]:
    """Open the query layer over the generation that serves now, for one answer.

    When the block ends, what was shown has been written to the disclosure ledger: nothing may be
    printed within it. Raises LedgerUnavailableError.
    """
    with (
        closing(open_pool(settings, FIRST_ANSWER_S)) as pool,
        asking(Question(within_s=COMMAND_WITHIN_S)),
        pool.queries(CHANNEL) as queries,
    ):
        yield queries


@contextmanager
def open_list(settings: Settings) -> Iterator[QueryPool]:
    """Open the pool from which a list is read to its end (`consumers.serving.whole_list`)."""
    with closing(open_pool(settings, FIRST_ANSWER_S)) as pool:
        yield pool


def decide_pair(settings: Settings, reader: Reader, verdict: PairVerdict) -> LinkView | None:
    """Record an analyst's verdict on two persons; None where the reader may not see both.

    Raises VerdictRoleError, LedgerUnavailableError.
    """
    with closing(open_pool(settings, FIRST_ANSWER_S)) as pool:
        return pool.decide(reader, verdict, CHANNEL)


def do_work(settings: Settings, reader: Reader, draft: WorkDraft) -> bool:
    """Do what a reader wants to do with an object of work; False where they may not see it.

    Raises WorkRefusedError, WorkRoleError, LedgerUnavailableError.
    """
    with closing(open_pool(settings, FIRST_ANSWER_S)) as pool:
        return pool.work(reader, draft, CHANNEL) is not None


def accept_condition(
    settings: Settings, reader: Reader, condition: ReaderCondition, event: str | None
) -> bool:
    """Record that the reader accepts a condition; return whether it is offered to the reader.

    `event`: id of the event where the reader met it. Raises LedgerUnavailableError.
    """
    with closing(open_pool(settings, FIRST_ANSWER_S)) as pool:
        return pool.accept_condition(reader, condition, event, CHANNEL) is not None


@contextmanager
def open_lookups(settings: Settings) -> Iterator[HitLookups]:
    """Open what answers hit look-ups. Each answer is in the ledger before it is returned."""
    with (
        closing(open_pool(settings, FIRST_ANSWER_S)) as pool,
        asking(Question(within_s=COMMAND_WITHIN_S)),
    ):
        yield HitLookups(pool)
