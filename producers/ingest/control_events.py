"""What a node says of items that it sent before: a retraction, an erasure. They bear the marking of
their target.
"""

from dataclasses import dataclass

from producers.events.sealing import read_envelope
from producers.ingest.ingester import IngestCounts, Ingester, IngestRun
from producers.model import MappedRow, Refusal
from producers.outbox import erasures
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.avro.codec import Record
from schemas.model import EventId

_MARKED = (
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
)
_COPIED = (*_MARKED, "place_country", "subdivision", "language")


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """A retraction or an erasure. `type`: which; `target`: the event's id; `reason`: a code of its
    list.
    """

    type: str
    target: EventId
    reason: str
    note: str | None = None
    ordered_by: str | None = None


def submit_statement(
    act: ControlStatement, outbox: Outbox, taker: Ingester, tally: IngestCounts, now: int
) -> None:
    """Seal the statement, or count why not; `now`: ms since 1970 UTC. Raises OutboxError."""
    work = IngestRun(f"{act.type} {act.target.hex()}", "routine", reason=act.reason)
    found = outbox.rows(
        sql("newest_bundle_of_item"),
        (act.target,),
    )
    if not found:
        taker.commit([], [[Refusal(0, "UNKNOWN_TARGET", "target")]], work, tally)
        return
    former: Record = {**read_envelope(*found[0])}
    payload = {
        "target": act.target,
        "reason": act.reason,
        "note": act.note,
        "ordered_by": act.ordered_by,
    }
    made = taker.draft_one(
        MappedRow(0, payload, {name: former[name] for name in _COPIED}, None),
        taker.event_type(act.type),
    )
    if isinstance(made, list):
        taker.commit([], [made], work, tally)
        return
    taker.commit([made], [], work, tally)
    if act.type == "erasure" and not outbox.rows(sql("is_erased"), (act.target,)):
        erasures.set_stage(outbox, act.target, "stated", now)
