"""Write what the node must remember of the rows that it sends."""

import sqlite3
from collections.abc import Sequence

from producers.model import Draft
from producers.outbox.sql import sql
from schemas.retention import EXTENSION


def put_history(connection: sqlite3.Connection, drafts: Sequence[Draft], now: int) -> None:
    """Note what sealed drafts say of their items, within the transaction that adds them."""
    connection.executemany(
        sql("put_withdrawal"),
        [
            (draft.target, draft.id, draft.why, now)
            for draft in drafts
            if draft.target is not None and draft.envelope["type"] == "retraction"
        ],
    )
    connection.executemany(
        sql("put_row_number"),
        [
            (draft.id, draft.change.number)
            for draft in drafts
            if draft.change is not None and draft.change.number is not None
        ],
    )
    connection.executemany(
        sql("put_reference"),
        [
            (draft.id, draft.sealed_reference)
            for draft in drafts
            if draft.sealed_reference is not None
        ],
    )
    _put_retention(connection, drafts, now)
    connection.executemany(
        sql("put_likeness"),
        [(draft.likeness, draft.id) for draft in drafts if draft.likeness is not None],
    )


def _put_retention(connection: sqlite3.Connection, drafts: Sequence[Draft], now: int) -> None:
    connection.executemany(
        sql("put_retention_terms"),
        [
            (draft.id, draft.envelope["review_date"], draft.sealed_marks)
            for draft in drafts
            if draft.target is None
            and (draft.sealed_marks or draft.envelope["review_date"] or draft.supersedes)
        ],
    )
    connection.executemany(
        sql("put_extension"),
        [
            (draft.target, draft.id, draft.envelope["review_date"], draft.why, now)
            for draft in drafts
            if draft.target is not None and draft.envelope["type"] == EXTENSION
        ],
    )
