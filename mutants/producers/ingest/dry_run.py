"""A file tried out against a mapping: what its rows would become, and everything that is wrong with
them. Nothing is sealed or sent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from producers.events.draft import Origin, draft
from producers.mapping.mapping import MappingFile
from producers.model import Draft, Mapped, Refusal
from producers.sources.rows import Read
from schemas.event.envelope import EnvelopeValidator
from schemas.event.event_type import EventType


@dataclass(frozen=True, slots=True)
class Sample:
    """A row as the event that it would become."""

    line: int
    payload: dict[str, Any]
    envelope: dict[str, Any]


@dataclass(slots=True)
class Counts:
    """Of a file. `repeated`: rows that say again what a former row of the file said; they would be
    duplicates, which is no fault.
    """

    rows: int = 0
    good: int = 0
    repeated: int = 0
    codes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Check:
    """How rows are tried out: as whose, under whose codes, at which time (ms since 1970 UTC)."""

    mapping: MappingFile
    kind: EventType
    origin: Origin
    judge: EnvelopeValidator
    now: int

    def problems(self, reads: Iterable[Read], counts: Counts) -> Iterator[Refusal]:
        """Every reason against every row, in the file's order; `counts` grows on the way."""
        seen: dict[bytes, bytes] = {}
        equal: Counter[bytes] = Counter()
        for each in reads:
            counts.rows += not (
                isinstance(each, Refusal) and (each.line == 0 or each.code == "UNREADABLE_FILE")
            )
            made = self.made(each)
            if isinstance(made, Draft):
                made = self._again(made, seen, equal, counts)
            for one in made if isinstance(made, list) else ():
                counts.codes[one.code] += 1
                yield one

    def samples(self, reads: Iterable[Read], count: int) -> list[Sample]:
        """The first rows that would be taken."""
        found: list[Sample] = []
        for each in reads if count else ():
            made = self.made(each)
            if isinstance(made, Draft):
                found.append(Sample(made.line, _said(self.kind.read(made.payload)), made.envelope))
            if len(found) == count:
                break
        return found

    def made(self, read: Read) -> Draft | list[Refusal]:
        """A row as its event, or all that is wrong with it."""
        if isinstance(read, Refusal):
            return [read]
        mapped = self.mapping.apply(read.row, read.number)
        found = (
            draft(mapped, self.origin, self.kind, self.now, 1, self.judge)
            if isinstance(mapped, Mapped)
            else mapped
        )
        if isinstance(found, list):
            return [
                one if one.column else replace(one, column=self.mapping.column_of(one.field))
                for one in found
            ]
        return found

    def _again(
        self, made: Draft, seen: dict[bytes, bytes], equal: Counter[bytes], counts: Counts
    ) -> list[Refusal]:
        """A conflict with a former row of the file under the same reference."""
        key, version = made.id[4:], made.version[:8]
        if self.mapping.distinct and not self.mapping.reference:
            counts.good += 1
            return []
        before = seen.setdefault(key, version)
        equal[key] += 1
        if equal[key] == 1:
            counts.good += 1
            return []
        if before == version:
            counts.repeated += 1
            return []
        return [
            Refusal(made.line, "CONFLICT", "source_reference", ", ".join(self.mapping.reference))
        ]


def _said(value: Any) -> Any:
    """Without what is null or empty."""
    if isinstance(value, dict):
        return {
            name: kept
            for name, each in value.items()
            if (kept := _said(each)) not in (None, [], {}, "")
        }
    return [_said(each) for each in value] if isinstance(value, list) else value
