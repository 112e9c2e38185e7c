"""Record the stages of an erasure in the outbox, and remove the keys that it erases."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producers.events.sealing import erase_keys
from producers.outbox.store import Outbox
from schemas import topics
from schemas.model import EventId


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure under way; `since`: ms since 1970 UTC of its stage."""

    id: EventId
    stage: str
    since: int


def unfinished_erasures(outbox: Outbox) -> list[Erasure]:
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


def remove_keys(
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
            changed = erase_keys(topics.keys(country), key_list, erased, key_id, key)
            connection.execute(
                "UPDATE contents SET key_list = ? WHERE cord = ? AND sequence = ?",
                (changed, cord, sequence),
            )
            connection.execute(
                "UPDATE bundles SET list_state = 'changed' WHERE cord = ? AND sequence = ?",
                (cord, sequence),
            )
        connection.execute("INSERT OR REPLACE INTO erasures VALUES (?, 'cut', ?)", (id_, now))


def truncate_wal(outbox: Outbox) -> bool:
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
