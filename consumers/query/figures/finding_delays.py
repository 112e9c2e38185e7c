"""Say how long it takes until records meet in a finding. Pure.

`first_to_second`: from what happened first to what happened then, such as from the loss of a weapon
to its seizure. `reported_to_found`: from when the log took the older of two records to when it took
the other, which made the finding. A finding counts once, with its closest two records of different
countries. Quantiles are those of consumers.query.figures.delays.
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
from streams.rules import RuleBook

FindingDelay = Literal["first_to_second", "reported_to_found"]
FINDING_DELAYS: tuple[FindingDelay, ...] = get_args(FindingDelay)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FindingDelaysQuestion:
    """Which delay, of which findings; empty means any.

    `changed_since`: a moment to compare with, as of which the question is asked again (ms since
    1970 UTC).
    """

    delay: FindingDelay = "first_to_second"
    rule: str = ""
    grade: str = ""
    changed_since: int | None = None


@dataclass(frozen=True, slots=True)
class FindingDelayRow:
    """How the delays of a rule's findings are spread, in days."""

    rule: str
    findings: Annotated[int, Field(description="whose two records say both moments")]
    negative: Annotated[
        int, Field(description="of them, whose second record happened before the first")
    ]
    p10: Annotated[
        float | None, Field(description="days; a tenth took no longer; null without findings")
    ]
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    longest: float | None
    former: Annotated[
        FindingDelayRow | None,
        Field(description="as of `changed_since`; null where none was asked for"),
    ] = None

    @property
    def group(self) -> str:
        """The rule that no other row has."""
        return self.rule

    def emptied(self) -> FindingDelayRow:
        """Return the row of a rule without findings."""
        return FindingDelayRow(self.rule, 0, 0, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class FindingDelays:
    """The delays of the findings that this reader sees, by rule."""

    delay: FindingDelay
    as_of: datetime | None
    changed_since: datetime | None
    marking: FigureMarking
    rows: list[FindingDelayRow]


def took_parameters(
    indicators: Iterable[Indicator], rules: RuleBook, delay: FindingDelay
) -> dict[str, list[Any]]:
    """Return the parameters of queries/finding_delays.sql that say what was folded: live ones."""
    took = [
        (indicator.rule, ms)
        for indicator in indicators
        if (ms := ms_between(indicator, rules, delay)) is not None
    ]
    mirrored = [id_ for id_, rule in rules.by_id.items() if rule.pair[0] == rule.pair[1]]
    return {
        "mirrored": mirrored,
        "took_rules": [rule for rule, _ms in took],
        "took_ms": [ms for _rule, ms in took],
    }


def to_finding_delay_rows(rows: Iterable[Row]) -> list[FindingDelayRow]:
    """Read the rows of queries/finding_delays.sql."""
    return [_row(row) for row in rows]


def _row(row: Row) -> FindingDelayRow:
    p10, p25, middle, p75, p90 = map(_days, row["spread"])
    longest = _days(row["longest"])
    return FindingDelayRow(
        row["rule"], row["findings"], row["negative"], p10, p25, middle, p75, p90, longest
    )


def _days(ms: int) -> float:
    return round(ms / DAY_MS, 3)


def ms_between(indicator: Indicator, rules: RuleBook, delay: FindingDelay) -> int | None:
    """Return the ms between the two closest records; None where no two say their moments."""
    first, second = rules.by_id[indicator.rule].pair
    members = indicator.evidence
    spans = [
        span
        for origin, destination in product(members, members)
        if (origin.row.role, destination.row.role) == (first, second)
        and origin.row.country != destination.row.country
        and (span := _span(origin, destination, first == second, delay)) is not None
    ]
    return min(spans, key=lambda ms: (abs(ms), ms), default=None)


def _span(
    origin: EvidenceMember, destination: EvidenceMember, is_same_role: bool, delay: FindingDelay
) -> int | None:
    if delay == "reported_to_found":
        return abs(destination.row.position.appended_at - origin.row.position.appended_at)
    begin, end = origin.row.occurred, destination.row.occurred
    if begin is None or end is None:
        return None
    return abs(end - begin) if is_same_role else end - begin
