"""What records of one authority on one thing cost: to correlate, and to whoever reads. Pure.

A true pair of two other countries is on the thing, so every record is evidence. What is measured is
CPU time for each record; it must not grow with their number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.figures import Figure
from schemas import topics
from schemas.avro.codec import log_format
from schemas.model import EpochMs, Message, Offset, PartitionNumber
from schemas.release import label_codec
from schemas.release.reader_text import parse_reader
from streams.correlation.assess import indicators_for
from streams.correlation.crowding import most_that_decide
from streams.correlation.evidence_fold import EvidenceFold
from streams.correlation.evidence_rows import EvidenceRow, read_rows
from streams.rules import RuleHistory, read_rule_book

FEW, MANY = 5_000, 100_000
BATCH_SIZE = 1_000
THING = bytes(16)
READER = parse_reader("MEC/analyst/RED")


@dataclass
class FloodedThing:
    """One partition of correlate that hears of one thing."""

    fold: EvidenceFold = field(default_factory=lambda: EvidenceFold(1))
    state: dict[bytes, bytes] = field(default_factory=dict)
    rows: list[EvidenceRow] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        """Begin with a true pair."""
        self._history = RuleHistory.of_book(read_rule_book())
        self.hear("EC", "POLICIA", "STOLEN", 1)
        self.hear("PE", "SUCAMEC", "SEIZED", 1)

    def hear(self, country: str, authority: str, status: str, count: int) -> float:
        """Hear so many records of an authority; return the CPU seconds of the fold."""
        messages = [self._message(country, authority, status) for _ in range(count)]
        seconds = 0.0
        for start in range(0, count, BATCH_SIZE):
            began = time.process_time()
            step = self.fold.fold(
                messages[start : start + BATCH_SIZE], self.state.get, self._scan, self._history
            )
            seconds += time.process_time() - began
            self.state.update({key: value for key, value in step.changes.items() if value})
            self.rows += [row for output in step.outputs for row in read_rows(output.value)]
        return seconds

    def _scan(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        return ((key, self.state[key]) for key in sorted(self.state) if key.startswith(prefix))

    def _message(self, country: str, authority: str, status: str) -> Message:
        self.length += 1
        label = label_codec.write(
            {
                "country": country,
                "authority": authority,
                "recipients": ["ALL"],
                "tlp": "GREEN",
                "handling": [],
                "condition": None,
                "purpose": "investigation",
                "exercise": None,
            }
        )
        row = {
            "op": "add",
            "index": 0,
            "kind": "weapon",
            "key": THING,
            "event_id": self.length.to_bytes(16, "big"),
            "certainty": "certain",
            "type": "weapon_record",
            "country": country,
            "label": label,
            "occurred": None,
            "subdivision": None,
            "traits": {"status": status, "calibre": "9X19"},
        }
        place = {"topic": topics.bundles(country), "partition": 0, "offset": self.length}
        value = log_format("observations").write(
            {**place, "appended_at": self.length, "rows": [row]}
        )
        return Message(
            topics.observations(1), PartitionNumber(0), Offset(self.length), EpochMs(0), None, value
        )


def measure() -> list[Figure]:
    """Measure a thing with few and with many records of one authority."""
    few, many = FloodedThing(), FloodedThing()
    of_few = few.hear("CO", "MALO", "SEIZED", FEW) / FEW
    of_many = many.hear("CO", "MALO", "SEIZED", MANY) / MANY
    read = _read_from_store(many.rows)
    began = time.process_time()
    indicators = indicators_for(read, READER, None, read_rule_book())
    seconds = time.process_time() - began
    if {indicator.status for indicator in indicators} != {"live"}:
        raise RuntimeError(f"the flood hid the true pair: {indicators}")
    detail = {"records": MANY, "state_bytes": sum(map(len, many.state.values()))}
    return [
        Figure("flooded thing, fold", of_many * 1e6, "µs/record", detail=detail),
        Figure("flooded thing, many to few", of_many / of_few, "times", 1.5, at_least=False),
        Figure("flooded thing, assess", seconds * 1e3, "ms", detail={"rows": len(read)}),
    ]


def _read_from_store(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """Leave out what queries/evidence.sql leaves out."""
    most = most_that_decide(read_rule_book())
    groups: dict[object, list[EvidenceRow]] = {}
    for row in sorted(rows, key=lambda row: row.event_id):
        groups.setdefault((row.indicator, row.role, row.label), []).append(row)
    return [row for group in groups.values() for row in group[:most]]
