"""Read what became of a node's items from its outbox, without Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from infra.keys.keyring import NodeKeys
from producers.events.draft import reference_source
from producers.outbox.row_history import Withdrawn, read_references, read_withdrawals
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from producers.outbox.verdicts import ACCEPTED_CODES
from schemas import ids
from schemas.event.event_type import released_types
from schemas.ids import event_id
from schemas.model import EventId

MAX_PAGE = 1_000  # receipts a page
VERDICTS = ("accepted", "duplicate", "pending", "rejected", "unanswered", "abandoned")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One version of an item, and what the mechanism answered.

    `id` and `version` are UUIDs as text. `verdict` is one of VERDICTS: `unanswered` means that no
    answer came yet; `abandoned` means that its bundle can never be sent because an epoch was closed
    (publish it again). `code` and `field` are the stable code of a rejection, and where. `file` and
    `line` say what it was read from (`api` for single events). `sealed_at` and `recorded_at` are ms
    since 1970 UTC, by the node's clock and the log's; `recorded_at` is None before it is known.
    `cursor` is its place in the order of changes; None while unanswered. `withdrawn` is the reason
    of the item's retraction, ERASED for an erased item, or empty; `withdrawn_at` says since when.
    `reference` is the source reference, where `with_references` put it in and the item has one that
    is not erased.
    """

    id: str
    version: str
    type: str
    verdict: str
    code: str
    field: str
    file: str
    line: int
    cord: str
    sequence: int
    item: int
    sealed_at: int
    recorded_at: int | None
    cursor: int | None
    withdrawn: str = ""
    withdrawn_at: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Receipts in the order of their changes.

    `next` is the `since` of the next page; `more` says whether there is more now.
    """

    receipts: Sequence[Receipt]
    next: int
    more: bool


def id_of_reference(keys: NodeKeys, type_: str, reference: str) -> EventId:
    """Compute the event id of the node's item with a source reference.

    Everybody who has the node's secret finds the id, of an erased item too.
    """
    return event_id(keys.node, keys.id_secret, type_, reference_source(reference))


def receipts_by_reference(
    outbox: Outbox, keys: NodeKeys, reference: str, type_: str | None
) -> list[Receipt]:
    """Read the versions of the item with this source reference; of any type if none is named."""
    types = [type_] if type_ else known_types(outbox)
    return receipts_by_id(outbox, [id_of_reference(keys, name, reference) for name in types])


def with_references(outbox: Outbox, keys: NodeKeys, receipts: Sequence[Receipt]) -> list[Receipt]:
    """Put the source references into receipts. Raises OutboxError."""
    references = read_references(
        outbox, [EventId(UUID(receipt.id).bytes) for receipt in receipts], keys.id_secret
    )
    return [
        replace(receipt, reference=references.get(UUID(receipt.id).bytes, ""))
        for receipt in receipts
    ]


def receipts_by_id(outbox: Outbox, ids_: Sequence[EventId]) -> list[Receipt]:
    """Read every version of these items, oldest first; ids that this node never sealed are ignored.

    Raises OutboxError.
    """
    rows = outbox.rows(sql.with_list("receipts_by_id", len(ids_)), list(ids_))
    return _receipts(outbox, rows)


def changes_since(
    outbox: Outbox, since: int = 0, limit: int = MAX_PAGE, verdict: str = ""
) -> ReceiptPage:
    """Read verdicts that changed after the cursor `since` (0: all), of one kind if named.

    An item comes once, at its newest verdict. Raises OutboxError.
    """
    if verdict:
        rows = outbox.rows(sql("receipts_since_of_verdict"), (since, verdict, limit + 1))
    else:
        rows = outbox.rows(sql("receipts_since"), (since, limit + 1))
    receipts = _receipts(outbox, rows[:limit])
    following = (receipts[-1].cursor or since) if receipts else since
    return ReceiptPage(receipts, following, len(rows) > limit)


def known_types(outbox: Outbox) -> list[str]:
    """Give all types that the node may have sealed: those released, and those of config."""
    config = outbox.node_config()
    released = [kind.name for kind in released_types().values()]
    return list(dict.fromkeys([*released, *(config.schemas if config else ())]))


def _receipts(outbox: Outbox, rows: Sequence[Sequence[Any]]) -> list[Receipt]:
    withdrawals = read_withdrawals(outbox, [EventId(bytes(row[0])) for row in rows])
    return [_receipt(row, withdrawals.get(bytes(row[0]))) for row in rows]


def _receipt(row: Sequence[Any], withdrawal: Withdrawn | None) -> Receipt:
    id_, version, type_, verdict, code, field, file, line, *place, bundle_code = row
    cord, sequence, item, sealed_at, recorded_at, cursor = place
    is_refused_whole = not verdict and bundle_code not in ACCEPTED_CODES
    return Receipt(
        id=ids.to_uuid_text(id_),
        version=ids.to_uuid_text(version),
        type=type_,
        verdict=verdict or "unanswered",
        code=code or (bundle_code if is_refused_whole else ""),
        field=field,
        file=file or "",
        line=line or 0,
        cord=cord,
        sequence=sequence,
        item=item,
        sealed_at=sealed_at,
        recorded_at=recorded_at,
        cursor=cursor,
        withdrawn=withdrawal.reason if withdrawal else "",
        withdrawn_at=withdrawal.since if withdrawal else None,
    )
