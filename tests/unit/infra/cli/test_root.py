"""infra.cli.root: language, errors of ours, groups that cannot be loaded."""

import errno
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner
from kafka.errors import KafkaTimeoutError

from infra.cli import root as cli
from infra.command_line import argument, command
from infra.errors import QuipuError
from schemas.i18n import _


@command("fail", help=_("Nothing runs."))
def fail() -> None:
    raise QuipuError(_("Nothing runs."), _("Language."), "X_BROKE")


@command("break", help=_("Nothing runs."))
@argument("kind")
def break_(kind: str) -> None:
    raise {
        "kafka": KafkaTimeoutError("Unable to bootstrap"),
        "rights": PermissionError(errno.EACCES, "Permission denied", "/srv/other/outbox.db"),
        "disk": OSError(errno.ENOSPC, "No space left on device", "/data/x"),
        "port": OSError(errno.EADDRINUSE, "Address already in use"),
        "name": OSError(errno.ENAMETOOLONG, "File name too long", "x" * 3_000),
        "busy": http_error(503),
        "refused": http_error(403),
        "silent": httpx.ReadTimeout("timed out"),
        "bytes": UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
    }[kind]


def http_error(status: int) -> httpx.HTTPStatusError:
    request = httpx.Request("GET", "http://127.0.0.1:8080/v1/rule-findings?person=quispe")
    response = httpx.Response(status, request=request)
    return httpx.HTTPStatusError("no", request=request, response=response)


commands = [fail, break_]


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> click.Command:
    modules = {
        "infra.cli.up": "up status down",
        "no.such.module": "publish",
        __name__: "fail break",
    }
    monkeypatch.setattr(cli, "COMMAND_MODULES", modules)
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "home"))
    return cli.Root(
        name="quipu", params=cli.main.params, callback=cli.main.callback, help=cli.main.help
    )


@pytest.mark.parametrize(
    ("lang", "line", "remedy"),
    [("es", "Nada está activo.", "Idioma."), ("en", "Nothing runs.", "Language.")],
)
def test_an_error_of_ours_is_a_line_and_a_remedy_without_a_traceback(
    root: click.Command, lang: str, line: str, remedy: str
) -> None:
    result = CliRunner().invoke(root, ["--lang", lang, "fail"])
    assert result.exit_code == 2
    assert result.output.splitlines() == [f"X_BROKE: {line}", remedy]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("kafka", "no responde (KafkaTimeoutError)"),
        ("rights", "/srv/other/outbox.db: este usuario no tiene permiso"),
        ("disk", "/data/x: el disco está lleno"),
        ("port", "otro programa lo usa"),
        ("name", "el nombre es demasiado largo"),
        ("bytes", "no está en UTF-8"),
        ("busy", "La API del intercambio está ocupada y no responde (HTTP 503)"),
        ("refused", "La API del intercambio rechazó la consulta (HTTP 403)"),
        ("silent", "La API del intercambio no responde (ReadTimeout)"),
    ],
)
def test_an_error_that_no_command_foresaw_is_a_sentence_too(
    root: click.Command, kind: str, sentence: str
) -> None:
    done = CliRunner(env={"QUIPU_KAFKA": "127.0.0.1:1"}).invoke(root, ["break", kind])
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split())
    assert len(done.output) < 400
    assert CliRunner().invoke(root, ["--debug", "break", kind]).exception


def test_debug_lets_the_traceback_through(root: click.Command) -> None:
    assert isinstance(CliRunner().invoke(root, ["--debug", "fail"]).exception, QuipuError)


def test_a_group_that_cannot_be_loaded_is_named_and_the_others_work(root: click.Command) -> None:
    result = CliRunner().invoke(root, ["--lang", "en", "status"])
    assert result.exit_code == 1
    assert "Nothing runs" in result.output
    unknown = CliRunner().invoke(root, ["--lang", "en", "publish"])
    assert unknown.exit_code == 2
    assert "no.such.module" in unknown.output


@pytest.mark.parametrize("module", cli.COMMAND_MODULES)
def test_a_module_has_the_commands_by_whose_names_it_is_loaded(module: str) -> None:
    commands = import_module(module).commands
    assert [command.name for command in commands] == cli.COMMAND_MODULES[module].split()


def test_a_command_loads_its_own_module_alone() -> None:
    program = (
        "import sys; from infra.cli.root import main\n"
        "try: main(['status', '--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('consumers.cli', 'producers.'))])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout.splitlines()[-1] == "[]"


def test_help_is_in_the_chosen_language(root: click.Command) -> None:
    assert "Show what runs" in CliRunner().invoke(root, ["--lang", "en", "--help"]).output


def test_help_of_a_command_is_in_spanish_unless_told_otherwise(root: click.Command) -> None:
    assert "Carpeta de datos" in CliRunner().invoke(root, ["--help"]).output
