"""Take an erasure through its stages; any later command of the node resumes them.

- `stated`: the erasure event is sealed. It waits for the verdict of every version, because an
  erased entry of a key list repeats it.
- `cut`: the keys are removed from the outbox, and its lists wait to be published.
- `published`: Kafka has the lists without the keys. The old ones lie in a segment that compaction
  cannot touch while it is the active one.
- `done`: the lists were published once more after the segment's time (60 s), which rolls it. From
  then on compaction removes the old lists.
"""

from infra.keys.keyring import NodeKeys
from producers.delivery.sender import BundleSender
from producers.node_config import NodeConfig
from producers.outbox import erasures
from producers.outbox.erasures import Erasure
from producers.outbox.store import Outbox

ROLL_MS = 61_000  # the keys topics' segment.ms, and a second


class ErasureStages:
    """The erasures of one node."""

    def __init__(self, outbox: Outbox, sender: BundleSender, keys: NodeKeys) -> None:
        """Take the outbox, the sender of its lists, and the keys that sign them."""
        self._outbox, self._sender, self._keys = outbox, sender, keys

    def advance(self, config: NodeConfig, now: int) -> None:
        """Take every unfinished erasure as far as it goes at `now` (ms since 1970 UTC).

        Raises KafkaUnavailableError, OutboxError.
        """
        unfinished = erasures.unfinished_erasures(self._outbox)
        if not unfinished:
            return
        signer = erasures.ListSigner(config.home, self._keys.key_id, self._keys.signing)
        for erasure in unfinished:
            if erasure.stage == "stated" and erasures.is_answered(self._outbox, erasure.id):
                erasures.remove_keys(self._outbox, erasure.id, signer, now)
            elif _has_rolled(erasure, now):
                erasures.change_lists_again(self._outbox, erasure.id)
        self._sender.publish_changed_lists(config)
        is_clean = erasures.truncate_wal(self._outbox)
        for erasure in erasures.unfinished_erasures(self._outbox):
            if erasure.stage == "cut" and is_clean:
                erasures.set_stage(self._outbox, erasure.id, "published", now)
            elif _has_rolled(erasure, now):
                erasures.set_stage(self._outbox, erasure.id, "done", now)


def _has_rolled(erasure: Erasure, now: int) -> bool:
    """Tell whether the segment with the old lists can be compacted by now."""
    return erasure.stage == "published" and now - erasure.since >= ROLL_MS
