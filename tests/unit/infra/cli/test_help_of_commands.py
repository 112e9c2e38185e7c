"""What each command says of itself, in both languages, on a terminal of 80 columns."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from infra.click_messages import MESSAGES, PLACEHOLDERS
from infra.command_examples import all_examples

EXAMPLE_FILES = Path(__file__).parents[4] / "docs" / "example"
ENGLISH_OF_CLICK = (
    "Usage:",
    "Options:",
    "Commands:",
    "[required]",
    "[default:",
    "[OPTIONS]",
    "[ARGS]",
    "Show this message",
)
INFINITIVE = re.compile(r"^  (?:[a-z-]+|-.*?)  +(?!Primer)[A-ZÁ-Ú][a-zá-ú]+[aei]r\b.*", re.M)
"""A help text that does not begin as the others do, such as «Mostrar» for «Muestra»."""


def commands_below(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command with its words after `quipu`; groups too."""
    if words:
        yield " ".join(words), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from commands_below(child, (*words, name))


COMMANDS = dict(commands_below(main))
LEAVES = [path for path, command in COMMANDS.items() if not isinstance(command, click.Group)]


def quipu(lang: str, *arguments: str) -> Result:
    return CliRunner(env={"QUIPU_LANG": lang, "COLUMNS": "80"}).invoke(
        main, arguments, prog_name="quipu"
    )


@pytest.mark.parametrize("path", ["", *COMMANDS])
def test_the_help_fits_80_columns_and_speaks_one_language(path: str) -> None:
    spanish = quipu("es", *path.split(), "--help")
    english = quipu("en", *path.split(), "--help")
    assert (spanish.exit_code, english.exit_code) == (0, 0)
    for text in (spanish.output, english.output):
        assert [line for line in text.splitlines() if len(line) > 80] == []
    assert [word for word in ENGLISH_OF_CLICK if word in spanish.output] == []
    assert (
        re.findall(
            r"\b(?:TEXT|FILE|INTEGER|FLOAT|NODE|DIRECTORY|OLD|AGE|EVENT)\b|\[%", spanish.output
        )
        == []
    )
    assert INFINITIVE.findall(spanish.output) == []
    assert re.findall(r"\b(?:TEXTO|ARCHIVO|FECHA|PA[IÍ]S|NODO|NOMBRE)\b", english.output) == []
    assert "..." not in re.sub(r"\[?[A-ZÁ-Ú]+\]?\.\.\.", "", spanish.output), "a text is cut"


def test_the_help_option_is_in_the_language_of_its_context_while_none_runs() -> None:
    with click.Context(main) as unrelated:
        command = main.get_command(unrelated, "totals")
        assert command is not None
    command.get_params(click.Context(command))
    assert "Show this message" not in quipu("es", "totals", "--help").output


def placeholders(command: click.Command) -> Iterator[str]:
    """The words that stand for values in the help of a command, but codes such as TLP."""
    for parameter in command.params:
        name = parameter.metavar or ""
        if isinstance(parameter, click.Argument):
            name = name or str(parameter.name).upper()
        if parameter.metavar or not isinstance(parameter.type, click.Choice):
            yield from set(re.findall(r"[A-Z]{3,}", name)) - {"TLP", "FGN"}


def test_every_word_that_stands_for_a_value_is_translated() -> None:
    words = {word: path for path in LEAVES for word in placeholders(COMMANDS[path])}
    unknown = [(word, path) for word, path in words.items() if word not in PLACEHOLDERS]
    assert unknown == [], "add them to infra.click_messages"


def test_the_help_of_a_command_follows_the_language_each_time() -> None:
    for lang, text in (("en", "Show this message"), ("es", "Muestra esta ayuda"), ("en", "Show")):
        assert text in quipu(lang, "proof", "--help").output


@pytest.mark.parametrize("path", LEAVES)
def test_the_help_has_an_example_and_the_exit_codes(path: str) -> None:
    examples = all_examples().get(path)
    assert examples, "write an example of the command into infra/command_examples.toml"
    assert f"Ejemplos:\n  {examples[0]}" in quipu("es", *path.split(), "--help").output
    assert "Exit code: 0" in quipu("en", *path.split(), "--help").output.replace("\n", " ")


