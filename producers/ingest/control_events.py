"""Retract or erase an item that the node sent. The statement bears the markings of its target."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from producers.events.sealing import read_envelope
from producers.ingest.ingester import IngestCounts, Ingester, IngestRun
from producers.model import Draft, MappedRow, Refusal
from producers.outbox import erasures
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.model import EventId

_INHERITED_FIELDS = (
    "recipients",
    "tlp",
    "handling",
    "condition",
    "purpose",
    "legal_basis",
    "crime",
    "case_reference",
    "exercise",
    "evaluation",
    "place_country",
    "subdivision",
    "language",
)


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """A retraction or an erasure (`type`) of the event `target`.

    `reason` is a code of the type's list of reasons. `note` and `ordered_by` are sealed.
    """

    type: str
    target: EventId
    reason: str
    note: str | None = None
    ordered_by: str | None = None


def submit_statement(
    statement: ControlStatement, outbox: Outbox, ingester: Ingester, counts: IngestCounts, now: int
) -> None:
    """Seal a statement at `now` (ms since 1970 UTC), or count why not. Raises OutboxError."""
    source_name = f"{statement.type} {statement.target.hex()}"
    run = IngestRun(source_name, "routine", reason=statement.reason)
    draft = _draft(statement, outbox, ingester)
    if isinstance(draft, list):
        ingester.commit([], [draft], run, counts)
        return
    ingester.commit([draft], [], run, counts)
    if statement.type == "erasure" and not outbox.rows(sql("is_erased"), (statement.target,)):
        erasures.set_stage(outbox, statement.target, "stated", now)


def _draft(
    statement: ControlStatement, outbox: Outbox, ingester: Ingester
) -> Draft | list[Refusal]:
    newest = outbox.rows(sql("newest_bundle_of_item"), (statement.target,))
    if not newest:
        return [Refusal(0, "UNKNOWN_TARGET", "target")]
    target_envelope: Mapping[str, Any] = read_envelope(*newest[0])
    envelope = {name: target_envelope[name] for name in _INHERITED_FIELDS}
    payload = {
        "target": statement.target,
        "reason": statement.reason,
        "note": statement.note,
        "ordered_by": statement.ordered_by,
    }
    return ingester.draft(
        MappedRow(0, payload, envelope, None), ingester.event_type(statement.type)
    )
