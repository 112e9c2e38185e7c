"""One detection of a CSV file's dialect serves the reader and the suggestion of a mapping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from producers.sources.csv_dialect import DELIMITERS, CsvDialect, detect_dialect

NAMES = ("REFERENCIA", "MARCA", "SERIE", "FECHA")
cells = st.text("abcdefghijk 0123456789", min_size=1, max_size=8)
titles = st.lists(st.text("abcdefghijk ", min_size=1, max_size=30), max_size=5)
tables = st.lists(st.lists(cells, min_size=4, max_size=4), min_size=6, max_size=12)


@given(titles, tables, st.sampled_from(DELIMITERS))
def test_with_and_without_the_names_of_columns_it_is_the_same(
    above: list[str], rows: list[list[str]], delimiter: str
) -> None:
    texts = [*above, *(delimiter.join(row) for row in [list(NAMES), *rows])]
    lines = list(enumerate(texts, start=1))
    dialect = CsvDialect(delimiter, len(above) + 1)
    assert detect_dialect(lines) == dialect
    assert detect_dialect(lines, frozenset(NAMES[:2])) == dialect


def test_a_header_that_no_line_is_leaves_the_decision_to_the_caller() -> None:
    assert detect_dialect([(1, "A;B"), (2, "1;2")], frozenset({"C"})) is None


def test_a_file_without_text_has_no_dialect() -> None:
    assert detect_dialect([(1, "  "), (2, "")]) is None


def test_a_cell_too_long_for_csv_does_not_raise() -> None:
    lines = [(1, "A;B"), (2, "1;2"), (3, f"{'x' * 200_000};2")]
    assert detect_dialect(lines) == CsvDialect(";", 1)
