"""Describe a verified bundle, and make the messages that come out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import (
    AcceptedItemRecord,
    CordRecord,
    ErasedRecord,
    ObservationRecord,
)
from schemas.exchange_config import ConfigView, Node
from schemas.model import Cord, Output, thing_partitions_of
from streams.folding.outputs import row_output, split_messages
from streams.linking import PERSONS


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified bundle: its place in the log, its node, and the config when it was appended."""

    appended_at: int
    topic: str
    partition: int
    offset: int
    cord: Cord
    sequence: int
    node: Node
    view: ConfigView

    def position(self, appended_at: int | None = None) -> dict[str, int | str]:
        """Give the position of all that the bundle causes, but for the index.

        `appended_at` (ms since 1970 UTC): when it took effect, where that was later.
        """
        return {
            "appended_at": self.appended_at if appended_at is None else appended_at,
            "topic": self.topic,
            "partition": self.partition,
            "offset": self.offset,
        }


EventKeyOrCode = bytes | ErasedRecord | str
"""Of an event: its key, its erased entry {verdict, code, field}, or the code of why it has none."""


class SealedItem(NamedTuple):
    """An item as it came: its number in its bundle, its framed bytes, its key."""

    number: int
    data: bytes
    key: EventKeyOrCode


@dataclass(frozen=True, slots=True)
class BundleResult:
    """The verdicts of the items of an accepted bundle, and what follows from them.

    `missing`: the sequences missing before it. `effective` (ms since 1970 UTC): when its
    observations took effect, where that was later than its append, as for an item that waited for
    its schema.
    """

    verdicts: Sequence[AcceptedItemRecord]
    observations: Sequence[ObservationRecord]
    missing: Sequence[int]
    effective: int | None = None


def bundle_outputs(generation: int, bundle: Bundle, result: BundleResult) -> list[Output]:
    """Make the messages of an accepted bundle: verdicts, observations, receipt."""
    accepted = {
        **bundle.position(),
        "cord": _cord_record(bundle.cord),
        "sequence": bundle.sequence,
        "items": result.verdicts,
    }
    topic = topics.accepted(generation, bundle.node.home)
    position = bundle.position(result.effective)
    return [
        Output(topic, bundle.partition, None, log_format("accepted").write(accepted)),
        *observation_outputs(generation, position, result.observations),
        receipt(generation, bundle, "", result.verdicts, result.missing),
    ]


def observation_outputs(
    generation: int, position: dict[str, int | str], observations: Sequence[ObservationRecord]
) -> list[Output]:
    """Make the messages of observations that a bundle at this position caused."""
    by_place: dict[tuple[str, int], list[ObservationRecord]] = {}
    things = topics.observations(generation), thing_partitions_of(generation)
    persons = topics.persons(generation), topics.COMPARED_PARTITIONS
    for observation in observations:
        topic, partitions = persons if observation["kind"] == PERSONS else things
        place = topic, topics.thing_partition(observation["key"], partitions)
        by_place.setdefault(place, []).append(observation)
    return [
        row_output(generation, topic, partition, value)
        for topic, partition in sorted(by_place)
        for value in split_messages("observations", position, by_place[topic, partition])
    ]


def receipt(
    generation: int,
    bundle: Bundle,
    code: str,
    verdicts: Sequence[AcceptedItemRecord],
    missing: Sequence[int],
) -> Output:
    """Write the receipt of a bundle for its node.

    `code`: why it was refused, or REPEAT; empty when it was accepted (GAP while sequences before it
    are missing).
    """
    record = {
        "cord": _cord_record(bundle.cord),
        "sequence": bundle.sequence,
        "code": code or ("GAP" if missing else ""),
        "missing": missing,
        "appended_at": bundle.appended_at,
        "offset": bundle.offset,
        "items": verdicts,
    }
    topic = topics.receipts(generation, bundle.node.home, bundle.node.name)
    partition = topics.receipt_partition(generation, bundle.partition)
    key = str(bundle.cord).encode()
    return Output(topic, partition, key, log_format("receipt").write(record))


def _cord_record(cord: Cord) -> CordRecord:
    return {"node": cord.node, "lane": cord.lane, "epoch": cord.epoch}
