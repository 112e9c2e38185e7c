"""Find the keys of single events, of any age, in the key lists of all countries.

Who links persons reads rows of all countries' events, and needs the key of each. A key list is read
once, in the order of its topic, and its keys stay in memory for a while. Of all lists that were
read, the offset stays known, so that an old list is read again by one fetch. Nothing is written to
a disk: an erased key is gone once its list was replaced.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from threading import Lock
from typing import NamedTuple

from infra.exchange_log.config_log import ConfigLog
from infra.exchange_log.key_lists import bundle_of
from infra.exchange_log.partition_reader import PartitionReader
from infra.keys.keyring import MechanismKeys
from infra.settings import Settings
from schemas import topics
from schemas.crypto.node_messages import open_event_keys
from schemas.errors import QuipuFormatError
from schemas.exchange_config import ConfigHistory
from schemas.model import Message

OPENED_KEYS = 200_000
"""Keys in memory, about 15 MB. Beyond them the bundles that were asked for longest ago go."""
UNOPENED_BYTES = 8 * 1024 * 1024
"""Lists that were read before anybody asked for them."""


class KeyListRef(NamedTuple):
    """The bundle that a key list is of: its country and partition, its cord and sequence."""

    country: str
    partition: int
    cord: str
    sequence: int


BundleKeys = Sequence[bytes | None]
"""By the item's number: the key of an event, None where it was erased."""


class EventKeyBook:
    """Answers for all partitions of a process. Threads may share it."""

    def __init__(self, settings: Settings, config_log: ConfigLog, keys: MechanismKeys) -> None:
        """Know nothing yet; the first question connects."""
        self._settings = settings
        self._config_log = config_log
        self._keys = keys
        self._partitions: dict[tuple[str, int], _KeyTopicPartition] = {}
        self._opened: OrderedDict[KeyListRef, BundleKeys] = OrderedDict()
        self._opened_keys = 0
        self._lock = Lock()

    def keys_of(self, refs: Collection[KeyListRef], until: int) -> dict[KeyListRef, BundleKeys]:
        """Give the keys of these bundles' events; none for a list that is not there or not valid.

        `until`: append time of the newest of the bundles (ms since 1970 UTC). Lists are read at
        least that far, so that the newest of several is taken, as intake took it. Raises
        LogStalledError.
        """
        with self._lock:
            by_partition: dict[tuple[str, int], set[KeyListRef]] = {}
            for ref in refs:
                by_partition.setdefault(ref[:2], set()).add(ref)
            config = self._config_log.refresh() if refs else None
            for place, group in by_partition.items():
                partition = self._partition(place)
                for replaced in partition.read_on(group, until):
                    self._opened_keys -= len(self._opened.pop(replaced, ()))
                missing = group - self._opened.keys()
                messages = partition.lists_of(missing)
                for ref in missing:
                    message = messages.get(ref)
                    keys: BundleKeys = ()
                    if message is not None and config is not None:
                        keys = self._open(message, config)
                    self._remember(ref, keys)
            answer = {ref: self._opened[ref] for ref in refs}
            for ref in answer:
                self._opened.move_to_end(ref)
            self._forget_oldest()
            return answer

    def close(self) -> None:
        """Close the connections; the next question opens them again."""
        with self._lock:
            for partition in self._partitions.values():
                partition.close()

    def _partition(self, place: tuple[str, int]) -> _KeyTopicPartition:
        if place not in self._partitions:
            self._partitions[place] = _KeyTopicPartition(self._settings, *place)
        return self._partitions[place]

    def _open(self, message: Message, config: ConfigHistory) -> BundleKeys:
        try:
            entries = open_event_keys(
                message, config, self._keys.recipient, self._keys.private_keys
            )
        except QuipuFormatError:
            return ()
        return [entry if isinstance(entry, bytes) else None for entry in entries]

    def _remember(self, ref: KeyListRef, keys: BundleKeys) -> None:
        self._opened[ref] = keys
        self._opened_keys += len(keys)

    def _forget_oldest(self) -> None:
        while self._opened_keys > OPENED_KEYS and len(self._opened) > 1:
            self._opened_keys -= len(self._opened.popitem(last=False)[1])


class _KeyTopicPartition:
    """One partition of a country's key lists: where each list is, and those just read."""

    def __init__(self, settings: Settings, country: str, partition: int) -> None:
        self._place = country, partition
        self._reader = PartitionReader(settings.kafka, topics.keys(country), partition)
        self._again = PartitionReader(settings.kafka, topics.keys(country), partition)
        self._offsets: dict[KeyListRef, int] = {}
        self._unopened: OrderedDict[KeyListRef, Message] = OrderedDict()
        self._unopened_bytes = 0
        self._heard = -1

    def read_on(self, refs: Collection[KeyListRef], until: int) -> set[KeyListRef]:
        """Read until these lists are known and a list later than `until`, or to the topic's end.

        Gives the bundles of the lists that were read.
        """
        missing, passed = set(refs) - self._offsets.keys(), set[KeyListRef]()
        if not missing and self._heard > until:
            return passed
        for message in self._reader.read_to_end():
            ref = self._take(message)
            if ref is not None:
                passed.add(ref)
                missing.discard(ref)
            if not missing and self._heard > until:
                break
        return passed

    def lists_of(self, refs: Collection[KeyListRef]) -> dict[KeyListRef, Message]:
        """Find the newest list that was read of each bundle, as far as there is one."""
        messages: dict[KeyListRef, Message] = {}
        for ref in sorted(refs & self._offsets.keys(), key=self._offsets.__getitem__):
            message = self._unopened.pop(ref, None)
            if message is not None:
                self._unopened_bytes -= len(message.value)
            else:
                message = self._read_again(ref)
            if message is not None:
                messages[ref] = message
        return messages

    def close(self) -> None:
        self._reader.close()
        self._again.close()

    def _take(self, message: Message) -> KeyListRef | None:
        self._heard = max(self._heard, message.appended_at)
        try:
            cord, sequence = bundle_of(message)
        except QuipuFormatError:
            return None  # intake reports it
        ref = KeyListRef(*self._place, str(cord), sequence)
        former = self._unopened.pop(ref, None)
        self._unopened_bytes += len(message.value) - (len(former.value) if former else 0)
        self._unopened[ref] = message
        self._offsets[ref] = message.offset
        while self._unopened_bytes > UNOPENED_BYTES:
            _oldest, dropped = self._unopened.popitem(last=False)
            self._unopened_bytes -= len(dropped.value)
        return ref

    def _read_again(self, ref: KeyListRef) -> Message | None:
        """Read the list of a bundle again; where it was replaced, the newer one."""
        for _attempt in range(2):
            offset = self._offsets[ref]
            self._again.seek(offset)
            for message in self._again.read(offset + 1):
                return message
            for newer in self._reader.read_to_end():
                self._take(newer)
        return None
