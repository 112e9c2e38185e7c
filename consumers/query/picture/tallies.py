"""Add up the rows of the store for each place and theme of the risk picture. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from consumers.query.picture.window import MONTHS_OF_YEAR, PAST_MONTHS
from schemas.codes import code_lists
from schemas.model import COUNTRIES

Row = Mapping[str, Any]
Cell = tuple[str, str]
"""A place and a theme."""
RECORD_KEYS = (
    "theme",
    "type",
    "country",
    "authority",
    "place",
    "subdivision",
    "crossing",
    "status",
)
"""By what the records of the window are counted; a status is that of a weapon record."""
SERIES_KEYS = ("theme", "type", "country", "place", "subdivision", "crossing", "status")
"""By what the records of each month are counted."""


class RecordKind(NamedTuple):
    """A type of event and, of a weapon record, its status; empty where it has none."""

    type: str
    status: str


@dataclass(slots=True)
class CellTally:
    """What was counted of a theme at a place. `months`: records by month, 0 is the newest."""

    kinds: Counter[RecordKind] = field(default_factory=Counter)
    authorities: set[tuple[str, str]] = field(default_factory=set)
    sources: set[tuple[str, str, str]] = field(default_factory=set)
    quantity: Decimal = Decimal(0)
    months: Counter[int] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """How many records of any kind the window has."""
        return self.kinds.total()

    @property
    def year_before(self) -> int:
        """How many records the same months of a year before have."""
        return sum(self.months[month] for month in range(MONTHS_OF_YEAR, 2 * MONTHS_OF_YEAR))


@dataclass(slots=True)
class CountryTally:
    """What was counted of a theme in a country. `oldest`: the first month with a record."""

    records: int = 0
    unplaced: int = 0
    oldest: int = -1


@dataclass(slots=True)
class Tallies:
    """Everything that was counted, by place and theme, and by country and theme."""

    cells: defaultdict[Cell, CellTally] = field(default_factory=lambda: defaultdict(CellTally))
    countries: defaultdict[Cell, CountryTally] = field(
        default_factory=lambda: defaultdict(CountryTally)
    )

    def add_records(self, rows: Iterable[Row]) -> None:
        """Add the records of the window, by RECORD_KEYS."""
        for row in rows:
            theme, type_, country, authority, place, subdivision, crossing, status = row["keys"]
            where = list(_places(subdivision, crossing))
            in_country = self.countries[_country(country, place, subdivision), theme]
            in_country.records += row["records"]
            if not where or not row["is_dated"]:
                in_country.unplaced += row["records"]
                continue
            for code in where:
                cell = self.cells[code, theme]
                cell.kinds[RecordKind(type_, status)] += row["records"]
                cell.authorities.add((country, authority))
                cell.sources.add((country, authority, type_))

    def add_months(self, rows: Iterable[Row]) -> None:
        """Add the records of each month, by SERIES_KEYS; those without a date have none."""
        for row in rows:
            if row["is_dated"]:
                theme, _type, country, place, subdivision, crossing, _status = row["keys"]
                in_country = self.countries[_country(country, place, subdivision), theme]
                in_country.oldest = max(in_country.oldest, row["span"])
                for code in _places(subdivision, crossing):
                    self.cells[code, theme].months[row["span"]] += row["records"]

    def add_quantities(self, theme: str, rows: Iterable[Row]) -> None:
        """Add what queries/totals.sql says of subdivisions and crossings, in one unit."""
        for row in rows:
            for code in _places(*row["keys"]):
                self.cells[code, theme].quantity += row["total"]

    def unplaced_share(self, countries: Sequence[str], theme: str) -> float:
        """Return the share of a theme's records in these countries without a place or a date."""
        every = [self.countries[country, theme] for country in countries]
        records = sum(tally.records for tally in every)
        return round(sum(tally.unplaced for tally in every) / records, 3) if records else 0.0

    def oldest_month(self, countries: Sequence[str], theme: str) -> int:
        """Return the first month in which these countries have a record; -1 for none."""
        oldest = max((self.countries[country, theme].oldest for country in countries), default=-1)
        return min(oldest, PAST_MONTHS - 1)


def concerns(row: Row, keys: Sequence[str], countries: frozenset[str]) -> bool:
    """Say whether a row by these keys has a part in what is shown of countries."""
    values = dict(zip(keys, row["keys"], strict=True))
    return _country(values["country"], values["place"], values["subdivision"]) in countries


def _places(subdivision: str, crossing: str) -> Iterator[str]:
    if subdivision[:2] in COUNTRIES:
        yield subdivision
    if crossing in code_lists()["crossing"].codes:
        yield crossing


def _country(owner: str, place: str, subdivision: str) -> str:
    """Return where a record belongs: the country of its place, else of its owner."""
    return subdivision[:2] or place or owner
