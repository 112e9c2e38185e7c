"""Extend a node's records, and let those expire whose review date is past.

Nothing waits in memory: what is due follows from outbox, config and the time of the log. A node
that runs (`quipu watch`, `quipu serve`) asks once for each day of the log, and erases what is due
as its owner, with the reason EXPIRED.
"""

from __future__ import annotations

from datetime import date

import structlog

from producers.ingest.control_events import ControlStatement
from producers.model import Refusal
from producers.node import CountryNode
from producers.outbox.retention import items_to_review, log_day, note_review_days
from schemas.model import EventId
from schemas.retention import EXTENSION, ReviewStatus

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 1_000
"""Records that one run erases; the rest follow in the next."""
EXPIRED = "EXPIRED"
_CHECKED = "retention_checked"


def extend(
    node: CountryNode,
    target: EventId,
    until: date,
    reason: str,
    note: str | None = None,
    decided_by: str | None = None,
) -> list[Refusal]:
    """Seal and send the extension of a record. Returns why it was refused, if so.

    `reason`: a code of `extension_reason`. Raises OutboxError, FoundingError.
    """
    statement = ControlStatement(EXTENSION, target, reason, note, decided_by, until.isoformat())
    refusals = node.submit_statement(statement)
    if not refusals:
        node.send(0)
        note_review_days(node.outbox, node.keys, log_day(node.outbox, node.now()))
    return refusals


def expire(node: CountryNode, wait: float = 0) -> int:
    """Erase the node's overdue records. Returns how many erasures were sealed.

    `wait`: seconds to wait for the answers. Raises OutboxError, FoundingError.
    """
    today = log_day(node.outbox, node.now())
    due = [
        item
        for item in items_to_review(node.outbox, node.keys, today)
        if item.status is ReviewStatus.OVERDUE
    ]
    refused = sum(
        bool(node.submit_statement(ControlStatement("erasure", item.id, EXPIRED)))
        for item in due[:MOST_AT_ONCE]
    )
    erased = len(due[:MOST_AT_ONCE]) - refused
    note_review_days(node.outbox, node.keys, today)
    if erased:
        log.info("records_expired", node=node.name, records=erased, left=len(due) - erased)
        node.send(wait)
    return erased


def expire_daily(node: CountryNode) -> int:
    """Erase what is overdue, unless that was done on this day of the log.

    Returns how many erasures were sealed. Raises OutboxError, FoundingError.
    """
    today = log_day(node.outbox, node.now()).isoformat()
    if node.outbox.setting(_CHECKED) == today:
        return 0
    erased = expire(node)
    if erased < MOST_AT_ONCE:
        node.outbox.set_setting(_CHECKED, today)
    return erased
