"""Give a level of risk by one documented formula (formula.toml, docs/picture.md). Pure.

Each part of a cell (records, a quantity, findings across borders) has 0 to 4 points by fixed
thresholds that grow by equal factors, since counts of crime are skewed. The level is their weighted
mean, rounded. Neither other places nor other times have a part in it, so levels are comparable.

Followed are: OECD and JRC, "Handbook on Constructing Composite Indicators" (2008), for fixed
references, few parts, open weights and a documented sum; M. Marin-Ferrer, L. Vernaccini and
K. Poljansek, "INFORM: Concept and Methodology" (JRC, 2017), for limits fixed in time and for
reliability apart from risk; UNODC, "The SOCTA Handbook" (2010), for frequency and harm as the
parts, and for stating what is not known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from consumers.query.figures.expected import ExpectedRange
from consumers.query.figures.question import FactFilter, Measure

FILE = Path(__file__).with_name("formula.toml")
Level = Literal[0, 1, 2, 3, 4, "not_enough_data"]
LEVELS: tuple[Level, ...] = get_args(Level)
Trend = Literal["rising", "steady", "falling", "unknown"]
Confidence = Literal["high", "medium", "low", "none"]
TOP = 4
"""The highest level."""


class QuantityRule(NamedTuple):
    """What is added up for a theme, and how much of it gives a point."""

    theme: str
    measure: Measure
    filter: FactFilter
    thresholds: Sequence[Decimal]


class ConfidenceRule(NamedTuple):
    """The conditions of confidence, and the marks that a high and a medium one need."""

    records: int
    authorities: int
    sources: int
    unplaced: float
    high: int
    medium: int


@dataclass(frozen=True, slots=True)
class Formula:
    """Every number of the formula.

    `reading`: which edition it is; `no_types`, `no_statuses`: of records that are no incidents.
    """

    reading: int
    months: int
    weights: Mapping[str, int]
    records: Sequence[int]
    findings: Sequence[int]
    least_records: int
    lead: int
    confidence: ConfidenceRule
    no_types: Sequence[str]
    no_statuses: Sequence[str]
    quantities: Mapping[str, QuantityRule]


@dataclass(frozen=True, slots=True)
class CellCounts:
    """What is known of a theme at a place in the window.

    `quantity`: None where the theme has none; `sources`: kinds of records of each authority;
    `unplaced`: the share of the theme's records that say no place or no date.
    """

    records: int = 0
    quantity: Decimal | None = None
    findings: int = 0
    authorities: int = 0
    sources: int = 0
    unplaced: float = 0.0


@cache
def read_formula() -> Formula:
    """Read the formula of this release."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    limits = data["confidence"]
    return Formula(
        reading=data["reading"],
        months=data["months"],
        weights=data["weights"],
        records=data["thresholds"]["records"],
        findings=data["thresholds"]["findings"],
        least_records=data["minimum"]["records"],
        lead=data["minimum"]["lead"],
        confidence=ConfidenceRule(**{**limits, "unplaced": float(limits["unplaced"])}),
        no_types=data["not_incidents"]["types"],
        no_statuses=data["not_incidents"]["statuses"],
        quantities={rule["theme"]: _quantity_rule(rule) for rule in data["quantities"]},
    )


def level_of(counts: CellCounts, theme: str, formula: Formula) -> Level:
    """Return the level of a cell. More of any part never lowers it."""
    if counts.records < formula.least_records:
        return "not_enough_data"
    weights = formula.weights
    records = points(counts.records, formula.records)
    total = weights["records"] * records
    total += weights["findings"] * points(counts.findings, formula.findings)
    weight = weights["records"] + weights["findings"]
    if theme in formula.quantities:
        thresholds = formula.quantities[theme].thresholds
        total += weights["quantity"] * points(counts.quantity or Decimal(0), thresholds)
        weight += weights["quantity"]
    rounded = (2 * total + weight) // (2 * weight)
    return LEVELS[min(rounded, records + formula.lead, TOP)]


def points(value: int | Decimal, thresholds: Sequence[int] | Sequence[Decimal]) -> int:
    """Return how many of the thresholds a value reaches."""
    return sum(value >= threshold for threshold in thresholds)


def confidence_of(counts: CellCounts, formula: Formula) -> Confidence:
    """Say how well a level is founded; of a cell without a level there is nothing to trust."""
    rule = formula.confidence
    if counts.records < formula.least_records:
        return "none"
    marks = sum(
        (
            counts.records >= rule.records,
            counts.authorities >= rule.authorities,
            counts.sources >= rule.sources,
            counts.unplaced <= rule.unplaced,
        )
    )
    if marks >= rule.high:
        return "high"
    return "medium" if marks >= rule.medium else "low"


def trend_of(newest: int, expected: ExpectedRange | None) -> Trend:
    """Compare the newest month with the range that the past leads one to expect."""
    if expected is None:
        return "unknown"
    if newest > expected.high:
        return "rising"
    return "falling" if newest < expected.low else "steady"


def _quantity_rule(data: Mapping[str, Any]) -> QuantityRule:
    where = tuple(data.get("where", {}).items())
    thresholds = [Decimal(threshold) for threshold in data["thresholds"]]
    filter_ = FactFilter(type=data.get("type", ""), where=where)
    return QuantityRule(data["theme"], data["measure"], filter_, thresholds)
