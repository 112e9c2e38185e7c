"""Record the stages of an erasure in the outbox, and remove the keys that it erases.

Every function raises OutboxError.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producers.events.sealing import erase_keys
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas import topics
from schemas.model import EventId


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that is not done; `since` is when its stage began, in ms since 1970 UTC."""

    id: EventId
    stage: str
    since: int


@dataclass(frozen=True, slots=True)
class ListSigner:
    """What signs changed key lists: the node's country, the id of its key, and the key."""

    country: str
    key_id: str
    key: Ed25519PrivateKey


def unfinished_erasures(outbox: Outbox) -> list[Erasure]:
    """Read the erasures that are not done, oldest first."""
    rows = outbox.rows(sql("unfinished_erasures"))
    return [Erasure(EventId(bytes(id_)), stage, since) for id_, stage, since in rows]


def set_stage(outbox: Outbox, id_: EventId, stage: str, now: int) -> None:
    """Note the stage that an erasure reached at `now` (ms since 1970 UTC)."""
    with outbox.transaction() as connection:
        connection.execute(sql("put_erasure"), (id_, stage, now))


def begin(outbox: Outbox, target: EventId, statement: EventId, reason: str, now: int) -> None:
    """Note that an erasure was stated at `now` (ms since 1970 UTC): by which event, and why."""
    with outbox.transaction() as connection:
        connection.execute(sql("put_erasure"), (target, "stated", now))
        connection.execute(sql("put_erasure_statement"), (target, statement, reason, now))


def is_answered(outbox: Outbox, id_: EventId) -> bool:
    """Tell whether every version of the item has its verdict, which an erased entry must repeat."""
    return not outbox.rows(sql("unanswered_version"), (id_,))


def remove_keys(outbox: Outbox, id_: EventId, signer: ListSigner, now: int) -> None:
    """Remove every key of the item, its reference and its marks, from the outbox.

    `now` is in ms since 1970 UTC. Its key lists get erased entries and wait to be published.
    """
    lists: dict[tuple[str, int], bytes] = {}
    erased: dict[tuple[str, int], dict[int, tuple[str, str, str]]] = {}
    for cord, sequence, item, verdict, code, field, key_list in outbox.rows(
        sql("key_lists_of_item"), (id_,)
    ):
        lists[cord, sequence] = key_list
        entries = erased.setdefault((cord, sequence), {})
        entries[item] = (verdict or "rejected", code, field)
    topic = topics.keys(signer.country)
    with outbox.transaction() as connection:
        for key, key_list in lists.items():
            changed = erase_keys(topic, key_list, erased[key], signer.key_id, signer.key)
            connection.execute(sql("replace_key_list"), (changed, *key))
            connection.execute(sql("mark_list_changed"), key)
        connection.execute(sql("remove_reference"), (id_,))
        connection.execute(sql("remove_retention_terms"), (id_,))
        connection.execute(sql("put_erasure"), (id_, "cut", now))


def truncate_wal(outbox: Outbox) -> bool:
    """Empty SQLite's write-ahead log, so that no removed key is left in a file.

    Returns False while a reader holds it.
    """
    return not outbox.rows(sql("truncate_wal"))[0][0]


def change_lists_again(outbox: Outbox, id_: EventId) -> None:
    """Have the item's key lists published once more, as they are."""
    with outbox.transaction() as connection:
        connection.execute(sql("mark_lists_of_item_changed"), (id_,))
