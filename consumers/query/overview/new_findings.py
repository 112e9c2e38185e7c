"""Count findings that are new since a moment, by severity and country. Pure.

Each number is that of the list of findings with the same filter: what a stronger finding of that
list covers does not count there either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from consumers.query.figures.marking import FigureMarking
from streams.correlation.told_once import ComparedFinding, weaker_findings

SEVERITIES = ("high", "medium", "low")
MOST_COUNTED = 5_000
"""Findings that are compared with one another; where more are new, the newest of them count."""


class NewFinding(NamedTuple):
    """A finding that is new. `countries`: of its records."""

    compared: ComparedFinding
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """How many findings of a severity are new: in all, and with records of each country.

    An empty severity is all of them.
    """

    severity: str
    findings: int
    by_country: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NewFindings:
    """What is new since a moment, as one reader sees it.

    `rows`: a row a severity, the gravest first, then one of all. `is_complete`: no more are new
    than were counted.
    """

    since: datetime
    rows: Sequence[SeverityCount]
    marking: FigureMarking
    is_complete: bool


def count_new(findings: Sequence[NewFinding]) -> list[SeverityCount]:
    """Count what the lists of each severity, and of all, hold."""
    compared = [finding.compared for finding in findings]
    rows = []
    for severity in (*SEVERITIES, ""):
        listed = [severity in ("", finding.severity) for finding in compared]
        places = weaker_findings(compared, listed)
        countries = Counter(country for place in places for country in findings[place].countries)
        rows.append(SeverityCount(severity, len(places), dict(countries)))
    return rows
