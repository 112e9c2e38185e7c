"""How a run ingests, and what became of its rows at the node."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from producers.ingest.doubt_tally import DoubtTally
from producers.ingest.reading_tally import ReadingTally
from producers.ingest.statements import ControlStatement
from producers.model import Draft, Notice, Refusal

MAX_REPORTED_REFUSALS = 20_000
"""Refusals kept for the report of one run; all are counted, and stored."""


@dataclass(slots=True)
class IngestCounts:
    """What became of a run's rows at the node.

    `repeated` counts rows that were ingested before, or with which there is nothing to do.
    `row_indexes` has the index (from 0, in the order of reading) of every refused row of a file,
    and `conflict_indexes` of those whose record was sent with other content. `corrected`,
    `retracted` and `never_sent` (annulled, and never sent) count what rows did to known records;
    `capitals_only` counts rows that the node knows but for capitals. `notices` state what of the
    file is left out, or in doubt; `doubts` counts what of its rows is. `readings` counts how the
    values were read.
    """

    rows: int = 0
    sealed: int = 0
    refused: int = 0
    repeated: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    row_indexes: "array[int]" = field(default_factory=lambda: array("l"))
    conflict_indexes: "array[int]" = field(default_factory=lambda: array("l"))
    corrected: int = 0
    retracted: int = 0
    never_sent: int = 0
    capitals_only: int = 0
    notices: list[Notice] = field(default_factory=list)
    doubts: DoubtTally = field(default_factory=DoubtTally)
    readings: ReadingTally = field(default_factory=ReadingTally)

    def count(
        self, sealed: int, refused: Sequence[Sequence[Refusal]], repeated: Sequence[Refusal]
    ) -> None:
        """Count a batch. `refused` has the reasons of each refused item."""
        self.rows += sealed + len(refused) + len(repeated)
        self.sealed += sealed
        self.refused += len(refused)
        self.repeated += len(repeated)
        reasons = [*(reason for reasons in refused for reason in reasons), *repeated]
        self.refusals.extend(reasons[: MAX_REPORTED_REFUSALS - len(self.refusals)])

    def count_changes(self, resolved: Sequence[Draft | list[Refusal]]) -> None:
        """Count what the rows of a batch did to records that the node knew."""
        for result in resolved:
            if isinstance(result, Draft):
                self.corrected += result.supersedes is not None
                self.retracted += result.target is not None
            else:
                self.never_sent += result[0].code == "NEVER_SENT"
                self.capitals_only += result[0].code == "CAPITALS_ONLY"


@dataclass(frozen=True, slots=True)
class IngestRun:
    """How a run ingests: the name of its source, its lane, and what its rows do to known items.

    `correcting` says that all rows correct. `retracting` is a statement that each row repeats for
    its record. `reason` is the code of a correction's, a retraction's or an erasure's reason.
    """

    source_name: str
    lane: str
    correcting: bool = False
    reason: str | None = None
    retracting: ControlStatement | None = None
