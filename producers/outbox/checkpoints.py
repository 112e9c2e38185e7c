"""Keep what the node remembers as a witness of the log.

A restored copy of the outbox forgets what came after it; the node's own countersignatures, which
are in Kafka, say it again (`producers.delivery.witness`). Functions raise OutboxError.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from producers.outbox.sql import sql
from producers.outbox.store import Outbox, put_settings
from schemas.checkpoint.chain import CheckpointChain
from schemas.checkpoint.signed_note import SignedCheckpoint, read_note


class RememberedTree(NamedTuple):
    """The newest checkpoint of a tree, when it was seen (ms since 1970 UTC), and a contradiction.

    One of the two notes may be None.
    """

    origin: str
    note: SignedCheckpoint | None
    seen_at: int | None
    contradiction: SignedCheckpoint | None


def remembered_trees(outbox: Outbox) -> list[RememberedTree]:
    """Read what is remembered of each tree."""
    return [
        RememberedTree(
            origin,
            read_note(note) if note else None,
            seen_at,
            read_note(contradiction) if contradiction else None,
        )
        for origin, note, seen_at, contradiction in outbox.rows(sql("checkpoints"))
    ]


def remembered_chain(outbox: Outbox) -> CheckpointChain:
    """Read the same as what checkpoints are followed with."""
    trees = remembered_trees(outbox)
    return CheckpointChain(
        {tree.origin: tree.note for tree in trees if tree.note},
        {tree.origin: tree.contradiction for tree in trees if tree.contradiction},
    )


def remember(
    outbox: Outbox,
    chain: CheckpointChain,
    states: Mapping[str, str],
    settings: Mapping[str, str],
    now: int,
) -> None:
    """Write the newest checkpoints of these trees with their states, and every contradiction.

    `settings`: how far the topics were read; `now`: ms since 1970 UTC. One transaction.
    """
    notes = [(origin, str(chain.heads[origin]), now, state) for origin, state in states.items()]
    contradictions = [(origin, str(note)) for origin, note in chain.contradictions.items()]
    with outbox.transaction() as connection:
        connection.executemany(sql("put_checkpoint"), notes)
        connection.executemany(sql("put_contradiction"), contradictions)
        put_settings(connection, settings)


def checkpoints_to_cosign(outbox: Outbox) -> list[SignedCheckpoint]:
    """Read the checkpoints that were seen and not countersigned yet."""
    return [read_note(note) for (note,) in outbox.rows(sql("checkpoints_to_cosign"))]


def mark_cosigned(outbox: Outbox, notes: Iterable[SignedCheckpoint]) -> None:
    """Note that the countersignatures of these are in Kafka."""
    keys = [(note.checkpoint.origin, str(note)) for note in notes]
    with outbox.transaction() as connection:
        connection.executemany(sql("mark_cosigned"), keys)
