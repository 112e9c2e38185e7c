"""The mutants that `make mutants` tries: real changes, named so that an edit elsewhere keeps them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.__main__ import list_findings
from tests.mutation.explanations import read_explanations
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.targets import ROOT, TARGETS

SOURCE = '''"""A module: 1 < 2."""
from functools import lru_cache
from typing import Protocol


class View(Protocol):
    size: int = 3


@lru_cache(maxsize=7)
def grade(age: int | None, /, *, kind: "1 + 1" = "x") -> str | None:
    """Compare 1 + 1."""
    if kind == "a":
        return None
    return [n for n in range(2) if n in (age, 5)]


class Box:
    limit: int = 4

    def full(self, count: int) -> bool:
        return count > self.limit and not count is None
'''


def mutants(tmp_path: Path, source: str = SOURCE) -> list[Mutant]:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    return mutants_of(tmp_path, "module.py")


def changes(tmp_path: Path, definition: str) -> set[str]:
    return {mutant.after for mutant in mutants(tmp_path) if mutant.definition == definition}


def test_what_runs_is_changed(tmp_path: Path) -> None:
    assert changes(tmp_path, "Box") == {"limit: int = 3", "limit: int = 5"}
    assert "return count > self.limit or not count is None" in changes(tmp_path, "Box.full")
    assert "return count >= self.limit and not count is None" in changes(tmp_path, "Box.full")
    membership = "return [n for n in range(2) if n not in (age, 5)]"
    assert membership in changes(tmp_path, "grade")


def test_annotations_docstrings_decorators_and_protocols_are_not_changed(tmp_path: Path) -> None:
    before = {mutant.before for mutant in mutants(tmp_path)}
    assert not {line for line in before if '"""' in line or "def " in line or "@" in line}
    assert {mutant.definition for mutant in mutants(tmp_path)} == {"grade", "Box", "Box.full"}


def test_a_text_is_not_compared_by_the_alphabet(tmp_path: Path) -> None:
    compared = {after for after in changes(tmp_path, "grade") if after.startswith("if")}
    assert compared == {'if kind != "a":', 'if not kind == "a":'}


def test_a_mutant_is_known_by_its_function_and_change_not_by_its_place(tmp_path: Path) -> None:
    moved = mutants(tmp_path, SOURCE.replace("class View", "\n\n\nclass View"))
    assert [mutant.key for mutant in moved] == [mutant.key for mutant in mutants(tmp_path)]
    assert [mutant.line for mutant in moved] != [mutant.line for mutant in mutants(tmp_path)]
    twice = "def f(a):\n    a(1)\n    a(1)\n"
    assert {mutant.after for mutant in mutants(tmp_path, twice)} == {
        "a(0)",
        "a(2)",
        "a(0) (2)",
        "a(2) (2)",
    }


def test_a_finding_is_a_survivor_without_explanation_or_the_reverse(tmp_path: Path) -> None:
    first, second = mutants(tmp_path)[:2]
    assert list_findings([first], {first.key: "why"}) == []
    assert len(list_findings([first, second], {first.key: "why"})) == 1
    assert len(list_findings([first], {first.key: "why", second.key: "why"})) == 1
    assert len(list_findings([replace(first, definition="other")], {first.key: "why"})) == 2


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_names_modules_and_tests_that_exist(name: str) -> None:
    target = TARGETS[name]
    assert all((ROOT / path).exists() for path in (*target.modules, *target.tests))


def test_every_explanation_is_of_a_line_that_exists() -> None:
    modules = {path for target in TARGETS.values() for path in target.modules}
    for path, _, before, _ in read_explanations():
        assert path in modules
        source = (ROOT / path).read_text(encoding="utf-8")
        assert before in {" ".join(line.split()) for line in source.splitlines()}
