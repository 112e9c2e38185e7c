"""Make the rows by which an event takes part in comparisons.

A row belongs to one partition of blocking keys, and stands among the observations of its event as
if it were one of a thing of its own kind: so corrections, retractions and erasures reach it the
same way. It goes to the topic of persons, which has the rows of all comparers. No rule or table of
things sees it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from schemas.avro.log_records import EnvelopeRecord, ObservationRecord
from schemas.ids import thing_key
from schemas.model import NEWEST_FORM, Cord
from schemas.release import label_codec
from schemas.topics import COMPARED_PARTITIONS, ONE_ROW_FORM, thing_partition
from streams.linking.comparer import PackedRecord
from streams.linking.sealed_records import ComparedRecord, seal_records

PERSONS = "persons"
"""Kind of these rows; no thing has it."""
BLOCK_KIND = "block"
"""What blocking keys are an HMAC of, so that none of them equals a thing's."""
MOST_BEARERS = 16
"""Records of one event that may share a blocking key; a key of more of them is left out.

So the pairs that two events give are bounded, however many persons they name.
"""
PARTITION_KEYS = tuple(bytes([number]) + bytes(15) for number in range(COMPARED_PARTITIONS))
"""By partition, what stands in place of a thing's key: it says the partition and nothing else."""


class SealedItemRef(NamedTuple):
    """Where an event stands in its cord, and its key: the key list says it at this place."""

    cord: Cord
    sequence: int
    item: int
    key: bytes


def comparison_rows(
    envelope: EnvelopeRecord,
    packed: Sequence[PackedRecord],
    secret: bytes,
    ref: SealedItemRef,
    form: int = NEWEST_FORM,
) -> list[ObservationRecord]:
    """Make one row for each partition in which a record of the event is looked for.

    `secret`: the mechanism's secret of things' keys; `form`: of the generation.
    """
    by_partition: dict[int, list[ComparedRecord]] = {}
    bearers = Counter[str]()
    if len(packed) > MOST_BEARERS:
        bearers.update(key for record in packed for key in record.keys)
    for number, record, keys in packed:
        blocks: dict[int, list[bytes]] = {}
        for key in keys:
            if bearers[key] <= MOST_BEARERS:
                block = block_of(secret, key)
                blocks.setdefault(partition_of(block, form), []).append(block)
        for partition, members in blocks.items():
            compared = ComparedRecord(number, record, members)
            by_partition.setdefault(partition, []).append(compared)
    label = label_codec.write(envelope) if by_partition else None
    return [
        _row(envelope, PARTITION_KEYS[partition], by_partition[partition], ref, label)
        for partition in sorted(by_partition)
    ]


def block_of(secret: bytes, key: str) -> bytes:
    """Name a block: the kind of its blocking key in clear, then an HMAC of the key (17 bytes).

    The kind decides how many may share a block.
    """
    return key[0].encode() + thing_key(secret, BLOCK_KIND, "", key)


def partition_of(block: bytes, form: int) -> int:
    """Say in which partition a block is: all are in one, so that an event is one row."""
    return 0 if form >= ONE_ROW_FORM else thing_partition(block[1:], COMPARED_PARTITIONS)


def _row(
    envelope: EnvelopeRecord,
    key: bytes,
    records: Sequence[ComparedRecord],
    ref: SealedItemRef,
    label: bytes | None,
) -> ObservationRecord:
    return {
        "op": "add",
        "index": 0,
        "kind": PERSONS,
        "key": key,
        "event_id": envelope["id"],
        "certainty": "certain",
        "type": envelope["type"],
        "country": envelope["country"],
        "label": label,
        "label_index": None,
        "occurred": None,
        "subdivision": None,
        "traits": {},
        "sealed": {
            "cord": str(ref.cord),
            "sequence": ref.sequence,
            "item": ref.item,
            "content": seal_records(records, ref.key, envelope["id"]),
        },
    }
