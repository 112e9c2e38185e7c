"""What came back: receipts written into the outbox, what they ask for, and the stages of an
erasure.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producers.events.sealing import sign_again, without_keys
from producers.outbox.store import Outbox, add_to_cord, put_fact, sum_of
from schemas import topics
from schemas.avro.log_records import ReceiptItemRecord, ReceiptRecord
from schemas.model import Cord, EventId

TAKEN = frozenset({"", "GAP"})  # a receipt's code with which the bundle itself was taken
SIGN_AGAIN = frozenset({"KEY_REVOKED", "UNKNOWN_KEY"})
NEWS = frozenset({"accepted", "duplicate", "pending", "rejected"})


def take_receipts(
    outbox: Outbox, receipts: Iterable[ReceiptRecord], facts: Mapping[str, str]
) -> int:
    """Write receipts and how far they were read (`facts`) in one transaction; the number of items
    they spoke of.

    Bundles that the mechanism misses go back to `sealed`, and so are sent again, byte for byte.
    """
    spoken = 0
    with outbox.transaction() as connection:
        for receipt in receipts:
            cord, sequence = str(Cord(**receipt["cord"])), receipt["sequence"]
            if receipt["code"] == "REPEAT" and not receipt["items"]:
                continue
            state = "answered" if receipt["code"] in TAKEN | {"REPEAT"} else "refused"
            connection.execute(
                "UPDATE bundles SET state = ?, code = ?, recorded_at = ? WHERE cord = ? AND sequence = ? "
                "AND state <> 'abandoned' AND (state <> 'answered' OR ? = 'answered')",
                (state, receipt["code"], receipt.get("appended_at"), cord, sequence, state),
            )
            spoken += _take_items(outbox, cord, sequence, receipt["items"])
            connection.executemany(
                "UPDATE bundles SET state = 'sealed' WHERE cord = ? AND sequence = ? AND state = 'sent'",
                [(cord, missing) for missing in receipt["missing"]],
            )
        for name, value in facts.items():
            put_fact(connection, name, value)
    return spoken


def _take_items(
    outbox: Outbox, cord: str, sequence: int, items: Sequence[ReceiptItemRecord]
) -> int:
    """Verdicts of a bundle's items; the sum of what was accepted follows."""
    connection = outbox.connection
    sql = (
        "SELECT item, id, version, verdict, code, field FROM items WHERE cord = ? AND sequence = ?"
    )
    rows = connection.execute(sql, (cord, sequence)).fetchall()
    known = {(item, bytes(id_), bytes(version)): told for item, id_, version, *told in rows}
    keyed = [
        ((one["index"], one["id"], one["version"]), [one["verdict"], one["code"], one["field"]])
        for one in items
    ]
    news = [
        (key, told)
        for key, told in keyed
        if told[0] in NEWS and key in known and known[key] != told
    ]
    gained = sum_of(key[1:] for key, told in news if told[0] == "accepted" != known[key][0])
    lost = sum_of(key[1:] for key, told in news if known[key][0] == "accepted" != told[0])
    if gained != lost:
        add_to_cord(connection, cord, accepted_sum=gained - lost)
    connection.executemany(
        "UPDATE items SET verdict = ?, code = ?, field = ?, told = ? WHERE cord = ? AND sequence = ? AND item = ?",
        [
            (*told, number, cord, sequence, key[0])
            for number, (key, told) in enumerate(news, start=_next_told(connection))
        ],
    )
    return len(items)


def _next_told(connection: sqlite3.Connection) -> int:
    return int(
        connection.execute(
            "SELECT ifnull(max(told), 0) + 1 FROM items WHERE told IS NOT NULL"
        ).fetchone()[0]
    )


def sign_refused_again(outbox: Outbox, country: str, key_id: str, key: Ed25519PrivateKey) -> int:
    """Bundles refused because their signing key no longer holds are signed by the present one and
    wait to be sent; how many.
    """
    marks = ",".join("?" * len(SIGN_AGAIN))
    sql = (
        "SELECT cord, sequence, bundle, key_list FROM bundles JOIN contents USING (cord, sequence) "
        f"WHERE state = 'refused' AND code IN ({marks}) AND key_id <> ?"
    )
    found = outbox.rows(sql, [*SIGN_AGAIN, key_id])
    with outbox.transaction() as connection:
        for cord, sequence, bundle, key_list in found:
            again = (
                sign_again(topics.bundles(country), bundle, key_id, key),
                sign_again(topics.keys(country), key_list, key_id, key),
            )
            connection.execute(
                "UPDATE contents SET bundle = ?, key_list = ? WHERE cord = ? AND sequence = ?",
                (*again, cord, sequence),
            )
            connection.execute(
                "UPDATE bundles SET key_id = ?, state = 'sealed', code = '', list_state = 'changed' WHERE cord = ? AND sequence = ?",
                (key_id, cord, sequence),
            )
    return len(found)


