"""What `quipu mapping suggest` says of the shape of a file, and that its proposal can read it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from producers.mapping.loader import parse_mapping
from producers.mapping.suggest import suggest
from producers.mapping.suggest.file_shape import row_shapes
from producers.model import SourceRow
from producers.sources.reader import read

CASES = Path(__file__).parents[3] / "cases"


def suggested(path: Path) -> tuple[str, list[str], list[SourceRow]]:
    """Return the proposal, its doubts and the rows that it reads."""
    suggestion = suggest(path, lang="en")
    mapping = parse_mapping(tomllib.loads(suggestion.text), Path("suggested.toml"))
    rows = read(path, mapping.source, mapping.columns)
    return (
        suggestion.text,
        list(suggestion.doubts),
        [row for row in rows if isinstance(row, SourceRow)],
    )


@pytest.mark.parametrize(
    ("name", "line", "doubt", "count"),
    [
        ("18-footer-and-total.xlsx", "header_row = 2", "Rows above the header", 5),
        ("20-several-sheets.xlsx", 'sheet = "*"', "all sheets", 3),
        ("21-two-row-header.xlsx", "header_rows = 2", "", 1),
        ("24-no-header.csv", "header_rows = 0", "no header", 3),
        ("33-many-shapes.json", 'rows = "objects"', "identity (1), indicator (1)", 3),
        ("34-tag-on-the-event.json", 'rows = "Event.Attribute"', "", 2),
        ("35-list-in-list.xml", 'rows = "LIST/PEOPLE/PERSON"', "", 2),
        ("41-column-twice.csv", "", "the header has SERIE twice", 1),
        ("old-workbook.xls", "header_row = 3", "old XLS", 3),
    ],
)
def test_a_case_is_read_and_its_doubt_is_listed(
    name: str, line: str, doubt: str, count: int
) -> None:
    text, doubts, rows = suggested(CASES / name)
    assert line in text
    assert any(doubt in entry for entry in doubts)
    assert len(rows) == count


def test_equal_cells_of_a_first_row_are_no_names() -> None:
    suggestion = suggest(CASES / "24b-no-header-same-cells.csv", lang="en")
    assert "header_rows = 0" in suggestion.text
    assert any("no header" in doubt for doubt in suggestion.doubts)


def test_each_shape_has_its_condition_to_choose() -> None:
    text, _doubts, _rows = suggested(CASES / "33-many-shapes.json")
    chosen = text.replace(
        "[reference]", '[rows]\nwhen = { column = "type", in = ["indicator"] }\n[reference]'
    )
    mapping = parse_mapping(tomllib.loads(chosen), Path("suggested.toml"))
    rows = read(CASES / "33-many-shapes.json", mapping.source, mapping.columns)
    assert [mapping.takes(row.row) for row in rows if isinstance(row, SourceRow)] == [
        False,
        True,
        False,
    ]
    assert '# when = { column = "type", in = ["indicator"] }' in text


def test_empty_cells_of_one_shape_are_no_second_shape() -> None:
    rows = [{"STATE": "A", "X": "1", "Y": ""}, {"STATE": "B", "X": "", "Y": "2"}]
    assert row_shapes(rows, is_table=True) is None
    assert row_shapes(rows * 3, is_table=True) is not None
    alike = [{"STATE": "A", "X": "1"}, {"STATE": "B", "X": "2"}, {"STATE": "C", "X": ""}]
    assert row_shapes(alike * 3, is_table=True) is None
