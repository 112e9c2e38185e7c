"""What intake works with while it takes in one bundle, and the messages that come out of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.avro.log_records import ErasedRecord
from schemas.exchange_config import ConfigView, Node
from schemas.model import Cord, Message, Output

MAX_MESSAGE = 1_000_000  # bytes; topics take 1,500,000


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified bundle's place in the log, who wrote it, and what held when it was appended."""

    appended_at: int
    topic: str
    partition: int
    offset: int
    cord: Cord
    sequence: int
    node: Node
    view: ConfigView

    def position(self, appended_at: int | None = None) -> Record:
        """The position of all that it causes, but for the index; `appended_at` where it took effect
        later than it was appended.
        """
        at = self.appended_at if appended_at is None else appended_at
        return {
            "appended_at": at,
            "topic": self.topic,
            "partition": self.partition,
            "offset": self.offset,
        }


EventKeyOrCode = bytes | ErasedRecord | str
"""Of an event: its key, its erased entry {verdict, code}, or the code of why there is none."""


class SealedItem(NamedTuple):
    """An item as it came: its number in its bundle, its framed bytes, its key."""

    number: int
    data: bytes
    key: EventKeyOrCode


def bundle_outputs(
    generation: int,
    bundle: Bundle,
    items: Sequence[Record],
    rows: Sequence[Record],
    missing: Sequence[int],
    effective: int | None = None,
) -> list[Output]:
    """The messages of a bundle taken: its verdicts, what was observed (by thing partition), the
    receipt.

    `effective`: when its observations took effect, where that was later than its append (ms since
    1970 UTC): an item held for its schema.
    """
    accepted = {
        **bundle.position(),
        "cord": bundle.cord._asdict(),
        "sequence": bundle.sequence,
        "items": items,
    }
    topic = topics.accepted(generation, bundle.node.country)
    return [
        Output(topic, bundle.partition, None, log_format("accepted").write(accepted)),
        *_observations(generation, bundle.position(effective), rows),
        receipt(generation, bundle, "", items, missing),
    ]


def _observations(generation: int, place: Record, rows: Sequence[Record]) -> list[Output]:
    parted: dict[int, list[Record]] = {}
    for row in rows:
        parted.setdefault(topics.thing_partition(row["key"]), []).append(row)
    topic = topics.observations(generation)
    return [
        Output(topic, partition, None, value)
        for partition in sorted(parted)
        for value in split_messages("observations", place, parted[partition])
    ]


def split_messages(
    name: str, head: Mapping[str, object], rows: Sequence[Record]
) -> Iterator[bytes]:
    """The rows as messages of this format, as few as keep under Kafka's limit; none for no rows."""
    if not rows:
        return
    value = log_format(name).write({**head, "rows": rows})
    if len(value) <= MAX_MESSAGE or len(rows) == 1:
        yield value
    else:
        yield from split_messages(name, head, rows[: len(rows) // 2])
        yield from split_messages(name, head, rows[len(rows) // 2 :])


def receipt(
    generation: int, bundle: Bundle, code: str, items: Sequence[Record], missing: Sequence[int]
) -> Output:
    """What the node is told of its bundle. `code`: why it was refused, or REPEAT; empty when taken
    (GAP while others are missing).
    """
    record = {
        "cord": bundle.cord._asdict(),
        "sequence": bundle.sequence,
        "code": code or ("GAP" if missing else ""),
        "missing": missing,
        "appended_at": bundle.appended_at,
        "offset": bundle.offset,
        "items": items,
    }
    topic = topics.receipts(generation, bundle.node.country)
    return Output(
        topic, bundle.partition, str(bundle.cord).encode(), log_format("receipt").write(record)
    )


def reject(
    generation: int, message: Message, code: str, detail: str, node: str | None = None
) -> Output:
    """A message that could not be taken, told and counted. `detail` is without content."""
    record = {
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "appended_at": message.appended_at,
        "code": code,
        "detail": detail,
        "size": len(message.value),
        "node": node,
    }
    return Output(topics.rejects(generation), 0, None, log_format("reject").write(record))
