"""Fold messages over one partition's state: what a fold reads, and the step that it gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter

from schemas.model import Output

Get = Callable[[bytes], bytes | None]
"""Gives the state's value of a key, as last written; a fold sees its own changes by itself."""
Scan = Callable[[bytes], Iterator[tuple[bytes, bytes]]]
"""Gives the state's (key, value) pairs whose key begins with a prefix, in the order of keys."""
Changes = dict[bytes, bytes | None]
"""What to write to the state, in one batch; None deletes."""

INDEXED_BYTES = 17
"""Scans of prefixes of this length are answered from an index of the changes.

Such a prefix is a kind of row (1 byte) and a thing's key (16).
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Send `outputs` and await their acks, then write `changes` with the offset, then ack."""

    changes: Changes = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)


class Overlay:
    """The state as it will be once the changes collected so far are written."""

    def __init__(self, get: Get, scan: Scan) -> None:
        """Lay an overlay without changes over a state."""
        self.changes: Changes = {}
        self._not_taken: Changes = {}
        self._get = get
        self._scan = scan
        self._index: dict[bytes, list[bytes]] = {}

    def get(self, key: bytes) -> bytes | None:
        """Look a key up, first among the changes."""
        if key in self.changes:
            return self.changes[key]
        return self._get(key)

    def put(self, key: bytes, value: bytes | None) -> None:
        """Change the value of a key; None deletes it."""
        if len(key) > INDEXED_BYTES and key not in self.changes:
            self._index.setdefault(key[:INDEXED_BYTES], []).append(key)
        self.changes[key] = self._not_taken[key] = value

    def take_changes(self) -> Changes:
        """Give the changes since the last call. The overlay continues to see them."""
        taken, self._not_taken = self._not_taken, {}
        return taken

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Read all pairs under the prefix, in the order of keys, each when it is needed.

        Until the scan ends, only keys that it has given may be put.
        """
        changed = sorted(self._changed_below(prefix))
        rest = (pair for pair in self._scan(prefix) if pair[0] not in self.changes)
        pairs = merge(rest, ((key, self.changes[key]) for key in changed), key=itemgetter(0))
        return ((key, value) for key, value in pairs if value is not None)

    def _changed_below(self, prefix: bytes) -> list[bytes]:
        if len(prefix) == INDEXED_BYTES:
            longer = self._index.get(prefix, [])
            return [prefix, *longer] if prefix in self.changes else longer
        return [key for key in self.changes if key.startswith(prefix)]
