"""Give one command of the command line its query layer and its disclosure ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from consumers.ledger.writer import DisclosureLedger
from consumers.query.query_layer import QueryLayer
from consumers.serving.query_pool import open_pool
from infra.exchange_log import generation
from infra.keys.keyring import load_mechanism_keys
from infra.settings import Settings

CHANNEL = "cli"


@contextmanager
def open_queries(settings: Settings) -> Iterator[QueryLayer]:
    """Open the query layer over the generation that serves now, for one answer.

    When the block ends, what was shown has been written to the disclosure ledger: nothing may be
    printed within it. Raises LedgerUnavailableError.
    """
    with (
        closing(open_pool(settings, lambda: generation.current_generation(settings))) as pool,
        pool.queries(CHANNEL) as queries,
    ):
        yield queries


def open_ledger(settings: Settings) -> DisclosureLedger:
    """Open the disclosure ledger; the caller closes it."""
    return DisclosureLedger(settings, lambda: load_mechanism_keys(settings))
