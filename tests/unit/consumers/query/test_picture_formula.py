"""The formula of the risk picture: its example, its laws, and that a change has a new reading."""

from __future__ import annotations

import hashlib
import json
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.query.figures.expected import ExpectedRange
from consumers.query.figures.themes import themes
from consumers.query.picture.formula import (
    FILE,
    CellCounts,
    Level,
    confidence_of,
    level_of,
    read_formula,
    trend_of,
)
from schemas.event.event_type import EVENTS

FORMULA = read_formula()
READINGS = {1: "c9141e68c9314498"}
"""What the numbers of each reading give; a new reading is added, none is changed."""
counts = st.builds(
    CellCounts,
    records=st.integers(0, 400),
    quantity=st.decimals(0, 20_000, places=2),
    findings=st.integers(0, 40),
    authorities=st.integers(0, 5),
    sources=st.integers(0, 6),
    unplaced=st.floats(0, 1),
)


def rank(level: Level) -> int:
    return -1 if level == "not_enough_data" else level


def test_other_numbers_are_another_reading() -> None:
    """Levels of one reading are comparable over time: nobody changes a number beneath them."""
    numbers: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    text = json.dumps(numbers, sort_keys=True)
    assert READINGS[FORMULA.reading] == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_example_of_the_document() -> None:
    """docs/picture.md counts it by hand."""
    example = CellCounts(64, Decimal(1_250), 2, authorities=2, sources=2, unplaced=0.1)
    assert level_of(example, "drugs", FORMULA) == 2
    assert confidence_of(example, FORMULA) == "medium"
    assert trend_of(9, ExpectedRange(1.2, 8.4, "historical_limits")) == "rising"


@pytest.mark.parametrize(
    ("theme", "records", "quantity", "findings", "level"),
    [
        ("drugs", 0, 5_000, 30, "not_enough_data"),
        ("drugs", 2, 5_000, 30, "not_enough_data"),
        ("drugs", 3, 0, 0, 0),
        ("drugs", 3, 20_000, 30, 1),
        ("drugs", 10, 20_000, 30, 2),
        ("drugs", 270, 0, 0, 2),
        ("drugs", 270, 10_000, 0, 3),
        ("drugs", 270, 10_000, 9, 4),
        ("corruption", 270, 0, 0, 3),
        ("corruption", 30, 0, 0, 1),
        ("corruption", 270, 0, 3, 3),
        ("corruption", 270, 0, 9, 4),
    ],
)
def test_levels_of_single_cells(
    theme: str, records: int, quantity: int, findings: int, level: Level
) -> None:
    assert level_of(CellCounts(records, Decimal(quantity), findings), theme, FORMULA) == level


@given(counts, counts, st.sampled_from(themes()))
def test_more_of_anything_never_lowers_the_level(
    cell: CellCounts, other: CellCounts, theme: str
) -> None:
    more = CellCounts(
        cell.records + other.records,
        (cell.quantity or Decimal(0)) + (other.quantity or Decimal(0)),
        cell.findings + other.findings,
    )
    assert rank(level_of(more, theme, FORMULA)) >= rank(level_of(cell, theme, FORMULA))


@given(counts, st.sampled_from(themes()))
def test_few_records_never_give_a_high_level(cell: CellCounts, theme: str) -> None:
    level = level_of(cell, theme, FORMULA)
    if cell.records < FORMULA.least_records:
        assert level == "not_enough_data"
    elif cell.records < FORMULA.records[0]:
        assert rank(level) <= 1
    elif cell.records < FORMULA.records[1]:
        assert rank(level) <= 2


@given(counts, st.sampled_from(themes()))
def test_confidence_is_no_part_of_the_level(cell: CellCounts, theme: str) -> None:
    plain = CellCounts(cell.records, cell.quantity, cell.findings)
    assert level_of(plain, theme, FORMULA) == level_of(cell, theme, FORMULA)
    is_known = level_of(cell, theme, FORMULA) != "not_enough_data"
    assert (confidence_of(cell, FORMULA) != "none") == is_known


def test_the_formula_names_only_what_exists() -> None:
    assert set(FORMULA.quantities) <= set(themes())
    assert set(FORMULA.no_types) <= {path.stem for path in EVENTS.glob("*.avsc")}
    for rule in FORMULA.quantities.values():
        assert list(rule.thresholds) == sorted(rule.thresholds)
    assert trend_of(5, None) == "unknown"
    assert trend_of(5, ExpectedRange(5, 5, "recent_baseline")) == "steady"
    assert trend_of(4, ExpectedRange(5, 9, "recent_baseline")) == "falling"
