"""Link on one partition of persons: the events' keys from the key lists, then the pure fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from infra.exchange_log.event_keys import EventKeyBook, KeyListRef
from schemas.model import Message
from streams.folding.slices import SlicedFold
from streams.linking import EventKeys, LinkFold, SealedRef, parse_rows, sealed_refs
from streams.worker.processor_protocol import BoundFold

ERASE = b"erase"


class LinkProcessor:
    """Reads key lists, and nothing else but its messages."""

    events = 0

    def __init__(self, fold: LinkFold, book: EventKeyBook, partition: int) -> None:
        """Work on a partition with a fold and a book of keys that all partitions share."""
        self._partition = partition
        self._fold = fold
        self._book = book

    def prepare(self, messages: Sequence[Message]) -> BoundFold:
        """Find the keys of the events that the messages speak of."""
        parsed = parse_rows(messages)
        keys = self._keys_of(*sealed_refs(parsed))
        return SlicedFold(lambda get, scan: self._fold.fold_slices(parsed, get, scan, keys))

    def prepare_idle(self, heard_until: int) -> BoundFold:
        """Give a fold that makes room for compaction, where links were erased."""
        return lambda get, scan: self._fold.fold_idle(self._partition, heard_until, get, scan)

    def bookmark(self) -> int:
        """Give 0: the book finds each list by its bundle."""
        return 0

    def may_erase(self, messages: Sequence[Message], changes: Mapping[bytes, bytes | None]) -> bool:
        """Say whether the word "erase" stands in a message: in clear, and only as an operation."""
        return any(ERASE in message.value for message in messages)

    def close(self) -> None:
        """Do nothing: the book's connections belong to all partitions."""

    def _keys_of(self, refs: set[SealedRef], until: int) -> EventKeys:
        lists = self._book.keys_of({_list_of(ref) for ref in refs}, until)
        keys: dict[SealedRef, bytes] = {}
        for ref in refs:
            bundle = lists[_list_of(ref)]
            key = bundle[ref.item] if ref.item < len(bundle) else None
            if key is not None:
                keys[ref] = key
        return keys


def _list_of(ref: SealedRef) -> KeyListRef:
    return KeyListRef(ref.country, ref.partition, ref.cord, ref.sequence)
