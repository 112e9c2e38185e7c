"""The options of questions with figures: words for codes, and one place for an answer."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from consumers.cli.figure_options import FigureOutput, theme_option, with_output
from infra.command_line import json_option
from infra.errors import QuipuError


@click.command()
@with_output
@theme_option
@json_option
def question(output: FigureOutput, theme: str, as_json: bool) -> None:
    """Say where an answer would go."""
    click.echo(f"{theme} {sorted(output.files)} {as_json}")


@pytest.mark.parametrize("order", [("--json", "--out", "a.csv"), ("--csv", "a.csv", "--json")])
def test_an_answer_goes_to_the_screen_or_into_a_file(order: tuple[str, ...]) -> None:
    error = CliRunner().invoke(question, order).exception
    assert isinstance(error, QuipuError), "no file is left out without a word"
    assert error.code == "FILE"
    assert CliRunner().invoke(question, ["--json"]).output == " [] True\n"
    assert CliRunner().invoke(question, ["--out", "a.xlsx"]).output == " ['xlsx'] False\n"
    assert not Path("a.csv").exists()


@pytest.mark.parametrize("theme", ["arms", "armas", "Arms"])
def test_a_theme_may_be_written_as_a_word(theme: str) -> None:
    assert CliRunner().invoke(question, ["--theme", theme]).output == "arms [] False\n"
