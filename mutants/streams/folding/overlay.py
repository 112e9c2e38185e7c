"""What a processor is: a fold of a batch of messages over one partition's state, giving changes of
state and messages to send.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter

from schemas.model import Output

Get = Callable[[bytes], bytes | None]
"""The state's value of a key, as last written (a fold sees its own changes by itself)."""
Scan = Callable[[bytes], Iterator[tuple[bytes, bytes]]]
"""The state's (key, value) pairs whose key begins with a prefix, in the order of keys."""
Changes = dict[bytes, bytes | None]
"""What to write to the state, in one batch; None deletes."""

INDEXED = 17
"""Scans of prefixes of this length are answered from an index of the changes: a kind of row (1
byte) and a thing's key (16).
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Send `outputs` and await their acks, then write `changes` with the offset, then ack."""

    changes: Changes = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)


class Overlay:
    """The state as it will be once the changes collected so far are written."""

    def __init__(self, get: Get, scan: Scan) -> None:
        self.changes: Changes = {}
        self._get = get
        self._scan = scan
        self._index: dict[bytes, list[bytes]] = {}

    def get(self, key: bytes) -> bytes | None:
        if key in self.changes:
            return self.changes[key]
        return self._get(key)

    def put(self, key: bytes, value: bytes | None) -> None:
        """None deletes."""
        if len(key) >= INDEXED and key not in self.changes:
            self._index.setdefault(key[:INDEXED], []).append(key)
        self.changes[key] = value

    def scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """All pairs under the prefix, in the order of keys, read as they are asked for. Meanwhile
        only what was read may be put.
        """
        changed = sorted(self._changed(prefix))
        rest = (pair for pair in self._scan(prefix) if pair[0] not in self.changes)
        pairs = merge(rest, ((key, self.changes[key]) for key in changed), key=itemgetter(0))
        return ((key, value) for key, value in pairs if value is not None)

    def _changed(self, prefix: bytes) -> list[bytes]:
        if len(prefix) == INDEXED:
            return self._index.get(prefix, [])
        return [key for key in self.changes if key.startswith(prefix)]
