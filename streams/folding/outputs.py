"""Make the messages that both folds write."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal

from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import RejectRecord
from schemas.model import Message, Output, form_of
from schemas.release.label_table import tabulate_labels

MAX_MESSAGE_BYTES = 1_000_000
"""Topics take 1,500,000."""

KEY_BYTES = 16
MAX_DETAIL_LENGTH = 1_000
"""A detail may quote what was written, and that may be as long as a message."""


def split_messages(
    name: Literal["observations", "evidence"],
    head: Mapping[str, object],
    rows: Sequence[Mapping[str, Any]],
) -> Iterator[bytes]:
    """Write the rows in as few messages of this format as Kafka's limit allows; none for no rows.

    `head` gives the fields of the message other than its rows.
    """
    if not rows:
        return
    value = log_format(name).write({**head, **tabulate_labels(rows)})
    if len(value) <= MAX_MESSAGE_BYTES or len(rows) == 1:
        yield value
        return
    parts = min(len(rows), 1 + len(value) // (MAX_MESSAGE_BYTES // 2))
    size = -(-len(rows) // parts)
    for start in range(0, len(rows), size):
        yield from split_messages(name, head, rows[start : start + size])


def row_output(generation: int, topic: str, partition: int, value: bytes) -> Output:
    """Make a message of rows. Its key follows from its content, so that no other replaces it.

    Compaction leaves it alone, until an erasure ends this key (`streams.correlation.scrub`).
    """
    has_key = form_of(generation) >= topics.ERASURE_FORM
    key = sha256(value).digest()[:KEY_BYTES] if has_key else None
    return Output(topic, partition, key, value)


def reject(
    generation: int, message: Message, code: str, detail: str, node: str | None = None
) -> Output:
    """Report a message that cannot be processed. `detail` must be without content."""
    record: RejectRecord = {
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "appended_at": message.appended_at,
        "code": code,
        "detail": detail[:MAX_DETAIL_LENGTH],
        "size": len(message.value),
        "node": node,
    }
    return Output(topics.rejects(generation), 0, None, log_format("reject").write(record))