def abandon(outbox: Outbox, cord: str, sequences: Sequence[int]) -> int:
    """Give up bundles that can never be sent on their closed epoch; their items may be published
    anew. The number of items.
    """
    with outbox.transaction() as connection:
        count = 0
        for sequence in sequences:
            key = (cord, sequence)
            items = connection.execute(
                "SELECT id, version FROM items WHERE cord = ? AND sequence = ? AND verdict IS NULL",
                key,
            ).fetchall()
            connection.execute(
                "UPDATE bundles SET state = 'abandoned' WHERE cord = ? AND sequence = ?", key
            )
            connection.execute(
                "UPDATE items SET verdict = 'abandoned', told = item + ? WHERE cord = ? AND sequence = ? AND verdict IS NULL",
                (_next_told(connection), *key),
            )
            add_to_cord(connection, cord, taken=-len(items), sealed_sum=-sum_of(items))
            count += len(items)
    return count


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure under way; `since`: ms since 1970 UTC of its stage."""

    id: EventId
    stage: str
    since: int


def unfinished(outbox: Outbox) -> list[Erasure]:
    """Erasures not done yet, oldest first."""
    rows = outbox.rows("SELECT id, stage, since FROM erasures WHERE stage <> 'done' ORDER BY since")
    return [Erasure(EventId(bytes(id_)), stage, since) for id_, stage, since in rows]


def set_stage(outbox: Outbox, id_: EventId, stage: str, now: int) -> None:
    with outbox.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO erasures VALUES (?, ?, ?)", (id_, stage, now))


def is_answered(outbox: Outbox, id_: EventId) -> bool:
    """Whether every version of the item sealed here has its verdict: an erased entry must repeat
    it.
    """
    sql = "SELECT 1 FROM items JOIN bundles USING (cord, sequence) WHERE id = ? AND verdict IS NULL AND state <> 'refused' LIMIT 1"
    return not outbox.rows(sql, (id_,))


def cut(
    outbox: Outbox, id_: EventId, country: str, key_id: str, key: Ed25519PrivateKey, now: int
) -> None:
    """Take every key of the item out of the outbox: its lists get erased entries and wait to be
    published.
    """
    sql = (
        "SELECT items.cord, sequence, item, verdict, items.code, field, key_list "
        "FROM items JOIN contents USING (cord, sequence) WHERE id = ?"
    )
    found: dict[tuple[str, int], tuple[bytes, dict[int, tuple[str, str, str]]]] = {}
    for cord, sequence, item, verdict, code, field, key_list in outbox.rows(sql, (id_,)):
        found.setdefault((cord, sequence), (key_list, {}))[1][item] = (
            verdict or "rejected",
            code,
            field,
        )
    with outbox.transaction() as connection:
        for (cord, sequence), (key_list, erased) in found.items():
            changed = without_keys(topics.keys(country), key_list, erased, key_id, key)
            connection.execute(
                "UPDATE contents SET key_list = ? WHERE cord = ? AND sequence = ?",
                (changed, cord, sequence),
            )
            connection.execute(
                "UPDATE bundles SET list_state = 'changed' WHERE cord = ? AND sequence = ?",
                (cord, sequence),
            )
        connection.execute("INSERT OR REPLACE INTO erasures VALUES (?, 'cut', ?)", (id_, now))


def truncated(outbox: Outbox) -> bool:
    """Empty SQLite's write-ahead log, so that nothing cut is left in a file; False while a reader
    holds it.
    """
    return not outbox.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]


def change_lists_again(outbox: Outbox, id_: EventId) -> None:
    """Have the item's key lists published once more, as they are."""
    with outbox.transaction() as connection:
        connection.execute(
            "UPDATE bundles SET list_state = 'changed' WHERE (cord, sequence) IN (SELECT cord, sequence FROM items WHERE id = ?)",
            (id_,),
        )
