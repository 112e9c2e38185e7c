"""Shape the parts that charts of figures share: names of groups and periods, bars, shares. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from consumers.exports.table import ColumnKind, ExportColumn
from consumers.presentation.figure_cells import cell_text
from consumers.presentation.figure_words import value_of_dimension
from consumers.query.figures.periods import Period
from consumers.query.figures.question import MONEY
from schemas.i18n import figure_text

Chart = dict[str, Any]
MOST_BARS = 25
"""Bars that a chart draws; what is smaller is in the table alone."""


def group_name(by: Sequence[str], keys: Sequence[str], currency: str, lang: str) -> str:
    """Name a group by the values of its names, and its currency."""
    values = [value_of_dimension(name, key, lang) for name, key in zip(by, keys, strict=True)]
    return " · ".join(filter(None, [*values, currency]))


def period_name(begins: str, period: Period) -> str:
    """Name a period by its begin, as short as it can be: 2018-07, 2018-T3, 2018."""
    year, month, _day = begins.split("-")
    if period == "year":
        return year
    if period == "quarter":
        return f"{year}-{(int(month) + 2) // 3}"
    return f"{year}-{month}" if period == "month" else begins


def bars_of(bars: Sequence[tuple[str, float, str, str]], left_out: int = 0) -> Chart | None:
    """Return bars, the largest first as given: each a name, a number, its text, its link."""
    shown = bars[:MOST_BARS]
    if not shown:
        return None
    return {
        "kind": "bars",
        "categories": [name for name, _value, _text_, _link in shown],
        "series": [
            {
                "name": "",
                "values": [value for _name, value, _text_, _link in shown],
                "texts": [text for _name, _value, text, _link in shown],
                "links": [link for _name, _value, _text_, link in shown],
            }
        ],
        "left_out": left_out + len(bars) - len(shown),
    }


def amount_text(value: Decimal | int | None, measure: str, lang: str) -> str:
    """Write a number of a measure as the table writes it."""
    kind = ColumnKind.MONEY if measure in MONEY else ColumnKind.AMOUNT
    return cell_text(value, ExportColumn("value", "", kind), lang)


def to_number(value: Decimal | int | None) -> float:
    """Return a number that a chart can draw; 0 for none."""
    return float(value or 0)


def optional_number(value: Decimal | None) -> float | None:
    """Return a number that a chart can draw; None stays None."""
    return None if value is None else float(value)


def percentages(name: str, parts: Sequence[tuple[int, int, str]], lang: str) -> Chart:
    """Return a series of shares in per cent. `parts`: a number, the whole, and the link of each."""
    shares = [round(100 * part / whole, 1) if whole else None for part, whole, _link in parts]
    return {
        "name": name,
        "values": shares,
        "texts": [
            "" if share is None else f"{figure_text(share, lang)} % ({part}/{whole})"
            for share, (part, whole, _link) in zip(shares, parts, strict=True)
        ],
        "links": [link for _part, _whole, link in parts],
    }
