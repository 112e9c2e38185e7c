"""Read the cases of tests/cases: what officers write, with the right value next to it."""

import csv
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a table of cases: a row a dict."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_lines(name: str) -> list[str]:
    """Read a list of cases, one a line; spaces at its ends count."""
    return (CASES / name).read_text(encoding="utf-8").split("\n")[:-1]
