"""Write what the node must remember of the rows that it sends."""

import sqlite3
from collections.abc import Iterable

from producers.model import Draft
from producers.outbox.sql import sql


def put_history(connection: sqlite3.Connection, drafts: Iterable[Draft], now: int) -> None:
    """Note what sealed drafts say of their items, within the transaction that adds them."""
    for draft in drafts:
        if draft.target is not None and draft.envelope["type"] == "retraction":
            values = (draft.target, draft.id, draft.why, now)
            connection.execute(sql("put_withdrawal"), values)
        if draft.change is not None and draft.change.number is not None:
            connection.execute(sql("put_row_number"), (draft.id, draft.change.number))
        if draft.sealed_reference is not None:
            connection.execute(sql("put_reference"), (draft.id, draft.sealed_reference))
        if draft.likeness is not None:
            connection.execute(sql("put_likeness"), (draft.likeness, draft.id))
