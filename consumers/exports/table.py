"""Hold a table that leaves Quipu: columns of one kind, and rows that say their markings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | float | Decimal | date | None


class ColumnKind(StrEnum):
    """What the cells of a column are.

    `AMOUNT`: exact decimals; `MONEY`: the same, read by people to the hundredth; `FIGURE`:
    estimated numbers.
    """

    TEXT = "text"
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
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]
    stamp: Sequence[tuple[ExportColumn, str]]

    @property
    def stamped_columns(self) -> list[ExportColumn]:
        """The columns, with those of the stamp at the end."""
        return [*self.columns, *(column for column, _value in self.stamp)]

    def stamped_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows, each with the stamp at its end."""
        stamp = [value for _column, value in self.stamp]
        for row in self.rows:
            yield [*row, *stamp]
