"""Make the cells of the risk picture from what was counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from consumers.query.bursts.burst import Burst
from consumers.query.figures.expected import ExpectedRange, expected_range
from consumers.query.picture.drivers import CellContext, drivers_of
from consumers.query.picture.finding_tallies import FindingTally
from consumers.query.picture.formula import (
    CellCounts,
    Formula,
    confidence_of,
    level_of,
    trend_of,
)
from consumers.query.picture.picture import FormerCell, PictureCell
from consumers.query.picture.places import RiskPlace
from consumers.query.picture.tallies import Cell, CellTally, Tallies
from consumers.query.picture.window import MONTHS_OF_YEAR, Window

NO_TALLY = CellTally()
NO_FINDINGS = FindingTally()


class Counted(NamedTuple):
    """Everything that was counted for a picture. `as_of`: ISO 8601; empty is now.

    `bursts`: those of the newest month, by place and theme.
    """

    tallies: Tallies
    findings: Mapping[Cell, FindingTally]
    bursts: Mapping[Cell, Burst]
    window: Window
    as_of: str


def beside_former_cells(
    now: Iterable[PictureCell], then: Iterable[PictureCell]
) -> list[PictureCell]:
    """Return cells with what a former picture has of the same places and themes."""
    return [
        replace(cell, former=FormerCell(past.level, past.trend, past.records, past.findings))
        for cell, past in zip(now, then, strict=True)
    ]


def make_cells(
    places: Iterable[RiskPlace], themes: Iterable[str], counted: Counted, formula: Formula
) -> list[PictureCell]:
    """Return a cell for each place and theme, also where nothing was counted."""
    every = list(themes)
    return [_cell(place, theme, counted, formula) for place in places for theme in every]


def _cell(place: RiskPlace, theme: str, counted: Counted, formula: Formula) -> PictureCell:
    tallies, key = counted.tallies, (place.code, theme)
    tally = tallies.cells.get(key, NO_TALLY)
    findings = counted.findings.get(key, NO_FINDINGS)
    rule = formula.quantities.get(theme)
    counts = CellCounts(
        records=tally.records,
        quantity=tally.quantity if rule else None,
        findings=len(findings.strongest),
        authorities=len(tally.authorities),
        sources=len(tally.sources),
        unplaced=tallies.unplaced_share(place.countries, theme),
    )
    oldest = tallies.oldest_month(place.countries, theme)
    expected = _expected(tally, oldest)
    return PictureCell(
        place=place.code,
        place_kind=place.kind,
        theme=theme,
        level=level_of(counts, theme, formula),
        trend=trend_of(tally.months[0], expected),
        confidence=confidence_of(counts, formula),
        records=counts.records,
        former_records=tally.year_before if oldest >= MONTHS_OF_YEAR else None,
        newest_month=tally.months[0],
        expected=expected,
        quantity=counts.quantity,
        measure=rule.measure if rule else None,
        findings=counts.findings,
        authorities=counts.authorities,
        sources=counts.sources,
        unplaced=counts.unplaced,
        drivers=drivers_of(
            CellContext(place, theme, counted.window, counted.as_of),
            tally,
            findings,
            formula,
            counted.bursts.get(key),
        ),
    )


def _expected(tally: CellTally, oldest: int) -> ExpectedRange | None:
    """Return the range for the newest month; months are numbered from 0 down to the past."""
    if oldest < 0 or not tally.months:
        return None
    series = {-month: float(records) for month, records in tally.months.items()}
    return expected_range(series, 0, -oldest, MONTHS_OF_YEAR, counts=True)
