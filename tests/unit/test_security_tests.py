"""The table of security findings is whole, and each test that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FINDINGS = (
    *("A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "C1", "C2", "C3", "C4"),
    *("D1", "D2", "D3", "D4", "D5", "E1", "E2", "E3", "E4", "E5", "E9"),
    *("F1", "F2", "F3", "F4", "F5", "G", "H1", "H2", "H3", "H4"),
    *("P1", "P2", "P3", "P6", "P9"),
)
ROW = re.compile(r"\| (?P<finding>[A-HP]\d?) \| [^|]+ \| (?P<tests>[^|]+) \| (?:yes)? ?\|")
LINES = (ROOT / "docs/security-tests.md").read_text(encoding="utf-8").splitlines()
ROWS = [row for line in LINES if (row := ROW.fullmatch(line))]


@cache
def functions_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


def test_every_finding_has_one_line() -> None:
    assert Counter(row["finding"] for row in ROWS) == Counter(FINDINGS)


def test_every_test_of_the_table_exists() -> None:
    assert [row["finding"] for row in ROWS if not named_tests(row["tests"])] == []
    missing = [
        (file, name)
        for line in LINES
        for file, name in named_tests(line)
        if not (ROOT / file).is_file() or name not in functions_of(ROOT / file)
    ]
    assert missing == []
    later = LINES[LINES.index("## Found since") :]
    assert [line for line in later if line.startswith("| ") and not named_tests(line)][2:] == []


def named_tests(text: str) -> list[tuple[str, str]]:
    """The file and the name of each test that a text names."""
    return re.findall(r"`([^`]+)::([^`]+)`", text)
