"""Make the rows of a file into events and withdrawals."""

from collections import Counter
from dataclasses import replace
from typing import Protocol

from producers.events.draft import numbered_likeness
from producers.ingest.resolver import BatchItem
from producers.ingest.statements import ControlStatement, Withdrawal
from producers.mapping.mapping import RowMapping
from producers.model import Draft, MappedRow, Notice, Refusal
from producers.sources.rows import RowOrRefusal
from schemas.event.event_type import EventType
from schemas.model import EventId


class RowDrafter(Protocol):
    """What makes the event of a mapped row, and knows the id of a record."""

    def id_of_reference(self, type_: str, reference: str) -> EventId:
        """Compute the event id of the node's item with a source reference."""

    def draft(
        self, mapped: MappedRow, kind: EventType, occurrence: int = 1
    ) -> Draft | list[Refusal]:
        """Make the event of mapped values, or give every reason against it."""


class RowReader:
    """Makes the rows of one mapping into what a batch commits.

    `doubts`: what of the rows is left out, because it is not certain.
    """

    def __init__(
        self,
        drafter: RowDrafter,
        mapping: RowMapping,
        kind: EventType,
        retracting: ControlStatement | None,
        equal_rows: Counter[bytes],
    ) -> None:
        """Take the file's counter of equal rows; `retracting` is what each row states, if so."""
        self.doubts: list[Notice] = []
        self._drafter, self._mapping, self._kind = drafter, mapping, kind
        self._retracting = retracting
        self._equal_rows = equal_rows

    def read(self, row: RowOrRefusal) -> BatchItem | list[Refusal]:
        """Make a row into an event or a withdrawal, or give all that is wrong with it."""
        mapping = self._mapping
        if isinstance(row, Refusal):
            return mapping.with_columns([row])
        if (refusal := mapping.refuse_no_record(row.row, row.number)) is not None:
            return [refusal]
        if self._retracting is not None and mapping.reference:
            mapped = mapping.reference_alone(row.row, row.number)
        else:
            mapped = mapping.apply(row.row, row.number)
        if isinstance(mapped, list):
            return mapping.with_columns(mapped)
        if self._retracting is not None and mapped.reference:
            target = self._drafter.id_of_reference(mapping.type, mapped.reference)
            return Withdrawal(mapped.line, replace(self._retracting, target=target))
        change = mapped.change
        if change is not None and change.kind.withdraws:
            target = self._drafter.id_of_reference(mapping.type, mapped.reference or "")
            statement = ControlStatement("retraction", target, change.reason or "", change.note)
            return Withdrawal(mapped.line, statement, "NEVER_SENT")
        self.doubts.extend(mapped.doubts)
        draft = self._numbered(mapped)
        if isinstance(draft, Draft) and self._retracting is not None:
            return Withdrawal(mapped.line, replace(self._retracting, target=draft.id))
        return mapping.with_columns(draft) if isinstance(draft, list) else draft

    def _numbered(self, mapped: MappedRow) -> Draft | list[Refusal]:
        """Make the event of a row, which has a number where it equals a former one."""
        draft = self._drafter.draft(mapped, self._kind)
        if isinstance(draft, list) or mapped.reference or not self._mapping.keep_equal_rows:
            return draft
        self._equal_rows[draft.id] += 1
        occurrence = self._equal_rows[draft.id]
        if occurrence > 1:
            draft = self._drafter.draft(mapped, self._kind, occurrence)
        if isinstance(draft, list) or draft.likeness is None:
            return draft
        self._equal_rows[draft.likeness] += 1
        likeness = numbered_likeness(draft.likeness, self._equal_rows[draft.likeness])
        return replace(draft, likeness=likeness)
