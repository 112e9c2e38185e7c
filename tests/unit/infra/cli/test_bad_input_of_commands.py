"""No command answers bad input with a traceback: a sentence, and exit code 1 or 2.

The cases come from the tree of commands: each argument and option gets values that somebody in a
hurry types, and each command meets a Kafka and an engine that do not answer.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

import click
import pytest
from click.testing import CliRunner, Result

from infra.cli.root import main
from tests.support.effort import IS_THOROUGH
from tests.support.node import NODE, NOWHERE, mapping_file, offline, row, write
from tests.unit.infra.cli.test_help_of_commands import COMMANDS, LEAVES

pytestmark = pytest.mark.usefixtures("cheap_passwords")
MOST_S = 20
LONG = "x" * 3_000
TEXTS = (
    "",
    "zz",
    "-5",
    "XX",
    "../x",
    "a b",
    "9" * 20,
    "\udcff",
    "2026-13-45",
    "nan",
    "1e400",
    LONG,
)
FILES = (
    *("missing.csv", "folder", "empty.csv", "binary.csv", "utf16.csv", "dangling.csv", "nul.csv"),
    *("cut.json", "broken.toml", "", "/dev/null", f"{LONG}.csv", "mis armas.csv"),
)
VALID = {
    "node": NODE,
    "file": "register.csv",
    "mappings": "weapons.toml",
    "mapping": "weapons.toml",
    "country": "CO",
    "out": "made",
    "folder": "folder",
    "keys": "register.csv",
    "timeout": "0",
    "wait": "0",
    "patience": "0",
    "records": "1",
    "kind": "phone",
    "texts": "1",
}
WAITING = {"timeout", "wait", "patience", "records"}
"""Options that keep a test short."""
LASTING = {"up", "init", "demo", "serve", "watch", "canary"}
"""Commands that run on where their input is good."""
SHARE = 1 if IS_THOROUGH else 4
"""Each parameter gets every so many of the values, and its neighbour those between. Options of one
kind are in many commands, so every kind meets every value; `make laws` tries all everywhere."""
SLOW = {"found", "verify", "rebuild"}
"""They wait half a minute for Kafka; one test of each is below."""


class TooLongError(Exception):
    """A command did not come back."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a node, a good file and bad ones."""
    monkeypatch.chdir(tmp_path)
    offline(tmp_path / "home")
    mapping_file(tmp_path)
    write(tmp_path, row(1))
    (tmp_path / "folder").mkdir()
    for name, content in {
        "empty.csv": b"",
        "binary.csv": bytes(range(256)) * 40,
        "utf16.csv": "REF,MAKE\nA,Ñ\n".encode("utf-16"),
        "nul.csv": b"a,b\n\0\0,\n",
        "cut.json": b"[1,2",
        "broken.toml": b"x = [",
        "mis armas.csv": b"REF\n",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nothing")
    return tmp_path


@pytest.fixture(autouse=True)
def come_back_in_time() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    former = signal.signal(signal.SIGALRM, stop)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


def quipu(home: Path, *arguments: str) -> Result:
    environment = {
        "QUIPU_KAFKA": NOWHERE,
        "QUIPU_CLICKHOUSE": NOWHERE,
        "QUIPU_LANG": "es",
        "COLUMNS": "80",
    }
    signal.alarm(MOST_S)
    done = CliRunner(env=environment).invoke(main, ["--home", str(home), *arguments])
    signal.alarm(0)
    return done


def is_file(parameter: click.Parameter) -> bool:
    return parameter.name in ("file", "mappings", "mapping") or isinstance(
        parameter.type, click.Path
    )


def valid_value(parameter: click.Parameter) -> str:
    value = VALID.get(str(parameter.name), "x")
    if isinstance(parameter.type, click.Choice) and value not in parameter.type.choices:
        return str(parameter.type.choices[0])
    if parameter.name == "reason":
        return "OTHER"
    return value


def call(path: str, bad: click.Parameter | None = None, value: str = "") -> list[str]:
    """The words of a command whose values are valid but for one."""
    options: list[str] = []
    arguments: list[str] = []
    for parameter in COMMANDS[path].params:
        given = value if parameter is bad else valid_value(parameter)
        is_needed = parameter is bad or parameter.required or parameter.name in WAITING
        if isinstance(parameter, click.Argument):
            arguments += [given]
        elif is_needed:
            options += [parameter.opts[0], given]
    return [*path.split(), *options, "--", *arguments]


def complaints(done: Result, arguments: Sequence[str]) -> list[str]:
    """What is wrong with how a command ended."""
    shown = [word[:40] for word in arguments]
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return [f"{shown}: {done.exception!r:.200}"]
    if "Traceback" in done.output or done.exit_code not in (0, 1, 2):
        return [f"{shown}: {done.exit_code}, {done.output[-300:]}"]
    if done.exit_code and not done.output.strip():
        return [f"{shown}: no word of what is wrong"]
    return []


def values_of(path: str) -> Iterator[tuple[click.Parameter, str]]:
    """Yield the bad values of each parameter of a command."""
    for number, parameter in enumerate(COMMANDS[path].params, LEAVES.index(path)):
        if getattr(parameter, "is_flag", False):
            continue
        values = FILES if is_file(parameter) else TEXTS
        yield from ((parameter, value) for value in values[number % SHARE :: SHARE])


@pytest.mark.parametrize("path", [path for path in LEAVES if path not in LASTING | SLOW])
def test_bad_values_get_a_sentence(path: str, folder: Path) -> None:
    problems = [
        complaint
        for parameter, value in values_of(path)
        for arguments in [call(path, parameter, value)]
        for complaint in complaints(quipu(folder / "home", *arguments), arguments)
    ]
    assert problems == []


@pytest.mark.parametrize("path", ["serve", "watch", "canary"])
def test_what_runs_on_refuses_bad_values_too(path: str, folder: Path) -> None:
    for parameter, value in values_of(path):
        if parameter.name in ("node", "folder", "mapping", "maps", "corrections"):
            arguments = call(path, parameter, value)
            assert complaints(quipu(folder / "home", *arguments), arguments) == []


@pytest.mark.parametrize("path", [path for path in LEAVES if path not in LASTING | SLOW])
def test_a_command_without_an_exchange_says_so(path: str, tmp_path: Path, folder: Path) -> None:
    for home in (tmp_path / "home", tmp_path / "nowhere", tmp_path / "register.csv"):
        arguments = call(path)
        assert complaints(quipu(home, *arguments), arguments) == []


@pytest.mark.parametrize("content", ["x = [", "unknown = 1", "\xff"])
def test_settings_that_cannot_be_read_stop_every_command(content: str, tmp_path: Path) -> None:
    (tmp_path / "quipu.toml").write_bytes(content.encode("latin-1"))
    for path in ("status", "events", "node list", "health"):
        done = quipu(tmp_path, *path.split())
        assert (done.exit_code, complaints(done, [path])) == (2, [])


def as_nobody(home: Path, *arguments: str) -> tuple[int, str]:
    """Run a command as another user of the machine, in a child of this process."""
    receiving, sending = multiprocessing.get_context("fork").Pipe(duplex=False)

    def run() -> None:
        os.setgroups([])
        os.setgid(65_534)
        os.setuid(65_534)
        done = quipu(home, *arguments)
        sending.send((done.exit_code, done.output, complaints(done, arguments)))

    child = multiprocessing.get_context("fork").Process(target=run)
    child.start()
    assert receiving.poll(60), "no answer"
    code, output, problems = receiving.recv()
    child.join()
    assert problems == []
    return code, output


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize(
    "path", ["outbox co-ponal", "receipts --node co-ponal", "send co-ponal", "key list", "events"]
)
def test_the_folder_of_another_user_is_refused_with_a_sentence(path: str, folder: Path) -> None:
    code, output = as_nobody(folder / "home", *path.split())
    assert code == 2
    assert "permiso" in output


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_file_that_this_user_may_not_read_is_named(folder: Path) -> None:
    for parent in (folder, *folder.parents[:-1]):
        parent.chmod(parent.stat().st_mode | 0o055)
    (folder / "register.csv").chmod(0o600)
    code, output = as_nobody(folder, "mapping", "suggest", str(folder / "register.csv"))
    assert code == 2
    assert "permiso" in output
