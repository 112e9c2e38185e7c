"""Say from where to where things go, as the findings show it. Pure.

A finding whose rule has two roles leads from the first to the second: from where a vehicle was
stolen to where it crosses a border, from where a weapon is registered to where it is seized. A
finding counts once for each pair of places, as this reader sees it. Hubs link nobody and are not
counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from statistics import median
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import Field

from consumers.query.figures.delays import DAY_MS
from consumers.query.figures.marking import FigureMarking
from streams.correlation.assess import EvidenceMember, Indicator
from streams.rules import Rule, RuleBook

PlaceLevel = Literal["country", "subdivision"]
PLACE_LEVELS: tuple[PlaceLevel, ...] = get_args(PlaceLevel)


@dataclass(frozen=True, slots=True)
class FlowsQuestion:
    """Which findings, empty meaning any, and how exactly places are named.

    `level`: the country of the owner, or the department where it happened; `changed_since`: a
    moment to compare with, as of which the question is asked again (ms since 1970 UTC).
    """

    rule: str = ""
    grade: str = ""
    level: PlaceLevel = "country"
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """How many findings lead from one place to another."""

    rule: str
    origin: Annotated[str, Field(description="country, or ISO 3166-2; empty: not known")]
    destination: Annotated[str, Field(description="country, or ISO 3166-2; empty: not known")]
    findings: Annotated[int, Field(description="live indicators of this rule")]
    certain: Annotated[int, Field(description="of these, the certain ones")]
    median_days: Annotated[
        float | None,
        Field(description="from the first to the second record; null where dates are unknown"),
    ]
    former: Annotated[
        FlowRow | None, Field(description="as of `changed_since`; null where none was asked for")
    ] = None

    @property
    def group(self) -> tuple[str, str, str]:
        """The rule and places that no other row has together."""
        return self.rule, self.origin, self.destination

    @property
    def place(self) -> tuple[int, str, str, str]:
        """Where the row stands among the others: the largest come first."""
        return -self.findings, *self.group

    def emptied(self) -> FlowRow:
        """Return the row of places between which no finding leads."""
        return FlowRow(*self.group, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Flows:
    """The flows that this reader sees, the largest first."""

    level: PlaceLevel
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[FlowRow]


class _Step(NamedTuple):
    """That a finding leads from one place to another. `days`: None where dates are unknown."""

    is_certain: bool
    days: float | None


def leads_somewhere(rule: Rule) -> bool:
    """Say whether the two records of a finding have different roles."""
    first, second = rule.pair
    return first != second


def count_flows(
    indicators: Iterable[Indicator], rules: RuleBook, level: PlaceLevel
) -> list[FlowRow]:
    """Count the live ones of indicators as one reader sees them, by rule and pair of places."""
    steps: defaultdict[tuple[str, str, str], list[_Step]] = defaultdict(list)
    for indicator in indicators:
        if indicator.status == "live":
            for (origin, destination), days in _steps(indicator, rules, level).items():
                step = _Step(indicator.grade == "certain", days)
                steps[indicator.rule, origin, destination].append(step)
    rows = [
        FlowRow(
            *place,
            findings=len(findings),
            certain=sum(step.is_certain for step in findings),
            median_days=_median(step.days for step in findings),
        )
        for place, findings in steps.items()
    ]
    return sorted(rows, key=lambda row: row.place)


def _steps(
    indicator: Indicator, rules: RuleBook, level: PlaceLevel
) -> dict[tuple[str, str], float | None]:
    """Return the pairs of places of a finding, each with the shortest time between its records."""
    first, second = rules.by_id[indicator.rule].pair
    pairs: dict[tuple[str, str], float | None] = {}
    members = indicator.evidence
    origins = [member for member in members if member.row.role == first]
    destinations = [member for member in members if member.row.role == second]
    for origin, destination in product(origins, destinations):
        if origin.row.country == destination.row.country:
            continue
        places = _place(origin, level), _place(destination, level)
        days = _days(origin, destination)
        known = [value for value in (pairs.get(places), days) if value is not None]
        pairs[places] = min(known, default=None)
    return pairs


def _place(member: EvidenceMember, level: PlaceLevel) -> str:
    return member.row.country if level == "country" else member.row.subdivision or ""


def _days(origin: EvidenceMember, destination: EvidenceMember) -> float | None:
    begin, end = origin.row.occurred, destination.row.occurred
    return None if begin is None or end is None or end < begin else (end - begin) / DAY_MS


def _median(days: Iterable[float | None]) -> float | None:
    known = [value for value in days if value is not None]
    return round(median(known), 3) if known else None
