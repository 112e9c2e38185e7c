"""Say how many findings each rule has, as one reader sees them. Pure.

Nobody's verdict on a finding is in the log yet, so every live finding is open
(docs/adr/0075-findings-are-open.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from consumers.query.figures.marking import FigureMarking
from streams.correlation.assess import Indicator
from streams.rules import Rule

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FindingCountsQuestion:
    """Which findings, empty meaning any.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    rule: str = ""
    grade: str = ""
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class FindingCountRow:
    """How many findings a rule has."""

    rule: str
    severity: Annotated[str, Field(description="of the rule: high, medium or low")]
    open: Annotated[int, Field(description="live indicators, on which nobody has decided")]
    certain: Annotated[int, Field(description="of these, the certain ones")]
    possible: Annotated[int, Field(description="of these, the possible ones")]
    hubs: Annotated[int, Field(description="things that too many share, so they link nobody")]
    former: Annotated[
        FindingCountRow | None,
        Field(description="as of `changed_since`; null where none was asked for"),
    ] = None

    @property
    def group(self) -> str:
        """The rule that no other row has."""
        return self.rule

    def emptied(self) -> FindingCountRow:
        """Return the row of a rule without findings."""
        return FindingCountRow(self.rule, self.severity, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """The findings that this reader sees, by rule; rules without any are left out."""

    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[FindingCountRow]


def count_findings(
    rows: Iterable[Row], folded: Iterable[Indicator], rules: Mapping[str, Rule]
) -> list[FindingCountRow]:
    """Count findings by rule.

    `rows`: of queries/finding_counts.sql; `folded`: the others, with hubs; `rules`: those in
    effect, by id.
    """
    counts = Counter({(row["rule"], row["grade"]): row["findings"] for row in rows})
    counts.update(
        (indicator.rule, indicator.grade if indicator.status == "live" else "hub")
        for indicator in folded
    )
    return [
        FindingCountRow(
            rule,
            rules[rule].severity,
            open=counts[rule, "certain"] + counts[rule, "possible"],
            certain=counts[rule, "certain"],
            possible=counts[rule, "possible"],
            hubs=counts[rule, "hub"],
        )
        for rule in sorted({rule for rule, _grade in counts})
    ]
