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


class RecordKeys(NamedTuple):
    """By what the records of each month are counted.

    `country`: of the owner; `place`: the country where it happened; `status`: of a weapon record.
    """

    theme: str
    type: str
    country: str
    authority: str
    place: str
    subdivision: str
    crossing: str
    status: str

    @property
    def belongs_to(self) -> str:
        """The country of the place, else of the owner."""
        return self.subdivision[:2] or self.place or self.country


RECORD_KEYS = RecordKeys._fields


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

    def add(self, keys: RecordKeys, records: int) -> None:
        """Add records of the window."""
        self.kinds[RecordKind(keys.type, keys.status)] += records
        self.authorities.add((keys.country, keys.authority))
        self.sources.add((keys.country, keys.authority, keys.type))

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

    def add_records(self, rows: Iterable[Row], months: int) -> None:
        """Add records by RECORD_KEYS and month, 0 is the newest. `months`: of the window."""
        for row in rows:
            keys, records, month = RecordKeys(*row["keys"]), row["records"], row["span"]
            places = list(_places(keys.subdivision, keys.crossing))
            in_country = self.countries[keys.belongs_to, keys.theme]
            if month < months:
                in_country.records += records
                in_country.unplaced += 0 if places and row["is_dated"] else records
            if row["is_dated"]:
                in_country.oldest = max(in_country.oldest, month)
                for place in places:
                    cell = self.cells[place, keys.theme]
                    cell.months[month] += records
                    if month < months:
                        cell.add(keys, records)

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


def _places(subdivision: str, crossing: str) -> Iterator[str]:
    if subdivision[:2] in COUNTRIES:
        yield subdivision
    if crossing in code_lists()["crossing"].codes:
        yield crossing
