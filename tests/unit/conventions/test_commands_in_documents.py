"""Every command that a document names exists: make targets, Python modules, `quipu` commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from infra.cli.root import main
from infra.errors import QuipuError

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/es/*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
_MAKE = re.compile(r"(?<!token |proof )\bmake ([a-z]+(?:-[a-z]+)*)\b(?!=)")
_MODULE = re.compile(r"\bpython -m ([a-z_]+(?:\.[a-z_]+)*)")
_QUIPU = re.compile(r"(?:^|[`/\n])quipu (?:--\w+ \S+ )*([a-z][a-z-]*)")
_BLOCK = re.compile(r"```.*?```", re.S)
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.S)


def code(page: Path) -> str:
    """All code of a page, blocks and words, a piece a line."""
    return "\n".join(_CODE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    assert set(_MAKE.findall(code(page))) - TARGETS == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_is_run_exists(page: Path) -> None:
    modules = set(_MODULE.findall(code(page)))
    assert {module for module in modules if find_spec(module) is None} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_quipu_command_exists(page: Path) -> None:
    with click.Context(main) as context:
        command_names = set(main.list_commands(context))
    assert set(_QUIPU.findall(code(page))) - command_names == set()


def quipu_lines(text: str) -> Iterator[str]:
    """Every `quipu` command of a text in blocks or sentences, continued lines joined."""
    for line in re.findall(r"^(?:`)?\s*(quipu [^`\n]*)", text.replace("\\\n", " "), re.M):
        if "…" not in line:
            yield line.partition(" > ")[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_quipu_command_takes_these_options_and_arguments(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A block is whole; a sentence may leave values out. A word in capitals stands for a value.

    The files that a command names are made first.
    """
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    whole_lines = set(quipu_lines("\n".join(_BLOCK.findall(text))))
    wrong = []
    for line in quipu_lines(code(page)):
        words = shlex.split(line, comments=True)[1:]
        for word in words:
            if not word.startswith("-") and "/" not in word and not Path(word).exists():
                Path(word).touch()
        try:
            parse(words)
        except QuipuError as error:
            if not any(word.isupper() for word in words):
                wrong.append(f"{line}: {error}")
        except click.UsageError as error:
            if not (
                is_placeholder(error, words) or (line not in whole_lines and is_missing(error))
            ):
                wrong.append(f"{line}: {error.format_message()}")
    assert wrong == []


def parse(words: list[str]) -> None:
    """Read the words as the command line does, and run nothing. Raises click.UsageError."""
    with main.make_context("quipu", list(words), resilient_parsing=False) as context:
        rest = [*context._protected_args, *context.args]
        group: click.Group = main
        while rest:
            name, command, rest = group.resolve_command(context, rest)
            if command is None or not isinstance(command, click.Group):
                break
            if not rest:
                return
            group = command
        if command is not None:
            with command.make_context(name, rest, parent=context):
                pass


def is_placeholder(error: click.UsageError, words: list[str]) -> bool:
    """Tell whether what is refused is a word in capitals, such as KIND."""
    return any(word.isupper() and repr(word) in error.message for word in words)


def is_missing(error: click.UsageError) -> bool:
    """Tell whether only a value was left out."""
    return isinstance(error, click.MissingParameter | click.BadOptionUsage)


def test_the_documents_name_commands_of_each_sort() -> None:
    everything = "\n".join(code(page) for page in PAGES)
    assert {"demo", "ready", "check", "test"} <= set(_MAKE.findall(everything))
    assert {"streams.worker", "streams.worker.debug"} <= set(_MODULE.findall(everything))
    assert len(set(_QUIPU.findall(everything))) > 20
