"""Members of one thing, from simple values, through correlate and assess: what the rules are tested
with.

No schema is asked: a member is what intake would observe of an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from schemas import topics
from schemas.avro.codec import Record, log_format
from schemas.model import EpochMs, Label, Message, Offset, PartitionNumber, Reader
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from streams.correlation.assess import Indicator, indicators_for
from streams.correlation.evidence_fold import EvidenceFold
from streams.correlation.evidence_rows import EvidenceRow, read_rows, without_erased
from streams.correlation.thing_classes import CROWD
from streams.rules import RuleBook, RuleHistory, read_rule_book
from tests.support.pipeline import Memory

KEY = bytes(16)  # a thing of partition 0
ALL = parse_reader("MEC/analyst/RED")
OPEN = Label("CO", "A", ("ALL",), "GREEN", (), None, "investigation", None)


def at(text: str) -> int:
    """ms since 1970 of a moment in UTC, as 2026-03-01 or 2026-03-01T05:00."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@dataclass(frozen=True)
class Member:
    """An event as it hangs on a thing."""

    event: int
    kind: str
    country: str
    type: str
    traits: Mapping[str, str] = field(default_factory=dict)
    occurred: int | None = 0
    certainty: str = "certain"
    label: Label = OPEN


@dataclass(frozen=True)
class Statement:
    """What is said of a member at a place of the log: its country's, at this offset and time."""

    op: str
    member: Member
    time: int

    @property
    def topic(self) -> str:
        return f"quipu.bundles.{self.member.country.lower()}"

    def message(self) -> Message:
        """Write the observation as intake writes it."""
        place = {"appended_at": self.time, "topic": self.topic, "partition": 0, "offset": self.time}
        value = log_format("observations").write({**place, "rows": [self._row()]})
        return Message(
            topics.observations(1), PartitionNumber(0), Offset(self.time), EpochMs(0), None, value
        )

    def _row(self) -> Record:
        member, adds = self.member, self.op == "add"
        return {
            "op": self.op,
            "index": 0,
            "kind": member.kind,
            "key": KEY,
            "event_id": member.event.to_bytes(16, "big"),
            "certainty": member.certainty,
            "type": member.type,
            "country": member.country,
            "label": label_codec.write(_record(replace(member.label, country=member.country)))
            if adds
            else None,
            "occurred": member.occurred if adds else None,
            "subdivision": None,
            "traits": dict(member.traits) if adds else {},
        }


def evidence(
    statements: Iterable[Statement], book: RuleBook, batch: int = 1, crowd: int = CROWD
) -> list[EvidenceRow]:
    """The rows that a store holds once all was heard, in this order, `batch` messages at a time."""
    return without_erased([row for rows in written(statements, book, batch, crowd) for row in rows])


def written(
    statements: Iterable[Statement], book: RuleBook, batch: int = 1, crowd: int = CROWD
) -> Iterator[list[EvidenceRow]]:
    """The rows that each batch makes correlate write."""
    things, memory = EvidenceFold(1, crowd), Memory()
    history = RuleHistory.of_book(book)
    messages = [statement.message() for statement in statements]
    for start in range(0, len(messages), batch):
        step = things.fold(messages[start : start + batch], memory.get, memory.scan, history)
        memory.write(step)
        yield [row for output in step.outputs for row in read_rows(output.value)]


def adds(members: Iterable[Member]) -> list[Statement]:
    """Each said once, one after the other."""
    return [Statement("add", member, time) for time, member in enumerate(members, 1)]


def indicators(
    *members: Member, reader: Reader = ALL, book: RuleBook | None = None
) -> list[Indicator]:
    """What the reader is shown of a thing of these members."""
    book = book or read_rule_book()
    return indicators_for(evidence(adds(members), book), reader, None, book)


def shown(matches: Sequence[Indicator]) -> dict[tuple[str, str], tuple[str, Any]]:
    """By rule and grade: live with its events and how many pairs, or hub with how many members and
    which events it shows.
    """
    return {(match.rule, match.grade): _told(match) for match in matches}


def _told(indicator: Indicator) -> tuple[str, Any]:
    events = frozenset(int.from_bytes(member.row.event_id, "big") for member in indicator.evidence)
    if indicator.status == "hub":
        return "hub", (indicator.members, events)
    return "live", (events, indicator.pairs)


def _record(label: Label) -> Record:
    return {name: getattr(label, name) for name in label.__slots__}
