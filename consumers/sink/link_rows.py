"""Make the rows of `links` that a message of the topic of links gives. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from consumers.sink.tables import LINKS, Row, label_json
from schemas.avro.codec import raw_log_format
from schemas.model import Message

_position = itemgetter("appended_at", "topic", "partition", "offset", "item")
_described = itemgetter("person", "type", "country", "label")
_scored = itemgetter("op", "probability", "features", "cannot_be_same")
EVENT, OTHER = map(LINKS.index, ("event_id", "other_event"))
FIRST_POSITION = LINKS.index("recorded_at")
_GONE: Row = (b"add", 0.0, {}, False)
"""What stands in a row that holds no more, in place of what was scored."""
_BLANK_END = (b"", b"", None)


def link_rows(message: Message) -> list[Row]:
    """Give the rows of a message: each link from both ends.

    A message without value erases: the sink removes the rows when it reads the erasure itself.
    Raises BrokenFormatError, UnknownFormatError.
    """
    if not message.value:
        return []
    record = raw_log_format("link").read(message.value)
    shared = (message.partition, record["kind"], record["model"])
    ends = record["first"], record["second"]
    rows: list[Row] = []
    for row in record["rows"]:
        last = (*shared, *_scored(row), *_position(row["position"]), message.offset, 0)
        rows += _from_both_ends(_end(ends[0], row["first"]), _end(ends[1], row["second"]), last)
    for row in record["gone"]:
        last = (*shared, *_GONE, *_position(row["position"]), message.offset, 1)
        first, second = (ends[0], row["first"], *_BLANK_END), (ends[1], row["second"], *_BLANK_END)
        rows += _from_both_ends(first, second, last)
    return rows


def without_events(rows: list[Row], erased: set[bytes]) -> Iterator[Row]:
    """Yield the rows of which neither end is erased."""
    return (row for row in rows if row[EVENT] not in erased and row[OTHER] not in erased)


def _from_both_ends(first: Row, second: Row, last: Row) -> list[Row]:
    return [(*first, *second, *last), (*second, *first, *last)]


def _end(event: bytes, end: Mapping[str, Any]) -> Row:
    label_json(end["label"])  # an unreadable label refuses the message, not the batch
    return event, *_described(end)
