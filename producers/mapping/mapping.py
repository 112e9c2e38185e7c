"""Apply a mapping: turn the rows of a national system into payloads and envelopes. Pure.

The language of mapping files is described in library/README.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from producers.mapping.coordinates import doubt_point
from producers.mapping.fields import (
    OUTSIDE_LISTS,
    Field,
    Group,
    RowResult,
    Value,
    describe_columns,
)
from producers.mapping.row_selection import RowSelection
from producers.mapping.values import BadValueError, to_text
from producers.mapping.versions import VersionRules
from producers.model import MappedRow, Notice, Refusal, Row
from producers.sources.format import Source
from schemas.i18n import UserMessage, _


@dataclass(frozen=True, slots=True)
class RowMapping:
    """A loaded mapping; `apply` is all that it does.

    `reference_getters` look up the columns of `reference`. `written_values`: target -> the texts
    that the mapping itself may put there. `file`: the name of its file. `versions` reads what a row
    says of its record. `fingerprint` changes with what the mapping makes of a row.
    """

    name: str
    file: str
    title: str
    type: str
    source: Source
    reference: tuple[str, ...]
    reference_getters: tuple[Value, ...]
    reference_prefix: str | None
    keep_equal_rows: bool
    envelope: Mapping[str, Any]
    group: Group
    columns: frozenset[str]
    written_values: Mapping[str, tuple[str, ...]]
    selection: RowSelection
    versions: VersionRules | None = None
    fingerprint: str = ""

    def takes(self, row: Row) -> bool:
        """Tell whether the row is one for this mapping, by its condition; a doubt is a yes."""
        if self.selection.takes is None:
            return True
        try:
            return self.selection.takes(row)
        except BadValueError:
            return True

    @property
    def leaves_out_footers(self) -> bool:
        """Tell whether rows that are no records are passed over, not refused."""
        return self.selection.footers == "leave_out"

    def refuse_no_record(self, row: Row, line: int) -> Refusal | None:
        """Refuse a row that is no record; None for a record, and for one that withdraws it."""
        why = self._why_no_record(row)
        if why is None or (self.versions is not None and self.versions.withdraws(row)):
            return None
        return Refusal(line, "NO_RECORD", detail=why)

    def apply(self, row: Row, line: int) -> MappedRow | list[Refusal]:
        """Make payload, envelope and reference from a row, or give all that is wrong with it.

        It never raises for what a row contains. Of a row that withdraws its record only the
        reference counts.
        """
        result = RowResult(line, dict(self.envelope))
        change = self.versions.read(row, line, result.refusals) if self.versions else None
        if change is not None and change.kind.withdraws:
            reference = self._reference(row, line, result.refusals)
            return result.refusals or MappedRow(line, {}, result.envelope, reference, change)
        payload = self.group.build(row, result, OUTSIDE_LISTS)
        reference = self._reference(row, line, result.refusals) if self.reference else None
        result.doubts += self._point_doubts(payload, result)
        return result.refusals or MappedRow(
            line, payload, result.envelope, reference, change, tuple(result.doubts)
        )

    def _point_doubts(self, payload: Mapping[str, Any], result: RowResult) -> list[Notice]:
        """Doubt the coordinates of a place that are far from the country of the record."""
        record = "found" if payload.get("found") else "place"
        place = payload.get(record) or {}
        latitude, longitude = place.get("latitude"), place.get("longitude")
        if not (isinstance(latitude, float) and isinstance(longitude, float)):
            return []
        envelope = result.envelope
        country = (envelope.get("subdivision") or envelope.get("place_country") or "")[:2]
        why = doubt_point(latitude, longitude, country)
        columns = [self.column_of(f"{record}.{name}") for name in ("latitude", "longitude")]
        return [Notice(result.line, "BAD_NUMBER", ", ".join(columns), why)] if why else []

    def reference_alone(self, row: Row, line: int) -> MappedRow | list[Refusal]:
        """Read only which record a row is about."""
        refusals: list[Refusal] = []
        reference = self._reference(row, line, refusals)
        return refusals or MappedRow(line, {}, {}, reference)

    @property
    def fields(self) -> list[Field]:
        """Give all fields, those of lists too."""
        return self.group.all_fields()

    def gives(self, name: str) -> bool:
        """Tell whether an envelope field has a value, or a column that may have one."""
        targets = {target_field.target for target_field in self.group.fields}
        return bool(self.envelope.get(name)) or f"envelope.{name}" in targets

    def column_of(self, target: str) -> str:
        """Name the columns behind a field of the event; empty if there is none."""
        if target == "source_reference":
            return ", ".join(self.reference)
        stem = "occurred" if target.startswith("occurred_") else target
        return next(
            (
                ", ".join(field.columns)
                for field in self.group.fields
                if field.target in (target, f"envelope.{stem}")
            ),
            "",
        ) or _listed(self.group, target)

    def with_columns(self, refusals: list[Refusal]) -> list[Refusal]:
        """Add to refusals the columns behind their fields, where they name none."""
        return [
            refusal if refusal.column else replace(refusal, column=self.column_of(refusal.field))
            for refusal in refusals
        ]

    def as_urgent(self, justification: str | None) -> "RowMapping":
        """The same for the urgent lane: every event says that it is urgent, and why."""
        reason = {"justification": justification} if justification else {}
        return replace(self, envelope={**self.envelope, "urgency": "urgent", **reason})

    def _why_no_record(self, row: Row) -> UserMessage | None:
        """Say why a row is no record: a total, a note, or without any value that is mapped."""
        why = self.selection.why_no_record(row)
        if why is None and self.selection.footers != "take" and not self.group.has_value(row):
            why = _("no column that the mapping uses has a value")
        return why

    def _reference(self, row: Row, line: int, refusals: list[Refusal]) -> str | None:
        try:
            parts = [look(row) for look in self.reference_getters]
        except BadValueError as bad:
            refusals.append(
                Refusal(line, bad.code, "source_reference", ", ".join(self.reference), bad.detail)
            )
            return None
        for column, part in zip(self.reference, parts, strict=True):
            if part is None:
                refusals.append(Refusal(line, "MISSING_FIELD", "source_reference", column))
        joined = "/".join([to_text(part) for part in parts if part is not None])
        return f"{self.reference_prefix}/{joined}" if self.reference_prefix else joined


def _listed(group: Group, target: str) -> str:
    """As column_of, of a target inside a list: `transactions[3].amount`."""
    for repeated in group.lists:
        match = re.match(rf"{re.escape(repeated.target)}\[(\d+)\]\.?", target)
        if match:
            rest = target[match.end() :]
            inner = next(
                (field.columns for field in repeated.group.fields if field.target == rest), None
            )
            at = f"{repeated.column}[{int(match[1]) + 1}]"
            return (
                describe_columns(f"{at}/", inner)
                if inner
                else "/".join(part for part in (at, _listed(repeated.group, rest)) if part)
            )
    return ""
