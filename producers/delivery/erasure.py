"""The stages of an erasure after it was stated; whatever command of the node comes next goes on
with them.

stated     the erasure event is sealed; waiting for every version's verdict, since an erased entry
of a key list repeats it cut        the keys are out of the outbox, its lists wait to be published
published  Kafka has the lists without the keys; the old ones lie in a segment that compaction
cannot touch while it is the active one done       published once more after the segment's time (60
s), which rolls it: from then on compaction takes the old lists
"""

from infra.keys.keyring import NodeKeys
from producers.delivery.sender import BundleSender
from producers.node_config import NodeConfig
from producers.outbox import erasures
from producers.outbox.store import Outbox

ROLL_MS = 61_000  # the keys topics' segment.ms, and a second


class ErasureStages:
    """For one node."""

    def __init__(self, outbox: Outbox, sender: BundleSender, keys: NodeKeys) -> None:
        self._outbox, self._sender, self._keys = outbox, sender, keys

    def advance(self, standing: NodeConfig, now: int) -> None:
        """Take every unfinished erasure as far as it goes at `now` (ms since 1970 UTC). Raises
        Away, OutboxError.
        """
        left = erasures.unfinished_erasures(self._outbox)
        for one in left:
            if one.stage == "stated" and erasures.is_answered(self._outbox, one.id):
                erasures.remove_keys(
                    self._outbox,
                    one.id,
                    standing.country,
                    self._keys.key_id,
                    self._keys.signing,
                    now,
                )
            elif one.stage == "published" and now - one.since >= ROLL_MS:
                erasures.change_lists_again(self._outbox, one.id)
        if not left:
            return
        self._sender.publish_changed_lists(standing)
        clean = erasures.truncate_wal(self._outbox)
        for one in erasures.unfinished_erasures(self._outbox):
            if one.stage == "cut" and clean:
                erasures.set_stage(self._outbox, one.id, "published", now)
            elif one.stage == "published" and now - one.since >= ROLL_MS:
                erasures.set_stage(self._outbox, one.id, "done", now)
