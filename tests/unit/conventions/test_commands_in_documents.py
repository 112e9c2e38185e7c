"""Every command that a document names exists: make targets, Python modules, `quipu` commands."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from infra.cli.root import main

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/es/*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
_MAKE = re.compile(r"(?<!token |proof )\bmake ([a-z]+(?:-[a-z]+)*)\b(?!=)")
_MODULE = re.compile(r"\bpython -m ([a-z_]+(?:\.[a-z_]+)*)")
_QUIPU = re.compile(r"(?:^|[`/\n])quipu (?:--\w+ \S+ )*([a-z][a-z-]*)")
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


def test_the_documents_name_commands_of_each_sort() -> None:
    everything = "\n".join(code(page) for page in PAGES)
    assert {"demo", "ready", "check", "test"} <= set(_MAKE.findall(everything))
    assert {"streams.worker", "streams.worker.debug"} <= set(_MODULE.findall(everything))
    assert len(set(_QUIPU.findall(everything))) > 20
