"""Take erased events out of the topics of observations and evidence; pure.

A message that has rows of an erased event ends by a message without value of the same key, so that
compaction removes it. Its other rows come again in a message of their own, and so do all later rows
of the same events, in the order of the log: whoever reads the topic from its beginning knows the
same at last.
Whoever read them before takes them as a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

from schemas.avro.codec import log_format
from schemas.errors import QuipuFormatError
from schemas.model import Message, Output
from schemas.release.label_table import label_of
from streams.folding.outputs import row_output, split_messages

NO_VALUE = b""
_ERASE = b"erase"

_Format = Literal["observations", "evidence"]
_Read = tuple[Message, Mapping[str, Any]]
_Place = tuple[int, int]
"""Offset of a message, and number of a row in it."""


class TopicScrub:
    """Collects the messages of one partition that have rows of erased events.

    `take` wants every message, in the order of their offsets. After `outputs` were written, `take`
    what came meanwhile, and ask for `outputs` again: these are later rows of the same events that
    others wrote at the same time.
    """

    def __init__(self, generation: int, erased: Collection[bytes]) -> None:
        """Begin before the first message. `erased`: ids of events, at least one."""
        self._generation = generation
        self._erased = frozenset(erased)
        self._any_id = re.compile(b"|".join(map(re.escape, sorted(self._erased))))
        self._hits: list[_Read] = []
        self._since: list[_Read] = []
        self._moved: set[bytes] = set()
        self._newest: dict[bytes | None, int] = {}
        self._own_keys: set[bytes | None] = set()
        self._ended: dict[tuple[bytes, bytes], _Place] = {}

    def take(self, message: Message, name: str) -> None:
        """Look at a message of a format, `observations` or `evidence`."""
        value = message.value
        self._newest[message.key] = message.offset
        if message.key in self._own_keys:
            return
        is_hit = self._any_id.search(value) is not None
        has_erasures = name == "evidence" and _ERASE in value
        may_follow = bool(self._moved) and bool(value)
        if not (is_hit or has_erasures or may_follow):
            return
        try:
            record = log_format("evidence" if name == "evidence" else "observations").read(value)
        except QuipuFormatError:
            return  # it was rejected when it was read first
        if has_erasures:
            for number, row in enumerate(record["rows"]):
                if row["op"] == "erase":
                    place = message.offset, number
                    self._ended[row["indicator"], row["event_id"]] = place
        if is_hit and any(row["event_id"] in self._erased for row in record["rows"]):
            self._hits.append((message, record))
            if name == "observations":
                self._moved |= {row["event_id"] for row in record["rows"]} - self._erased
        elif any(row["event_id"] in self._moved for row in record["rows"]):
            self._since.append((message, record))

    def outputs(self, name: str) -> Iterator[Output]:
        """Yield what ends these messages, each after what replaces it; then forget them.

        A crash between the two leaves both: the next scrub ends what is left. A message whose key
        has ended is still there until compaction, and is no more.
        """
        for output in self._outputs(name):
            self._own_keys.add(output.key)
            yield output
        self._hits, self._since = [], []

    def _outputs(self, name: str) -> Iterator[Output]:
        format_: _Format = "evidence" if name == "evidence" else "observations"
        hits = {message.offset for message, _record in self._hits}
        # in the order of the log: a withdrawal before what it takes back would take back nothing
        for message, record in self._current([*self._hits, *self._since]):
            rows = self._remaining(message, record)
            if message.offset not in hits:
                rows = [row for row in rows if row["event_id"] in self._moved]
            yield from self._again(format_, message, record, rows)
            if message.offset in hits:
                yield Output(message.topic, message.partition, message.key, NO_VALUE)

    def _current(self, records: Sequence[_Read]) -> list[_Read]:
        """Give those of these messages that no later one of their key replaced, by offset."""
        current = [own for own in records if self._newest[own[0].key] == own[0].offset]
        return sorted(current, key=lambda own: own[0].offset)

    def _again(
        self,
        format_: _Format,
        message: Message,
        record: Mapping[str, Any],
        rows: Sequence[dict[str, Any]],
    ) -> Iterator[Output]:
        """Write rows of a message again."""
        head = {key: record[key] for key in record if key not in {"rows", "labels"}}
        for value in split_messages(format_, head, rows):
            yield row_output(self._generation, message.topic, message.partition, value)

    def _remaining(self, message: Message, record: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
        """Give the rows that still hold: of no erased event, and not erased by a later row.

        Written again, they come after that row, which would remove them no more.
        """
        return [
            {**row, "label": label_of(record["labels"], row), "label_index": None}
            for number, row in enumerate(record["rows"])
            if row["event_id"] not in self._erased
            and not (row["op"] != "erase" and self._is_ended(row, (message.offset, number)))
        ]

    def _is_ended(self, row: Mapping[str, Any], place: _Place) -> bool:
        if "indicator" not in row:
            return False  # an observation: only its own event erases it
        return self._ended.get((row["indicator"], row["event_id"]), (-1, 0)) > place
