"""Say from where to where things go, as the findings show it. Pure.

A finding whose rule has two roles leads from the first to the second: from where a vehicle was
stolen to where it crosses a border, from where a weapon is registered to where it is seized. A
finding counts once for each pair of places, as this reader sees it. Hubs link nobody and are not
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from consumers.query.figures.delays import DAY_MS
from consumers.query.figures.marking import FigureMarking
from streams.correlation.assess import EvidenceMember, Indicator
from streams.rules import Rule, RuleBook

Row = Mapping[str, Any]
UNKNOWN = -1
"""Stands for a time between two records that is not known."""
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


def leads_somewhere(rule: Rule) -> bool:
    """Say whether the two records of a finding have different roles."""
    first, second = rule.pair
    return first != second


def step_parameters(
    indicators: Iterable[Indicator], rules: RuleBook, level: PlaceLevel
) -> dict[str, list[Any]]:
    """Return the parameters of queries/finding_flows.sql for live indicators that were folded."""
    steps = [
        (indicator.rule, *places, int(indicator.grade == "certain"), UNKNOWN if ms is None else ms)
        for indicator in indicators
        for places, ms in steps_of(indicator, rules, level).items()
    ]
    names = ("rules", "origins", "destinations", "certain", "ms")
    columns = list(zip(*steps, strict=True)) or [()] * len(names)
    return {f"step_{name}": list(column) for name, column in zip(names, columns, strict=True)}


def to_flow_rows(rows: Iterable[Row]) -> list[FlowRow]:
    """Read the rows of queries/finding_flows.sql, the largest first."""
    flows = [
        FlowRow(
            row["rule"],
            row["origin"],
            row["destination"],
            row["findings"],
            row["certain"],
            None if row["median_ms"] is None else round(row["median_ms"] / DAY_MS, 3),
        )
        for row in rows
    ]
    return sorted(flows, key=lambda row: row.place)


def steps_of(
    indicator: Indicator, rules: RuleBook, level: PlaceLevel
) -> dict[tuple[str, str], int | None]:
    """Return the pairs of places of a finding, each with the shortest ms between its records."""
    first, second = rules.by_id[indicator.rule].pair
    pairs: dict[tuple[str, str], int | None] = {}
    members = indicator.evidence
    origins = [member for member in members if member.row.role == first]
    destinations = [member for member in members if member.row.role == second]
    for origin, destination in product(origins, destinations):
        if origin.row.country == destination.row.country:
            continue
        places = _place(origin, level), _place(destination, level)
        ms = _ms(origin, destination)
        known = [value for value in (pairs.get(places), ms) if value is not None]
        pairs[places] = min(known, default=None)
    return pairs


def _place(member: EvidenceMember, level: PlaceLevel) -> str:
    return member.row.country if level == "country" else member.row.subdivision or ""


def _ms(origin: EvidenceMember, destination: EvidenceMember) -> int | None:
    begin, end = origin.row.occurred, destination.row.occurred
    return None if begin is None or end is None or end < begin else end - begin
