"""Find blocks of persons and objects in which a publisher has more records than are compared. Pure.

A link needs a shared block in which each publisher keeps within a cap (streams.linking.blocks).
Here blocks are counted from records that are released to a reader, by the same blocking keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from consumers.query.noise.noise_views import LeftOut, NoiseReason, PublisherRecords
from consumers.query.noise.noise_words import block_words, sentence_of
from consumers.query.views import EventView, to_datetime, to_epoch_ms
from streams.correlation.crowding import Publisher
from streams.linking.comparer import MOST_RECORDS
from streams.linking.comparers import BY_KIND, CAPS, COMPARERS

KIND_OF_LETTER: Mapping[str, str] = {
    letter: comparer.kind for comparer in COMPARERS for letter in comparer.caps
}
LEAST_CAP = min(CAPS.values())


class PublisherBlock(NamedTuple):
    """The records of one publisher that share a blocking key."""

    key: str
    publisher: Publisher


def blocking_keys_of(event: EventView, kind: str) -> set[str]:
    """Return under which keys the records of a kind in an event are looked for."""
    comparer = BY_KIND[kind]
    records = comparer.records(event.type, event.payload or {})[:MOST_RECORDS]
    return {key for record in records for key in comparer.keys(record)}


def capped_parts(events: Iterable[EventView], kind: str) -> dict[PublisherBlock, dict[str, int]]:
    """Return the parts of blocks beyond their cap, each with when its events were recorded."""
    parts: dict[PublisherBlock, dict[str, int]] = defaultdict(dict)
    for event in events:
        publisher = Publisher(event.country, event.authority)
        for key in blocking_keys_of(event, kind):
            parts[PublisherBlock(key, publisher)][event.id] = to_epoch_ms(event.recorded_at)
    return {part: times for part, times in parts.items() if len(times) > cap_of_key(part.key)}


def cap_of_key(key: str) -> int:
    """Say how many events of one publisher a block of this key may have."""
    return CAPS[key[:1].encode()]


def left_out_block(part: PublisherBlock, times: Mapping[str, int]) -> LeftOut:
    """Say what a block leaves out. `times`: by event, ms since 1970 UTC."""
    limit = cap_of_key(part.key)
    since = to_datetime(sorted(times.values())[limit])
    aside = [PublisherRecords(*part.publisher, len(times))]
    return LeftOut(
        reason=NoiseReason.BLOCK,
        rule=KIND_OF_LETTER[part.key[0]],
        group=block_words(part.key),
        records=len(times),
        limit=limit,
        since=since,
        sentence=sentence_of(NoiseReason.BLOCK, len(times), since, limit, aside),
        set_aside=aside,
    )
