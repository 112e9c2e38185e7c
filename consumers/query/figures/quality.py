"""Say how late and how complete the records of each authority are. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.delays import DAY_MS
from consumers.query.figures.marking import FigureMarking

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QualityRow:
    """The records of an authority that this reader sees, and what they lack."""

    country: str
    authority: str
    records: int
    corrected: Annotated[int, Field(description="whose current version corrects another one")]
    with_date: Annotated[int, Field(description="that say the day or more exactly")]
    with_place: Annotated[int, Field(description="that say the department (ISO 3166-2)")]
    measured: Annotated[int, Field(description="amounts that they tell")]
    usable: Annotated[int, Field(description="of these, with an amount and a unit")]
    coded: Annotated[int, Field(description="of these, whose words have a code")]
    median_days: Annotated[
        float | None,
        Field(description="from the report to the log; the middle one; null without records"),
    ]
    p90_days: Annotated[float | None, Field(description="nine of ten took no longer")]
    refused: Annotated[
        int | None,
        Field(
            description="items that were rejected, up to the moment; of its own authority a reader "
            "sees it, of all of them the mechanism's auditor; null: not for this reader"
        ),
    ] = None
    former: Annotated[
        QualityRow | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None

    @property
    def group(self) -> tuple[str, str]:
        """The country and authority that no other row has together."""
        return self.country, self.authority

    def emptied(self) -> QualityRow:
        """Return the row of an authority of which no record counts."""
        return QualityRow(*self.group, 0, 0, 0, 0, 0, 0, 0, None, None, self.refused and 0)


@dataclass(frozen=True, slots=True)
class Quality:
    """How late and how complete records are, by authority."""

    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[QualityRow]


def to_quality_rows(rows: Sequence[Row]) -> list[QualityRow]:
    """Read the rows of queries/quality.sql."""
    return [
        QualityRow(
            country=row["keys"][0],
            authority=row["keys"][1],
            records=row["records"],
            corrected=row["corrected"],
            with_date=row["with_date"],
            with_place=row["with_place"],
            measured=row["measured"],
            usable=row["usable_lines"],
            coded=row["coded"],
            median_days=round(row["spread"][0] / DAY_MS, 3),
            p90_days=round(row["spread"][1] / DAY_MS, 3),
        )
        for row in rows
    ]
