"""The stages of an erasure after it was stated; whatever command of the node comes next goes on
with them.

stated     the erasure event is sealed; waiting for every version's verdict, since an erased entry
of a key list repeats it cut        the keys are out of the outbox, its lists wait to be published
published  Kafka has the lists without the keys; the old ones lie in a segment that compaction
cannot touch while it is the active one done       published once more after the segment's time (60
s), which rolls it: from then on compaction takes the old lists
"""

from infra.keys.keyring import NodeKeys
from producers.delivery.sender import Sender
from producers.node_config import Standing
from producers.outbox import verdicts
from producers.outbox.store import Outbox

ROLL_MS = 61_000  # the keys topics' segment.ms, and a second


class Erasing:
    """For one node."""

    def __init__(self, outbox: Outbox, sender: Sender, keys: NodeKeys) -> None:
        self._outbox, self._sender, self._keys = outbox, sender, keys

    def advance(self, standing: Standing, now: int) -> None:
        """Take every unfinished erasure as far as it goes at `now` (ms since 1970 UTC). Raises
        Away, OutboxError.
        """
        left = verdicts.unfinished(self._outbox)
        for one in left:
            if one.stage == "stated" and verdicts.is_answered(self._outbox, one.id):
                verdicts.cut(
                    self._outbox,
                    one.id,
                    standing.country,
                    self._keys.key_id,
                    self._keys.signing,
                    now,
                )
            elif one.stage == "published" and now - one.since >= ROLL_MS:
                verdicts.change_lists_again(self._outbox, one.id)
        if not left:
            return
        self._sender.publish_changed_lists(standing)
        clean = verdicts.truncated(self._outbox)
        for one in verdicts.unfinished(self._outbox):
            if one.stage == "cut" and clean:
                verdicts.set_stage(self._outbox, one.id, "published", now)
            elif one.stage == "published" and now - one.since >= ROLL_MS:
                verdicts.set_stage(self._outbox, one.id, "done", now)
