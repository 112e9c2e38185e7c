"""Say which records a statistic may count that leaves the exchange, and lay its cells out. Pure.

TLP 2.0: what is CLEAR may be published; GREEN may be shared within the community, not through
channels that are open to all. A record with a handling code, or of an exercise, is never counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.figures.suppression import Cell, PublishedTable
from consumers.query.figures.totals import TotalRow, TotalsQuestion
from schemas.model import Label

Audience = Literal["public", "community"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
Axis = Literal["type", "country", "month"]
AXES: tuple[Axis, ...] = get_args(Axis)
UNDATED = "undated"
_LEVELS: Mapping[Audience, frozenset[str]] = {
    "public": frozenset({"CLEAR"}),
    "community": frozenset({"CLEAR", "GREEN"}),
}


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """What is counted by which two axes, for whom, and below which count a cell is hidden.

    `since`, `until`: when it occurred, ms since 1970 UTC, `until` exclusive.
    """

    rows: Axis
    columns: Axis
    audience: Audience
    threshold: int
    since: int | None = None
    until: int | None = None

    @property
    def totals(self) -> TotalsQuestion:
        """The question that counts the cells."""
        by = tuple(axis for axis in (self.rows, self.columns) if axis != "month")
        grouping = Grouping(by, "month" if "month" in (self.rows, self.columns) else "none")
        return TotalsQuestion(
            grouping=grouping, filter=FactFilter(since=self.since, until=self.until)
        )


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """A table that may be published, with what was asked."""

    question: PublishedQuestion
    table: PublishedTable


def may_count(label: Label, audience: Audience) -> bool:
    """Say whether a record with this label may be counted in a statistic for this audience."""
    return label.tlp in _LEVELS[audience] and not label.handling and not label.exercise


def cells_of(rows: list[TotalRow], question: PublishedQuestion) -> dict[Cell, int]:
    """Return the counts by row and column of the table."""
    counts: dict[Cell, int] = {}
    for total in rows:
        keys = dict(zip(question.totals.grouping.by, total.keys, strict=True))
        month = UNDATED if total.begins is None else f"{total.begins:%Y-%m}"
        row, column = (
            month if axis == "month" else keys[axis] for axis in (question.rows, question.columns)
        )
        counts[row, column] = counts.get((row, column), 0) + total.records
    return counts
