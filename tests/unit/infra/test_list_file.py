"""A list that is written into a file: its form, and what it never does."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from infra.command_line import command, json_option
from infra.csv_text import cell_text, csv_parts
from infra.errors import QuipuError
from infra.formulas import SIGNS
from infra.list_file import csv_option, moment, write_csv

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=20)
WRITTEN = st.one_of(TEXTS, st.lists(TEXTS, max_size=3), st.dictionaries(TEXTS, TEXTS, max_size=2))


@command("listed")
@json_option
@csv_option
def listed(as_json: bool, csv_path: Path | None) -> None:
    """List one row, on the terminal or into a file."""
    if csv_path:
        write_csv(csv_path, ("name", "until"), [("=1+1", moment(0))], "en")
    else:
        click.echo(f"{as_json}")


def read(parts: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(parts.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(WRITTEN, min_size=2, max_size=2), max_size=4))
def test_no_cell_is_a_formula_and_none_is_lost(rows: list[list[object]]) -> None:
    header, *cells = read(b"".join(csv_parts(["a", "b"], rows)))
    assert header == ["a", "b"]
    assert [[cell.removeprefix("'") for cell in row] for row in cells] == [
        [cell_text(value).removeprefix("'") for value in row] for row in rows
    ]
    assert not [cell for row in cells for cell in row if cell.lstrip().startswith(SIGNS)]


def test_values_have_one_form_in_every_language() -> None:
    values = [None, True, -2, Decimal("-0.5"), datetime(2026, 11, 30, tzinfo=UTC), {"b", "a"}]
    [_header, row] = read(b"".join(csv_parts(["x"] * 6, [values])))
    assert row == ["", "true", "-2", "-0.5", "2026-11-30T00:00:00.000Z", "a | b"]
    assert cell_text({"lane": ["x", 1]}) == "lane=x | 1"


def test_a_file_is_written_once_and_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    done = CliRunner().invoke(listed, ["--csv", str(target)])
    assert (done.exit_code, done.stdout) == (0, "")
    content = target.read_bytes()
    assert read(content)[1] == ["'=1+1", "1970-01-01T00:00:00.000Z"]
    again = CliRunner().invoke(listed, ["--csv", str(target)]).exception
    assert isinstance(again, QuipuError)
    assert (again.code, target.read_bytes()) == ("FILE", content)


@pytest.mark.parametrize("order", [("--json", "--csv"), ("--csv", "--json")])
def test_the_screen_or_a_file_is_named_and_not_both(order: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    arguments = [part for name in order for part in (name, str(target))[: 1 + (name == "--csv")]]
    error = CliRunner().invoke(listed, arguments).exception
    assert isinstance(error, QuipuError)
    assert error.code == "FILE"
    assert not target.exists()
