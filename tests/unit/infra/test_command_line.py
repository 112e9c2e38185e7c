"""infra.command_line: help in the user's language, options that every command shares."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from infra.command_line import command, group, json_option, option
from infra.settings import Settings, load
from schemas.i18n import _


@group("outer", help=_("The page"))
def outer() -> None:
    """Hold the one command of these tests."""


@outer.command("inner", help=_("Nothing runs."))
@option("--why", help=_("The node."))
@json_option
@click.pass_obj
def inner(settings: Settings, why: str | None, as_json: bool) -> None:
    click.echo(f"{settings.lang} {why} {as_json}")


@command("plain")
def plain() -> None:
    """Do nothing, and have no help but this."""


def run(*arguments: str, lang: str = "es") -> str:
    settings = load({"QUIPU_LANG": lang, "QUIPU_HOME": "/nowhere"})
    return CliRunner().invoke(outer, arguments, obj=settings).output


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("es", ("Uso:", "Opciones:", "Nada está activo.", "El nodo.", "Para programas.")),
        ("en", ("Usage:", "Options:", "Nothing runs.", "The node.", "For programs.")),
    ],
)
def test_help_is_in_the_language_of_the_settings(lang: str, texts: tuple[str, ...]) -> None:
    output = run("inner", "--help", lang=lang)
    assert [text for text in texts if text not in output] == []


@pytest.mark.parametrize("arguments", [("inner", "--lang", "en"), ("--lang", "en", "inner")])
def test_the_option_of_the_command_line_wins(arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == "en None False\n"
    assert "Nothing runs." in run(*arguments, "--help")


def test_a_list_of_commands_is_in_the_chosen_language() -> None:
    assert "Nada está activo." in run("--help")
    assert "Nothing runs." in run("--lang", "en", "--help")


def test_shared_options_reach_the_command() -> None:
    assert run("inner", "--json", "--why", "x") == "es x True\n"


def test_help_may_be_a_docstring() -> None:
    assert "Do nothing" in CliRunner().invoke(plain, ["--help"]).output


def test_another_language_is_refused(tmp_path: Path) -> None:
    assert "fr" in run("--lang", "fr", "inner")
