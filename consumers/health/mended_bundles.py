"""Find bundles that were rejected whole, and whose events their node sent again and had taken.

A later bundle of the node proves nothing: whoever stole a key writes while the node does. What
counts is that the very events of the rejected bundle were taken later, under the same cord and
number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import NamedTuple

from infra.exchange_log.partition_reader import PartitionReader
from infra.settings import Settings
from schemas.avro.codec import log_format
from schemas.crypto.sealing import read_signed
from schemas.errors import QuipuFormatError
from schemas.model import Cord

MENDED_BY_SENDING_AGAIN = frozenset({"KEY_REVOKED", "UNKNOWN_KEY"})
"""Codes after which a node signs the same bundle again with its new key."""


class RejectedBundle(NamedTuple):
    """A message that was rejected whole: its place in the log, its node, and when (ms)."""

    topic: str
    partition: int
    offset: int
    node: str
    code: str
    at: int

    @property
    def place(self) -> tuple[str, int, int]:
        """Return where it is in the log."""
        return (self.topic, self.partition, self.offset)


class BundleIdentity(NamedTuple):
    """What a bundle says of itself: its cord, its number, the ids of its events."""

    cord: str
    sequence: int
    events: frozenset[bytes]


class TakenBundle(NamedTuple):
    """A bundle that was taken: the ids of its events, and when (ms)."""

    events: frozenset[bytes]
    at: int


def count_mended(
    bundles: Iterable[RejectedBundle],
    identities: Mapping[tuple[str, int, int], BundleIdentity],
    taken: Mapping[tuple[str, int], TakenBundle],
) -> Counter[tuple[str, str, str]]:
    """Count the bundles that were taken later, by node, topic and code. Pure.

    `identities`: what could be read of the rejected ones, by place; `taken`: by cord and number.
    """
    mended: Counter[tuple[str, str, str]] = Counter()
    for bundle in bundles:
        identity = identities.get(bundle.place)
        if identity is None or not identity.events:
            continue
        later = taken.get((identity.cord, identity.sequence))
        if later is not None and later.at > bundle.at and identity.events <= later.events:
            mended[bundle.node, bundle.topic, bundle.code] += 1
    return mended


class BundleIdentityReader:
    """Reads rejected bundles of the log, each once."""

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet; `read` connects."""
        self._settings = settings
        self._known: dict[tuple[str, int, int], BundleIdentity | None] = {}

    def read(
        self, bundles: Iterable[RejectedBundle]
    ) -> Mapping[tuple[str, int, int], BundleIdentity]:
        """Return what the bundles say of themselves, but those that cannot be decoded.

        Raises KafkaError, LogStalledError.
        """
        places = [bundle.place for bundle in bundles]
        self._known = {place: self._known[place] for place in places if place in self._known}
        for place in places:
            if place not in self._known:
                self._known[place] = self._read(*place)
        return {place: known for place, known in self._known.items() if known is not None}

    def _read(self, topic: str, partition: int, offset: int) -> BundleIdentity | None:
        reader = PartitionReader(self._settings.kafka, topic, partition, offset)
        with closing(reader):
            message = next(reader.read(offset + 1), None)
        try:
            return None if message is None else _identity(message.value)
        except QuipuFormatError:
            return None


def _identity(value: bytes) -> BundleIdentity:
    """Return what a signed bundle says of itself. Raises QuipuFormatError."""
    bundle = log_format("bundle").read(read_signed(value)["body"])
    events = (log_format("event").read(event)["envelope"]["id"] for event in bundle["events"])
    return BundleIdentity(str(Cord(**bundle["cord"])), bundle["sequence"], frozenset(events))
