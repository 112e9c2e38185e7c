"""Hold a table that leaves Quipu: columns of one kind, and rows that say their markings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

Cell = str | int | float | Decimal | date | datetime | None
Row = Sequence[Cell]


class ColumnKind(StrEnum):
    """What the cells of a column are.

    `AMOUNT`: exact decimals; `MONEY`: the same, read by people to the hundredth; `FIGURE`:
    estimated numbers; `MOMENT`: aware datetimes in UTC.
    """

    TEXT = "text"
    MOMENT = "moment"
    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    MONEY = "money"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column. `name`: for programs, the same in every language; `heading`: for people.

    `is_detail`: for files; a terminal has no room for it.
    """

    name: str
    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    is_detail: bool = False


class WritableTable(Protocol):
    """What a file is written from: an ExportTable, or a StreamedTable."""

    @property
    def name(self) -> str:
        """Of the file, without an ending."""

    @property
    def title(self) -> str:
        """What it is, for people."""

    @property
    def notes(self) -> Sequence[str]:
        """What must be known of it, a sentence each."""

    @property
    def stamp(self) -> Sequence[tuple[ExportColumn, str]]:
        """Columns of the same value in every row."""

    @property
    def columns(self) -> Sequence[ExportColumn]:
        """The columns without those of the stamp."""

    @property
    def rows(self) -> Iterable[Row]:
        """The rows; they can be read once."""


def stamped_columns(table: WritableTable) -> list[ExportColumn]:
    """Return the columns, with those of the stamp at the end."""
    return [*table.columns, *(column for column, _value in table.stamp)]


def stamped_rows(table: WritableTable) -> Iterator[list[Cell]]:
    """Yield the rows, each with the stamp at its end."""
    stamp = [value for _column, value in table.stamp]
    for row in table.rows:
        yield [*row, *stamp]


@dataclass(frozen=True, slots=True)
class StreamedTable:
    """A table of which only a part is known at a time; its fields are those of ExportTable.

    Each row says its own marking. `rows` can be read once.
    """

    name: str
    title: str
    columns: Sequence[ExportColumn]
    rows: Iterable[Row]
    notes: Sequence[str]
    stamp: Sequence[tuple[ExportColumn, str]]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table with what a person must know of it.

    `name`: of its file, without an ending; `title`, `notes`: for people, a sentence each;
    `stamp`: columns of the same value in every row, such as the moment and the markings, so that
    no row is ever without them.
    """

    name: str
    title: str
    columns: Sequence[ExportColumn]
    rows: Sequence[Row]
    notes: Sequence[str]
    stamp: Sequence[tuple[ExportColumn, str]]
