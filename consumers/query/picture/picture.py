"""Define the risk picture: what is asked, and what is answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from consumers.query.figures.expected import ExpectedRange
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.question import Measure
from consumers.query.picture.formula import Confidence, Level, Trend
from consumers.query.picture.places import PlaceKind

DriverKind = Literal["findings", "quantity", "records", "burst"]


@dataclass(frozen=True, slots=True)
class PictureQuestion:
    """Which cells are shown; empty means all.

    `theme`: of the plan; `country`: of the places; `place`: a subdivision or a crossing; `until`:
    the day before which the window ends, ms since 1970 UTC; None is the moment's own day;
    `changed_since`: a moment whose picture is set next to this one, ms since 1970 UTC.
    """

    theme: str = ""
    country: str = ""
    place: str = ""
    until: int | None = None
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class FormerCell:
    """A cell of the picture of a former moment: its own twelve months, as known then."""

    level: Level
    trend: Trend
    records: int
    findings: int


@dataclass(frozen=True, slots=True)
class Driver:
    """What stands behind a level: a sentence, and where it can be looked up."""

    kind: DriverKind
    text: Annotated[Mapping[str, str], Field(description="by language: es, en")]
    link: Annotated[str, Field(description="path of the API with the finding or the series")]


@dataclass(frozen=True, slots=True)
class PictureCell:
    """The risk of a theme at a place."""

    place: Annotated[str, Field(description="ISO 3166-2, or a code of the list `crossing`")]
    place_kind: PlaceKind
    theme: Annotated[str, Field(description="a code of the list `theme`")]
    level: Annotated[Level, Field(description="0 to 4, or not_enough_data")]
    trend: Annotated[
        Trend, Field(description="of the newest month; unknown where the past is too short")
    ]
    confidence: Annotated[Confidence, Field(description="in the level; none without a level")]
    records: Annotated[int, Field(description="incidents of the theme here, in the window")]
    former_records: Annotated[
        int | None,
        Field(description="in the same months of a year before; null before all records"),
    ]
    newest_month: Annotated[int, Field(description="of the records, those of the newest month")]
    expected: Annotated[
        ExpectedRange | None, Field(description="of the newest month; null: the past is too short")
    ]
    quantity: Annotated[
        Decimal | None, Field(description="in `measure`; null where the theme has none")
    ]
    measure: Annotated[Measure | None, Field(description="mass: kilograms, pieces, usd: dollars")]
    findings: Annotated[int, Field(description="things with a finding of which a record is here")]
    authorities: Annotated[int, Field(description="that reported the records")]
    sources: Annotated[int, Field(description="kinds of records, counted by authority")]
    unplaced: Annotated[
        float,
        Field(description="share of the theme's records in the country without place or date"),
    ]
    drivers: Annotated[list[Driver], Field(description="at most four, the strongest first")]
    former: Annotated[
        FormerCell | None,
        Field(description="in the picture of `changed_since`; null where none was asked for"),
    ] = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The risk picture as one reader sees it; a place without records has its cells too.

    `since`, `last_day`: the first and the last day of the window, UTC; `reading`: of the formula.
    """

    as_of: datetime | None
    changed_since: datetime | None
    since: date
    last_day: date
    reading: int
    shown_to: Annotated[str, Field(description="who asked, and as whom")]
    exercise: Annotated[str | None, Field(description="null: real cases")]
    marking: FigureMarking
    cells: list[PictureCell]

    @property
    def has_levels(self) -> bool:
        """Whether at least one place has a level."""
        return any(cell.level != "not_enough_data" for cell in self.cells)
