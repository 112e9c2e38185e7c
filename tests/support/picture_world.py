"""Made-up counts of the risk picture, in the rows that the store gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from consumers.query.figures.marking import FigureMarking
from consumers.query.figures.themes import themes
from consumers.query.picture.cells import Counted, make_cells
from consumers.query.picture.finding_tallies import count_findings
from consumers.query.picture.formula import read_formula
from consumers.query.picture.picture import Picture
from consumers.query.picture.places import RiskPlace, places
from consumers.query.picture.tallies import Tallies
from consumers.query.picture.window import window_of
from consumers.query.views import to_epoch_ms
from schemas.model import Reader
from streams.correlation.assess import Indicator

MOMENT = datetime(2018, 12, 3, 18, 0, tzinfo=UTC)
MARKING = FigureMarking("AMBER", ["H2", "H3: Avise antes de usar"])
READER = Reader("ana.rojas", "CO", "PONAL", clearance="AMBER", purpose="investigation")
Row = dict[str, Any]


def record_row(place: RiskPlace, theme: str, records: int, month: int = 0, **values: Any) -> Row:
    """A row of queries/picture_records.sql: records of a month, 0 is the newest."""
    country = place.countries[0]
    subdivision, crossing = codes_of(place)
    owner = values.get("country", country), values.get("authority", "POLICIA")
    kind = values.get("type", "seizure")
    keys = [theme, kind, *owner, country, subdivision, crossing, values.get("status", "")]
    return {"keys": keys, "records": records, "is_dated": values.get("is_dated", 1), "span": month}


def codes_of(place: RiskPlace) -> tuple[str, str]:
    """The subdivision and the crossing of a record there."""
    return (place.code, "") if place.kind == "subdivision" else ("", place.code)


def tallies_of(rows: Sequence[Row]) -> Tallies:
    """Add up the rows of records."""
    tallies = Tallies()
    tallies.add_records(rows, 12)
    return tallies


def picture_of(
    tallies: Tallies,
    indicators: Sequence[Indicator] = (),
    marking: FigureMarking = MARKING,
    exercise: str | None = None,
    theme: str = "",
) -> Picture:
    """The picture of these counts."""
    window = window_of(to_epoch_ms(MOMENT), 12)
    counted = Counted(
        tallies, count_findings(indicators, {}, window), {}, window, MOMENT.isoformat()
    )
    shown = [theme] if theme else themes()
    cells = make_cells(places(), shown, counted, read_formula())
    who = "ana.rojas · CO/PONAL · analyst · AMBER · investigation"
    return Picture(MOMENT, None, window.since, window.last_day, 1, who, exercise, marking, cells)


def made_up(share: float, seed: int = 1, least: int = 0) -> Tallies:
    """Counts at a share of the cells, which rise, fall and stay."""
    chance = random.Random(seed)
    rows = []
    quantities: dict[tuple[str, str], Decimal] = {}
    for place in places():
        for theme in themes():
            if chance.random() < share:
                monthly = least / 12 + chance.expovariate(1 / 4)
                rows += [
                    record_row(place, theme, round(monthly * chance.uniform(0.5, 1.5)), month)
                    for month in range(40)
                ]
                quantities[place.code, theme] = Decimal(int(chance.expovariate(1 / 500)))
    tallies = tallies_of([row for row in rows if row["records"]])
    for key, amount in quantities.items():
        tallies.cells[key].quantity = amount
    return tallies