@pytest.mark.parametrize("path", LEAVES)
def test_every_example_is_what_the_command_takes(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "mis armas.csv",
        "anuladas.csv",
        "a.csv",
        "b.csv",
        "list.csv",
        "ecuador.json",
        "peru.json",
        "bundle.tlog-proof",
        "keys.txt",
        "mi-regla.toml",
        "tasas.csv",
        "co-ejemplo-request.txt",
        "co-ejemplo-answer.txt",
        "solicitud.json",
    ):
        (tmp_path / name).touch()
    for file in EXAMPLE_FILES.glob("*.csv"):
        (tmp_path / file.name).symlink_to(file)
    monkeypatch.chdir(tmp_path)
    for example in all_examples()[path]:
        words = shlex.split(example.replace("\\\n", " ").partition(" > ")[0])
        if words[0] == "eval":
            words = shlex.split(words[1].removeprefix("$(").removesuffix(")"))
        before, after = words[1 : words.index(path.split(maxsplit=1)[0], 1)], path.split()
        assert words[0] == "quipu" and before in ([], ["--home", ".demo"])
        arguments = words[1 + len(before) + len(after) :]
        with click.Context(main) as parent, COMMANDS[path].make_context(path, arguments, parent):
            pass


def test_no_example_is_of_a_command_that_is_gone() -> None:
    assert set(all_examples()) == set(LEAVES)


@pytest.mark.parametrize("text", MESSAGES)
def test_click_still_has_the_texts_that_are_translated(text: str) -> None:
    """After an update of click a text that changed would come in English."""
    folder = Path(click.__file__).parent
    sources = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    literal = repr(text)[1:-1]
    assert literal in sources or text in sources


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("publisch",), "No existe el comando 'publisch'."),
        (("publish",), "Falta el argumento 'ARCHIVO'."),
        (("case", "open"), "Falta el argumento 'TÍTULO'."),
        (("request", "form", "tipo"), "El valor de 'CLASE' no es válido"),
        (("rates", "list", "--on", "ayer"), "`ayer` no es un día."),
        (("hits",), "Falta la opción '--node'."),
        (("events", "--limti", "3"), "No existe la opción --limti. ¿Quiso decir --limit?"),
        (("status", "mis", "armas.csv"), "Un nombre con espacios va entre comillas."),
        (("events", "--limit", "cien"), "'cien' no es un número"),
        (("events", "--limit", "0"), "fuera de los límites: de 1 a 10000"),
        (("series", "--period", "año"), "'año' no es ninguno de: 'month', 'week'."),
        (("proof", "check", "nada", "--keys", "nada"), "'nada' no existe."),
        (("canary", "--node", "n", "--every", "nan"), "nan no es un número"),
        (("receipts", "--node", "n", "--since", "9" * 20), "no es un cursor"),
    ],
)
def test_wrong_use_is_explained_in_spanish(arguments: tuple[str, ...], sentence: str) -> None:
    done = quipu("es", *arguments)
    assert done.exit_code == 2
    assert sentence in " ".join(done.stderr.split())
    assert max(map(len, done.stderr.splitlines())) <= 80
    assert "Ayuda: quipu" in done.stderr


def test_click_of_another_program_keeps_its_own_texts() -> None:
    @click.command()
    @click.argument("file")
    def other(file: str) -> None:
        """Belong to another program, such as Faust."""

    assert "Missing argument 'FILE'" in CliRunner().invoke(other, []).output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str) -> None:
    done = quipu("es", "completion", shell)
    assert done.exit_code == 0
    assert "_QUIPU_COMPLETE" in done.output


def test_the_tab_key_completes_commands_options_and_codes() -> None:
    def completed(words: str) -> list[str]:
        environment = {
            "_QUIPU_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        done = CliRunner(env=environment).invoke(main, prog_name="quipu")
        return [line.partition(",")[2] for line in done.output.splitlines()]

    assert completed("quipu rec") == ["receipts", "reconcile"]
    assert "--justification" in completed("quipu publish --j")
    assert completed("quipu publish --lane u") == ["urgent"]
    assert completed("quipu correct --reason TYP") == ["TYPING_ERROR"]
