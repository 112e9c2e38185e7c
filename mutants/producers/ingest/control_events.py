"""What a node says of items that it sent before: a retraction, an erasure. They bear the marking of
their target.
"""

from dataclasses import dataclass

from producers.events.sealing import envelope_of
from producers.ingest.ingester import Taker, Tally, Work
from producers.model import Mapped, Refusal
from producers.outbox import verdicts
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
class Act:
    """A retraction or an erasure. `type`: which; `target`: the event's id; `reason`: a code of its
    list.
    """

    type: str
    target: EventId
    reason: str
    note: str | None = None
    ordered_by: str | None = None


def state(act: Act, outbox: Outbox, taker: Taker, tally: Tally, now: int) -> None:
    """Seal the statement, or count why not; `now`: ms since 1970 UTC. Raises OutboxError."""
    work = Work(f"{act.type} {act.target.hex()}", "routine", why=act.reason)
    found = outbox.rows(
        "SELECT bundle, item FROM items JOIN contents USING (cord, sequence) WHERE id = ? ORDER BY number DESC LIMIT 1",
        (act.target,),
    )
    if not found:
        taker.commit([], [[Refusal(0, "UNKNOWN_TARGET", "target")]], work, tally)
        return
    former: Record = {**envelope_of(*found[0])}
    payload = {
        "target": act.target,
        "reason": act.reason,
        "note": act.note,
        "ordered_by": act.ordered_by,
    }
    made = taker.draft_one(
        Mapped(0, payload, {name: former[name] for name in _COPIED}, None), taker.kind(act.type)
    )
    if isinstance(made, list):
        taker.commit([], [made], work, tally)
        return
    taker.commit([made], [], work, tally)
    if act.type == "erasure" and not outbox.rows(
        "SELECT 1 FROM erasures WHERE id = ?", (act.target,)
    ):
        verdicts.set_stage(outbox, act.target, "stated", now)
