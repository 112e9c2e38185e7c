"""Read the key lists of one partition of a country, for those who open its bundles.

These are intake and sink.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from itertools import chain
from threading import Lock
from typing import NamedTuple

import structlog

from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas import topics
from schemas.bounds import MAX_MESSAGE_BYTES
from schemas.crypto.node_messages import read_key_list
from schemas.crypto.sealing import read_signed
from schemas.errors import BrokenFormatError, QuipuFormatError
from schemas.model import Cord, Message

log = structlog.get_logger(__name__)

BundleRef = tuple[Cord, int]
UNASKED_BYTES = 16 * 1024 * 1024
GIVEN_BYTES = 2 * 1024 * 1024
WAITS_MS = 3_600_000


class UnreadableKeyList(NamedTuple):
    """Describe a message of a keys topic that names no bundle: its code, what is wrong."""

    message: Message
    code: str
    detail: str


class KeyLists:
    """Read quipu.keys.<cc> forward and keep what nobody needed yet. Threads may share it.

    A node's list is acknowledged before its bundle is sent, so a list is in the part already read,
    or between there and the topic's end. Memory is bounded (18 MiB of messages). What was dropped,
    or is needed again much later, is searched from the topic's beginning: slow, rare, and right.
    Signatures are not verified here: schemas.crypto.node_messages.open_event_keys does that for the
    one who opens.
    """

    def __init__(self, settings: Settings, country: str, partition: int, start: int = 0) -> None:
        """Begin at the offset `start`; the first look-up connects."""
        self.topic = topics.keys(country)
        self.partition = partition
        self.refused: list[UnreadableKeyList] = []
        """What was read and cannot be read as a key list, in the order of the log; the one who
        reports may clear it.
        """
        self._settings = settings
        self._next = start
        self._heard = -1
        self._reader: PartitionReader | None = None
        self._unasked = _BoundedCache(UNASKED_BYTES)
        self._given = _BoundedCache(GIVEN_BYTES)
        self._lock = Lock()

    @property
    def offset(self) -> int:
        """Return from where a restart should read.

        It is the first list that still waits for its bundle, or else the first one not read. A list
        whose bundle has not come within an hour of log time (a replaced one, for example) does not
        wait.
        """
        with self._lock:
            return min(
                (message.offset for message in self._unasked.since(WAITS_MS)), default=self._next
            )

    def lookup(self, bundles: Collection[BundleRef], until: int = -1) -> dict[BundleRef, Message]:
        """Return the newest list of each (cord, sequence) that is in the topic.

        `until`: append time of the newest of these bundles, ms since 1970 UTC. Lists are read at
        least that far, so that all who look up get the same one where a node wrote several (a
        bundle of that sequence was refused before). Raises LogStalledError.
        """
        with self._lock:
            self._read_on(set(bundles) - self._from_memory(bundles).keys(), until)
            messages = self._from_memory(bundles)
            missing = set(bundles) - messages.keys()
            if missing:
                messages |= self._search_from_beginning(missing)
            for key, message in messages.items():
                self._unasked.drop(key)
                self._given.put(key, message)
            return messages

    def catch_up(self) -> None:
        """Read on to the topic's end, so that unreadable messages are found.

        Raises LogStalledError.
        """
        with self._lock:
            reader = self._opened()
            for message in reader.read(reader.end()):
                self._take(message)

    def close(self) -> None:
        """Close the connection; the next look-up opens it again."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()

    def _opened(self) -> PartitionReader:
        if self._reader is None:
            self._reader = PartitionReader(
                self._settings.kafka, self.topic, self.partition, self._next
            )
        return self._reader

    def _from_memory(self, bundles: Collection[BundleRef]) -> dict[BundleRef, Message]:
        messages = {key: self._unasked.get(key) or self._given.get(key) for key in bundles}
        return {key: message for key, message in messages.items() if message is not None}

    def _read_on(self, missing: set[BundleRef], until: int) -> None:
        """Read until nothing is missing and a message later than `until` was read.

        It ends at the topic's end as of now.
        """
        if not missing and self._heard > until:
            return
        reader, open_refs = self._opened(), set[BundleRef | None](missing)
        for message in chain(reader.read_fetched(), reader.read_to_end()):
            open_refs.discard(self._take(message))
            if not open_refs and self._heard > until:
                return

    def _take(self, message: Message) -> BundleRef | None:
        self._next = message.offset + 1
        self._heard = max(self._heard, message.appended_at)
        try:
            key = bundle_of(message)
        except QuipuFormatError as error:
            self.refused.append(UnreadableKeyList(message, error.code, error.detail))
            log.warning(
                "key_list_refused",
                topic=self.topic,
                partition=self.partition,
                offset=message.offset,
                code=error.code,
            )
            return None
        if self._given.get(key) is None:
            self._unasked.put(key, message)
        else:
            self._given.put(key, message)
        return key

    def _search_from_beginning(self, missing: set[BundleRef]) -> dict[BundleRef, Message]:
        began, messages = time.monotonic(), {}
        reader = PartitionReader(self._settings.kafka, self.topic, self.partition)
        try:
            for message in reader.read(self._next):
                key = _bundle_or_none(message)
                if key in missing:
                    messages[key] = message
        finally:
            reader.close()
        spent = round(time.monotonic() - began, 3)
        log.info(
            "key_lists_searched",
            topic=self.topic,
            partition=self.partition,
            wanted=len(missing),
            found=len(messages),
            seconds=spent,
        )
        return messages


def bundle_of(message: Message) -> BundleRef:
    """Return the bundle whose key list this is. Raises BrokenFormatError, UnknownFormatError."""
    if len(message.value) > MAX_MESSAGE_BYTES:
        raise BrokenFormatError(f"{len(message.value)} bytes, at most {MAX_MESSAGE_BYTES}")
    cord, sequence, _ = read_key_list(read_signed(message.value)["body"])
    return cord, sequence


def _bundle_or_none(message: Message) -> BundleRef | None:
    try:
        return bundle_of(message)
    except QuipuFormatError:
        return None  # was reported at the first reading


class _BoundedCache:
    """Keep messages by bundle, oldest first; beyond its bytes the oldest are dropped."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._messages: dict[BundleRef, Message] = {}

    def get(self, key: BundleRef) -> Message | None:
        return self._messages.get(key)

    def put(self, key: BundleRef, message: Message) -> None:
        self.drop(key)
        self._messages[key] = message
        self._size += len(message.value)
        while self._size > self._limit:
            self.drop(next(iter(self._messages)))

    def drop(self, key: BundleRef) -> None:
        former = self._messages.pop(key, None)
        if former is not None:
            self._size -= len(former.value)

    def since(self, waits: int) -> list[Message]:
        """List the messages appended no longer before the newest than `waits` ms."""
        newest = max((message.appended_at for message in self._messages.values()), default=0)
        return [
            message for message in self._messages.values() if message.appended_at >= newest - waits
        ]
