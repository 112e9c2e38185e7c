"""No list is cut on a terminal: words and ids stay whole, whatever the records hold."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from infra.list_table import LONGEST_WORD, WIDE, ListColumn, print_facts, print_list, print_rows

ROOT = Path(__file__).parents[3]
WORDS = st.text("abcñxyz0123456789-", min_size=1, max_size=LONGEST_WORD)
CELLS = st.lists(WORDS, max_size=4).map(" ".join)
TABLES = st.integers(1, 9).flatmap(
    lambda columns: st.lists(
        st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)
ID = "0193a1b2-7c3d-8e4f-9a5b-0c6d7e8f9a0b"


def shown(headings: list[str], rows: list[list[str]], width: int = 80, **options: int) -> str:
    text = io.StringIO()
    print_rows(Console(file=text, width=width), headings, rows, **options)  # type: ignore[arg-type]
    return text.getvalue()


@given(TABLES, st.sampled_from([80, 100, 160]), st.booleans())
def test_every_word_is_whole_and_no_line_is_too_long(
    rows: list[list[str]], width: int, has_main: bool
) -> None:
    headings = [f"h{number}" for number in range(len(rows[0]))]
    output = shown(headings, rows, width, **({"main": 0} if has_main else {}))
    assert max(map(len, output.splitlines())) <= width
    expected = [word for row in rows for cell in row for word in cell.split()]
    assert sorted(expected) == sorted(word for word in output.split() if word not in headings)


def test_a_narrow_terminal_gets_blocks_where_columns_have_no_room() -> None:
    row = [ID, ID.upper(), "2018-07-01 14:30"]
    lines = shown(["id", "version", "recorded UTC"], [row, row]).splitlines()
    assert lines[0] == f"id            {ID}"
    assert lines[2] == "recorded UTC  2018-07-01 14:30"
    assert lines[:3] == lines[4:7]


def test_the_column_that_matters_keeps_its_room() -> None:
    sentence = "Un fusil RUGER MINI-14 robado en Perú fue incautado en Leticia, 132 días después"
    long = "una autoridad con un nombre muy largo que nadie lee entero en una lista de la noche"
    lines = shown(["quién", "qué", "dónde"], [[long, sentence, long]], main=1).splitlines()
    start = lines[0].index("qué")
    end = lines[0].index("dónde")
    assert end - start >= 24
    assert "2018-07-01 14:30" in shown(
        ["a", "b", "c"], [["2018-07-01 14:30", sentence, "AMBER+STRICT"]], main=1
    )


def test_only_a_wide_terminal_has_the_extra_columns() -> None:
    columns: list[ListColumn[str]] = [
        ListColumn("what", lambda item: item, is_main=True),
        ListColumn("more", lambda item: f"{item}!", is_extra=True),
    ]
    for width, is_there in ((80, False), (WIDE, True)):
        text = io.StringIO()
        print_list(Console(file=text, width=width), columns, ["x"])
        assert ("x!" in text.getvalue()) == is_there


def test_what_a_record_says_is_no_markup_and_no_cell_is_cut() -> None:
    output = shown(["what"], [["[bold]cocaína[/bold] [link=http://x]"], ["y" * 200]])
    assert "[bold]cocaína[/bold] [link=http://x]" in output
    assert output.count("y") == 200
    assert "…" not in output


def test_facts_are_one_below_the_other() -> None:
    text = io.StringIO()
    print_facts(Console(file=text, width=40), {"Id": ID, "Where": "on a long way " * 5})
    lines = text.getvalue().splitlines()
    assert lines[0] == f"Id     {ID[:33]}"
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize("package", ["consumers", "infra", "producers", "streams", "schemas"])
def test_nothing_else_lays_out_a_table(package: str) -> None:
    """The table writer of rich shrinks columns to a letter; ours is tested above."""
    files = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / package).rglob("*.py"))
        if re.search(r"^from rich(\.table)? import .*\bTable\b", path.read_text("utf-8"), re.M)
    ]
    assert [file for file in files if file != "infra/cli/demo.py"] == [], "use infra.list_table"
