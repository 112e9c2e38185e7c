"""Say which share of an authority's records takes part in a finding. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from streams.correlation.assess import Indicator

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


def count_shares(records: Mapping[Owner, int], indicators: Iterable[Indicator]) -> list[ShareRow]:
    """Count the records that are evidence of a live indicator. `records`: all, by owner."""
    every: defaultdict[Owner, set[bytes]] = defaultdict(set)
    certain: defaultdict[Owner, set[bytes]] = defaultdict(set)
    for indicator in indicators:
        if indicator.status != "live":
            continue
        for member in indicator.evidence:
            owner = member.row.country, member.label.authority
            every[owner].add(member.row.event_id)
            if indicator.grade == "certain":
                certain[owner].add(member.row.event_id)
    return [
        ShareRow(*owner, number, len(every[owner]), len(certain[owner]))
        for owner, number in sorted(records.items())
    ]
