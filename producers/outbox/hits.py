"""Keep what the node's authority learns of indicators that its records take part in.

It is kept in the outbox and read without Kafka. A hit that comes again, from a process that was
killed or from another generation, changes nothing. Functions raise OutboxError.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, NamedTuple

import structlog

from producers.node_config import NodeConfig
from producers.outbox.receipts import Receipt, receipts_by_id
from producers.outbox.row_history import ERASED
from producers.outbox.sql import sql
from producers.outbox.store import Outbox, put_settings
from schemas import ids
from schemas.avro.codec import Record, log_format
from schemas.exchange_config import Contact
from schemas.model import EpochMs, EventId
from schemas.release.rules import MECHANISM

log = structlog.get_logger(__name__)

MAX_PAGE = 1_000  # hits a page


class Ended(StrEnum):
    """Why a hit ended, as far as the node can know.

    `OTHERS`: another authority corrected or withdrew its record, or no longer releases it here.
    `RULE_OFF`: the mechanism switched the rule off.
    """

    OWN_CORRECTED = "own_corrected"
    OWN_RETRACTED = "own_retracted"
    OWN_ERASED = "own_erased"
    OTHERS = "others"
    RULE_OFF = "rule_off"


class ReceivedHit(NamedTuple):
    """A hit as the log has it; `at` is its time by the log's clock, in ms since 1970 UTC."""

    hit: Record
    at: int


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record of the node's authority that takes part in an indicator.

    `file` and `line` say where this node read it; they are empty and 0 for another node's record.
    Times are ms since 1970 UTC.
    """

    event: str
    type: str
    roles: Sequence[str]
    occurred: int | None
    recorded_at: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class OtherRecords:
    """How many released records of another authority take part, their markings, and whom to call.

    `contact` is the authority's contact in today's config, else the mechanism's, else None.
    """

    country: str
    authority: str
    records: int
    markings: Sequence[str]
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class NodeHit:
    """An indicator that the authority's own records take part in.

    `status` is live or gone. `title` and `sentence` are by language (es, en). A hit that is gone
    keeps only its title and the own records; `ended` says why (of ENDED), `ended_reason` the reason
    of a rule that is switched off, and `counterparts` names the authorities (`PE SUCAMEC`) that
    took part. `acknowledged_by` and `_at` say who
    took the hit in hand as it is now. `cursor` is its place in the order of changes. Times are ms
    since 1970 UTC.
    """

    indicator: str
    status: str
    exercise: str | None
    rule: str
    rule_version: int
    grade: str
    severity: str
    kind: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    first_recorded: int
    last_recorded: int
    own: Sequence[OwnRecord]
    others: Sequence[OtherRecords]
    tlp: str
    handling: Sequence[str]
    conditions: Sequence[str]
    heard_at: int
    cursor: int
    ended: Ended | Literal[""] = ""
    ended_reason: str = ""
    counterparts: Sequence[str] = ()
    acknowledged_by: str = ""
    acknowledged_at: int | None = None


@dataclass(frozen=True, slots=True)
class HitPage:
    """Hits in the order of their changes.

    `next` is the `since` of the next page; `more` says whether there is more now.
    """

    hits: Sequence[NodeHit]
    next: int
    more: bool


def read_hit(body: bytes, authority: str, appended_at: EpochMs) -> Iterator[ReceivedHit]:
    """Yield the hit in a body, if it is for this authority. Raises QuipuFormatError."""
    hit: Record = {**log_format("hit").read(body)}
    if hit["authority"] == authority:
        yield ReceivedHit(hit, appended_at)


def apply_hits(outbox: Outbox, hits: Iterable[ReceivedHit], settings: Mapping[str, str]) -> int:
    """Write hits, and how far they were read (`settings`), in one transaction.

    Returns how many were new or changed.
    """
    changed = 0
    with outbox.transaction() as connection:
        last_change = int(connection.execute(sql("last_hit_change")).fetchone()[0])
        for hit, at in hits:
            key = (hit["indicator"], hit["exercise"] or "")
            former = connection.execute(sql("hit"), key).fetchone()
            state = _state_to_store(hit, former)
            if state is None or (former and (former[0], bytes(former[1])) == state[:2]):
                continue
            changed += 1
            connection.execute(sql("put_hit"), (*key, *state, at, last_change + changed))
        put_settings(connection, settings)
    return changed


def _state_to_store(
    hit: Record, former: tuple[int, bytes, str] | None
) -> tuple[int, bytes, str] | None:
    """Give whether the hit is live, its bytes, and of an ended one its counterparts.

    None for the end of a hit that never came.
    """
    if hit["live"] is not None:
        return 1, log_format("hit").write(hit), ""
    if former is None:
        return None
    ended: Record = {**log_format("hit").read(bytes(former[1]))}
    others = ended["live"]["others"]
    names = sorted({f"{other['country']} {other['authority']}" for other in others})
    emptied = {"sentence": {}, "others": [], "tlp": "CLEAR", "handling": [], "conditions": []}
    content = log_format("hit").write({**ended, "live": {**ended["live"], **emptied}})
    return 0, content, "\n".join(names) or former[2]


def hits_since(outbox: Outbox, since: int = 0, limit: int = MAX_PAGE) -> HitPage:
    """Read hits that changed after the cursor `since` (0: all), each at its newest change."""
    rows = outbox.rows(sql("hits_since"), (since, limit + 1))
    stored = [_StoredHit.of_row(row) for row in rows[:limit]]
    config = outbox.node_config()
    contacts = {
        (contact.country, contact.authority): contact
        for contact in (config.contacts if config else ())
    }
    own_receipts = _receipts_of_own(outbox, stored)
    hits = [
        _with_end(_node_hit(hit, contacts, own_receipts), own_receipts, config) for hit in stored
    ]
    return HitPage(hits, hits[-1].cursor if hits else since, len(rows) > limit)


class _StoredHit(NamedTuple):
    """A hit as the outbox has it."""

    is_live: bool
    hit: Record
    at: int
    cursor: int
    counterparts: Sequence[str]
    acknowledged_by: str
    acknowledged_at: int | None

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> "_StoredHit":
        live, hit, at, cursor, counterparts, *acknowledged = row
        content: Record = {**log_format("hit").read(bytes(hit))}
        return cls(bool(live), content, at, cursor, counterparts.split("\n"), *acknowledged)


def cursor_for_newest(outbox: Outbox, limit: int) -> int:
    """Give the cursor before the newest `limit` hits; 0 where there are no more than that."""
    rows = outbox.rows(sql("cursor_for_newest_hits"), (limit,))
    return int(rows[0][0]) if rows else 0


def _receipts_of_own(outbox: Outbox, stored: Iterable[_StoredHit]) -> dict[str, list[Receipt]]:
    """Read the versions of each record that this very node sealed, oldest first, by its id."""
    own_ids = (own["event"] for hit in stored for own in hit.hit["live"]["own"])
    distinct_ids = [EventId(id_) for id_ in dict.fromkeys(own_ids)]
    versions: dict[str, list[Receipt]] = {}
    for start in range(0, len(distinct_ids), 500):
        for receipt in receipts_by_id(outbox, distinct_ids[start : start + 500]):
            versions.setdefault(receipt.id, []).append(receipt)
    return versions


def _node_hit(
    stored: _StoredHit,
    contacts: Mapping[tuple[str, str], Contact],
    receipts: Mapping[str, Sequence[Receipt]],
) -> NodeHit:
    content = dict(stored.hit["live"])
    own = [_own_record(record, receipts) for record in content.pop("own")]
    others = [
        OtherRecords(**record, contact=_contact(record, contacts))
        for record in content.pop("others")
    ]
    return NodeHit(
        indicator=ids.to_uuid_text(stored.hit["indicator"]),
        status="live" if stored.is_live else "gone",
        exercise=stored.hit["exercise"],
        **content,
        own=own,
        others=others,
        heard_at=stored.at,
        cursor=stored.cursor,
        counterparts=[name for name in stored.counterparts if name],
        acknowledged_by=stored.acknowledged_by,
        acknowledged_at=stored.acknowledged_at,
    )


def _with_end(
    hit: NodeHit, receipts: Mapping[str, Sequence[Receipt]], config: NodeConfig | None
) -> NodeHit:
    """Return a hit with why it ended; a live one as it is.

    The end of a rule counts where the hit ended after it.
    """
    if hit.status == "live":
        return hit
    off = None if config is None else config.switched_off.get(hit.rule)
    if off is not None and off.since <= hit.heard_at:
        return replace(hit, ended=Ended.RULE_OFF, ended_reason=off.reason)
    return replace(hit, ended=_why_ended(hit.own, receipts, hit.last_recorded))


def _why_ended(
    own: Sequence[OwnRecord], receipts: Mapping[str, Sequence[Receipt]], last_recorded: int
) -> Ended:
    """Say why a hit ended, as far as this node can know: by what it did to its own records.

    `last_recorded` is when the newest record of the evidence was recorded, in ms since 1970 UTC.
    """
    newest = [receipts[record.event][-1] for record in own if record.event in receipts]
    reasons = {receipt.withdrawn for receipt in newest}
    if ERASED in reasons:
        return Ended.OWN_ERASED
    if any(reasons):
        return Ended.OWN_RETRACTED
    if any((receipt.recorded_at or 0) > last_recorded for receipt in newest):
        return Ended.OWN_CORRECTED
    return Ended.OTHERS


def _own_record(record: Record, receipts: Mapping[str, Sequence[Receipt]]) -> OwnRecord:
    id_ = ids.to_uuid_text(record["event"])
    versions = receipts.get(id_, ())
    file, line = (versions[-1].file, versions[-1].line) if versions else ("", 0)
    return OwnRecord(**{**record, "event": id_}, file=file, line=line)


def _contact(record: Record, contacts: Mapping[tuple[str, str], Contact]) -> Contact | None:
    """Give the contact of the record's authority, else that of the mechanism."""
    mechanism = next(
        (
            contact
            for (country, _authority), contact in sorted(contacts.items())
            if country == MECHANISM
        ),
        None,
    )
    return contacts.get((record["country"], record["authority"]), mechanism)
