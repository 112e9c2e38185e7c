"""The ASVS checklist is whole and honest: what it names exists, and what holds is shown."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from docs.generate.asvs import CHAPTERS, STATES, Requirement, read_requirements

ROOT = Path(__file__).parents[2]
REQUIREMENTS = read_requirements()
OF_LEVEL = {1: 70, 2: 183}
"""How many requirements ASVS 5.0.0 has at these levels."""


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def test_every_requirement_of_levels_1_and_2_is_in_the_list_once() -> None:
    assert Counter(item.level for item in REQUIREMENTS) == OF_LEVEL
    assert len({item.id for item in REQUIREMENTS}) == len(REQUIREMENTS)
    assert {item.chapter for item in REQUIREMENTS} == set(CHAPTERS)


@pytest.mark.parametrize("item", REQUIREMENTS, ids=lambda item: item.id)
def test_a_requirement_says_where_it_holds_and_which_test_shows_it(item: Requirement) -> None:
    assert item.state in STATES
    assert item.topic
    assert item.where
    if item.state == "holds":
        assert item.tests or item.checks, "what holds is shown by a test or a check"
    if item.state == "not applicable":
        assert not item.tests
    for name in item.tests:
        file, _, function = name.partition("::")
        assert function in functions(ROOT / file), name
