"""The ASVS checklist is whole and honest: what it names exists, and what holds is shown."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


def test_a_requirement_says_where_it_holds_and_which_test_shows_it() -> None:
    assert [(item.id, fault) for item in REQUIREMENTS for fault in faults_of(item)] == []


def faults_of(item: Requirement) -> Iterator[str]:
    """What an entry of the list lacks."""
    if item.state not in STATES or not item.topic or not item.where:
        yield "state, topic or place is missing"
    if item.state == "holds" and not (item.tests or item.checks):
        yield "what holds is shown by a test or a check"
    if item.state == "not applicable" and item.tests:
        yield "a test shows what does not apply"
    for name in item.tests:
        file, _, function = name.partition("::")
        if function not in functions(ROOT / file):
            yield f"there is no test {name}"
