"""What came of a node's items, read from its outbox: Kafka need not run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from infra.keys.keyring import NodeKeys
from producers.events.draft import of_reference
from producers.node_config import Standing
from producers.outbox.store import Outbox
from producers.outbox.verdicts import TAKEN
from schemas import ids
from schemas.event.event_type import released_types
from schemas.ids import event_id
from schemas.model import EventId

MOST = 1_000  # receipts a page
VERDICTS = ("accepted", "duplicate", "pending", "rejected", "unanswered", "abandoned")
_COLUMNS = (
    "items.id, version, type, verdict, items.code, field, files.name, line, cord, sequence, item, sealed_at, recorded_at, told, "
    "bundles.code"
)
_FROM = "FROM items JOIN bundles USING (cord, sequence) LEFT JOIN files USING (file)"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One version of an item and what the mechanism said of it.

    `id`, `version`: in the usual form of a UUID. `verdict`: one of VERDICTS; `unanswered`: not
    heard of yet; `abandoned`: its bundle can never be sent (an epoch was closed), publish it again.
    `code`, `field`: the stable code of a rejection and where. `file`, `line`: what it was taken
    from (`api` for single events). `sealed_at`, `recorded_at`: ms since 1970 UTC, by the node's
    clock and the log's; `recorded_at` None before it is known. `cursor`: its place in the order of
    news; None while unanswered.
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


@dataclass(frozen=True, slots=True)
class Page:
    """Receipts in the order of the news. `next`: what to give as `since` to go on; `more`: whether
    there is more now.
    """

    receipts: Sequence[Receipt]
    next: int
    more: bool


def id_of_reference(keys: NodeKeys, type_: str, reference: str) -> EventId:
    """The event id of the node's item with a source reference: the outbox keeps no reference, but
    everybody who has the secret finds it.
    """
    return event_id(keys.node, keys.id_secret, type_, of_reference(reference))


def of_item(outbox: Outbox, keys: NodeKeys, reference: str, type_: str | None) -> list[Receipt]:
    """As `of_event`, of the item with this source reference; of any type unless one is named."""
    return of_event(
        outbox,
        [id_of_reference(keys, name, reference) for name in ([type_] if type_ else _types(outbox))],
    )


def of_event(outbox: Outbox, ids_: Sequence[EventId]) -> list[Receipt]:
    """Every version of these items, oldest first; empty for ids that this node never sealed. Raises
    OutboxError.
    """
    marks = ",".join("?" * len(ids_))
    return [
        _receipt(row)
        for row in outbox.rows(
            f"SELECT {_COLUMNS} {_FROM} WHERE items.id IN ({marks}) ORDER BY number", list(ids_)
        )
    ]


def news(outbox: Outbox, since: int = 0, limit: int = MOST, verdict: str = "") -> Page:
    """Verdicts told after `since` (0: from the first), of one kind if `verdict` is given; an item
    stands where its newest verdict does.

    Raises OutboxError.
    """
    only = "AND verdict = ? " if verdict else ""
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE told > ? {only}ORDER BY told LIMIT ?"
    found = outbox.rows(sql, [since, *([verdict] if verdict else []), limit + 1])
    receipts = [_receipt(row) for row in found[:limit]]
    return Page(receipts, (receipts[-1].cursor or since) if receipts else since, len(found) > limit)


def _types(outbox: Outbox) -> list[str]:
    """All that the node may have sealed: those released, and those that config brought."""
    standing = outbox.fact("standing")
    return [
        *(kind.name for kind in released_types().values()),
        *(Standing.read(standing).schemas if standing else ()),
    ]


def _receipt(row: Sequence[Any]) -> Receipt:
    (
        id_,
        version,
        type_,
        verdict,
        code,
        field,
        file,
        line,
        cord,
        sequence,
        item,
        sealed_at,
        recorded_at,
        told,
        bundle_code,
    ) = row
    said = code or ("" if verdict or bundle_code in TAKEN else bundle_code)
    texts = (
        ids.to_uuid_text(id_),
        ids.to_uuid_text(version),
        type_,
        verdict or "unanswered",
        said,
        field,
        file or "",
        line or 0,
    )
    return Receipt(*texts, cord, sequence, item, sealed_at, recorded_at, told)
