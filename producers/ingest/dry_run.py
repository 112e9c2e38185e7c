"""Try a file against a mapping: what its rows would become, and everything that is wrong with them.

Nothing is sealed or sent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from producers.events.draft import EventOrigin, build_draft
from producers.ingest.doubt_tally import DoubtTally
from producers.ingest.former_rows import FormerRows
from producers.ingest.reading_tally import ReadingTally
from producers.mapping.mapping import RowMapping
from producers.model import (
    REPEATED_CODES,
    Draft,
    MappedRow,
    Notice,
    Refusal,
    Row,
    SourceRow,
)
from producers.sources.rows import RowOrRefusal
from schemas.event.event_type import EventType
from schemas.release.rules import recipients_without_access


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """A row as the event that it would become."""

    line: int
    payload: dict[str, Any]
    envelope: dict[str, Any]


@dataclass(slots=True)
class DryRunCounts:
    """What a file would become.

    `repeated` counts rows with the content of a former row of the file. They would be duplicates,
    which is no fault. `retracting` counts rows that would retract their record. `unreleased`: TLP
    levels and recipients whom the level lets see nothing. `notices` state what of the file is left
    out, or in doubt; `doubts` counts what of its rows is.
    """

    rows: int = 0
    good: int = 0
    repeated: int = 0
    retracting: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    unreleased: set[tuple[str, str]] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)
    doubts: DoubtTally = field(default_factory=DoubtTally)
    readings: ReadingTally = field(default_factory=ReadingTally)


@dataclass(frozen=True, slots=True)
class DryRun:
    """How rows are tried: for which origin, as which event type, at `now` (ms since 1970 UTC)."""

    mapping: RowMapping
    kind: EventType
    origin: EventOrigin
    now: int

    def problems(self, rows: Iterable[RowOrRefusal], counts: DryRunCounts) -> Iterator[Refusal]:
        """Yield every reason against every row, in the file's order; `counts` grows on the way."""
        former = FormerRows(self.mapping, self.origin.node, self.origin.id_secret)
        for row in rows:
            if isinstance(row, SourceRow) and not self._takes(row.row):
                continue
            counts.rows += _is_row(row)
            draft = self.draft_for(row, counts.doubts)
            if isinstance(draft, MappedRow):
                former.withdraw(draft)
                counts.retracting += 1
                continue
            if isinstance(draft, Draft):
                counts.readings.add(self.kind.walk_marks(draft.record))
                tlp, recipients = draft.envelope["tlp"], draft.envelope["recipients"]
                excluded = recipients_without_access(tlp, recipients)
                counts.unreleased.update((tlp, recipient) for recipient in excluded)
            for refusal in _judge(draft, former, counts) if isinstance(draft, Draft) else draft:
                counts.codes[refusal.code] += 1
                yield refusal

    def samples(self, rows: Iterable[RowOrRefusal], count: int) -> list[SampleEvent]:
        """Make the first rows that would be ingested into events."""
        samples: list[SampleEvent] = []
        for row in rows if count else ():
            if isinstance(row, SourceRow) and not self._takes(row.row):
                continue
            draft = self.draft_for(row)
            if isinstance(draft, Draft):
                payload = _without_empty(self.kind.read(draft.payload))
                samples.append(SampleEvent(draft.line, payload, draft.envelope))
            if len(samples) == count:
                break
        return samples

    def _takes(self, row: Row) -> bool:
        if not self.mapping.takes(row):
            return False
        mapping = self.mapping
        return not mapping.leaves_out_footers or mapping.refuse_no_record(row, 0) is None

    def draft_for(
        self, row: RowOrRefusal, doubts: DoubtTally | None = None
    ) -> Draft | MappedRow | list[Refusal]:
        """Make a row into its event, or give all that is wrong with it.

        A row that withdraws its record stays as it is mapped. `doubts` counts what is left out.
        """
        if isinstance(row, Refusal):
            return [row]
        if (refusal := self.mapping.refuse_no_record(row.row, row.number)) is not None:
            return [refusal]
        mapped = self.mapping.apply(row.row, row.number)
        if isinstance(mapped, MappedRow):
            if mapped.change is not None and mapped.change.kind.withdraws:
                return mapped
            if doubts is not None:
                doubts.add(mapped.doubts)
            draft = build_draft(mapped, self.origin, self.kind, self.now)
        else:
            draft = mapped
        return self.mapping.with_columns(draft) if isinstance(draft, list) else draft


def _judge(draft: Draft, former: FormerRows, counts: DryRunCounts) -> list[Refusal]:
    """Count a row against the former rows of its record; give what is wrong with that."""
    refusal = former.judge(draft)
    if refusal is None:
        counts.good += 1
    elif refusal.code in REPEATED_CODES:
        counts.repeated += 1
    else:
        return [refusal]
    return []


def _is_row(row: RowOrRefusal) -> bool:
    """Tell whether it counts as a row: a refusal of the whole file does not."""
    return not (isinstance(row, Refusal) and (row.line == 0 or row.code == "UNREADABLE_FILE"))


def _without_empty(value: Any) -> Any:
    """Leave out what is null or empty."""
    if isinstance(value, dict):
        pairs = ((name, _without_empty(item)) for name, item in value.items())
        return {name: item for name, item in pairs if item not in (None, [], {}, "")}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value
