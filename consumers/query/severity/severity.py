"""Compute how severe a finding is, from what its records say. Pure.

The formula is severity.toml. Its factors follow what analysts weigh: harm (the rule's matter),
how much and how sure the evidence is, who says it (NATO AJP-2.1 for the admiralty grades, Europol's
4x4), how fresh it is, and how many countries it concerns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from schemas.model import DAY_MS

FORMULA_FILE = Path(__file__).with_name("severity.toml")
Level = Literal["not_enough_data", "low", "medium", "high"]
LEVELS: Sequence[Level] = ("not_enough_data", "low", "medium", "high")
FactorName = Literal["rule", "records", "grade", "sources", "freshness", "countries"]
RuleSeverity = Annotated[
    str, Field(description="what its rule says: high, medium or low; `assessment` is computed")
]
PLACES = 1
"""Decimal places of points: an answer changes at most once a day."""


class SeverityRecord(NamedTuple):
    """What a record says for the severity of a finding.

    `evaluation`: scheme, source and information as their owner wrote them; None where there is
    none. `moment`: when it occurred, no later than it was recorded (ms since 1970 UTC); None where
    no day is known.
    """

    event: str
    country: str
    evaluation: tuple[str, str, str] | None
    moment: int | None


@dataclass(frozen=True, slots=True)
class SeverityFactor:
    """A factor with its points. `points`: null where nobody knows; then it has none."""

    name: FactorName
    points: float | None
    most: float
    value: Annotated[str, Field(description="what was weighed, such as a number or a grade")]


@dataclass(frozen=True, slots=True)
class Severity:
    """How severe a finding is for this reader, and why."""

    level: Annotated[Level, Field(description="not_enough_data is a result, too")]
    points: float
    most: float
    factors: list[SeverityFactor]
    reading: Annotated[int, Field(description="of the formula; levels of two differ")]


def severity_of(rule: str, grade: str, records: Iterable[SeverityRecord], now: int) -> Severity:
    """Return the severity of a finding.

    `rule`: what the rule says of the matter, low, medium or high; `grade`: certain or possible;
    `now`: the moment of the question, ms since 1970 UTC.
    """
    formula, own = _formula(), list(set(records))
    events = {record.event for record in own}
    factors = [
        SeverityFactor("rule", formula["rule"][rule], max(formula["rule"].values()), rule),
        _records_factor(len(events), formula["records"]),
        SeverityFactor("grade", formula["grade"][grade], max(formula["grade"].values()), grade),
        _sources_factor(own, formula["sources"]),
        _freshness_factor(own, formula["freshness"], now),
        _countries_factor({record.country for record in own}, formula["countries"]["points"]),
    ]
    points = round(sum(factor.points or 0.0 for factor in factors), PLACES)
    most = sum(factor.most for factor in factors)
    level = _level(factors, len(events), points / most)
    return Severity(level, points, most, factors, formula["reading"])


def _level(factors: Sequence[SeverityFactor], records: int, share: float) -> Level:
    formula = _formula()
    known = sum(
        factor.points is not None for factor in factors if factor.name in ("sources", "freshness")
    )
    minimum = formula["minimum"]
    if records < minimum["records"] or known < minimum["known"]:
        return "not_enough_data"
    if share >= formula["levels"]["high"]:
        return "high"
    return "medium" if share >= formula["levels"]["medium"] else "low"


def _records_factor(records: int, formula: Mapping[str, Any]) -> SeverityFactor:
    reached = sum(records >= threshold for threshold in formula["thresholds"])
    most = formula["points"] * len(formula["thresholds"])
    return SeverityFactor("records", reached * formula["points"], most, str(records))


def _sources_factor(
    records: Sequence[SeverityRecord], formula: Mapping[str, Any]
) -> SeverityFactor:
    judged = [
        (worth, record.evaluation)
        for record in records
        if record.evaluation is not None
        and (worth := _worth(record.evaluation, formula)) is not None
    ]
    if not judged:
        return SeverityFactor("sources", None, formula["most"], "")
    worth, (scheme, source, information) = max(judged)
    points = round(formula["most"] * worth, PLACES)
    return SeverityFactor("sources", points, formula["most"], f"{scheme} {source}{information}")


def _worth(evaluation: tuple[str, str, str], formula: Mapping[str, Any]) -> float | None:
    """Return what an evaluation is worth, from 0 to 1; None where nobody judged."""
    scheme, source, information = evaluation
    grades = formula.get(scheme, {})
    values = (
        grades.get("source", {}).get(source),
        grades.get("information", {}).get(information),
    )
    return None if None in values else values[0] * values[1]


def _freshness_factor(
    records: Sequence[SeverityRecord], formula: Mapping[str, Any], now: int
) -> SeverityFactor:
    moments = [record.moment for record in records if record.moment is not None]
    if not moments:
        return SeverityFactor("freshness", None, formula["most"], "")
    days = max(0, now // DAY_MS - max(moments) // DAY_MS)
    points = round(formula["most"] * 0.5 ** (days / formula["half_life"]), PLACES)
    return SeverityFactor("freshness", points, formula["most"], str(days))


def _countries_factor(countries: set[str], points: Sequence[float]) -> SeverityFactor:
    reached = points[min(len(countries), len(points) - 1)]
    return SeverityFactor("countries", reached, points[-1], str(len(countries)))


@cache
def _formula() -> Mapping[str, Any]:
    return tomllib.loads(FORMULA_FILE.read_text(encoding="utf-8"))
