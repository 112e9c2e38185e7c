"""Retract, erase or extend an item that the node sent."""

from producers.events.sealing import read_envelope
from producers.ingest.ingest_counts import IngestCounts, IngestRun
from producers.ingest.ingester import Ingester
from producers.ingest.statements import ControlStatement, Withdrawal, build_statement
from producers.model import Refusal
from producers.outbox import erasures
from producers.outbox.sql import sql
from producers.outbox.store import Outbox

__all__ = ["ControlStatement", "submit_statement"]


def submit_statement(
    statement: ControlStatement, outbox: Outbox, ingester: Ingester, counts: IngestCounts, now: int
) -> None:
    """Seal a statement at `now` (ms since 1970 UTC), or count why not. Raises OutboxError."""
    source_name = f"{statement.type} {statement.target.hex()}"
    run = IngestRun(source_name, "routine", reason=statement.reason)
    if statement.type == "retraction":
        ingester.commit([Withdrawal(0, statement)], [], run, counts)
        return
    newest = outbox.rows(sql("newest_bundle_of_item"), (statement.target,))
    draft = (
        build_statement(statement, read_envelope(*newest[0]), ingester.draft_statement)
        if newest
        else [Refusal(0, "UNKNOWN_TARGET", "target")]
    )
    if isinstance(draft, list):
        ingester.commit([], [draft], run, counts)
        return
    ingester.commit([draft], [], run, counts)
    if statement.type == "erasure" and not outbox.rows(sql("is_erased"), (statement.target,)):
        erasures.begin(outbox, statement.target, draft.id, statement.reason, now)
