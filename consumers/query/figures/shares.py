"""Say which share of an authority's records takes part in a finding. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from schemas.ids import to_uuid_text
from schemas.model import Label
from streams.correlation.assess import Indicator

Row = Mapping[str, Any]
Owner = tuple[str, str]
"""Country and authority."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How many records of an authority there are, and how many take part in a finding."""

    country: str
    authority: str
    records: Annotated[int, Field(description="that this reader sees")]
    in_findings: Annotated[int, Field(description="of these, evidence of a live indicator")]
    in_certain: Annotated[int, Field(description="of these, of a certain one")]
    former: Annotated[
        ShareRow | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None

    @property
    def group(self) -> Owner:
        """The country and authority that no other row has together."""
        return self.country, self.authority

    def emptied(self) -> ShareRow:
        """Return the row of an authority of which no record counts."""
        return ShareRow(*self.group, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares by authority, as this reader sees them."""

    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[ShareRow]


def owner_numbers(labels: Mapping[int, Label]) -> dict[Owner, int]:
    """Number the owners of labels, from 1."""
    owners = sorted({(label.country, label.authority) for label in labels.values()})
    return {owner: number for number, owner in enumerate(owners, 1)}


def member_parameters(
    indicators: Iterable[Indicator], labels: Mapping[int, Label], owners: Mapping[Owner, int]
) -> dict[str, list[Any]]:
    """Return the parameters of queries/finding_members.sql.

    `indicators`: live, that were folded; `labels`: of evidence, by id.
    """
    members = [
        (
            to_uuid_text(member.row.event_id),
            owners.get((member.row.country, member.label.authority), 0),
            int(indicator.grade == "certain"),
        )
        for indicator in indicators
        for member in indicator.evidence
    ]
    events, numbers, certain = zip(*members, strict=True) if members else ((), (), ())
    of_labels = [owners[label.country, label.authority] for label in labels.values()]
    return {
        "label_ids": list(labels) or [0],
        "label_owners": of_labels or [0],
        "member_events": list(events),
        "member_owners": list(numbers),
        "member_certain": list(certain),
    }


def to_share_rows(
    records: Mapping[Owner, int], rows: Iterable[Row], owners: Mapping[Owner, int]
) -> list[ShareRow]:
    """Read the rows of queries/finding_shares.sql. `records`: of each owner, how many there are."""
    counts = {row["owner"]: (row["in_findings"], row["in_certain"]) for row in rows}
    return [
        ShareRow(*owner, number, *counts.get(owners.get(owner, 0), (0, 0)))
        for owner, number in sorted(records.items())
    ]
