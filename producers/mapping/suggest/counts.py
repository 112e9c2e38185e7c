"""Tell a file of counts from one of records: a number in each row, no day and no thing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from producers.mapping.suggest import value_kinds
from producers.mapping.suggest.inspect_file import ColumnProfile, FileProfile
from producers.mapping.suggest.similarity import stems, synonyms

STATISTIC, INCIDENT = "crime_statistic", "crime_incident"
_WHOLE = re.compile(r"\d{1,3}([., ]\d{3})*|\d{1,9}([.,]0+)?")
_SHORT_REFERENCE = 4
_FEW_DIGITS = 6
"""Digits of a count; longer numbers identify something."""


def find_count(seen: FileProfile) -> ColumnProfile | None:
    """Find the column that says how many crimes, cases or victims a row stands for."""
    return next((column for column in seen.columns if is_count(column)), None)


def is_count(column: ColumnProfile) -> bool:
    """Tell whether a column has whole numbers under a word of a count, such as TOTAL or CASOS."""
    return (
        not column.within
        and bool(column.stems & _stems_of("count"))
        and not column.stems & (_stems_of("no_count") | _stems_of("year"))
        and bool(column.values)
        and all(
            _WHOLE.fullmatch(value) and len(value) <= _FEW_DIGITS + 1 for value in column.values
        )
        and not value_kinds.are_years(column.values)
        and not _are_numbers_of_records(column)
    )


def _are_numbers_of_records(column: ColumnProfile) -> bool:
    """Tell whether numbers of four digits or more all differ: rather case numbers than counts."""
    few = min(map(len, column.values)) < _SHORT_REFERENCE
    return not few and len(set(column.values)) == len(column.values)


def counted_type(seen: FileProfile, occurred: ColumnProfile | None) -> str | None:
    """Give the type of rows that only count crimes: a statistic, or an incident where a day is.

    None for rows with a thing, a name or a unit, and for those without a number.
    """
    if find_count(seen) is None or not _only_counts(seen):
        return None
    return STATISTIC if occurred is None or occurred.dates is None else INCIDENT


def _only_counts(seen: FileProfile) -> bool:
    record_words = _stems_of("thing") | _stems_of("record")
    return not any(column.stems & record_words for column in seen.columns if column.values)


def _stems_of(role: str) -> frozenset[str]:
    return frozenset().union(*(stems(word) for word in synonyms()["roles"][role]))


def find_month(columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, str] | None:
    """Find the column of months next to one of years, and how it writes them: `%B` or `%m`."""
    months = _stems_of("month")
    for column in columns:
        if column.within or not column.stems & months:
            continue
        layout = value_kinds.detect_months(column.values)
        if layout is not None:
            return column, layout
    return None
