"""Define what a question about bursts answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from consumers.query.bursts.detection import SeriesKey
from consumers.query.explanations.explanation import Explanation
from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.question import FactFilter
from consumers.query.finding_record import FindingRecord
from consumers.query.severity.severity import RuleSeverity, Severity
from consumers.query.views import Handling, Tlp
from schemas import ids

WEEK_BYTES = 4
ByLanguage = Annotated[dict[str, str], Field(description="by language: es, en")]


@dataclass(frozen=True, slots=True)
class BurstsQuestion:
    """Which bursts: those of these records, with a week in the filter's dates.

    Without dates these are the last 26 weeks. The past is never narrowed by dates.
    `changed_since`: a moment to compare with, as of which the same weeks are asked again (ms since
    1970 UTC).
    """

    filter: FactFilter = field(default_factory=FactFilter)
    grade: Literal["", "certain", "possible"] = ""
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class BurstRecord(FindingRecord):
    """A record that a burst counts."""

    theme: Annotated[str, Field(description="of the plan; empty where it has none")] = ""


@dataclass(frozen=True, slots=True)
class BurstWeekView:
    """A week of a burst, from Monday, by the local time of the place."""

    begins: date
    records: int
    expected: Annotated[float, Field(description="records that the past leads one to expect")]
    bound: Annotated[int, Field(description="the largest number that is no burst")]
    holiday: Annotated[
        dict[str, str] | None,
        Field(description="that of past years which the week is compared with, by language"),
    ]


@dataclass(frozen=True, slots=True)
class Burst:
    """More records of a type at a place than its own past and calendar explain.

    It is computed from what this reader may see, and nothing else.
    """

    id: Annotated[
        str | None,
        Field(
            description="stays while the burst grows; null where the question narrows the records, "
            "so that it is another burst"
        ),
    ]
    rule: str
    rule_version: int
    grade: Annotated[str, Field(description="certain, or possible: how unlikely chance is")]
    severity: RuleSeverity
    title: ByLanguage
    sentence: Annotated[
        dict[str, str],
        Field(description="that of the explanation, its certainty and what changes it"),
    ]
    type: Annotated[str, Field(description="type of record")]
    dimension: Annotated[str, Field(description="subdivision, or crossing")]
    place: Annotated[str, Field(description="code of the department or border crossing")]
    first_day: date
    last_day: Annotated[date, Field(description="last day of its last week")]
    count: Annotated[int, Field(description="records")]
    expected: Annotated[float, Field(description="records that the past leads one to expect")]
    bound: Annotated[int, Field(description="the largest number that is no burst, of all weeks")]
    weeks: list[BurstWeekView]
    first_recorded: datetime
    last_recorded: datetime
    tlp: Annotated[Tlp, Field(description="the most restrictive of its records and its past")]
    handling: Handling
    conditions: list[str]
    evidence: list[BurstRecord]
    explanation: Explanation
    former_count: Annotated[
        int | None,
        Field(
            description="records as of `changed_since`, 0 where it was no burst; null where none "
            "was asked for"
        ),
    ] = None
    assessment: Annotated[
        Severity | None, Field(description="how severe it is for this reader, and why")
    ] = None

    @property
    def key(self) -> SeriesKey:
        """The series in which it is a burst."""
        return SeriesKey(self.type, self.dimension, self.place)


@dataclass(frozen=True, slots=True)
class Bursts:
    """The bursts that this reader sees, the newest first."""

    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    compared: Annotated[int, Field(description="places and types of record with enough records")]
    without_past: Annotated[
        int, Field(description="of these, where the past is too short: nothing is known")
    ]
    bursts: list[Burst]
    ended: Annotated[
        list[Burst],
        Field(description="bursts as of `changed_since` that are none any more, as they were then"),
    ]


def burst_id(rule: str, key: SeriesKey, week: int) -> str:
    """Return the id of a burst of a series that begins in a week.

    Its first bytes are the week, so that it can be looked up.
    """
    mark = week.to_bytes(WEEK_BYTES, "big")
    return ids.finding_id(mark, "\0".join(("quipu burst", rule, *key)))


def week_of_id(id_: str) -> int | None:
    """Return the week in which a burst begins; None where the id is that of no burst."""
    try:
        uuid = UUID(id_)
    except ValueError:
        return None
    is_burst = uuid.version == ids.FINDING_ID_VERSION
    return int.from_bytes(uuid.bytes[:WEEK_BYTES], "big") if is_burst else None


def narrows_records(filter_: FactFilter) -> bool:
    """Say whether a filter leaves out records of a place, not only whole places and types."""
    parts = (filter_.country, filter_.authority, filter_.crime, filter_.theme, filter_.where)
    return any(parts)


def fits_place(place: str, countries: Mapping[str, frozenset[str]], key: SeriesKey) -> bool:
    """Say whether a series is of a place. `countries`: of each crossing; empty `place`: any."""
    if not place:
        return True
    if key.dimension == "crossing":
        return place in countries.get(key.place, frozenset())
    return key.place == place or key.place.startswith(f"{place}-")
