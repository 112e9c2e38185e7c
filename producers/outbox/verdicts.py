"""Write receipts into the outbox, and do what they ask for."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producers.events.sealing import sign_again
from producers.outbox.sql import sql
from producers.outbox.store import Outbox, add_to_cord, put_settings
from schemas import topics
from schemas.avro.log_records import ReceiptItemRecord, ReceiptRecord
from schemas.checksum import item_checksum
from schemas.model import Cord

ACCEPTED_CODES = frozenset({"", "GAP"})
"""Codes of a receipt with which the bundle itself was accepted."""
SIGN_AGAIN = frozenset({"KEY_REVOKED", "UNKNOWN_KEY"})
REPORTED_VERDICTS = frozenset({"accepted", "duplicate", "pending", "rejected"})


def apply_receipts(
    outbox: Outbox, receipts: Iterable[ReceiptRecord], settings: Mapping[str, str]
) -> int:
    """Write receipts, and how far they were read (`settings`), in one transaction.

    Bundles that the mechanism misses become `sealed`, and so are sent again, byte for byte. Returns
    the number of items that the receipts speak of. Raises OutboxError.
    """
    count = 0
    with outbox.transaction() as connection:
        for receipt in receipts:
            if receipt["code"] == "REPEAT" and not receipt["items"]:
                continue
            cord, sequence = str(Cord(**receipt["cord"])), receipt["sequence"]
            state = "answered" if receipt["code"] in ACCEPTED_CODES | {"REPEAT"} else "refused"
            values = (state, receipt["code"], receipt.get("appended_at"), cord, sequence, state)
            connection.execute(sql("answer_bundle"), values)
            _apply_items(connection, cord, sequence, receipt["items"])
            count += len(receipt["items"])
            missing = [(cord, missing_sequence) for missing_sequence in receipt["missing"]]
            connection.executemany(sql("send_again"), missing)
        put_settings(connection, settings)
    return count


def _apply_items(
    connection: sqlite3.Connection, cord: str, sequence: int, items: Sequence[ReceiptItemRecord]
) -> None:
    """Write the verdicts of a bundle's items; the checksum of what was accepted follows."""
    rows = connection.execute(sql("items_of_bundle"), (cord, sequence)).fetchall()
    former = {(item, bytes(id_), bytes(version)): verdict for item, id_, version, *verdict in rows}
    changes: list[tuple[tuple[int, bytes, bytes], list[str]]] = []
    for item in items:
        key = (item["index"], item["id"], item["version"])
        verdict = [item["verdict"], item["code"], item["field"]]
        if item["verdict"] in REPORTED_VERDICTS and key in former and former[key] != verdict:
            changes.append((key, verdict))
    gained = item_checksum(
        key[1:] for key, verdict in changes if verdict[0] == "accepted" != former[key][0]
    )
    lost = item_checksum(
        key[1:] for key, verdict in changes if former[key][0] == "accepted" != verdict[0]
    )
    if gained != lost:
        add_to_cord(connection, cord, accepted_sum=gained - lost)
    values = [
        (*verdict, number, cord, sequence, key[0])
        for number, (key, verdict) in enumerate(changes, start=_next_change(connection))
    ]
    connection.executemany(sql("set_verdict"), values)


def _next_change(connection: sqlite3.Connection) -> int:
    return int(connection.execute(sql("next_change")).fetchone()[0])


def sign_refused_again(outbox: Outbox, country: str, key_id: str, key: Ed25519PrivateKey) -> int:
    """Sign with the present key the bundles that were refused because their key no longer holds.

    They wait to be sent again. Returns how many there are. Raises OutboxError.
    """
    refused = outbox.rows(sql.with_list("refused_for_key", len(SIGN_AGAIN)), [*SIGN_AGAIN, key_id])
    with outbox.transaction() as connection:
        for cord, sequence, bundle, key_list in refused:
            signed_bundle = sign_again(topics.bundles(country), bundle, key_id, key)
            signed_list = sign_again(topics.keys(country), key_list, key_id, key)
            values = (signed_bundle, signed_list, cord, sequence)
            connection.execute(sql("replace_contents"), values)
            connection.execute(sql("seal_again"), (key_id, cord, sequence))
    return len(refused)


def abandon(outbox: Outbox, cord: str, sequences: Sequence[int]) -> int:
    """Give up bundles that can never be sent because their epoch is closed.

    Their items may be published again. Returns the number of items. Raises OutboxError.
    """
    count = 0
    with outbox.transaction() as connection:
        for sequence in sequences:
            key = (cord, sequence)
            items = connection.execute(sql("unanswered_items"), key).fetchall()
            connection.execute(sql("abandon_bundle"), key)
            connection.execute(sql("abandon_items"), (_next_change(connection), *key))
            checksum = item_checksum(items)
            add_to_cord(connection, cord, taken=-len(items), sealed_sum=-checksum)
            count += len(items)
    return count
