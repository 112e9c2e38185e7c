"""Read messages of the topic of persons, and where the keys are that their rows need. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schemas import topics
from schemas.avro.codec import log_format
from schemas.avro.log_records import ObservationRecord, ObservationsRecord, SealedRecord
from schemas.errors import BrokenFormatError, QuipuFormatError
from schemas.model import Message
from schemas.release.label_table import label_of
from streams.linking.comparison_rows import PERSONS
from streams.linking.members import Place

INVALID_ROW = "an unknown op, an add without label or content, or a row of another partition"
OPS = frozenset({"add", "withdraw", "erase"})


class SealedRef(NamedTuple):
    """Where the key of a row's event is: country, partition, cord and sequence of its bundle."""

    country: str
    partition: int
    cord: str
    sequence: int
    item: int


class ComparisonRow(NamedTuple):
    """A row of its message, with its label and its position.

    `partition`: of blocking keys; `appended_at`: when the row was written (ms since 1970 UTC).
    """

    message: ObservationsRecord
    record: ObservationRecord
    label: bytes | None
    place: Place
    partition: int
    appended_at: int


class ParsedRows(NamedTuple):
    """A message of the topic of persons, and what it holds, or why it cannot be read."""

    message: Message
    record: ObservationsRecord | QuipuFormatError

    def rows(self) -> list[ComparisonRow]:
        """Take out its rows. Raises QuipuFormatError where it is not such a message."""
        if isinstance(self.record, QuipuFormatError):
            raise self.record
        return [_read_row(self.record, row, self.message) for row in self.record["rows"]]


def parse_rows(messages: Iterable[Message]) -> list[ParsedRows]:
    """Read messages of the topic of persons, each once for those who need its rows."""
    return [ParsedRows(message, _read_message(message)) for message in messages]


def _read_message(message: Message) -> ObservationsRecord | QuipuFormatError:
    try:
        return log_format("observations").read(message.value)
    except QuipuFormatError as error:
        return error


def sealed_refs(messages: Iterable[ParsedRows]) -> tuple[set[SealedRef], int]:
    """List where the keys are that these messages need; unreadable messages need none.

    Also gives the newest append time of their bundles (ms since 1970 UTC).
    """
    refs, until = set[SealedRef](), -1
    for parsed in messages:
        record = parsed.record
        if not isinstance(record, QuipuFormatError):
            refs |= {ref_of(record, row["sealed"]) for row in record["rows"] if row["sealed"]}
            until = max(until, record["appended_at"])
    return refs, until


def ref_of(message: ObservationsRecord, sealed: SealedRecord) -> SealedRef:
    """Say where the key of a row is; `message`: in which the row stands."""
    country = topics.country_of(message["topic"])
    cord, sequence, item = sealed["cord"], sealed["sequence"], sealed["item"]
    return SealedRef(country, message["partition"], cord, sequence, item)


def _read_row(
    record: ObservationsRecord, row: ObservationRecord, message: Message
) -> ComparisonRow:
    """Take a row out of its message. Raises BrokenFormatError where it cannot be compared."""
    label, is_add = label_of(record["labels"], row), row["op"] == "add"
    is_valid = (
        row["op"] in OPS
        and row["kind"] == PERSONS
        and is_add == (label is not None) == (row["sealed"] is not None)
        and topics.thing_partition(row["key"], topics.COMPARED_PARTITIONS) == message.partition
    )
    if not is_valid:
        raise BrokenFormatError(INVALID_ROW)
    place = (
        record["appended_at"],
        record["topic"],
        record["partition"],
        record["offset"],
        row["index"],
    )
    return ComparisonRow(record, row, label, place, message.partition, message.appended_at)
