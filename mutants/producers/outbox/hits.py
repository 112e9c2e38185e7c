"""What the mechanism told this node's authority of indicators that its records take part in: kept
in the outbox, read without Kafka.

The same hit told again, by a process that was killed or by another generation, changes nothing
here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import structlog

from producers.node_config import Standing
from producers.outbox.receipts import of_event
from producers.outbox.store import Outbox, put_fact
from schemas import ids
from schemas.avro.codec import Record, log_format
from schemas.errors import QuipuFormatError
from schemas.exchange_config import Contact
from schemas.model import EventId, Message
from schemas.release.rules import MECHANISM

log = structlog.get_logger(__name__)

MOST = 1_000  # hits a page


class Heard(NamedTuple):
    """A hit as it came. `at`: ms since 1970 UTC, by the log's clock."""

    hit: Record
    at: int


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record of the node's authority that takes part. `file`, `line`: what it was taken from;
    empty and 0 for another node's record.

    Times: ms since 1970 UTC.
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
    """How many records of another authority take part, as far as they are released here; how they
    are marked, and whom to call.

    `contact`: as config says it today; where it names nobody the mechanism's own, else None.
    """

    country: str
    authority: str
    records: int
    markings: Sequence[str]
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An indicator that the authority's own records take part in. `status`: live | gone. Times: ms
    since 1970 UTC.

    `title`, `sentence`: by language (es, en). Of one that is gone only the title and the own
    records are left. `cursor`: its place in the order of news.
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


@dataclass(frozen=True, slots=True)
class HitPage:
    """Hits in the order of the news. `next`: what to give as `since` to go on; `more`: whether
    there is more now.
    """

    hits: Sequence[Hit]
    next: int
    more: bool


def heard(message: Message, authority: str) -> Iterator[Heard]:
    """A message of the country's hits topic, if it is for this authority."""
    if message.key and message.key.startswith(f"{authority}/".encode()):
        try:
            hit: Record = {**log_format("hit").read(message.value)}
        except QuipuFormatError as error:
            log.warning("hit_unreadable", offset=message.offset, code=error.code)
            return
        if hit["authority"] == authority:
            yield Heard(hit, message.appended_at)


def take(outbox: Outbox, hits: Iterable[Heard], facts: Mapping[str, str]) -> int:
    """Write hits and how far they were read (`facts`) in one transaction; how many were new or
    changed. Raises OutboxError.
    """
    changed = 0
    with outbox.transaction() as connection:
        number = int(connection.execute("SELECT ifnull(max(told), 0) FROM hits").fetchone()[0])
        for hit, at in hits:
            key = (hit["indicator"], hit["exercise"] or "")
            found = connection.execute(
                "SELECT live, hit FROM hits WHERE indicator = ? AND exercise = ?", key
            ).fetchone()
            kept = _kept(hit, found)
            if kept is None or (found and (found[0], bytes(found[1])) == kept):
                continue
            changed += 1
            connection.execute(
                "INSERT OR REPLACE INTO hits VALUES (?, ?, ?, ?, ?, ?)",
                (*key, *kept, at, number + changed),
            )
        for name, value in facts.items():
            put_fact(connection, name, value)
    return changed


def _kept(hit: Record, former: tuple[int, bytes] | None) -> tuple[int, bytes] | None:
    """Whether it is live, and the bytes to keep; None for the end of what was never heard of."""
    if hit["live"] is not None:
        return 1, log_format("hit").write(hit)
    if former is None:
        return None
    ended: Record = {**log_format("hit").read(bytes(former[1]))}
    left = {"sentence": {}, "others": [], "tlp": "CLEAR", "handling": [], "conditions": []}
    return 0, log_format("hit").write({**ended, "live": {**ended["live"], **left}})


def page(outbox: Outbox, since: int = 0, limit: int = MOST) -> HitPage:
    """Hits told after `since` (0: all), each once, where its newest change stands. Raises
    OutboxError.
    """
    found = outbox.rows(
        "SELECT live, hit, heard_at, told FROM hits WHERE told > ? ORDER BY told LIMIT ?",
        (since, limit + 1),
    )
    standing = outbox.fact("standing")
    contacts = {
        (one.country, one.authority): one
        for one in (Standing.read(standing).contacts if standing else ())
    }
    records: list[tuple[bool, Record, int, int]] = [
        (bool(live), {**log_format("hit").read(bytes(hit))}, at, told)
        for live, hit, at, told in found[:limit]
    ]
    places = _places(
        outbox, (own["event"] for _, hit, _, _ in records for own in hit["live"]["own"])
    )
    hits = [_hit(*one, places, contacts) for one in records]
    return HitPage(hits, hits[-1].cursor if hits else since, len(found) > limit)


def before_newest(outbox: Outbox, limit: int) -> int:
    """The cursor after which the newest `limit` hits come; 0 where there are no more than that.
    Raises OutboxError.
    """
    found = outbox.rows("SELECT told FROM hits ORDER BY told DESC LIMIT 1 OFFSET ?", (limit,))
    return int(found[0][0]) if found else 0


def _places(outbox: Outbox, events: Iterable[bytes]) -> dict[str, tuple[str, int]]:
    """File and line of each record that this very node sealed, of its newest version, by its id."""
    listed = [EventId(one) for one in dict.fromkeys(events)]
    parts = (listed[start : start + 500] for start in range(0, len(listed), 500))
    return {one.id: (one.file, one.line) for part in parts for one in of_event(outbox, part)}


def _hit(
    live: bool,
    hit: Record,
    at: int,
    told: int,
    places: Mapping[str, tuple[str, int]],
    contacts: Mapping[tuple[str, str], Contact],
) -> Hit:
    said = dict(hit["live"])
    own = [_own(one, places) for one in said.pop("own")]
    others = [OtherRecords(**one, contact=_contact(one, contacts)) for one in said.pop("others")]
    status = "live" if live else "gone"
    return Hit(
        ids.to_uuid_text(hit["indicator"]),
        status,
        hit["exercise"],
        **said,
        own=own,
        others=others,
        heard_at=at,
        cursor=told,
    )


def _own(one: Record, places: Mapping[str, tuple[str, int]]) -> OwnRecord:
    id_ = ids.to_uuid_text(one["event"])
    file, line = places.get(id_, ("", 0))
    return OwnRecord(**{**one, "event": id_}, file=file, line=line)


def _contact(one: Record, contacts: Mapping[tuple[str, str], Contact]) -> Contact | None:
    """The authority's own, else the mechanism's."""
    mechanism = next(
        (contact for (country, _), contact in sorted(contacts.items()) if country == MECHANISM),
        None,
    )
    return contacts.get((one["country"], one["authority"]), mechanism)
