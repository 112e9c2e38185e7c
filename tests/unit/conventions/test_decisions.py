"""Every decision record has all parts, and the index names each by its title."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "docs" / "adr"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Alternatives", "Consequences"]
_TITLE = re.compile(r"^# (\d{4}): (.+)$", re.M)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_a_date_and_all_parts_in_order(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: (accepted|replaced by)", text, re.M)
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS


def test_the_index_names_every_record_by_its_title() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8").split("## Index")[1]
    titles = [_TITLE.findall(record.read_text(encoding="utf-8"))[0] for record in RECORDS]
    entries = [
        f"- [{number}]({record.name}): {title}"
        for record, (number, title) in zip(RECORDS, titles, strict=True)
    ]
    assert index.split("\n\n")[0].strip().splitlines() == entries
    assert [number for number, _ in titles] == [f"{n:04}" for n in range(1, len(RECORDS) + 1)]
