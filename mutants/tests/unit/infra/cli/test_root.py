"""infra.cli.root: language, errors of ours, groups that cannot be loaded."""

from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from infra.cli import root as cli
from infra.errors import QuipuError, Words


@click.command("fail", help="Falla. | Fails.")
def fail() -> None:
    raise QuipuError(Words("se rompió X", "X broke"), Words("repare X", "mend X"), "X_BROKE")


commands = [fail]


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> click.Command:
    points = [
        EntryPoint("engines", "infra.cli.up", cli.ENTRY_POINTS),
        EntryPoint("gone", "no.such.module", cli.ENTRY_POINTS),
    ]
    monkeypatch.setattr(cli, "entry_points", lambda group: points)
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "home"))
    main = cli.Root(
        name="quipu", params=cli.main.params, callback=cli.main.callback, help=cli.main.help
    )
    main.collected[0]["fail"] = fail
    return main


@pytest.mark.parametrize(
    ("lang", "said", "remedy"), [("es", "se rompió X", "repare X"), ("en", "X broke", "mend X")]
)
def test_an_error_of_ours_is_a_line_and_a_remedy_without_a_traceback(
    root: click.Command, lang: str, said: str, remedy: str
) -> None:
    result = CliRunner().invoke(root, ["--lang", lang, "fail"])
    assert result.exit_code == 2
    assert result.output.splitlines() == [f"X_BROKE: {said}", remedy]


def test_debug_lets_the_traceback_through(root: click.Command) -> None:
    assert isinstance(CliRunner().invoke(root, ["--debug", "fail"]).exception, QuipuError)


def test_a_group_that_cannot_be_loaded_is_named_and_the_others_work(root: click.Command) -> None:
    result = CliRunner().invoke(root, ["--lang", "en", "status"])
    assert result.exit_code == 1
    assert "Nothing runs" in result.output
    unknown = CliRunner().invoke(root, ["--lang", "en", "publish"])
    assert unknown.exit_code == 2
    assert "no.such.module" in unknown.output


def test_help_is_in_the_chosen_language(root: click.Command) -> None:
    assert "What runs now" in CliRunner().invoke(root, ["--lang", "en", "--help"]).output


def test_help_of_a_command_is_in_spanish_unless_told_otherwise(root: click.Command) -> None:
    assert "Carpeta de datos" in CliRunner().invoke(root, ["--help"]).output
