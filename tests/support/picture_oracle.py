"""Say again what the risk picture counts, by brute force over the records that may be seen."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from consumers.query.figures.question import FactFilter, Grouping
from consumers.query.figures.totals import TotalsQuestion
from consumers.query.picture.picture import Picture
from consumers.query.picture.places import places
from tests.support.fact_world import FactWorld, PublishedVersion, theme_of, total_rows
from tests.support.need_to_know import Asker

THEMES = ("arms", "drugs", "laundering")
"""Those of the made-up records."""
Facts = tuple[Any, ...]


def plain_cells(picture: Picture) -> dict[tuple[str, str], Facts]:
    """What the cells of these themes count, without those that count nothing."""
    cells = {
        (cell.place, cell.theme): (
            cell.records,
            cell.authorities,
            cell.sources,
            cell.newest_month,
            cell.former_records,
            cell.quantity or Decimal(0),
            cell.unplaced,
        )
        for cell in picture.cells
    }
    assert {theme for (_place, theme), cell in cells.items() if any(cell)} <= set(THEMES)
    return {key: cell for key, cell in cells.items() if any(cell) or cell[4] is not None}


def picture_cells(world: FactWorld, who: Asker, as_of: int | None) -> dict[tuple[str, str], Facts]:
    """What the records say that this reader may see."""
    end, begin, newest, former = _days(as_of)
    incidents = [
        record
        for record in world.visible(who, as_of)
        if theme_of(record) and record.lines[0].dimensions.get("status") != "REGISTERED"
    ]
    quantities = _quantities(world, who, as_of, begin, end)
    cells: dict[tuple[str, str], Facts] = {}
    for place in places():
        for theme in THEMES:
            of_theme = [
                record
                for record in incidents
                if theme_of(record) == theme and _country(record) in place.countries
            ]
            inside = [record for record in of_theme if begin <= _time(record) < end]
            here = [
                record
                for record in incidents
                if theme_of(record) == theme and place.code in _places(record) and _dated(record)
            ]
            counted = [record for record in here if begin <= _time(record) < end]
            unplaced = [
                record for record in inside if not (_dated(record) and list(_places(record)))
            ]
            cell = (
                len(counted),
                len({_owner(record) for record in counted}),
                len({(*_owner(record), record.envelope["type"]) for record in counted}),
                sum(_time(record) >= newest for record in counted),
                sum(former <= _time(record) < begin for record in here)
                if any(_dated(record) and _time(record) < begin for record in of_theme)
                else None,
                _quantity(quantities.get(theme, {}), place.code),
                round(len(unplaced) / len(inside), 3) if inside else 0.0,
            )
            if any(cell) or cell[4] is not None:
                cells[place.code, theme] = cell
    return cells


def _days(as_of: int | None) -> tuple[int, int, int, int]:
    """The end, a year before it, a month before it, and two years before it; ms."""
    at = datetime.now(UTC) if as_of is None else datetime.fromtimestamp(as_of / 1000, UTC)
    end = at.date() + timedelta(days=1)
    month = end.replace(day=1) - timedelta(days=1)
    newest = month.replace(day=min(end.day, month.day))
    return _ms(end), _ms(_years_before(end, 1)), _ms(newest), _ms(_years_before(end, 2))


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _ms(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000


def _dated(record: PublishedVersion) -> bool:
    return record.envelope["occurred_from"] is not None


def _time(record: PublishedVersion) -> int:
    occurred: int | None = record.envelope["occurred_from"]
    reported: int = record.envelope["reported_at"]
    return reported if occurred is None else occurred


def _country(record: PublishedVersion) -> str:
    envelope = record.envelope
    place: str = envelope["place_country"] or envelope["country"]
    return place


def _owner(record: PublishedVersion) -> tuple[str, str]:
    return record.envelope["country"], record.envelope["authority"]


def _places(record: PublishedVersion) -> list[str]:
    crossing = record.lines[0].dimensions.get("crossing", "")
    known = [record.envelope["subdivision"], crossing if crossing == "rumichaca" else None]
    return [code for code in known if code]


def _quantities(
    world: FactWorld, who: Asker, as_of: int | None, begin: int, end: int
) -> dict[str, dict[tuple[Any, ...], Facts]]:
    """By theme: kilograms of drugs, and dollars, by subdivision and crossing."""
    span = {"since": begin, "until": end}
    questions: list[tuple[str, Any, Any]] = [
        ("drugs", "mass", {"type": "seizure", "where": (("what", "drug"),), **span}),
        ("laundering", "usd", {"type": "suspicious_flow", **span}),
    ]
    return {
        theme: total_rows(
            world,
            who,
            as_of,
            TotalsQuestion(measure, Grouping(("subdivision", "crossing")), FactFilter(**narrowed)),
        )
        for theme, measure, narrowed in questions
    }


def _quantity(rows: dict[tuple[Any, ...], Facts], place: str) -> Decimal:
    amounts = (
        row[0]
        for (_begin, keys, currency), row in rows.items()
        if place in keys and currency in ("", "USD")
    )
    return sum(amounts, Decimal(0))
