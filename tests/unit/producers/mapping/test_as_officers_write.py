"""Each value of tests/cases/as-officers-write.jsonl is read as a person judged that it must be.

Each line gives a text as officers of the four countries write it, and what it is: certainty, value,
and who gives the number, or the currency of an amount.
"""

import json
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from producers.mapping.identify import WrittenText, identify

CASES = Path(__file__).parents[3] / "cases" / "as-officers-write.jsonl"
TODAY = date(2026, 11, 29)
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']} {row['text']}")
def test_a_text_is_read_as_a_person_judges(row: dict[str, Any]) -> None:
    written = {name: value for name, value in row.items() if name != "things"}
    things = identify(WrittenText(**written), TODAY).things
    parts = attrgetter("certainty", "value", "issuer", "currency", "unit")
    assert [list(filter(None, parts(thing))) for thing in things] == row["things"]
